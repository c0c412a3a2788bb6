// Package repl is node:repl, and what the command runs without a script on a
// terminal: REPLServer on this project's own readline and vm, with lines of
// several rows, await at the top level, the dot commands, completion, a preview
// of the completion and of the result, the search in the history (Ctrl-R,
// Ctrl-S), and a history that lasts (NODE_REPL_HISTORY, in Node's format).
//
// Completion and preview run nothing of the user's: evaluate.js walks the syntax
// tree itself and gives up where a getter, a proxy or an unknown function would
// run. So it previews less than V8, which may call any function as long as it
// changes nothing.
//
// The command's own REPL, beyond Node's: colours and marked brackets as one
// types (not with NO_COLOR, TERM=dumb, or GONODE_REPL_HIGHLIGHT=0; programs ask
// for them with the option highlight), bracketed paste, const, let and class
// declared again by a later input, import declarations, TypeScript, and the
// names of let, const and class among the completions.
//
// # Missing
//
//   - completion of let, const and class names for programs' own REPLs, as in a
//     Node without its inspector
package repl
