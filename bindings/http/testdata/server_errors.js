// What a server answers to requests that are not in order.
'use strict';
const http = require('http');
const { exchange } = require('./wire');
const ok = 'Host: h\r\nConnection: close\r\n\r\n';
const server = http.createServer((q, r) => { q.resume(); r.end(q.method); });
exchange(server, [
  'FOO / HTTP/1.1\r\n' + ok,
  'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.1\r\nHost : h\r\n\r\n',
  'GET / HTTP/1.1\nHost: h\n\n',
  'GET /\x01 HTTP/1.1\r\n' + ok,
  'GET / HTTP/1.7\r\n' + ok,
  `GET / HTTP/1.1\r\nX: ${'a'.repeat(20000)}\r\n` + ok,
  'POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n' + ok,
  'POST / HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n' + ok,
  'POST / HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n' + ok,
  'POST / HTTP/1.1\r\nTransfer-Encoding: xchunked\r\n' + ok,
  'GET / HTTP/1.1\r\nExpect: something\r\n' + ok,
  'POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 1\r\n' + ok + 'x',
  'CONNECT a:1 HTTP/1.1\r\n' + ok,
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
]);
