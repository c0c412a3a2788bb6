'use strict';
// Small helpers that several modules share.

const customPromisify = Symbol.for('nodejs.util.promisify.custom');
const customInspect = Symbol.for('nodejs.util.inspect.custom');
const kCustomPromisifyArgs = Symbol('customPromisifyArgs');

const kEmptyObject = Object.freeze({ __proto__: null });

// Emits a DeprecationWarning once a code (or once a function without code).
function deprecate(fn, message, code, useEmitSync) {
  if (process.noDeprecation === true) return fn;
  let warned = false;
  function deprecated() {
    if (!warned) {
      warned = true;
      emitDeprecation(message, code, deprecated);
    }
    if (new.target) return Reflect.construct(fn, arguments, new.target);
    return fn.apply(this, arguments);
  }
  Object.setPrototypeOf(deprecated, fn);
  if (fn.prototype) deprecated.prototype = fn.prototype;
  Object.defineProperty(deprecated, 'length', { __proto__: null, value: fn.length, configurable: true });
  return deprecated;
}

const codesWarned = new Set();
function emitDeprecation(message, code, ctor) {
  if (code !== undefined) {
    if (codesWarned.has(code)) return;
    codesWarned.add(code);
    process.emitWarning(message, 'DeprecationWarning', code, ctor);
  } else {
    process.emitWarning(message, 'DeprecationWarning', ctor);
  }
}

// Calls callback at most once.
function once(callback) {
  let called = false;
  return function() {
    if (called) return;
    called = true;
    return callback.apply(this, arguments);
  };
}

function defineLazy(target, name, get, enumerable = true) {
  Object.defineProperty(target, name, {
    __proto__: null,
    configurable: true,
    enumerable,
    get() {
      const value = get();
      Object.defineProperty(target, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
      return value;
    },
    set(value) {
      Object.defineProperty(target, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
    },
  });
}

// A diagnostics channel, if anybody has subscribed to it.
function subscribed(name) {
  if (!internalBinding('runtime').isLoaded('diagnostics_channel')) return undefined;
  const dc = require('diagnostics_channel');
  return dc.hasSubscribers(name) ? dc.channel(name) : undefined;
}

// Publishes { [key]: value } on it.
function publish(name, key, value) { subscribed(name)?.publish({ [key]: value }); }

// A tracing channel, if anybody has subscribed to one of its parts.
const tracingChannels = { __proto__: null };
function traced(name) {
  if (!internalBinding('runtime').isLoaded('diagnostics_channel')) return undefined;
  const tracing = tracingChannels[name] ??= require('diagnostics_channel').tracingChannel(name);
  return tracing.hasSubscribers ? tracing : undefined;
}

// Blocks the thread.
function sleep(msec) {
  require('internal/validators').validateUint32(msec, 'msec');
  internalBinding('runtime').sleep(msec);
}

// A function that Node has and gonode lacks. docs/compatibility.md lists the
// names that are given here; they have to stand as literals.
function unimplemented(name) {
  const short = /[\w$]+(?=\(\)$)/.exec(name)[0];
  return {
    [short]() { throw new (require('internal/errors').codes.ERR_METHOD_NOT_IMPLEMENTED)(name); },
  }[short];
}

module.exports = {
  customInspectSymbol: customInspect,
  customPromisifyArgs: kCustomPromisifyArgs,
  customPromisifySymbol: customPromisify,
  defineLazy,
  deprecate,
  emitDeprecation,
  kEmptyObject,
  once,
  publish,
  sleep,
  subscribed,
  traced,
  unimplemented,
};
