// Hello world: PORT 0, the port is printed.
'use strict';
const http = require('http');
const mode = process.argv[2] || 'hello';
const handlers = {
  hello(req, res) {
    res.writeHead(200, { 'Content-Type': 'text/plain' });
    res.end('Hello, world!\n');
  },
  implicit(req, res) { res.end('Hello, world!\n'); },
  headers(req, res) {
    res.statusCode = 200;
    res.setHeader('Content-Type', 'application/json');
    res.setHeader('X-Method', req.method);
    res.end(JSON.stringify({ url: req.url, host: req.headers.host }));
  },
  post(req, res) {
    let size = 0;
    req.on('data', (d) => { size += d.length; });
    req.on('end', () => { res.end(String(size)); });
  },
  listen(req, res) {
    res.on('finish', () => {});
    res.end('Hello, world!\n');
  },
  socket(req, res) { res.end(String(req.socket.remotePort)); },
  stream(req, res) {
    res.write('Hello, ');
    res.end('world!\n');
  },
};
http.createServer(handlers[mode]).listen(0, '127.0.0.1', function() { console.log(this.address().port); });
