'use strict';
const { sweep, options, CB, tidy } = require('./lib.js');
const net = require('net');

(async () => {
  const keep = (r) => { r?.on?.('error', () => {}); r?.destroy?.(); try { r?.close?.(); } catch {} };
  await sweep('Socket', (o) => { new net.Socket(o).destroy(); }, () => [{}]);
  await options('Socket', (o) => { new net.Socket(o).on('error', () => {}).destroy(); }, () => [{}], 0,
    ['fd', 'allowHalfOpen', 'readable', 'writable', 'signal', 'onread', 'handle', 'noDelay', 'keepAlive', 'keepAliveInitialDelay', 'highWaterMark', 'objectMode', 'encoding', 'decodeStrings', 'blockList', 'typeOfService'],
    { skip: (n, v) => n === 'fd' && ['1.5'].includes(v) });
  await sweep('createServer', net.createServer, () => [{}, () => {}], { keep });
  await options('createServer', (o) => { net.createServer(o).close(); }, () => [{}], 0,
    ['allowHalfOpen', 'pauseOnConnect', 'noDelay', 'keepAlive', 'keepAliveInitialDelay', 'highWaterMark', 'blockList']);
  const listened = (...a) => {
    const s = net.createServer();
    return s.listen(...a);
  };
  await sweep('listen', listened, () => [0, '127.0.0.1', 1, () => {}], { keep, wait: true, skip: (i, v) => (i === 1 && /no\/zz|'|1.5|\[1|true|-1|NaN|Inf|2\*|1n|toString|Foo|symbol|getters|revoked/.test(v)) || (i === 0 && /no\/zz/.test(v)) });
  await options('listen', listened, () => [{ port: 0, host: '127.0.0.1' }], 0,
    ['port', 'backlog', 'exclusive', 'reusePort', 'ipv6Only', 'signal', 'path', 'fd', 'readableAll', 'writableAll'], { keep, wait: true, skip: (n, v) => (n === 'path' && /^(true|no.zz|'|'no.zz')/.test(v)) || (n === 'fd' && /^(1.5)/.test(v)) });
  const connected = (...a) => net.connect(...a);
  await options('connect', connected, () => [{ port: 1, host: '127.0.0.1' }], 0,
    ['port', 'family', 'hints', 'localAddress', 'localPort', 'lookup', 'timeout', 'noDelay', 'keepAlive', 'keepAliveInitialDelay', 'autoSelectFamily', 'autoSelectFamilyAttemptTimeout', 'signal', 'onread', 'allowHalfOpen', 'fd'],
    { keep, wait: true, skip: (n, v) => (n === 'fd') || (n === 'lookup' && v === 'fn') || (n === 'port' && v === '-0') });
  await sweep('connect', connected, () => [1, '127.0.0.1', () => {}], { keep, wait: true, skip: (i, v) => i === 1 || (i === 0 && /^(fn|\{\}|\[|Foo|bare|toString)/.test(v)) });
  await sweep('isIP', net.isIP, () => ['1']);
  await sweep('isIPv4', net.isIPv4, () => ['1']);
  await sweep('isIPv6', net.isIPv6, () => ['1']);
  await sweep('setDefaultAutoSelectFamily', net.setDefaultAutoSelectFamily, () => [true]);
  await sweep('setDefaultAutoSelectFamilyAttemptTimeout', net.setDefaultAutoSelectFamilyAttemptTimeout, () => [250]);
  net.setDefaultAutoSelectFamily(true);
  net.setDefaultAutoSelectFamilyAttemptTimeout(250);
  const list = new net.BlockList();
  const self = () => list;
  await sweep('addAddress', list.addAddress, () => ['1.2.3.4', 'ipv4'], { self });
  await sweep('addRange', list.addRange, () => ['1.2.3.4', '1.2.3.5', 'ipv4'], { self });
  await sweep('addSubnet', list.addSubnet, () => ['1.2.3.4', 8, 'ipv4'], { self });
  await sweep('check', list.check, () => ['1.2.3.4', 'ipv4'], { self });
  await sweep('fromJSON', list.fromJSON, () => [[]], { self });
  await sweep('SocketAddress', (o) => new net.SocketAddress(o), () => [{}]);
  await options('SocketAddress', (o) => new net.SocketAddress(o), () => [{}], 0, ['address', 'family', 'flowlabel', 'port']);
  await sweep('SocketAddress.parse', net.SocketAddress.parse, () => ['1.2.3.4:1']);
  const sock = () => new net.Socket().on('error', () => {});
  const methods = {
    setTimeout: () => [0, () => {}],
    setNoDelay: () => [true],
    setKeepAlive: () => [true, 1],
    setEncoding: () => ['utf8'],
    write: () => ['x', 'utf8', () => {}],
    end: () => ['x', 'utf8', () => {}],
    destroy: () => [undefined],
    pause: () => [], resume: () => [], ref: () => [], unref: () => [], address: () => [],
    resetAndDestroy: () => [], destroySoon: () => [],
    setTypeOfService: () => [0],
  };
  for (const name of Object.keys(methods)) {
    if (!sock()[name]) continue;
    await sweep('socket.' + name, (...a) => { const s = sock(); s[name](...a); s.destroy(); }, methods[name]);
  }
  const server = () => net.createServer();
  await sweep('server.close', server().close, () => [() => {}], { self: server });
  await sweep('server.getConnections', (cb) => { server().getConnections(cb); }, () => [CB]);
  await sweep('server.maxConnections', (n) => { server().maxConnections = n; }, () => [1]);
  await sweep('server.dropMaxConnection', (n) => { server().dropMaxConnection = n; }, () => [true]);
})();
