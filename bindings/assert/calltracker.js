'use strict';
// assert.CallTracker, deprecated: functions that count their calls.

const { codes } = require('internal/errors');
const { validateUint32 } = require('internal/validators');

class CallTracker {
  #checks = new Set();
  #tracked = new WeakMap();

  #context(fn) {
    const ctx = (typeof fn === 'function' || (typeof fn === 'object' && fn !== null)) ? this.#tracked.get(fn) : undefined;
    if (ctx === undefined) throw new codes.ERR_INVALID_ARG_VALUE('fn', fn, 'is not a tracked function');
    return ctx;
  }

  reset(fn) {
    if (fn === undefined) {
      this.#checks.forEach((ctx) => { ctx.calls = []; });
      return;
    }
    this.#context(fn).calls = [];
  }

  getCalls(fn) {
    return Object.freeze(this.#context(fn).calls.slice());
  }

  calls(fn, expected = 1) {
    if (process._exiting) throw new codes.ERR_UNAVAILABLE_DURING_EXIT();
    if (typeof fn === 'number') {
      expected = fn;
      fn = undefined;
    }
    if (fn === undefined) fn = () => {};
    validateUint32(expected, 'expected', true);
    const ctx = {
      calls: [], expected, name: fn.name || 'calls',
      stackTrace: new Error(),
    };
    this.#checks.add(ctx);
    const tracked = new Proxy(fn, {
      __proto__: null,
      apply(target, thisArg, args) {
        ctx.calls.push(Object.freeze({ arguments: Object.freeze(args.slice()), thisArg }));
        return Reflect.apply(target, thisArg, args);
      },
    });
    this.#tracked.set(tracked, ctx);
    return tracked;
  }

  report() {
    const errors = [];
    this.#checks.forEach((ctx) => {
      const actual = ctx.calls.length;
      if (actual === ctx.expected) return;
      errors.push({
        message: `Expected the ${ctx.name} function to be executed ${ctx.expected} time(s) but was executed ${actual} time(s).`,
        actual,
        expected: ctx.expected,
        operator: ctx.name,
        stack: ctx.stackTrace,
      });
    });
    return errors;
  }

  verify() {
    const errors = this.report();
    if (errors.length === 0) return;
    const AssertionError = require('internal/assert/assertion_error');
    throw new AssertionError({
      message: errors.length === 1 ? errors[0].message : 'Functions were not called the expected number of times',
      details: errors,
    });
  }
}

module.exports = CallTracker;
