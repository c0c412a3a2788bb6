// Package net is node:net: Socket, Server, connect and its kin, BlockList,
// SocketAddress.
//
// Supported: TCP and Unix-domain sockets; every overload of listen and connect;
// happy eyeballs (autoSelectFamily); timeouts; onread; pauseOnConnect; abort
// signals; block lists; handles and descriptors that others made (listen({fd}),
// new Socket({fd}), listen(handle)); cluster workers through internal/net's state.
//
// Missing: BoundSocket, setTypeOfService, perf_hooks entries for connections, cloning
// of BlockList and SocketAddress,
// async_hooks ids of handles.
//
// Deviations: BlockList.rules lists the newest rule first whatever its kind.
// A handle's onread receives (nread, buffer); Node's passes the count through a
// shared array.
//
// The sockets themselves are Go: internal/sock, and internal/streamwrap for the
// handle classes. JavaScript is entered once an event.
package net
