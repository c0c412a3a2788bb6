// The client goes away in the middle of a request, and of a response.
'use strict';
const http = require('http');
const net = require('net');
const server = http.createServer((req, res) => {
  console.log(req.url);
  req.on('aborted', () => console.log(' aborted'));
  req.on('error', (e) => console.log(' req error', e.code, e.message));
  req.on('close', () => console.log(' req close', req.aborted, req.destroyed, req.complete));
  res.on('close', () => console.log(' res close', res.writableFinished, res.destroyed));
  res.on('finish', () => console.log(' finish'));
  if (req.url === '/body') req.resume();
  if (req.url === '/streaming') res.write('part');
  c.destroy();
  setTimeout(next, 50);
});
let c;
const todo = ['GET /waiting HTTP/1.1\r\nHost: h\r\n\r\n', 'POST /body HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nabc', 'GET /streaming HTTP/1.1\r\nHost: h\r\n\r\n'];
function next() {
  const t = todo.shift();
  if (!t) { server.close(() => console.log('closed')); return; }
  c = net.connect(server.address().port, '127.0.0.1', () => c.write(t));
  c.on('error', () => {});
}
server.listen(0, '127.0.0.1', next);
