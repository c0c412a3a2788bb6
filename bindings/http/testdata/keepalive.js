// Idle connections end after keepAliveTimeout; close() ends idle ones at once.
'use strict';
const http = require('http');
const net = require('net');
const server = http.createServer({ keepAliveTimeout: 60, keepAliveTimeoutBuffer: 0 }, (req, res) => {
  if (req.url === '/socket') req.socket.remoteAddress;
  res.end('x');
});
server.listen(0, '127.0.0.1', () => {
  let open = 2;
  for (const url of ['/', '/socket']) {
    const c = net.connect(server.address().port, '127.0.0.1', () => c.write(`GET ${url} HTTP/1.1\r\nHost: h\r\n\r\n`));
    c.resume();
    c.on('end', () => {
      console.log('ended by the server');
      if (--open === 0) second();
    });
  }
});
function second() {
  server.keepAliveTimeout = 60000;
  const c = net.connect(server.address().port, '127.0.0.1', () => c.write('GET / HTTP/1.1\r\nHost: h\r\n\r\n'));
  c.once('data', () => {
    server.getConnections((e, n) => console.log('connections', n));
    setTimeout(() => server.close(() => console.log('closed')), 10);
  });
  c.on('end', () => console.log('idle one ended'));
}
