'use strict';
// node:test/reporters. tap, dot and junit take a stream of events and are
// iterated; spec and lcov are streams to pipe into.

const { formats } = require('internal/test_runner/formats');
const { Transform } = require('stream');

// What an async generator function would be: the engine has none.
function generator(Format) {
  return (source) => {
    const format = new Format();
    const from = source[Symbol.asyncIterator]();
    let queue = [], at = 0, over = false;
    return {
      async next() {
        while (at === queue.length) {
          if (over) return { value: undefined, done: true };
          const step = await from.next();
          at = 0;
          over = step.done === true;
          queue = over ? format.end() : format.event(step.value.type, step.value.data);
        }
        return { value: queue[at++], done: false };
      },
      async return(value) {
        over = true;
        queue = [];
        at = 0;
        await from.return?.();
        return { value, done: true };
      },
      [Symbol.asyncIterator]() { return this; },
    };
  };
}

class SpecReporter extends Transform {
  #format = new formats.spec();

  constructor() { super({ writableObjectMode: true }); }

  _transform({ type, data }, encoding, callback) { callback(null, this.#format.event(type, data).join('')); }

  // The summary is one piece: what is written after it waits for this.
  _flush(callback) { callback(null, this.#format.end().join('')); }
}

class LcovReporter extends Transform {
  constructor(options) { super({ ...options, writableObjectMode: true }); }

  // Coverage is what it would write, and there is none.
  _transform(event, encoding, callback) { callback(null); }
}

function callable(Class) {
  const fn = function(options) { return new Class(options); };
  return Object.setPrototypeOf(Object.defineProperties(fn, {
    name: { __proto__: null, value: Class.name },
    prototype: { __proto__: null, value: Class.prototype },
  }), Class);
}

const dot = generator(formats.dot), junit = generator(formats.junit), tap = generator(formats.tap);
const lazy = { __proto__: null, dot: () => dot, junit: () => junit, tap: () => tap, spec: () => callable(SpecReporter), lcov: () => callable(LcovReporter) };
for (const name of ['dot', 'junit', 'spec', 'tap', 'lcov']) {
  const value = lazy[name]();
  Object.defineProperty(module.exports, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
}
