'use strict';
// maxHeadersCount: a request with one more field is refused, of a response the
// rest is not shown.
const http = require('http');
const net = require('net');

const server = http.createServer((req, res) => res.end(String(req.rawHeaders.length)));
server.on('clientError', (err, socket) => {
  console.log(err.code, err.bytesParsed);
  socket.destroy();
});

function ask(count, limit, done) {
  server.maxHeadersCount = limit;
  let got = '';
  const socket = net.connect(server.address().port, '127.0.0.1', () => {
    socket.end(`GET / HTTP/1.0\r\n${'X: y\r\n'.repeat(count)}\r\n`);
  });
  socket.on('data', (d) => { got += d; });
  socket.on('close', () => {
    console.log('request', count, limit, got.slice(0, 15), got.split('\r\n\r\n')[1]);
    done();
  });
}

function get(count, limit, done) {
  const peer = net.createServer((socket) => {
    socket.once('data', () => socket.end(`HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(count)}\r\n`));
  });
  peer.listen(0, '127.0.0.1', () => {
    const req = http.get({ port: peer.address().port, agent: false }, (res) => {
      console.log('response', count, limit, res.rawHeaders.length, res.headers.x.length);
      res.resume();
      peer.close(done);
    });
    req.maxHeadersCount = limit;
  });
}

const steps = [
  [ask, 1000, null], [ask, 1001, null], [ask, 1500, 0], [ask, 1500, 2000], [ask, 50, 50], [ask, 51, 50],
  [get, 1000, null], [get, 1001, null], [get, 1500, 0], [get, 60, 50],
];
function next() {
  const step = steps.shift();
  if (step === undefined) server.close();
  else step[0](step[1], step[2], next);
}
server.listen(0, '127.0.0.1', next);
