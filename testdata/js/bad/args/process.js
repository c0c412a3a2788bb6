'use strict';
// gonode: process
const { sweep, options, CB } = require('./lib.js');

(async () => {
  const list = {
    abort: null,
    chdir: () => ['no/where'],
    cpuUsage: () => [{ user: 1, system: 1 }],
    threadCpuUsage: () => [{ user: 1, system: 1 }],
    emitWarning: () => [new Error('x'), 'T', 'C', () => {}],
    getActiveResourcesInfo: () => [],
    getBuiltinModule: () => ['fs'],
    getegid: () => [], geteuid: () => [], getgid: () => [], getgroups: () => [], getuid: () => [],
    hasUncaughtExceptionCaptureCallback: () => [],
    hrtime: () => [[0, 0]],
    'hrtime.bigint': () => [],
    initgroups: () => ['nobody-here', 99999999],
    kill: () => [process.pid, 0],
    memoryUsage: () => [],
    nextTick: () => [() => {}, 1],
    setegid: () => ['nobody-here'], seteuid: () => ['nobody-here'], setgid: () => ['nobody-here'], setuid: () => ['nobody-here'],
    setgroups: () => [['nobody-here']],
    setSourceMapsEnabled: () => [false],
    umask: () => ['0022'],
    uptime: () => [],
    loadEnvFile: () => ['no/env'],
    ref: () => [{}], unref: () => [{}],
    on: () => ['x', () => {}],
    _kill: null, binding: () => ['x'],
    setUncaughtExceptionCaptureCallback: null,
  };
  const mask = process.umask();
  for (const [name, make] of Object.entries(list)) {
    if (!make) continue;
    const fn = name.split('.').reduce((o, k) => o[k], process);
    if (typeof fn !== 'function') { console.log(name, typeof fn); continue; }
    await sweep('process.' + name, fn, make, {
      self: () => process,
      short: !/^(umask|set|kill)/.test(name),
      skip: (i, v) => (/^(set.*id|setgroups|initgroups)$/.test(name) && /^(1.5|2\*|NaN|Infinity|-1|\[|\[1\]|undefined|null|'')/.test(v)) || (name === 'kill' && i === 0 && /^(-1|1.5|2\*|null|''|\[|true|undefined|NaN)/.test(v)) || (name === 'kill' && i === 1 && /^(undefined|null|NaN|'')$/.test(v)) || name === 'emitWarning' || (name === 'binding'),
    });
    process.umask(mask);
  }
  await sweep('process.exitCode', (v) => { try { process.exitCode = v; } finally { process.exitCode = undefined; } }, () => [0]);
  await sweep('process.exit', (v) => { if (typeof v === 'number' && Number.isInteger(v) || v == null || typeof v === 'string') return; process.exit(v); }, () => [0], { places: [0], short: false, skip: (i, v) => v === "'0'" });
  await sweep('process.title', (v) => { process.title = v; }, () => ['x']);
  await sweep('process.env', (v) => { process.env.BAD = v; }, () => ['x']);
  await sweep('process.env name', (v) => { process.env[v] = 'x'; }, () => ['BAD']);
  await sweep('process.env get', (v) => process.env[v] && 0, () => ['BAD']);
  await sweep('process.env define', (v) => { Object.defineProperty(process.env, 'x', v); }, () => [{}]);
  await sweep('process.setUncaughtExceptionCaptureCallback', (f) => { process.setUncaughtExceptionCaptureCallback(f); process.setUncaughtExceptionCaptureCallback(null); }, () => [() => {}]);
  await sweep('process.stdout.write', (v, e) => { if (typeof v === 'string' && !/\0/.test(v) || Buffer.isBuffer(v)) return; process.stdout.write(v, e); }, () => [{}, 'utf8'], { places: [0] });
  const m = require('module');
  for (const [name, make] of Object.entries({ createRequire: () => [__filename], isBuiltin: () => ['fs'], findSourceMap: () => ['x'], findPackageJSON: () => ['..', __filename], register: null, stripTypeScriptTypes: () => ['let a: b', {}], enableCompileCache: null, _nodeModulePaths: () => ['/a'], _resolveFilename: () => ['fs'], _load: () => ['fs'], wrap: () => ['x'], getSourceMapsSupport: () => [], setSourceMapsSupport: () => [false], SourceMap: null })) {
    if (make) await sweep('module.' + name, m[name], make);
  }
  await sweep('require', (v) => require(v), () => ['fs']);
  await sweep('require.resolve', require.resolve, () => ['fs', {}]);
  await options('require.resolve', require.resolve, () => ['x', {}], 1, ['paths']);
  await sweep('require.resolve.paths', require.resolve.paths, () => ['x']);
  await sweep('import', (v) => import(v), () => ['fs']);
  const { AsyncResource, AsyncLocalStorage, createHook } = require('async_hooks');
  await sweep('AsyncResource', (...a) => { new AsyncResource(...a); }, () => ['x', {}]);
  await sweep('createHook', (v) => { createHook(v); }, () => [{}]);
  await options('createHook', (v) => { createHook(v); }, () => [{}], 0, ['init', 'before', 'after', 'destroy', 'promiseResolve', 'trackPromises']);
  await sweep('als.run', (...a) => new AsyncLocalStorage().run(...a), () => [1, () => {}]);
  await sweep('als.exit', (...a) => new AsyncLocalStorage().exit(...a), () => [() => {}]);
  await sweep('AsyncLocalStorage', (v) => { new AsyncLocalStorage(v); }, () => [{}]);
  await sweep('AsyncLocalStorage.bind', (v) => { AsyncLocalStorage.bind(v); }, () => [() => {}]);
  await sweep('asyncResource.runInAsyncScope', (...a) => new AsyncResource('x').runInAsyncScope(...a), () => [() => {}, {}]);
  await sweep('asyncResource.bind', (...a) => { new AsyncResource('x').bind(...a); }, () => [() => {}]);
  const dc = require('diagnostics_channel');
  await sweep('dc.channel', (v) => { dc.channel(v); }, () => ['x']);
  await sweep('dc.subscribe', dc.subscribe, () => ['x', () => {}]);
  await sweep('dc.unsubscribe', dc.unsubscribe, () => ['x', () => {}]);
  await sweep('dc.hasSubscribers', dc.hasSubscribers, () => ['x']);
  await sweep('dc.tracingChannel', (v) => { dc.tracingChannel(v); }, () => ['x']);
  const { performance, PerformanceObserver, createHistogram, monitorEventLoopDelay } = require('perf_hooks');
  await sweep('mark', (...a) => { performance.mark(...a); }, () => ['x', {}]);
  await sweep('measure', (...a) => { performance.measure(...a); }, () => ['x', 'x', 'x']);
  await sweep('timerify', (...a) => { performance.timerify(...a); }, () => [() => {}, {}]);
  await sweep('PerformanceObserver', (...a) => { new PerformanceObserver(...a); }, () => [() => {}]);
  await sweep('observe', (v) => { const o = new PerformanceObserver(() => {}); o.observe(v); o.disconnect(); }, () => [{ entryTypes: ['mark'] }]);
  await sweep('createHistogram', (v) => { createHistogram(v); }, () => [{}]);
  await options('createHistogram', (v) => { createHistogram(v); }, () => [{}], 0, ['lowest', 'highest', 'figures'], { skip: (n, v) => v.startsWith('2**') });
  await sweep('histogram.record', (v) => createHistogram().record(v), () => [1]);
  await sweep('histogram.percentile', (v) => createHistogram().percentile(v), () => [1]);
  await sweep('monitorEventLoopDelay', (v) => { monitorEventLoopDelay(v); }, () => [{}]);
  const assert = require('assert');
  for (const [name, make] of Object.entries({ throws: () => [() => { throw new Error('x'); }, /x/, 'm'], rejects: () => [async () => { throw new Error('x'); }, /x/, 'm'], doesNotThrow: () => [() => {}, /x/], match: () => ['x', /x/], doesNotMatch: () => ['x', /y/], ifError: () => [null] })) {
    await sweep('assert.' + name, assert[name], make);
  }
  await sweep('AssertionError', (v) => { new assert.AssertionError(v); }, () => [{ message: 'x' }]);
  const { Console } = console;
  await sweep('Console', (v) => { new Console(v); }, () => [{ stdout: process.stdout }]);
  await options('Console', (v) => { new Console(v); }, () => [{ stdout: process.stdout }], 0, ['stdout', 'stderr', 'ignoreErrors', 'colorMode', 'inspectOptions', 'groupIndentation']);
})();
