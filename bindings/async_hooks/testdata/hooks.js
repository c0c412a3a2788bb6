// createHook over timers, ticks and resources; ids.
const { createHook, executionAsyncId, triggerAsyncId, AsyncResource, executionAsyncResource } = require('async_hooks');
console.log(executionAsyncId(), triggerAsyncId(), typeof executionAsyncResource());
const names = new Map(), log = [];
const hook = createHook({
  init(id, type, trigger) { names.set(id, `${type}#${names.size}`); log.push(`init ${names.get(id)} by ${names.get(trigger) ?? trigger}`); },
  before(id) { if (names.has(id)) log.push(`before ${names.get(id)}`); },
  after(id) { if (names.has(id)) log.push(`after ${names.get(id)}`); },
  destroy(id) { if (names.has(id)) log.push(`destroy ${names.get(id)}`); },
}).enable();
const r = new AsyncResource('Mine');
setTimeout(() => {
  log.push(`in timer ${names.get(executionAsyncId())}`);
  r.runInAsyncScope(() => log.push(`in scope ${executionAsyncId() === r.asyncId()}`));
  r.emitDestroy();
  process.nextTick(() => log.push('tick'));
  setTimeout(() => { hook.disable(); for (const l of log) if (!l.includes('TickObject')) console.log(l); }, 10);
}, 1);
for (const f of [() => createHook({ init: 1 }), () => new AsyncResource(), () => new AsyncResource('x', -5)]) try { f(); } catch (e) { console.log(e.code, e.message); }
