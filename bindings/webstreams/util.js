'use strict';
// What all web streams share: their hidden state, promises, queues with
// sizes, strategies.

const { codes } = require('internal/errors');
const binding = internalBinding('internal/webstreams/util');

// An object's internal slots are the fields of the object under kState; its
// brand tells what the object is.
const kState = Symbol('kState');

function has(object, brand) {
  return object !== null && typeof object === 'object' && object[kState] !== undefined && object[kState].brand === brand;
}

function check(object, brand) {
  if (!has(object, brand)) throw new codes.ERR_INVALID_THIS(brand);
}

function nop() {}

let res, rej;
function capture(resolve, reject) {
  res = resolve;
  rej = reject;
}

class Deferred {
  constructor() {
    this.promise = new Promise(capture);
    this.resolve = res;
    this.reject = rej;
  }
}

// Rejections of p are nobody's duty.
function setHandled(p) { p.then(undefined, nop); }

function resolved(value) {
  const d = { promise: Promise.resolve(value), resolve: undefined, reject: undefined };
  return d;
}
function rejected(error) {
  const d = { promise: Promise.reject(error), resolve: undefined, reject: undefined };
  setHandled(d.promise);
  return d;
}

// Calls a method of an underlying source or sink; the result is a promise.
function promiseCall(fn, receiver, a, b) {
  try {
    return Promise.resolve(fn.call(receiver, a, b));
  } catch (err) {
    return Promise.reject(err);
  }
}

// A queue of values with sizes, which controllers have.
function resetQueue(c) {
  c.queue = [];
  c.queueHead = 0;
  c.queueTotalSize = 0;
}

function enqueueValueWithSize(c, value, size) {
  size = Number(size);
  if (!(size >= 0) || size === Infinity) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('size', size);
  c.queue.push(value, size);
  c.queueTotalSize += size;
}

function queueLength(c) { return (c.queue.length - c.queueHead) / 2; }
function peekQueueValue(c) { return c.queue[c.queueHead]; }

function dequeueValue(c) {
  const { queue } = c;
  const head = c.queueHead;
  const value = queue[head];
  c.queueTotalSize -= queue[head + 1];
  if (c.queueTotalSize < 0) c.queueTotalSize = 0; // rounding
  queue[head] = undefined;
  if (head + 2 === queue.length) {
    queue.length = 0;
    c.queueHead = 0;
  } else if (head > 1024 && head * 2 > queue.length) {
    c.queue = queue.slice(head + 2);
    c.queueHead = 0;
  } else {
    c.queueHead = head + 2;
  }
  return value;
}

function extractHighWaterMark(value, defaultHWM) {
  if (value === undefined) return defaultHWM;
  value = Number(value);
  if (Number.isNaN(value) || value < 0) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.highWaterMark', value);
  }
  return value;
}

// undefined: every chunk counts 1.
function extractSizeAlgorithm(size) {
  if (size === undefined) return undefined;
  if (typeof size !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('strategy.size', 'Function', size);
  return size;
}

// A method of an underlying object; undefined if it has none.
function method(object, name, what) {
  const fn = object[name];
  if (fn !== undefined && typeof fn !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE(`${what}.${name}`, 'Function', fn);
  }
  return fn;
}

// How objects of these classes are shown.
function customInspect(depth, options, name, data) {
  if (depth < 0) return this;
  const { inspect } = require('internal/util/inspect');
  const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
  return `${name} ${inspect(data, opts)}`;
}

// Makes methods enumerable, as Web IDL has them, and gives the class its tag.
function finishClass(C, names, tag = C.name) {
  for (let i = 0; i < names.length; i++) {
    Object.defineProperty(C.prototype, names[i], { __proto__: null, enumerable: true });
  }
  if (tag === '') return;
  Object.defineProperty(C.prototype, Symbol.toStringTag, {
    __proto__: null, configurable: true, enumerable: false, writable: false, value: tag,
  });
}

// Streams can be transferred with postMessage and structuredClone; that is
// loaded when one is.
function makeTransferable(C) {
  Object.defineProperty(C.prototype, Symbol.for('messaging_transfer_symbol'), {
    __proto__: null,
    configurable: true,
    enumerable: false,
    writable: true,
    value: function() { return require('internal/webstreams/transfer').transfer(this); },
  });
}

// Classes whose objects only the library makes: the constructor throws unless
// it is handed this.
const kSecret = Symbol('secret');

module.exports = {
  Deferred,
  canTransfer: binding.canTransfer,
  check,
  cloneBytes: binding.cloneBytes,
  copyBytes: binding.copyBytes,
  customInspect,
  customInspectSymbol: Symbol.for('nodejs.util.inspect.custom'),
  dequeueValue,
  enqueueValueWithSize,
  extractHighWaterMark,
  extractSizeAlgorithm,
  finishClass,
  has,
  isDetached: binding.isDetached,
  kSecret,
  kState,
  makeTransferable,
  method,
  nop,
  peekQueueValue,
  promiseCall,
  queueLength,
  rejected,
  resetQueue,
  resolved,
  setHandled,
  transfer: binding.transfer,
};
