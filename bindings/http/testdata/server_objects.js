// req and res as objects: properties, prototypes, what frameworks do with them.
'use strict';
const http = require('http');
const { Readable, Stream } = require('stream');
const app = { request: Object.create(http.IncomingMessage.prototype, { app: { value: 1 }, protocol: { get() { return 'x-' + this.method; } } }),
  response: Object.create(http.ServerResponse.prototype, { send: { value(s) { this.setHeader('X-Sent', '1'); this.end(s); } } }) };
const server = http.createServer((req, res) => {
  console.log(req instanceof http.IncomingMessage, req instanceof Readable, res instanceof http.ServerResponse, res instanceof http.OutgoingMessage, res instanceof Stream);
  console.log(req.constructor.name, res.constructor.name, res.req === req);
  console.log(req.method, req.url, req.httpVersion, req.httpVersionMajor, req.httpVersionMinor, req.complete, req.aborted, req.upgrade, req.statusCode);
  req.url = '/changed';
  req.extra = 1;
  Object.defineProperty(req, 'computed', { get() { return this.url + this.extra; } });
  console.log(req.url, req.computed, Object.hasOwn(req, 'url'));
  console.log(req.headers === req.headers, req.rawHeaders === req.rawHeaders, JSON.stringify(req.headers), JSON.stringify(req.rawHeaders));
  console.log(JSON.stringify(req.headersDistinct), JSON.stringify(req.trailers));
  console.log(res.statusCode, res.statusMessage, res.headersSent, res.writableEnded, res.writable, res.sendDate, res.shouldKeepAlive, res.chunkedEncoding, res.finished);
  console.log(req.readable, req.readableFlowing, req.readableEnded, req.destroyed, res.destroyed, res.closed);
  Object.setPrototypeOf(req, app.request);
  Object.setPrototypeOf(res, app.response);
  console.log(req.app, req.protocol);
  console.log(req.socket === res.socket, req.socket === req.connection, req.socket.constructor.name, typeof req.socket.remotePort, req.socket.server === server);
  res.send('sent');
  console.log(res.headersSent, res.writableEnded, res.statusMessage, res.getHeaderNames());
  try { res.setHeader('a', 'b'); } catch (e) { console.log(e.code, e.message); }
  try { res.writeHead(200); } catch (e) { console.log(e.code, e.message); }
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1', path: '/p?q', headers: { 'X-One': '1', 'Host': 'h', 'Cookie': ['a', 'b'], 'Set-Cookie': ['c', 'd'], 'X-Many': ['e', 'f'] } }, (res) => {
    console.log(res.statusCode, res.statusMessage, res.headers['x-sent']);
    res.resume();
    server.close();
  });
});
