'use strict';
// process.finalization: callbacks for objects that are still alive at exit.

const { validateObject, validateFunction } = require('internal/validators');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');

function createFinalization() {
  const entries = { __proto__: null, exit: [], beforeExit: [] };
  const installed = { __proto__: null, exit: false, beforeExit: false };
  const hold = (obj) => (typeof WeakRef === 'function' ? new WeakRef(obj) : { deref: () => obj });

  function run(event) {
    const list = entries[event].slice();
    for (let i = 0; i < list.length; i++) {
      const obj = list[i].ref.deref();
      if (obj !== undefined) list[i].fn(obj, event);
    }
  }
  function add(event, obj, fn) {
    if (obj === null || (typeof obj !== 'object' && typeof obj !== 'function')) {
      throw new ERR_INVALID_ARG_TYPE('obj', 'Object', obj);
    }
    validateFunction(fn, 'fn');
    if (!installed[event]) {
      installed[event] = true;
      process.on(event, () => run(event));
    }
    entries[event].push({ ref: hold(obj), fn });
  }
  return {
    register(obj, fn) { add('exit', obj, fn); },
    registerBeforeExit(obj, fn) { add('beforeExit', obj, fn); },
    unregister(obj) {
      if (!obj) return;
      for (const event of ['exit', 'beforeExit']) {
        entries[event] = entries[event].filter((e) => {
          const o = e.ref.deref();
          return o !== undefined && o !== obj;
        });
      }
    },
  };
}

module.exports = { createFinalization, validateObject };
