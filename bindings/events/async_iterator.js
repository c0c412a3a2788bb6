'use strict';
// %AsyncIteratorPrototype%, for iterator objects that are written by hand.

const AsyncIteratorPrototype = { __proto__: Object.prototype };
Object.defineProperty(AsyncIteratorPrototype, Symbol.asyncIterator, {
  __proto__: null, configurable: true, writable: true, value: { [Symbol.asyncIterator]() { return this; } }[Symbol.asyncIterator],
});
Object.defineProperty(AsyncIteratorPrototype, Symbol.asyncDispose, {
  __proto__: null,
  configurable: true,
  writable: true,
  value: {
    [Symbol.asyncDispose]() {
      const ret = this.return;
      if (ret === undefined || ret === null) return Promise.resolve();
      return new Promise((resolve) => resolve(ret.call(this))).then(() => {});
    },
  }[Symbol.asyncDispose],
});

module.exports = { AsyncIteratorPrototype };
