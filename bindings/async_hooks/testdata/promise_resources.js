'use strict';
// Each promise of a chain is a resource, and its handler runs in it.
const async_hooks = require('async_hooks');
const promises = [];
const log = [];
const number = (id) => promises.indexOf(id);
const hook = async_hooks.createHook({
  init(id, type, trigger, resource) {
    if (type !== 'PROMISE') return;
    promises.push(id);
    log.push(`init ${number(id)} by ${number(trigger)} ${resource instanceof Promise}`);
  },
  before(id) { if (number(id) >= 0) log.push(`before ${number(id)}`); },
  after(id) { if (number(id) >= 0) log.push(`after ${number(id)}`); },
  promiseResolve(id) { log.push(`resolve ${number(id)}`); },
}).enable();
const first = Promise.resolve(1);
const second = first.then(() => {
  log.push(`in ${number(async_hooks.executionAsyncId())} by ${number(async_hooks.triggerAsyncId())}`);
});
new Promise(() => {});
second.finally(() => {
  hook.disable();
  setImmediate(() => console.log(log.filter((l) => !/^(after|resolve) [1-9]/.test(l)).slice(0, 8).join('\n')));
});
