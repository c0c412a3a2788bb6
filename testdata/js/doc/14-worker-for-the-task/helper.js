'use strict';
// A small stand-in for express: app.get, res.send, res.status. It asks for
// /compute once, prints the answer and ends.
const http = require('http');
const { isMainThread } = require('worker_threads');
const routes = new Map();
globalThis.app = { get(path, handler) { routes.set(path, handler); } };

const server = http.createServer((req, res) => {
  res.status = (code) => { res.statusCode = code; return res; };
  res.send = (body) => {
    res.setHeader('Content-Type', 'application/json; charset=utf-8');
    res.end(JSON.stringify(body));
  };
  routes.get(req.url)(req, res);
});
// Preloaded scripts run in workers too.
if (isMainThread) server.listen(0, '127.0.0.1', () => {
  http.get({ host: '127.0.0.1', port: server.address().port, path: '/compute', agent: false }, (res) => {
    let text = '';
    res.setEncoding('utf8');
    res.on('data', (chunk) => { text += chunk; });
    res.on('end', () => {
      console.log(res.statusCode, res.headers['content-type'], text);
      server.close();
    });
  });
});
