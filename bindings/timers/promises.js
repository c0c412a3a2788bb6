'use strict';
// timers/promises: timers as promises, and intervals as async iterators.

const { Immediate, Timeout, clearImmediate, clearInterval, clearTimeout, insert } = require('internal/timers');
const { AbortError, codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const { validateAbortSignal, validateBoolean, validateNumber, validateObject } = require('internal/validators');

const kScheduler = Symbol('kScheduler');

function aborted(signal) { return new AbortError(undefined, { cause: signal.reason }); }

// Throws what is wrong with the arguments.
function check(after, options) {
  if (after !== undefined) validateNumber(after, 'delay');
  if (options === kEmptyObject) return;
  validateObject(options, 'options');
  const { signal, ref } = options;
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  if (ref !== undefined) validateBoolean(ref, 'options.ref');
}

function listen(signal, fn, once) {
  const { kResistStopPropagation } = require('internal/event_target');
  signal.addEventListener('abort', fn, { __proto__: null, once, [kResistStopPropagation]: true });
}

function setTimeout(after, value, options = kEmptyObject) {
  try {
    check(after, options);
  } catch (err) {
    return Promise.reject(err);
  }
  const { signal, ref = true } = options;
  if (signal?.aborted) return Promise.reject(aborted(signal));
  let onCancel;
  const promise = new Promise((resolve, reject) => {
    const timeout = new Timeout(resolve, after, [value], false, ref);
    insert(timeout, timeout._idleTimeout);
    if (signal) {
      onCancel = () => {
        clearTimeout(timeout);
        reject(aborted(signal));
      };
      listen(signal, onCancel, false);
    }
  });
  return onCancel === undefined ? promise : promise.finally(() => signal.removeEventListener('abort', onCancel));
}

function setImmediate(value, options = kEmptyObject) {
  try {
    check(undefined, options);
  } catch (err) {
    return Promise.reject(err);
  }
  const { signal, ref = true } = options;
  if (signal?.aborted) return Promise.reject(aborted(signal));
  let onCancel;
  const promise = new Promise((resolve, reject) => {
    const immediate = new Immediate(resolve, [value]);
    if (!ref) immediate.unref();
    if (signal) {
      onCancel = () => {
        clearImmediate(immediate);
        reject(aborted(signal));
      };
      listen(signal, onCancel, false);
    }
  });
  return onCancel === undefined ? promise : promise.finally(() => signal.removeEventListener('abort', onCancel));
}

// The iterator of setInterval behaves as an async generator's: requests are
// answered one after another, and nothing happens before the first.
const NEXT = 0, RETURN = 1, THROW = 2;

class Interval {
  #after; #value; #options;
  #state = 'new'; // new, yielded, waiting, done
  #ticks = 0;     // that were not yielded yet
  #requests = [];
  #timer; #onCancel; #signal;

  constructor(after, value, options) {
    this.#after = after;
    this.#value = value;
    this.#options = options;
  }

  next() { return this.#request(NEXT, undefined); }
  return(value) { return this.#request(RETURN, value); }
  throw(err) { return this.#request(THROW, err); }
  [Symbol.asyncIterator]() { return this; }

  #request(kind, value) {
    return new Promise((resolve, reject) => {
      this.#requests.push({ kind, value, resolve, reject });
      if (this.#requests.length === 1) this.#work();
    });
  }

  // Answers requests until one has to wait for the timer.
  #work() {
    while (this.#requests.length > 0) {
      const { kind, value, resolve, reject } = this.#requests[0];
      if (kind === NEXT && this.#state !== 'done') {
        try {
          if (!this.#advance()) return;
          resolve({ value: this.#value, done: false });
        } catch (err) {
          this.#finish();
          reject(err);
        }
      } else {
        this.#finish();
        if (kind === THROW) reject(value);
        else if (kind === NEXT) resolve({ value: undefined, done: true });
        else Promise.resolve(value).then((v) => resolve({ value: v, done: true }), reject);
      }
      this.#requests.shift();
    }
  }

  // Goes on to the next yield; false if it must wait.
  #advance() {
    if (this.#state === 'new') this.#start();
    else if (this.#state === 'yielded') this.#ticks--;
    if (this.#ticks > 0) {
      this.#state = 'yielded';
      return true;
    }
    if (this.#signal?.aborted) throw aborted(this.#signal);
    this.#state = 'waiting';
    return false;
  }

  #start() {
    check(this.#after, this.#options);
    const { signal, ref = true } = this.#options;
    this.#signal = signal;
    if (signal?.aborted) throw aborted(signal);
    this.#timer = new Timeout(() => {
      this.#ticks++;
      if (this.#state === 'waiting') this.#work();
    }, this.#after, undefined, true, ref);
    insert(this.#timer, this.#timer._idleTimeout);
    if (signal) {
      this.#onCancel = () => {
        clearInterval(this.#timer);
        if (this.#state === 'waiting') this.#work();
      };
      listen(signal, this.#onCancel, true);
    }
  }

  #finish() {
    this.#state = 'done';
    if (this.#timer !== undefined) clearInterval(this.#timer);
    this.#signal?.removeEventListener('abort', this.#onCancel);
  }
}
Object.setPrototypeOf(Interval.prototype, require('internal/events/async_iterator').AsyncIteratorPrototype);
Object.defineProperty(Interval.prototype, Symbol.toStringTag, { __proto__: null, value: 'AsyncGenerator', configurable: true });

function setInterval(after, value, options = kEmptyObject) {
  return new Interval(after, value, options);
}

class Scheduler {
  constructor() { throw new codes.ERR_ILLEGAL_CONSTRUCTOR(); }

  yield() {
    if (!this[kScheduler]) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setImmediate();
  }

  wait(delay, options) {
    if (!this[kScheduler]) throw new codes.ERR_INVALID_THIS('Scheduler');
    return setTimeout(delay, undefined, options);
  }
}

const scheduler = { __proto__: Scheduler.prototype, [kScheduler]: true };

module.exports = { setTimeout, setImmediate, setInterval, scheduler };
