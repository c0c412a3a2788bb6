'use strict';
const { sweep, options, CB } = require('./lib.js');
const util = require('util');

(async () => {
  const list = {
    aborted: () => [new AbortController().signal, {}],
    callbackify: () => [async () => {}],
    debuglog: () => ['x', () => {}],
    deprecate: () => [() => {}, 'x', 'DEPX', {}],
    diff: () => ['a', 'b'],
    format: () => ['%s', 'x'],
    formatWithOptions: () => [{}, '%s', 'x'],
    getCallSites: () => [1, {}],
    getSystemErrorName: () => [-2],
    getSystemErrorMessage: () => [-2],
    getSystemErrorMap: () => [],
    inherits: () => [function A() {}, function B() {}],
    inspect: () => [{ a: 1 }, {}],
    isArray: () => [[]],
    isDeepStrictEqual: () => [{}, {}],
    parseArgs: () => [{ args: [] }],
    parseEnv: () => ['a=b'],
    promisify: () => [() => {}],
    stripVTControlCharacters: () => ['x'],
    styleText: () => ['red', 'x', {}],
    toUSVString: () => ['x'],
    transferableAbortController: () => [],
    transferableAbortSignal: () => [new AbortController().signal],
    convertProcessSignalToExitCode: () => ['SIGTERM'],
    setTraceSigInt: () => [false],
  };
  for (const name of Object.keys(list)) {
    if (!util[name]) continue;
    await sweep(name, (...a) => { const r = util[name](...a); if (name !== 'aborted') return typeof r === 'string' ? undefined : r; r.catch(() => {}); }, list[name]);
  }
  for (const spec of ['%s', '%d', '%i', '%f', '%j', '%o', '%O', '%c', '%%']) await sweep('format ' + spec, (v) => { util.format(spec, v); }, () => ['x']);
  await options('inspect', util.inspect, () => [{ a: [1] }, {}], 1,
    ['showHidden', 'depth', 'colors', 'customInspect', 'showProxy', 'maxArrayLength', 'maxStringLength', 'breakLength', 'compact', 'sorted', 'getters', 'numericSeparator', 'stylize']);
  await options('parseArgs', util.parseArgs, () => [{ args: [] }], 0, ['args', 'options', 'strict', 'allowPositionals', 'allowNegative', 'tokens']);
  await options('parseArgs option', (o) => util.parseArgs({ args: [], options: { x: o } }), () => [{ type: 'string' }], 0, ['type', 'multiple', 'short', 'default']);
  await options('styleText', util.styleText, () => ['red', 'x', {}], 2, ['validateStream', 'stream']);
  for (const name of Object.keys(util.types).sort()) await sweep('types.' + name, util.types[name], () => [1]);
  await sweep('MIMEType', (v) => { new util.MIMEType(v); }, () => ['text/plain']);
  const mime = () => new util.MIMEType('text/plain;a=b');
  for (const p of ['type', 'subtype']) await sweep('MIMEType.' + p + ' =', (v) => { mime()[p] = v; }, () => ['x']);
  for (const [name, make] of Object.entries({ get: () => ['a'], set: () => ['a', 'b'], has: () => ['a'], delete: () => ['a'] })) {
    await sweep('params.' + name, (...a) => { mime().params[name](...a); }, make);
  }
  await sweep('promisified', (...a) => util.promisify((x, cb) => cb(null, x))(...a), () => ['x']);
  await sweep('promisify error', (v) => util.promisify((cb) => cb(v))(), () => [null]);
  await sweep('callbackified', util.callbackify(async () => 'x'), () => [CB]);
  await sweep('callbackify rejection', (v, cb) => util.callbackify(async () => { throw v; })(cb), () => [new Error('x'), CB], { places: [0] });

  const { EventEmitter, once, on, getEventListeners, setMaxListeners, getMaxListeners, addAbortListener } = require('events');
  const ee = () => new EventEmitter();
  for (const [name, make] of Object.entries({
    on: () => ['x', () => {}], once: () => ['x', () => {}], prependListener: () => ['x', () => {}], prependOnceListener: () => ['x', () => {}],
    addListener: () => ['x', () => {}], off: () => ['x', () => {}], removeListener: () => ['x', () => {}], removeAllListeners: () => ['x'],
    emit: () => ['x', 1], listenerCount: () => ['x', () => {}], listeners: () => ['x'], rawListeners: () => ['x'], setMaxListeners: () => [1], getMaxListeners: () => [], eventNames: () => [],
  })) await sweep('ee.' + name, ee()[name], make, { self: ee });
  await sweep('emit error', (v) => { ee().emit('error', v); }, () => [new Error('x')]);
  await sweep('new EventEmitter', (o) => { new EventEmitter(o); }, () => [{}]);
  await options('new EventEmitter', (o) => { new EventEmitter(o); }, () => [{}], 0, ['captureRejections']);
  await sweep('defaultMaxListeners', (v) => { EventEmitter.defaultMaxListeners = v; }, () => [10]);
  EventEmitter.defaultMaxListeners = 10;
  await sweep('captureRejections', (v) => { EventEmitter.captureRejections = v; }, () => [false]);
  EventEmitter.captureRejections = false;
  await sweep('events.once', (...a) => { const r = once(...a); r.catch(() => {}); return a[0] && a[1] === 'x' && a.length === 1 ? r : undefined; }, () => [ee(), 'x', {}]);
  await sweep('events.on', (...a) => { const r = on(...a); r.return(); }, () => [ee(), 'x', {}]);
  await sweep('getEventListeners', getEventListeners, () => [ee(), 'x']);
  await sweep('setMaxListeners', setMaxListeners, () => [1, ee()]);
  await sweep('getMaxListeners', getMaxListeners, () => [ee()]);
  await sweep('addAbortListener', addAbortListener, () => [new AbortController().signal, () => {}]);
  const et = () => new EventTarget();
  for (const [name, make] of Object.entries({ addEventListener: () => ['x', () => {}, {}], removeEventListener: () => ['x', () => {}, {}], dispatchEvent: () => [new Event('x')] })) {
    await sweep('et.' + name, et()[name], make, { self: et });
    await sweep('et.' + name + ' on {}', et()[name], make, { self: () => ({}), places: [] });
  }
  await sweep('Event', (...a) => { new Event(...a); }, () => ['x', {}]);
  await sweep('CustomEvent', (...a) => { new CustomEvent(...a); }, () => ['x', {}]);
  await sweep('AbortSignal.timeout', (v) => { AbortSignal.timeout(v); }, () => [1e6], { skip: (i, v) => v.startsWith('2**') });
  await sweep('AbortSignal.any', (v) => { AbortSignal.any(v); }, () => [[]]);
  await sweep('AbortSignal.abort', (v) => { AbortSignal.abort(v); }, () => [1]);
  await sweep('new AbortSignal', () => { new AbortSignal(); }, () => [1]);
  await sweep('structuredClone', (...a) => { structuredClone(...a); }, () => [{}, {}]);
  await sweep('queueMicrotask', queueMicrotask, () => [() => {}]);
  await sweep('DOMException', (...a) => { new DOMException(...a); }, () => ['a', 'b']);

  const timers = require('timers');
  const done = (t) => { clearTimeout(t); clearImmediate(t); };
  for (const name of ['setTimeout', 'setInterval']) {
    await sweep(name, timers[name], () => [() => {}, 1, 'x'], { keep: done, skip: (i, v) => i === 1 && (v.startsWith('2**') || v === 'Infinity' || v === 'NaN' || v === '-1') });
  }
  await sweep('setImmediate', setImmediate, () => [() => {}, 'x'], { keep: done });
  for (const name of ['clearTimeout', 'clearInterval', 'clearImmediate']) await sweep(name, timers[name], () => [undefined]);
  const tp = require('timers/promises');
  const calm = (f) => (...a) => { const r = f(...a); r?.catch?.(() => {}); return r; };
  await sweep('promises.setTimeout', calm(tp.setTimeout), () => [1, 'x', {}], { skip: (i, v) => i === 0 && (v.startsWith('2**') || v === 'Infinity' || v === 'NaN' || v === '-1') });
  await sweep('promises.setImmediate', calm(tp.setImmediate), () => ['x', {}]);
  await sweep('promises.setInterval', (...a) => tp.setInterval(...a).return(), () => [1, 'x', {}]);
  await sweep('scheduler.wait', calm((...a) => tp.scheduler.wait(...a)), () => [1, {}], { skip: (i, v) => i === 0 && (v.startsWith('2**') || v === 'Infinity' || v === 'NaN' || v === '-1') });
  await sweep('process.nextTick', process.nextTick, () => [() => {}, 1]);
})();
