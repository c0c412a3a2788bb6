'use strict';
const { sweep, options, CB, tidy } = require('./lib.js');
const http = require('http');
const net = require('net');

// A server that holds on to one exchange, so that there are live objects to
// call the methods of.
const server = http.createServer((req, res) => holding(req, res));
let holding;

const exchange = () => new Promise((resolve) => {
  holding = (req, res) => resolve({ req, res, client });
  const client = http.request({ port: server.address().port, method: 'POST', agent: false });
  client.on('error', () => {});
  client.flushHeaders();
});

server.listen(0, '127.0.0.1', async () => {
  const port = server.address().port;
  tidy(':' + port, ':<port>');
  tidy("'" + port + "'", '<port>');
  const keep = (r) => { r?.on?.('error', () => {}); r?.destroy?.(); r?.close?.(); };

  await sweep('createServer', http.createServer, () => [{}, () => {}], { keep });
  await options('createServer', http.createServer, () => [{}], 0,
    ['IncomingMessage', 'ServerResponse', 'connectionsCheckingInterval', 'headersTimeout', 'highWaterMark', 'insecureHTTPParser', 'joinDuplicateHeaders',
      'keepAlive', 'keepAliveInitialDelay', 'keepAliveTimeout', 'keepAliveTimeoutBuffer', 'maxHeaderSize', 'noDelay', 'requestTimeout', 'requireHostHeader',
      'rejectNonStandardBodyWrites', 'uniqueHeaders', 'shouldUpgradeCallback', 'optimizeEmptyRequests'], { keep });
  const s = http.createServer();
  await sweep('server.setTimeout', s.setTimeout, () => [0, () => {}], { self: () => s });
  await sweep('server.closeIdleConnections', s.closeIdleConnections, () => [], { self: () => s });
  for (const name of ['maxHeadersCount', 'timeout', 'keepAliveTimeout', 'headersTimeout', 'requestTimeout', 'maxRequestsPerSocket']) {
    await sweep('server.' + name + ' =', (v) => { http.createServer()[name] = v; }, () => [1]);
  }
  await sweep('validateHeaderName', http.validateHeaderName, () => ['x', 'label']);
  await sweep('validateHeaderValue', http.validateHeaderValue, () => ['x', 'y']);
  await sweep('setMaxIdleHTTPParsers', http.setMaxIdleHTTPParsers, () => [1000]);
  http.setMaxIdleHTTPParsers(1000);
  await sweep('Agent', (o) => new http.Agent(o), () => [{}], { keep });
  await options('Agent', (o) => new http.Agent(o), () => [{}], 0,
    ['keepAlive', 'keepAliveMsecs', 'maxSockets', 'maxTotalSockets', 'maxFreeSockets', 'scheduling', 'timeout', 'proxyEnv', 'defaultPort', 'agentKeepAliveTimeoutBuffer'], { keep });
  const agent = new http.Agent();
  await sweep('agent.getName', agent.getName, () => [{}], { self: () => agent });

  // What a client may be asked for; none of it connects.
  const dead = () => ({ host: '127.0.0.1', port, createConnection: () => new net.Socket() });
  await sweep('request', http.request, () => [dead(), () => {}], { keep, places: [0], skip: (i, v) => /^(undefined|null|true|NaN|Infinity|-1|1.5|2\*\*..|1n|\{\}|\[.?\]|symbol|fn|Foo|bare|toString)$/.test(v) && !/symbol/.test(v), short: false });
  await sweep('request callback', http.request, () => [dead(), () => {}], { keep, places: [1], short: false, skip: (i, v) => v === 'getters' || v === 'revoked' });
  const opened = (o) => { const r = http.request(o); r.on('error', () => {}); r.destroy(); };
  await options('request', opened, () => [dead()], 0,
    ['agent', 'auth', 'createConnection', 'defaultPort', 'family', 'headers', 'host', 'hostname', 'insecureHTTPParser', 'joinDuplicateHeaders', 'localAddress',
      'lookup', 'maxHeaderSize', 'method', 'path', 'port', 'protocol', 'setDefaultHeaders', 'setHost', 'signal', 'socketPath', 'timeout', 'uniqueHeaders'],
    { skip: (n, v) => n === 'createConnection' });
  await options('request headers', (h) => opened({ ...dead(), headers: h }), () => [{}], 0, ['x', 'Host', 'Transfer-Encoding', 'Content-Length', 'Connection', 'Expect', 'Cookie']);
  await sweep('request header name', (n) => opened({ ...dead(), headers: { [n]: 'x' } }), () => ['x'], { short: false });
  await sweep('request header list', (h) => opened({ ...dead(), headers: ['a', h] }), () => ['x'], { short: false });
  await sweep('ClientRequest', (...a) => { const r = new http.ClientRequest(...a); r.on('error', () => {}); r.destroy(); }, () => ['http://127.0.0.1:' + port], { places: [0], short: false,
    skip: (i, v) => /^(undefined|null|true|NaN|Infinity|-1|1.5|2\*\*..|1n|\{\}|\[.?\]|fn|Foo|bare|toString)$/.test(v) });
  for (const url of ['', 'x', 'ftp://a', 'http:', 'http://', 'http://a b/', 'http://[::1', 'http://a:99999/', 'https://a/', '//a/', 'http://a/\u4e2d']) {
    await sweep('request ' + JSON.stringify(url), (u) => { const r = http.request(u, dead()); r.on('error', () => {}); r.destroy(); }, () => [], { short: false });
    try { const r = http.request(url, dead()); r.on('error', () => {}); r.destroy(); console.log('request', url, 'ok', r.path); } catch (e) { console.log('request', url, e.name, e.code, e.message, e.input); }
  }
  for (const path of ['a b', '/\n', '/\r', '/\0', '/\u4e2d', '/\x7f', '/\xff', '\u0100', '', 'x']) {
    try { const r = http.request({ ...dead(), path }); r.on('error', () => {}); r.destroy(); console.log('path', JSON.stringify(path), 'ok', JSON.stringify(r.path)); } catch (e) { console.log('path', JSON.stringify(path), e.name, e.code, e.message); }
  }

  {
    const { req, res, client } = await exchange();
    for (const [who, self] of [['res', () => res], ['client', () => http.request({ ...dead() }).on('error', () => {})]]) {
      const kept = who === 'client' ? [] : null;
      const target = who === 'client' ? () => { const c = self(); kept.push(c); return c; } : () => { const r = new http.ServerResponse(req); return r; };
      const list = {
        setHeader: () => ['x', 'y'],
        appendHeader: () => ['x', 'y'],
        getHeader: () => ['x'],
        hasHeader: () => ['x'],
        removeHeader: () => ['x'],
        setHeaders: () => [new Map()],
        addTrailers: () => [{ x: 'y' }],
        setTimeout: () => [0, () => {}],
        getHeaders: () => [],
        getHeaderNames: () => [],
        flushHeaders: () => [],
      };
      if (who === 'client') Object.assign(list, { setNoDelay: () => [true], setSocketKeepAlive: () => [true, 0] });
      else Object.assign(list, {
        writeHead: () => [200, 'OK', {}],
        writeEarlyHints: () => [{ link: '</a>; rel=preload' }, () => {}],
        writeContinue: () => [() => {}],
        writeProcessing: () => [],
        writeInformation: () => [110, {}],
      });
      for (const name of Object.keys(list)) await sweep(who + '.' + name, target()[name], list[name], { self: target });
      await sweep(who + '.write', target().write, () => ['x', 'utf8', () => {}], { self: () => target().on('error', () => {}) });
      await sweep(who + '.end', target().end, () => ['x', 'utf8', () => {}], { self: () => target().on('error', () => {}) });
      await sweep(who + ' addTrailers value', (v) => target().addTrailers({ x: v }), () => ['x']);
      await sweep(who + ' addTrailers name', (v) => target().addTrailers({ [v]: 'x' }), () => ['x']);
      if (who === 'res') {
        await sweep('res.writeHead headers', (v) => target().writeHead(200, { x: v }), () => ['x']);
        await sweep('res.writeHead header name', (v) => target().writeHead(200, { [v]: 'x' }), () => ['x']);
        await sweep('res.writeHead header list', (v) => target().writeHead(200, ['x', v]), () => ['x']);
        await sweep('res.writeEarlyHints link', (v) => target().writeEarlyHints({ link: v }), () => ['</a>; rel=preload']);
        await sweep('res.statusCode', (v) => { const r = target(); r.statusCode = v; r.writeHead(r.statusCode); }, () => [200]);
        await sweep('res.statusCode implicit', (v) => { const r = target(); r.statusCode = v; r.end(); }, () => [200]);
        await sweep('res.statusMessage', (v) => { const r = target(); r.statusMessage = v; r.end(); }, () => ['OK']);
        await sweep('res.strictContentLength', (v) => { const r = target(); r.strictContentLength = true; r.setHeader('content-length', 5); r.end(v); }, () => ['hello']);
        await sweep('ServerResponse', (r, o) => new http.ServerResponse(r, o), () => [req, {}]);
        await sweep('res.assignSocket', target().assignSocket, () => [new net.Socket()], { self: target });
      }
      kept?.forEach((c) => c.destroy());
    }
    await sweep('IncomingMessage', (sock) => new http.IncomingMessage(sock), () => [new net.Socket()]);
    await sweep('OutgoingMessage', (o) => new http.OutgoingMessage(o), () => [{}]);
    const im = () => new http.IncomingMessage(new net.Socket());
    await sweep('im.setTimeout', im().setTimeout, () => [0, () => {}], { self: im });
    await sweep('im.destroy', im().destroy, () => [new Error('x')], { self: () => im().on('error', () => {}) });
    await sweep('im.setEncoding', im().setEncoding, () => ['utf8'], { self: im });
    const om = () => new http.OutgoingMessage();
    await sweep('om.setHeader', om().setHeader, () => ['x', 'y'], { self: om });
    await sweep('om.write', om().write, () => ['x'], { self: () => om().on('error', () => {}) });
    await sweep('om.pipe', om().pipe, () => ['x'], { self: () => om().on('error', () => {}), places: [] });
    await sweep('om._implicitHeader', om()._implicitHeader, () => [], { self: om });
    client.destroy();
    res.destroy();
  }
  server.close();
  server.closeAllConnections();
});
