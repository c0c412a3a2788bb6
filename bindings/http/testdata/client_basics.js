// The client: options, reuse of connections, errors.
'use strict';
const http = require('http');
const server = http.createServer((req, res) => {
  let body = '';
  req.on('data', (d) => { body += d; });
  req.on('end', () => {
    const raw = req.rawHeaders.map((h) => h.replace(/127\.0\.0\.1:\d+/, 'HOST'));
    res.setHeader('X-Info', 'y');
    res.end(JSON.stringify([req.method, req.url, raw, body]));
  });
});
const agent = new http.Agent({ keepAlive: true });
server.listen(0, '127.0.0.1', async () => {
  const base = { port: server.address().port, host: '127.0.0.1' };
  const call = (o, body, ...rest) => new Promise((resolve) => {
    const req = http.request(typeof o === 'object' && !(o instanceof URL) ? { ...base, ...o } : o, ...rest, (res) => {
      let t = '';
      res.setEncoding('utf8');
      res.on('data', (d) => { t += d; });
      res.on('end', () => { console.log(res.statusCode, res.statusMessage, res.headers['x-info'], req.reusedSocket, t); setImmediate(resolve); });
    });
    req.on('error', (e) => { console.log(e.name, e.code, e.message.replace(/\d+$/, 'PORT')); resolve(); });
    req.end(body);
  });
  await call({});
  await call({ agent, path: '/a' });
  await call({ agent, path: '/b', method: 'post', headers: { 'Content-Type': 'text/plain' } }, 'body');
  await call({ agent, path: '/c', method: 'DELETE' });
  await call({ agent, method: 'PUT', headers: ['A', '1', 'a', '2', 'Host', 'me'] }, 'x');
  await call({ agent, auth: 'user:pass', setHost: false });
  await call(new URL(`http://u:p@127.0.0.1:${base.port}/x?y=z#h`), undefined, { agent });
  await call(`http://127.0.0.1:${base.port}/str`, undefined, { agent, method: 'OPTIONS' });
  await call({ agent: false });
  await call({ createConnection: (o) => require('net').connect(o.port, o.host) });
  console.log(Object.keys(agent.freeSockets).length, Object.keys(agent.sockets).length, agent.totalSocketCount);
  agent.destroy();
  const port = base.port;
  server.close(() => {
    const req = http.get({ host: '127.0.0.1', port });
    req.on('error', (e) => console.log(e.code, e.syscall, e.address, e.port === port));
    req.on('close', () => console.log('close', req.destroyed));
  });
});
