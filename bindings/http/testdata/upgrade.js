// upgrade and connect, with the bytes that follow the head; and without listeners.
'use strict';
const http = require('http');
const net = require('net');
const server = http.createServer((req, res) => res.end('plain ' + req.url));
server.on('connect', (req, socket, head) => {
  console.log('connect', req.url, String(head), req.upgrade);
  socket.end('HTTP/1.1 200 OK\r\n\r\ntunnel');
});
function send(text, done) {
  const c = net.connect(server.address().port, '127.0.0.1', () => c.write(text));
  let got = '';
  c.on('data', (d) => { got += d; });
  c.on('close', () => { console.log(JSON.stringify(got.replace(/Date: [^\r]*/, 'Date: …'))); done(); });
}
const up = 'GET /chat HTTP/1.1\r\nHost: h\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\nfirst';
server.listen(0, '127.0.0.1', () => {
  send('CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\nmore', () => {
    server.on('upgrade', (req, socket, head) => {
      console.log('upgrade', req.url, req.headers.upgrade, String(head), socket.listenerCount('data'));
      socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
      socket.end(head);
    });
    send(up, () => {
      const req = http.request({ port: server.address().port, host: '127.0.0.1', headers: { Connection: 'Upgrade', Upgrade: 'echo' } });
      req.on('upgrade', (res, socket, head) => {
        console.log('client', res.statusCode, res.headers.upgrade, head.length);
        socket.end();
        socket.resume();
        server.close(() => console.log('closed'));
      });
      req.end();
    });
  });
});
