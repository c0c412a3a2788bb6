// AsyncLocalStorage through everything that runs later.
const { AsyncLocalStorage, AsyncResource } = require('async_hooks');
const als = new AsyncLocalStorage({ name: 'n', defaultValue: 'def' });
const seen = [];
const see = (what) => seen.push(`${what}:${als.getStore()}`);
see('before');
als.run('in', (a, b) => {
  see(`run ${a}${b}`);
  setTimeout(see, 1, 'timeout');
  setImmediate(see, 'immediate');
  process.nextTick(see, 'tick');
  queueMicrotask(() => see('microtask'));
  Promise.resolve().then(() => see('then'));
  Promise.reject(new Error('x')).catch(() => see('catch'));
  (async () => { await 1; see('await'); als.enterWith('entered'); await 2; see('await after enterWith'); })();
  require('fs').stat('.', () => see('fs'));
  als.exit(() => see('exit'));
  const bound = AsyncLocalStorage.bind(() => see('bound'));
  const snapshot = AsyncLocalStorage.snapshot();
  const resource = new AsyncResource('R');
  als.run('inner', () => { bound(); snapshot(see, 'snapshot'); resource.runInAsyncScope(see, null, 'resource'); see('inner'); });
  try { als.run('throws', () => { throw new Error('y'); }); } catch { see('after throw'); }
});
see('after');
setTimeout(() => console.log(seen.sort().join('\n'), als.name), 30);
