'use strict';
// The operators of Readable: map, filter and so on, and what sums a stream up.
// They would be async generators if goja had them; `generate` makes an object
// that behaves as one from a function that pulls and one that closes.

const { AbortError, codes } = require('internal/errors');
const { AsyncIteratorPrototype } = require('internal/events/async_iterator');
const { validateAbortSignal, validateInteger, validateObject } = require('internal/validators');

const kEmpty = Symbol('kEmpty');
const kEof = Symbol('kEof');

function generate(pull, close) {
  let tail = Promise.resolve();
  let started = false;
  let done = false;
  function chain(fn) {
    const p = tail.then(fn);
    tail = p.catch(() => {});
    return p;
  }
  async function next() {
    if (done) return { done: true, value: undefined };
    started = true;
    try {
      const value = await pull();
      if (value !== kEof) return { done: false, value };
    } catch (err) {
      done = true;
      await close(err);
      throw err;
    }
    done = true;
    await close();
    return { done: true, value: undefined };
  }
  async function end() {
    const was = done;
    done = true;
    if (started && !was) await close();
  }
  return {
    __proto__: AsyncIteratorPrototype,
    next() { return chain(next); },
    return(value) { return chain(async () => { await end(); return { done: true, value: await value }; }); },
    throw(err) { return chain(async () => { await end(); throw err; }); },
  };
}

// An iterator over anything that can be iterated, whose close tells the source.
function open(iterable) {
  const isAsync = typeof iterable[Symbol.asyncIterator] === 'function';
  const iterator = isAsync ? iterable[Symbol.asyncIterator]() : iterable[Symbol.iterator]();
  let ended = false;
  return {
    async next() {
      try {
        const res = isAsync ? await iterator.next() : iterator.next();
        if (res.done) {
          ended = true;
          return kEof;
        }
        return isAsync ? res.value : await res.value;
      } catch (err) {
        ended = true;
        throw err;
      }
    },
    async close() {
      if (ended) return;
      ended = true;
      if (typeof iterator.return === 'function') await iterator.return();
    },
  };
}

// Calls fn for each value; what it returns (or its promise) tells to stop
// with true. A failure closes the source, and its error is thrown.
async function forAwait(iterable, fn) {
  const source = open(iterable);
  try {
    for (;;) {
      const value = await source.next();
      if (value === kEof) return;
      if (await fn(value)) return;
    }
  } finally {
    try {
      await source.close();
    } catch {
      // what went wrong first is thrown
    }
  }
}

function checkFunction(fn, name = 'fn') {
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE(name, 'Function', fn);
}
function checkOptions(options) {
  if (options != null) validateObject(options, 'options');
  if (options?.signal != null) validateAbortSignal(options.signal, 'options.signal');
}

function compose(stream, options) {
  checkOptions(options);
  const { isNodeStream, isWritable } = require('internal/streams/utils');
  if (isNodeStream(stream) && !isWritable(stream)) {
    throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be writable');
  }
  const composed = require('internal/streams/compose')(this, stream);
  if (options?.signal) {
    require('internal/streams/add-abort-signal').addAbortSignalNoValidate(options.signal, composed);
  }
  return composed;
}

function map(fn, options) {
  checkFunction(fn);
  checkOptions(options);
  let concurrency = 1;
  if (options?.concurrency != null) concurrency = Math.floor(options.concurrency);
  let highWaterMark = concurrency - 1;
  if (options?.highWaterMark != null) highWaterMark = Math.floor(options.highWaterMark);
  validateInteger(concurrency, 'options.concurrency', 1);
  validateInteger(highWaterMark, 'options.highWaterMark', 0);
  highWaterMark += concurrency;

  const stream = this;
  let signal;
  let signalOpt;
  const queue = []; // promises, in order
  let head = 0;
  let wakeReader = null;
  let wakePump = null;
  let done = false;
  let running = 0;
  let started = false;

  function onCatch() {
    done = true;
    onSettled();
  }
  function onSettled() {
    running--;
    maybeResume();
  }
  function maybeResume() {
    if (wakePump !== null && !done && running < concurrency && queue.length - head < highWaterMark) {
      const wake = wakePump;
      wakePump = null;
      wake();
    }
  }
  function tellReader() {
    if (wakeReader === null) return;
    const wake = wakeReader;
    wakeReader = null;
    wake();
  }

  async function pump() {
    try {
      await forAwait(stream, async (val) => {
        if (done) return true;
        if (signal.aborted) throw new AbortError();
        try {
          val = fn(val, signalOpt);
          if (val === kEmpty) return false;
          val = Promise.resolve(val);
        } catch (err) {
          val = Promise.reject(err);
        }
        running++;
        val.then(onSettled, onCatch);
        queue.push(val);
        tellReader();
        if (!done && (queue.length - head >= highWaterMark || running >= concurrency)) {
          await new Promise((resolve) => { wakePump = resolve; });
        }
        return false;
      });
      queue.push(kEof);
    } catch (err) {
      const val = Promise.reject(err);
      running++;
      val.then(onSettled, onCatch);
      queue.push(val);
    } finally {
      done = true;
      tellReader();
    }
  }

  return generate(async () => {
    if (!started) {
      started = true;
      signal = AbortSignal.any(options?.signal ? [options.signal] : []);
      signalOpt = { signal };
      pump();
    } else {
      dropHead(); // the value that was given last
    }
    for (;;) {
      while (head < queue.length) {
        const val = await queue[head];
        if (val === kEof) return kEof;
        if (signal.aborted) throw new AbortError();
        if (val !== kEmpty) return val;
        dropHead();
      }
      await new Promise((resolve) => { wakeReader = resolve; });
    }
  }, () => {
    done = true;
    if (wakePump !== null) {
      const wake = wakePump;
      wakePump = null;
      wake();
    }
  });

  function dropHead() {
    queue[head++] = undefined;
    if (head === queue.length) {
      queue.length = 0;
      head = 0;
    } else if (head === 1024) {
      queue.splice(0, head);
      head = 0;
    }
    maybeResume();
  }
}

