'use strict';
// child_process, dgram, dns, cluster, tty.
const { sweep, options, CB, tidy } = require('./lib.js');

(async () => {
  const cp = require('child_process');
  const keep = (r) => { r?.on?.('error', () => {}); if (r?.pid) r.kill('SIGKILL'); };
  const none = '/no/such/program';
  const skip = (i, v) => v === "'no/zz'" || (i > 0 && v === 'fn');
  await sweep('spawn', cp.spawn, () => [none, [], {}], { keep, wait: true });
  await sweep('spawn argument', (v) => cp.spawn(none, [v]), () => ['x'], { keep, wait: true });
  const spawnOptions = ['cwd', 'env', 'argv0', 'stdio', 'detached', 'uid', 'gid', 'serialization', 'shell', 'windowsVerbatimArguments', 'windowsHide', 'signal', 'timeout', 'killSignal'];
  const skipped = (n, v) => (n === 'uid' || n === 'gid') && /^(2\*|-1)/.test(v);
  await options('spawn', cp.spawn, () => [none, [], {}], 2, spawnOptions, { keep, wait: true, skip: skipped });
  await sweep('spawn env', (v) => cp.spawn(none, [], { env: { A: v } }), () => ['x'], { keep, wait: true });
  await sweep('spawn stdio', (v) => cp.spawn(none, [], { stdio: ['ignore', 'ignore', v] }), () => ['pipe'], { keep, wait: true, skip: (i, v) => v === '1.5' });
  await sweep('spawnSync', (...a) => { const r = cp.spawnSync(...a); if (r.error) throw r.error; }, () => [none, [], {}]);
  await options('spawnSync', (...a) => { const r = cp.spawnSync(...a); if (r.error) throw r.error; }, () => [none, [], {}], 2,
    ['cwd', 'input', 'argv0', 'stdio', 'env', 'uid', 'gid', 'timeout', 'killSignal', 'maxBuffer', 'encoding', 'shell', 'windowsHide'], { skip: skipped });
  await sweep('execFile', cp.execFile, () => [none, [], {}, CB], { keep });
  await options('execFile', cp.execFile, () => [none, [], {}, CB], 2, ['cwd', 'env', 'encoding', 'timeout', 'maxBuffer', 'killSignal', 'uid', 'gid', 'shell', 'signal'], { keep, skip: (n, v) => skipped(n, v) || n === 'shell' });
  await sweep('execFileSync', cp.execFileSync, () => [none, [], {}]);
  await sweep('exec', (...a) => { cp.exec(...a).on('error', () => {}); }, () => ['exit 0', {}, () => {}], { places: [1, 2] });
  await sweep('exec command', (v) => cp.exec(v, () => {}), () => ['exit 0'], { keep, skip: (i, v) => v === "'no/zz'" });
  await sweep('execSync', (v, o) => { cp.execSync(v, o); }, () => ['exit 0', { stdio: 'ignore' }], { skip: (i, v) => v === "'no/zz'", places: [0] });
  await sweep('fork', cp.fork, () => ['/no/module.js', [], { silent: true }], { places: [], keep });
  await sweep('fork arguments', cp.fork, () => ['\0', [], {}], { keep });
  await options('fork', cp.fork, () => ['\0', [], {}], 2, ['cwd', 'execPath', 'execArgv', 'silent', 'stdio', 'serialization', 'signal', 'timeout', 'killSignal'], { keep });
  const child = () => new cp.ChildProcess();
  await sweep('child.spawn', (o) => { child().spawn(o); }, () => [{ file: '\0' }]);

  const dgram = require('dgram');
  await sweep('createSocket', (...a) => { dgram.createSocket(...a).close(); }, () => ['udp4', () => {}]);
  await options('createSocket', (...a) => { dgram.createSocket(...a).close(); }, () => [{ type: 'udp4' }], 0, ['type', 'reuseAddr', 'reusePort', 'ipv6Only', 'recvBufferSize', 'sendBufferSize', 'lookup', 'signal', 'receiveBlockList', 'sendBlockList']);
  const udp = (f) => (...a) => { const s = dgram.createSocket('udp4').on('error', () => {}); try { return f(s, ...a); } finally { try { s.close(); } catch {} } };
  for (const [name, make] of Object.entries({
    addMembership: () => ['224.0.0.1', '127.0.0.1'], dropMembership: () => ['224.0.0.1', '127.0.0.1'], addSourceSpecificMembership: () => ['127.0.0.1', '232.0.0.1'], dropSourceSpecificMembership: () => ['127.0.0.1', '232.0.0.1'],
    address: () => [], remoteAddress: () => [], bind: () => [0, '127.0.0.1', () => {}], close: () => [() => {}], connect: () => [1, '127.0.0.1', () => {}], disconnect: () => [],
    getRecvBufferSize: () => [], getSendBufferSize: () => [], setBroadcast: () => [true], setMulticastInterface: () => ['127.0.0.1'], setMulticastLoopback: () => [true], setMulticastTTL: () => [1],
    setRecvBufferSize: () => [1], setSendBufferSize: () => [1], setTTL: () => [1], send: () => ['x', 1, '127.0.0.1', () => {}], getSendQueueSize: () => [], getSendQueueCount: () => [],
  })) await sweep('dgram.' + name, udp((s, ...a) => { s[name](...a); }), make, { skip: (i, v) => (/^(bind|connect)$/.test(name) && i > 0) || (name === 'send' && i === 2) || (name === 'bind' && i === 0 && /^(true|2\*|1.5|no)/.test(v)) });
  await sweep('dgram.send offset', udp((s, ...a) => { s.send(...a); }), () => [Buffer.from('abc'), 0, 3, 1, '127.0.0.1', () => {}], { skip: (i) => i === 4 });
  await sweep('dgram.send list', udp((s, v) => { s.send([v], 1, '127.0.0.1'); }), () => ['x']);
  await sweep('dgram.send address', udp((s, v) => { s.send('x', 1, v); }), () => ['127.0.0.1'], { skip: (i, v) => /'/.test(v) });

  const dns = require('dns');
  const dnsSkip = (i, v) => i === 0 && /^('no\/zz'|'\\0')$/.test(v);
  await sweep('lookup', dns.lookup, () => ['127.0.0.1', {}, CB], { skip: dnsSkip });
  await options('lookup', dns.lookup, () => ['127.0.0.1', {}, CB], 1, ['family', 'hints', 'all', 'verbatim', 'order']);
  await sweep('resolve', dns.resolve, () => ['x', 'BAD', CB]);
  for (const name of ['resolve4', 'resolveTxt', 'reverse', 'resolveAny']) await sweep(name, (...a) => { dns[name](...a); }, () => ['\0', () => {}], { skip: (i, v) => typeof v === 'string' && v.startsWith("'") || i > 0 && v === 'fn', places: [0, 1] });
  await sweep('setServers', dns.setServers, () => [['127.0.0.1']], { places: [] });
  await sweep('setServers element', (v) => dns.setServers([v]), () => ['127.0.0.1'], { skip: (i, v) => v === '[1]' });
  await sweep('setDefaultResultOrder', dns.setDefaultResultOrder, () => ['verbatim']);
  await sweep('Resolver', (o) => { new dns.Resolver(o); }, () => [{}]);
  await options('Resolver', (o) => { new dns.Resolver(o); }, () => [{}], 0, ['timeout', 'tries', 'maxTimeout']);
  await sweep('resolver.setLocalAddress', (...a) => new dns.Resolver().setLocalAddress(...a), () => ['127.0.0.1', '::1']);
  await sweep('promises.lookup', dns.promises.lookup, () => ['127.0.0.1', {}], { skip: dnsSkip });
  const cluster = require('cluster');
  await sweep('cluster.setupPrimary', (v) => { cluster.setupPrimary(v); }, () => [{}]);
  await sweep('cluster.schedulingPolicy', (v) => { cluster.schedulingPolicy = v; }, () => [2]);
  await sweep('cluster.disconnect', (v) => { cluster.disconnect(v); }, () => [() => {}]);
  const tty = require('tty');
  await sweep('isatty', tty.isatty, () => [0], { skip: (i, v) => v === '1.5' });
  await sweep('tty.ReadStream', (v) => { new tty.ReadStream(v); }, () => [99999], { skip: (i, v) => v === '1.5' });
  await sweep('tty.WriteStream', (v) => { new tty.WriteStream(v); }, () => [99999], { skip: (i, v) => v === '1.5' });
})();
