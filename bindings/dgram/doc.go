// Package dgram is node:dgram: UDP sockets over internal/sock.
//
// Supported: bind (addresses, descriptors, handles), connect, send with its
// overloads, multicast, buffer sizes, queues, block lists, abort signals.
//
// Missing: source-specific multicast other than IPv4 on Linux, bindSync,
// connectSync.
package dgram
