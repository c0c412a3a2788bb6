// Package child_process is node:child_process.
//
// Children are real processes. Piped standard streams are Unix-domain socket
// pairs, whose parent's end is a net.Socket on the loop's poller, as in Node; an IPC
// channel is a socket pair as well, with messages as lines of JSON (or length
// and structured data with serialization 'advanced') and descriptors passed
// beside them.
//
// # Missing
//
// On Windows: the IPC channel and handle passing; detached and windowsHide are
// accepted there.
package child_process