function filter(fn, options) {
  checkFunction(fn);
  async function filterFn(value, options) {
    if (await fn(value, options)) return value;
    return kEmpty;
  }
  return map.call(this, filterFn, options);
}

async function forEach(fn, options) {
  checkFunction(fn);
  async function forEachFn(value, options) {
    await fn(value, options);
    return kEmpty;
  }
  await forAwait(map.call(this, forEachFn, options), () => false);
}

async function some(fn, options = undefined) {
  let found = false;
  await forAwait(filter.call(this, fn, options), () => found = true);
  return found;
}

async function every(fn, options = undefined) {
  checkFunction(fn);
  return !(await some.call(this, async (...args) => !(await fn(...args)), options));
}

async function find(fn, options) {
  let found;
  await forAwait(filter.call(this, fn, options), (value) => {
    found = value;
    return true;
  });
  return found;
}

async function toArray(options) {
  checkOptions(options);
  const result = [];
  await forAwait(this, (value) => {
    if (options?.signal?.aborted) throw new AbortError(undefined, { cause: options.signal.reason });
    result.push(value);
    return false;
  });
  return result;
}

async function reduce(reducer, initialValue, options) {
  checkFunction(reducer, 'reducer');
  checkOptions(options);
  let hasValue = arguments.length > 1;
  if (options?.signal?.aborted) {
    const err = new AbortError(undefined, { cause: options.signal.reason });
    this.once('error', () => {}); // it is thrown here
    await require('internal/streams/end-of-stream').finished(this.destroy(err));
    throw err;
  }
  const ac = new AbortController();
  const { signal } = ac;
  if (options?.signal) {
    const { kResistStopPropagation } = require('internal/event_target');
    options.signal.addEventListener('abort', () => ac.abort(),
                                    { once: true, [kResistStopPropagation]: true });
  }
  try {
    await forAwait(this, async (value) => {
      if (options?.signal?.aborted) throw new AbortError();
      if (hasValue) {
        initialValue = await reducer(initialValue, value, { signal });
      } else {
        initialValue = value;
        hasValue = true;
      }
      return false;
    });
    if (!hasValue) {
      const err = new codes.ERR_MISSING_ARGS('reduce');
      err.message = 'Reduce of an empty stream requires an initial value';
      throw err;
    }
  } finally {
    ac.abort();
  }
  return initialValue;
}

function flatMap(fn, options) {
  const values = open(map.call(this, fn, options));
  let inner = null;
  return generate(async () => {
    for (;;) {
      if (inner !== null) {
        const value = await inner.next();
        if (value !== kEof) return value;
        inner = null;
      }
      const value = await values.next();
      if (value === kEof) return kEof;
      inner = open(value);
    }
  }, async () => {
    if (inner !== null) await inner.close();
    await values.close();
  });
}

function toIntegerOrInfinity(number) {
  number = Number(number);
  if (Number.isNaN(number)) return 0;
  if (number < 0) throw new codes.ERR_OUT_OF_RANGE('number', '>= 0', number);
  return number;
}

function drop(number, options = undefined) {
  checkOptions(options);
  number = toIntegerOrInfinity(number);
  const stream = this;
  let source = null;
  return generate(async () => {
    if (options?.signal?.aborted) throw new AbortError();
    source ??= open(stream);
    for (;;) {
      const value = await source.next();
      if (value === kEof) return kEof;
      if (options?.signal?.aborted) throw new AbortError();
      if (number-- <= 0) return value;
    }
  }, async () => { await source?.close(); });
}

function take(number, options = undefined) {
  checkOptions(options);
  number = toIntegerOrInfinity(number);
  const stream = this;
  let source = null;
  let last = false;
  return generate(async () => {
    if (options?.signal?.aborted) throw new AbortError();
    // The source is closed once enough has been taken, without reading on.
    if (last) return kEof;
    source ??= open(stream);
    const value = await source.next();
    if (value === kEof) return kEof;
    if (options?.signal?.aborted) throw new AbortError();
    const give = number-- > 0;
    if (number <= 0) last = true;
    return give ? value : kEof;
  }, async () => { await source?.close(); });
}

module.exports = { compose, drop, every, filter, find, flatMap, forEach, map, reduce, some, take, toArray };
