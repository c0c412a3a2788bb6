// Package assert is node:assert and node:assert/strict.
//
// The deep comparison is Go (internal/util/comparisons, in bindings/util), as
// is the search for the failing expression's source text. Messages and
// validation are JavaScript.
package assert
