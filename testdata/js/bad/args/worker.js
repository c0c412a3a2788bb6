'use strict';
const { sweep, options } = require('./lib.js');

(async () => {
  const wt = require('worker_threads');
  await sweep('Worker', (...a) => { const w = new wt.Worker(...a); w.on('error', () => {}); w.terminate(); }, () => ['', { eval: true }]);
  await options('Worker', (...a) => { const w = new wt.Worker(...a); w.on('error', () => {}); w.terminate(); }, () => ['', { eval: true }], 1,
    ['argv', 'env', 'eval', 'execArgv', 'name', 'resourceLimits', 'stdin', 'stdout', 'stderr', 'trackUnmanagedFds', 'transferList', 'workerData'], { skip: (n, v) => n === 'workerData' && v === 'revoked' });
  await sweep('receiveMessageOnPort', wt.receiveMessageOnPort, () => [new wt.MessageChannel().port1]);
  await sweep('setEnvironmentData', wt.setEnvironmentData, () => ['x', 'y']);
  await sweep('getEnvironmentData', wt.getEnvironmentData, () => ['x']);
  await sweep('markAsUntransferable', wt.markAsUntransferable, () => [{}]);
  await sweep('isMarkedAsUntransferable', wt.isMarkedAsUntransferable, () => [{}]);
  await sweep('markAsUncloneable', wt.markAsUncloneable, () => [{}]);
  await sweep('moveMessagePortToContext', wt.moveMessagePortToContext, () => [1, 2], { places: [0] });
  await sweep('postMessageToThread', (...a) => wt.postMessageToThread(...a), () => [99999, 'x', [], 10], { places: [0, 2, 3] });
  await sweep('BroadcastChannel', (...a) => { new BroadcastChannel(...a).close(); }, () => ['x']);
  await sweep('bc.postMessage', (v) => { const b = new BroadcastChannel('x'); try { b.postMessage(v); } finally { b.close(); } }, () => ['x']);
  await sweep('new MessagePort', () => { new MessagePort(); }, () => [1]);
  const port = (f) => { const { port1, port2 } = new MessageChannel(); try { f(port1, port2); } finally { port1.close(); } };
  await sweep('port.postMessage', (...a) => port((p) => p.postMessage(...a)), () => ['x', []]);
  await options('port.postMessage', (...a) => port((p) => p.postMessage(...a)), () => ['x', {}], 1, ['transfer']);
  await sweep('port.postMessage transfer', (v) => port((p) => p.postMessage('x', [v])), () => [new ArrayBuffer(1)]);
  await sweep('port.onmessage', (v) => port((p) => { p.onmessage = v; }), () => [() => {}]);
  await sweep('port.on', (...a) => port((p) => p.on(...a)), () => ['x', () => {}]);
  await sweep('port itself', () => port((p) => p.postMessage(p, [p])), () => [], {});
  port((p) => { try { p.postMessage(p, [p]); } catch (e) { console.log(e.name, e.code, e.message); } });
  port((p, q) => { try { p.postMessage(1, [q, q]); } catch (e) { console.log(e.name, e.code, e.message); } });
  for (const [what, make] of [['function', () => () => {}], ['symbol', () => Symbol('q')], ['WeakMap', () => new WeakMap()], ['proxy', () => new Proxy({}, {})], ['promise', () => Promise.resolve()], ['nested', () => ({ a: [() => {}] })],
    ['getter', () => ({ get a() { throw new Error('getter'); } })], ['port', () => new MessageChannel().port1], ['class', () => class A {}], ['WeakRef', () => new WeakRef({})], ['generator', () => (function* g() {})()]]) {
    for (const f of [(v) => structuredClone(v), (v) => port((p) => p.postMessage(v)), (v) => { new wt.Worker('', { eval: true, workerData: v }).terminate(); }]) {
      try { f(make()); console.log(what, 'ok'); } catch (e) { console.log(what, e.name, e.code, e.message); }
    }
  }
})();
