// What a server puts on the wire for the ways to answer.
'use strict';
const http = require('http');
const { exchange } = require('./wire');
const handlers = {
  '/end': (q, r) => r.end('hi'),
  '/empty': (q, r) => r.end(),
  '/buffer': (q, r) => r.end(Buffer.from([0xe9, 0x41])),
  '/latin1': (q, r) => r.end('\xe9', 'latin1'),
  '/hex': (q, r) => r.end('6869', 'hex'),
  '/utf8': (q, r) => r.end('\u20ac'),
  '/head-object': (q, r) => { r.writeHead(200, { 'Content-Type': 'text/plain', 'X-Multi': ['a', 'b'] }); r.end('hi'); },
  '/head-array': (q, r) => { r.writeHead(201, ['A', '1', 'A', '2', 'b', '3']); r.end('hi'); },
  '/head-pairs': (q, r) => { r.writeHead(201, [['A', '1'], ['A', '2']]); r.end('hi'); },
  '/head-reason': (q, r) => { r.writeHead(299, 'Well Done', { a: 1 }); r.end(); },
  '/merge': (q, r) => { r.setHeader('A', '1'); r.setHeader('B', '2'); r.writeHead(200, { a: 'x', C: '3' }); r.end('hi'); },
  '/merge-array': (q, r) => { r.setHeader('A', '1'); r.writeHead(200, ['a', 'x', 'a', 'y']); r.end('hi'); },
  '/set': (q, r) => { r.statusCode = 404; r.statusMessage = 'Nope'; r.setHeader('X-A', [1, 2]); r.setHeader('Cookie', ['a=1', 'b=2']); r.end('x'); },
  '/append': (q, r) => { r.appendHeader('S', 'a'); r.appendHeader('s', ['b', 'c']); r.end(); },
  '/length': (q, r) => { r.writeHead(200, { 'Content-Length': 2 }); r.end('hi'); },
  '/204': (q, r) => { r.writeHead(204, { 'Transfer-Encoding': 'chunked' }); r.end(); },
  '/304': (q, r) => { r.statusCode = 304; r.end('ignored'); },
  '/close': (q, r) => { r.setHeader('Connection', 'close'); r.end('bye'); },
  '/nodate': (q, r) => { r.sendDate = false; r.end('x'); },
  '/remove': (q, r) => { r.removeHeader('Date'); r.removeHeader('Connection'); r.removeHeader('Transfer-Encoding'); r.writeHead(200); r.end('x'); },
  '/remove-length': (q, r) => { r.removeHeader('Content-Length'); r.end('x'); },
  '/write': (q, r) => { r.write('a'); r.write(Buffer.from('b')); r.end('c'); },
  '/write-later': (q, r) => { r.write('a'); setImmediate(() => { r.write('b'); setImmediate(() => r.end()); }); },
  '/trailers': (q, r) => { r.writeHead(200, { Trailer: 'X-T' }); r.write('a'); r.addTrailers({ 'X-T': 'v' }); r.end(); },
  '/flush': (q, r) => { r.setHeader('A', 'b'); r.flushHeaders(); r.end('x'); },
  '/early': (q, r) => { r.writeEarlyHints({ link: '</a.css>; rel=preload; as=style', 'x-trace': 'id' }); r.writeProcessing(); r.end('x'); },
  '/keep': (q, r) => { r.setHeader('Keep-Alive', 'timeout=99'); r.end('x'); },
  '/shouldkeep': (q, r) => { r.shouldKeepAlive = false; r.end('x'); },
};
const names = Object.keys(handlers);
const server = http.createServer((q, r) => handlers[q.url](q, r));
const list = names.map((n) => `GET ${n} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
for (const n of ['/end', '/write', '/head-object', '/length']) {
  list.push(`HEAD ${n} HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`, `GET ${n} HTTP/1.0\r\n\r\n`,
    `GET ${n} HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /end HTTP/1.0\r\n\r\n`,
    `GET ${n} HTTP/1.1\r\nHost: h\r\n\r\nGET /end HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n`);
}
exchange(server, list);
