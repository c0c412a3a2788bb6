// Package console is node:console: the global console and the Console class.
//
// The global console's output methods are Go. As long as nobody has touched
// process.stdout (or stderr) they write to the descriptor at once and no
// JavaScript is loaded; from then on everything goes through the stream, so
// that a patched write method sees it. Node's pipes, files and terminals are
// written synchronously, too, so the order is the same.
//
// # Deviations
//
//   - the global console's Console property is an accessor until it is read.
//   - the internal symbols that Node leaves on console objects are absent.
//   - console.context, profile, profileEnd and timeStamp do nothing, as in a
//     Node without a debugger attached.
package console
