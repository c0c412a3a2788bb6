// Errors of the header methods.
'use strict';
const http = require('http');
const t = (name, f) => { try { console.log(name, f()); } catch (e) { console.log(name, e.name, e.code, e.message); } };
const server = http.createServer((req, res) => {
  for (const r of [res, new http.OutgoingMessage()]) {
    t('setHeader()', () => r.setHeader());
    t('setHeader name', () => r.setHeader('a b', 1));
    t('setHeader undefined', () => r.setHeader('a'));
    t('setHeader char', () => r.setHeader('a', 'b\n'));
    t('setHeader wide', () => r.setHeader('a', '\u0100'));
    t('setHeader array', () => r.setHeader('a', ['b', '\u0001']));
    t('appendHeader', () => r.appendHeader('a\u00e9', 'x'));
    t('getHeader', () => r.getHeader());
    t('hasHeader', () => r.hasHeader(1));
    t('removeHeader', () => r.removeHeader());
    t('setHeaders', () => r.setHeaders({}));
    t('addTrailers name', () => r.addTrailers({ 'a b': 1 }));
    t('addTrailers value', () => r.addTrailers({ a: '\n' }));
    t('getHeaders', () => JSON.stringify(r.getHeaders()));
    t('write null', () => r.write(null));
    t('write number', () => r.write(1));
    t('end object', () => r.end({}));
  }
  t('writeHead 99', () => res.writeHead(99));
  t('writeHead string', () => res.writeHead('abc'));
  t('writeHead object', () => res.writeHead({}));
  t('writeHead reason', () => res.writeHead(200, 'a\nb'));
  t('writeHead odd', () => res.writeHead(200, ['a']));
  t('writeHead name', () => res.writeHead(200, { 'a b': 1 }));
  t('writeHead value', () => res.writeHead(200, { a: '\n' }));
  t('writeHead undefined', () => res.writeHead(200, { a: undefined }));
  t('writeHead trailer', () => res.writeHead(200, { 'Trailer': 'x', 'Content-Length': 2 }));
  res.statusMessage = undefined;
  res.statusCode = 1000;
  t('implicit', () => res.end());
  res.statusCode = 200;
  t('ok', () => res.writeHead(200) === res);
  t('late set', () => res.setHeader('a', 1));
  t('late append', () => res.appendHeader('a', 1));
  t('late remove', () => res.removeHeader('a'));
  t('late head', () => res.writeHead(200));
  t('late info', () => res.writeInformation(103));
  res.end();
});
server.listen(0, '127.0.0.1', () => {
  http.get({ port: server.address().port, host: '127.0.0.1' }, (res) => { res.resume(); server.close(); });
});
