// Package http is node:http: server, client and Agent, and the _http_ modules
// behind it.
//
// # How it is made
//
// Package httpwire parses and serialises. Node's own http is JavaScript; on
// goja that JavaScript would cost some 700 µs a request, so a server's
// connections live in Go here (conn.go) until a script looks at them:
//
//   - A request that comes in becomes two objects, an IncomingMessage and a
//     ServerResponse, that carry one Go value, the exchange. Their prototypes'
//     accessors read the head there; setHeader, writeHead, write and end work
//     on it and write to the connection directly. A hello world costs one entry
//     into JavaScript and one system call for the answer.
//   - A request becomes a stream (_readableState) when a script treats it as one.
//   - socket is made when somebody asks for it (materialise). The exchange stays
//     in Go; the socket's close, end, error and timeout take it over.
//   - Whatever else is out of the ordinary makes the connection JavaScript's
//     (promote): a second request before the first is answered, an upgrade,
//     CONNECT, Expect, HTTP/1.0, a broken request, a property that decides on
//     framing, a replaced writeHead or socket.write, end with a callback. The
//     messages then get the properties that they would have had from the start,
//     and server.js answers. When it has answered everything, the next request
//     may live in Go again.
//
// Connections of a server that asks for more (a 'connection' listener, a
// timeout, its own message classes, limits, diagnostics channels), and those
// over another Duplex (server.emit('connection', duplex)), are JavaScript's
// from the start. The client is JavaScript over net.Socket and the same parser.
//
// # Deviations
//
//   - Properties of messages that have not changed are the prototypes', so
//     Object.keys of a request shows fewer of them.
//   - A request with an Upgrade field that nobody listens for is answered as an
//     ordinary one, and so are those that follow it on the connection; Node
//     drops what was sent behind it.
//   - Chunks of a response go out in fewer writes to the socket than in Node.
//
// # Missing
//
// Proxies (setGlobalProxyFromEnv, the Agent's proxyEnv), perf_hooks entries,
// async_hooks resources for parsers, node:domain.
package http
