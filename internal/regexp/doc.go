// Package regexp is ECMAScript 2025's regular expressions: all flags,
// modifiers, named groups of which several may have one name, look-behind,
// properties of Unicode and of strings, set operations, and Annex B. It knows
// nothing of an engine: what it matches are code units.
//
// A pattern is parsed into a tree (parse.go, class.go), which becomes a program
// when it is first used (compile.go). A [Matcher] runs programs by backtracking
// (match.go); it can be stopped, and its memory is bounded.
//
// Unicode's tables are those of Node 24 (tables/gen.js).
package regexp
