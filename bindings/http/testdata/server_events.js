// The order of a request's and a response's events.
'use strict';
const http = require('http');
const log = (...a) => console.log(...a);
const server = http.createServer((q, r) => {
  log('request', q.method, q.url);
  for (const e of ['end', 'close', 'aborted']) q.on(e, () => log(' req', e, q.complete, q.destroyed));
  for (const e of ['prefinish', 'finish', 'close']) r.on(e, () => log(' res', e, r.writableFinished, r.destroyed, r.socket === null));
  switch (q.url) {
    case '/sync': r.end('x', () => log(' callback')); break;
    case '/later': setTimeout(() => r.end('x'), 5); break;
    case '/read': q.resume(); q.on('end', () => r.end('x')); break;
    case '/stream': r.write('a', () => log(' written')); setTimeout(() => r.end('b'), 5); break;
    case '/unread': r.end('x'); break;
  }
  log(' handler done', r.headersSent, r.writableEnded, r.finished);
});
const after = [];
server.listen(0, '127.0.0.1', () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const todo = [['GET', '/sync'], ['GET', '/later'], ['GET', '/read'], ['POST', '/read'], ['GET', '/stream'], ['POST', '/unread'], ['GET', '/sync']];
  (function next() {
    const item = todo.shift();
    if (!item) { agent.destroy(); server.close(() => log('closed')); return; }
    const req = http.request({ port: server.address().port, host: '127.0.0.1', agent, method: item[0], path: item[1] }, (res) => {
      res.resume();
      res.on('end', () => setTimeout(next, 20));
    });
    req.end(item[0] === 'POST' ? 'body' : undefined);
  })();
});
