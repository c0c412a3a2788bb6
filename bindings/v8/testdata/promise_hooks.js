'use strict';
const { promiseHooks } = require('v8');
const ids = new Map();
const id = (p) => (p === undefined ? '-' : ids.get(p) ?? (ids.set(p, ids.size + 1), ids.size));
const log = [];
const stop = promiseHooks.createHook({
  init(p, parent) { log.push(`init ${id(p)} of ${id(parent)}`); },
  before(p) { log.push(`before ${id(p)}`); },
  after(p) { log.push(`after ${id(p)}`); },
  settled(p) { log.push(`settled ${id(p)}`); },
});
const first = Promise.resolve(1);
const second = first.then((v) => { log.push('second'); return v + 1; });
const third = second.then(() => { log.push('third'); throw new Error('x'); });
const fourth = third.catch(() => log.push('fourth'));
new Promise((resolve) => { log.push('executor'); resolve(); });
class Sub extends Promise {}
console.log(Sub.resolve(2) instanceof Sub, first instanceof Promise, Promise.name, first.constructor === Promise);
fourth.then(() => {
  stop();
  Promise.resolve();
  const init = log.filter((l) => l.startsWith('init')), rest = log.filter((l) => !l.startsWith('init'));
  console.log(init.join('\n'));
  console.log(rest.filter((l) => !l.startsWith('settled') && !l.startsWith('after')).join('\n'));
});
for (const bad of [async () => {}, async function* () {}, 5]) {
  try {
    promiseHooks.onInit(bad);
  } catch (e) {
    console.log(e.code);
  }
}
