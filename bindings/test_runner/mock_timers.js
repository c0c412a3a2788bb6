'use strict';
// Mock timers: a clock that moves only when the test says so.

const { AbortError, codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const { validateAbortSignal, validateNumber, validateObject, validateStringArray } = require('internal/validators');

const supported = ['setTimeout', 'setInterval', 'setImmediate', 'Date', 'scheduler.wait', 'AbortSignal.timeout'];
const RealDate = Date;

function badState(message) { return new codes.ERR_INVALID_STATE(message); }

class MockTimers {
  #now = 0;
  #enabled = false;
  #apis = [];
  #queue = [];      // sorted by time, then by creation
  #serial = 0;
  #saved = [];

  #replace(object, name, value) {
    this.#saved.push([object, name, Object.getOwnPropertyDescriptor(object, name)]);
    Object.defineProperty(object, name, { __proto__: null, configurable: true, enumerable: true, writable: true, value });
  }

  #add(callback, delay, args, interval) {
    delay = +delay;
    if (!(delay >= 1)) delay = 1;
    const id = ++this.#serial;
    const timer = {
      id, callback, args, at: this.#now + delay, interval: interval ? delay : undefined,
      ref() { return this; }, unref() { return this; }, hasRef() { return true; },
      refresh: () => timer, close: () => { this.#remove(timer); return timer; },
      [Symbol.toPrimitive]() { return id; },
    };
    if (typeof Symbol.dispose === 'symbol') timer[Symbol.dispose] = () => this.#remove(timer);
    this.#insert(timer);
    return timer;
  }

  #insert(timer) {
    let i = this.#queue.length;
    while (i > 0 && this.#queue[i - 1].at > timer.at) i--;
    this.#queue.splice(i, 0, timer);
  }

  #remove(timer) {
    if (timer === undefined || timer === null) return;
    const id = typeof timer === 'object' ? timer.id : +timer;
    const i = this.#queue.findIndex((t) => t.id === id);
    if (i >= 0) this.#queue.splice(i, 1);
  }

  #promised(start) {
    return (delay, value, options = kEmptyObject) => new Promise((resolve, reject) => {
      validateObject(options, 'options');
      const { signal } = options;
      validateAbortSignal(signal, 'options.signal');
      const abort = () => new AbortError(undefined, { cause: signal.reason });
      if (signal?.aborted) throw abort();
      let onAbort;
      const timer = start(() => {
        if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
        resolve(value);
      }, delay);
      if (signal) {
        onAbort = () => {
          this.#remove(timer);
          reject(abort());
        };
        signal.addEventListener('abort', onAbort, { once: true });
      }
    });
  }

  #install(api) {
    const timers = require('timers');
    const promises = require('timers/promises');
    const both = (name, fn) => {
      this.#replace(globalThis, name, fn);
      this.#replace(timers, name, fn);
    };
    const self = this;
    const rest = (args, from) => Array.prototype.slice.call(args, from);
    switch (api) {
      case 'setTimeout':
        both('setTimeout', function setTimeout(fn, delay) { return self.#add(fn, delay, rest(arguments, 2), false); });
        both('clearTimeout', function clearTimeout(timer) { self.#remove(timer); });
        this.#replace(promises, 'setTimeout', this.#promised((fn, delay) => this.#add(fn, delay, [], false)));
        timers.setTimeout[require('util').promisify.custom] = promises.setTimeout;
        break;
      case 'setInterval':
        both('setInterval', function setInterval(fn, delay) { return self.#add(fn, delay, rest(arguments, 2), true); });
        both('clearInterval', function clearInterval(timer) { self.#remove(timer); });
        this.#replace(promises, 'setInterval', (delay, value, options) => this.#interval(delay, value, options));
        break;
      case 'setImmediate':
        both('setImmediate', function setImmediate(fn) {
          const timer = self.#add(fn, 1, rest(arguments, 1), false);
          self.#remove(timer);
          timer.at = self.#now;
          self.#insert(timer);
          return timer;
        });
        both('clearImmediate', function clearImmediate(timer) { self.#remove(timer); });
        this.#replace(promises, 'setImmediate', (value, options) => this.#promised((fn) => timers.setImmediate(fn))(0, value, options));
        break;
      case 'scheduler.wait':
        this.#replace(promises.scheduler, 'wait',
                      (delay, options) => this.#promised((fn, ms) => this.#add(fn, ms, [], false))(delay, undefined, options));
        break;
      case 'AbortSignal.timeout':
        this.#replace(AbortSignal, 'timeout', (delay) => {
          const controller = new AbortController();
          this.#add(() => {
            controller.abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
          }, delay, [], false);
          return controller.signal;
        });
        break;
      case 'Date':
        this.#replace(globalThis, 'Date', this.#date());
        break;
    }
  }

  #interval(delay, value, options = kEmptyObject) {
    const waiting = [];
    let ticks = 0, done = false, failure;
    const { signal } = options;
    const timer = this.#add(() => {
      if (waiting.length > 0) waiting.shift().resolve({ done: false, value });
      else ticks++;
    }, delay, [], true);
    const stop = () => {
      done = true;
      this.#remove(timer);
      while (waiting.length > 0) {
        const w = waiting.shift();
        if (failure) w.reject(failure);
        else w.resolve({ done: true, value: undefined });
      }
    };
    if (signal) {
      const onAbort = () => {
        failure = new AbortError(undefined, { cause: signal.reason });
        stop();
      };
      if (signal.aborted) onAbort();
      else signal.addEventListener('abort', onAbort, { once: true });
    }
    return {
      next() {
        if (failure) return Promise.reject(failure);
        if (done) return Promise.resolve({ done: true, value: undefined });
        if (ticks > 0) {
          ticks--;
          return Promise.resolve({ done: false, value });
        }
        return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
      },
      return(v) {
        stop();
        return Promise.resolve({ done: true, value: v });
      },
      [Symbol.asyncIterator]() { return this; },
    };
  }

  #date() {
    const self = this;
    function MockDate(year, month, date, hours, minutes, seconds, ms) {
      if (!new.target) return new RealDate(self.#now).toString();
      const args = Array.prototype.slice.call(arguments);
      if (args.length === 0) args.push(self.#now);
      return Reflect.construct(RealDate, args, new.target === MockDate ? MockDate : new.target);
    }
    const { prototype, ...statics } = Object.getOwnPropertyDescriptors(RealDate);
    Object.defineProperties(MockDate, statics);
    MockDate.now = function now() { return self.#now; };
    MockDate.isMock = true;
    Object.defineProperty(MockDate, 'name', { __proto__: null, value: 'Date', configurable: true });
    MockDate.prototype = prototype.value;
    MockDate.toString = function toString() { return RealDate.toString(); };
    Object.defineProperty(MockDate, 'toString', { __proto__: null, enumerable: false });
    return MockDate;
  }

  enable(options = { __proto__: null, apis: supported, now: 0 }) {
    if (this.#enabled) throw badState('MockTimers is already enabled!');
    if (Array.isArray(options)) options = { apis: options, now: 0 };
    validateObject(options, 'options');
    const { apis = supported } = options;
    let { now = 0 } = options;
    if (now instanceof RealDate) now = now.getTime();
    validateNumber(now, 'initialTime');
    if (!(now >= 0)) throw new codes.ERR_INVALID_ARG_VALUE('now', now, 'epoch must be a positive integer received');
    validateStringArray(apis, 'options.apis');
    for (let i = 0; i < apis.length; i++) {
      if (!supported.includes(apis[i])) {
        throw new codes.ERR_INVALID_ARG_VALUE('options.apis', apis[i], `option ${apis[i]} is not supported`);
      }
    }
    if (apis.includes('Date') && Date.isMock) throw badState('Date is already being mocked!');
    this.#apis = apis.slice();
    this.#now = now;
    this.#enabled = true;
    for (let i = 0; i < apis.length; i++) this.#install(apis[i]);
  }

  #check() {
    if (!this.#enabled) throw badState('You should enable MockTimers first by calling the .enable function');
  }

  setTime(time = 0) {
    validateNumber(time, 'time');
    if (time < 0) throw new codes.ERR_INVALID_ARG_VALUE('time', time, 'must be positive');
    this.#check();
    this.#now = time;
  }

  #fire(timer) {
    this.#queue.shift();
    if (timer.interval !== undefined) {
      timer.at += timer.interval;
      this.#insert(timer);
    }
    Reflect.apply(timer.callback, undefined, timer.args);
  }

  tick(time = 1) {
    this.#check();
    if (time < 0) throw new codes.ERR_INVALID_ARG_VALUE('time', time, 'must be a positive integer');
    const target = this.#now + time;
    for (;;) {
      const timer = this.#queue[0];
      if (timer === undefined || timer.at > target) break;
      if (timer.at > this.#now) this.#now = timer.at;
      this.#fire(timer);
      if (!this.#enabled) return;
    }
    this.#now = target;
  }

  runAll() {
    this.#check();
    const last = this.#queue[this.#queue.length - 1];
    if (last === undefined) return;
    this.tick(last.at - this.#now);
  }

  reset() {
    if (!this.#enabled) return;
    for (let i = this.#saved.length - 1; i >= 0; i--) {
      const [object, name, desc] = this.#saved[i];
      if (desc === undefined) delete object[name];
      else Object.defineProperty(object, name, desc);
    }
    this.#saved = [];
    this.#queue = [];
    this.#apis = [];
    this.#enabled = false;
    this.#now = 0;
  }

  [Symbol.dispose]() { this.reset(); }
}

module.exports = { MockTimers };
