// Package repl is node:repl, and what the command runs without a script on a
// terminal: REPLServer on this project's own readline and vm, with multi-line
// input, await at the top level, the dot commands, completion that runs no
// getter, and a history that lasts (NODE_REPL_HISTORY).
//
// # Missing
//
//   - the preview of a result while it is typed, and highlighting
//   - the search in the history with Ctrl-R
//   - const and let cannot be declared again by a later input
package repl
