'use strict';
// AbortController and AbortSignal.

const { codes } = require('internal/errors');
const {
  Event, EventTarget, defineEventHandler, kEvents, kNewListener, kRemoveListener, kTrustEvent, kWeakHandler,
} = require('internal/event_target');
const { kMaxEventTargetListeners } = require('events');
const { customInspectSymbol } = require('internal/util');
const { validateAbortSignal, validateObject, validateUint32 } = require('internal/validators');

const kAborted = Symbol('kAborted');
const kReason = Symbol('kReason');
const kTimeout = Symbol('kTimeout');
const kComposite = Symbol('kComposite');
const kSourceSignals = Symbol('kSourceSignals');
const kDependantSignals = Symbol('kDependantSignals');
const kDontThrow = Symbol('kDontThrowSymbol');

const weak = (value) => new WeakRef(value);

// Signals with a listener and a timer or sources: they must live until these act.
const persistent = new Set();

function newDOMException(message, name) {
  const { DOMException } = require('internal/domexception');
  return new DOMException(message, name);
}

function inspectAs(self, obj, depth, options) {
  if (depth < 0) return self;
  const { inspect } = require('internal/util/inspect');
  return `${self.constructor.name} ${inspect(obj, { ...options, depth: options.depth === null ? null : options.depth - 1 })}`;
}

function checkSignal(value) {
  if (value?.[kAborted] === undefined) throw new codes.ERR_INVALID_THIS('AbortSignal');
}

// The timer of AbortSignal.timeout knows its signal weakly, so that nobody
// needs to wait for a signal that nobody has.
function fireTimeout(ref) {
  const signal = ref.deref();
  if (signal === undefined) return;
  persistent.delete(signal);
  abortSignal(signal, newDOMException('The operation was aborted due to timeout', 'TimeoutError'));
}
let timeoutRegistry;
let sourceRegistry;

class AbortSignal extends EventTarget {
  constructor(secret = undefined, init = {}) {
    if (secret !== kDontThrow) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
    this[kMaxEventTargetListeners] = 0;
    this[kAborted] = init.aborted === true;
    this[kReason] = init.reason;
    this[kComposite] = init.composite === true;
  }

  get aborted() {
    checkSignal(this);
    return this[kAborted];
  }

  get reason() {
    checkSignal(this);
    return this[kReason];
  }

  throwIfAborted() {
    checkSignal(this);
    if (this[kAborted]) throw this[kReason];
  }

  [customInspectSymbol](depth, options) {
    return inspectAs(this, { aborted: this.aborted }, depth, options);
  }

  static abort(reason = newDOMException('This operation was aborted', 'AbortError')) {
    return new AbortSignal(kDontThrow, { aborted: true, reason });
  }

  static timeout(delay) {
    validateUint32(delay, 'delay', false);
    const signal = new AbortSignal(kDontThrow);
    signal[kTimeout] = true;
    const { clearTimeout, setTimeout } = require('timers');
    const timer = setTimeout(fireTimeout, delay, weak(signal));
    timer.unref();
    timeoutRegistry ??= new FinalizationRegistry(clearTimeout);
    timeoutRegistry.register(signal, timer);
    return signal;
  }

  static any(signals) {
    const list = toSignals(signals);
    const result = new AbortSignal(kDontThrow, { composite: true });
    for (let i = 0; i < list.length; i++) {
      if (list[i][kAborted]) {
        abortSignal(result, list[i][kReason]);
        return result;
      }
    }
    result[kSourceSignals] = new Set();
    const ref = weak(result);
    for (let i = 0; i < list.length; i++) {
      const signal = list[i];
      if (!signal[kComposite]) {
        link(signal, result, ref);
      } else if (signal[kSourceSignals] !== undefined) {
        const sources = Array.from(signal[kSourceSignals]);
        for (let j = 0; j < sources.length; j++) {
          const source = sources[j].deref();
          if (source !== undefined) link(source, result, ref);
        }
      }
    }
    return result;
  }

  [kNewListener](size, type, listener, once, capture, passive, isWeak) {
    super[kNewListener](size, type, listener, once, capture, passive, isWeak);
    if ((this[kTimeout] || (this[kComposite] && this[kSourceSignals]?.size > 0)) && type === 'abort' && !this[kAborted] &&
        !isWeak && size === 1) {
      persistent.add(this);
    }
  }

  [kRemoveListener](size, type, listener, capture) {
    super[kRemoveListener](size, type, listener, capture);
    if ((this[kTimeout] || this[kComposite]) && type === 'abort' && size === 0) persistent.delete(this);
  }
}

// Makes result depend on source. References are weak both ways: a result that
// somebody listens to is kept alive above.
function link(source, result, ref) {
  source[kDependantSignals] ??= new Set();
  const known = result[kSourceSignals];
  source[kSelf] ??= weak(source);
  if (known.has(source[kSelf])) return;
  known.add(source[kSelf]);
  source[kDependantSignals].add(ref);
  sourceRegistry ??= new FinalizationRegistry(({ source, ref }) => {
    source.deref()?.[kDependantSignals].delete(ref);
  });
  sourceRegistry.register(result, { source: source[kSelf], ref });
}
const kSelf = Symbol('kSelf');

// Web IDL's conversions have messages of their own.
function wrongType(message) {
  const err = new TypeError(message);
  err.code = 'ERR_INVALID_ARG_TYPE';
  return err;
}

function toSignals(signals) {
  if (signals === null || (typeof signals !== 'object' && typeof signals !== 'function') ||
      typeof signals[Symbol.iterator] !== 'function') {
    throw wrongType('signals cannot be converted to sequence.');
  }
  const list = Array.isArray(signals) ? signals : Array.from(signals);
  for (let i = 0; i < list.length; i++) {
    if (list[i]?.[kAborted] === undefined || typeof list[i] !== 'object') {
      throw wrongType(`signals[${i}] is not of type AbortSignal.`);
    }
  }
  return list;
}

for (const [proto, names] of [[AbortSignal.prototype, ['aborted']]]) {
  for (let i = 0; i < names.length; i++) Object.defineProperty(proto, names[i], { __proto__: null, enumerable: true });
}
Object.defineProperty(AbortSignal.prototype, Symbol.toStringTag,
                      { __proto__: null, configurable: true, value: 'AbortSignal' });
defineEventHandler(AbortSignal.prototype, 'abort');

function abortSignal(signal, reason) {
  if (signal[kAborted]) return;
  signal[kAborted] = true;
  signal[kReason] = reason;
  let dependants;
  if (signal[kDependantSignals] !== undefined) {
    dependants = [];
    // All are marked before any listener runs.
    const refs = Array.from(signal[kDependantSignals]);
    for (let i = 0; i < refs.length; i++) {
      const dependant = refs[i].deref();
      if (dependant !== undefined && !dependant[kAborted]) {
        dependant[kAborted] = true;
        dependant[kReason] = reason;
        dependants.push(dependant);
      }
    }
  }
  runAbort(signal);
  if (dependants !== undefined) for (let i = 0; i < dependants.length; i++) runAbort(dependants[i]);
}

function runAbort(signal) {
  if (signal[kEvents].has('abort')) signal.dispatchEvent(new Event('abort', { [kTrustEvent]: true }));
  persistent.delete(signal);
}

class AbortController {
  #signal;

  get signal() {
    if (!(isObject(this) && #signal in this)) throw new codes.ERR_INVALID_THIS('AbortController');
    return this.#signal ??= new AbortSignal(kDontThrow);
  }

  abort(reason = newDOMException('This operation was aborted', 'AbortError')) {
    if (!(isObject(this) && #signal in this)) throw new codes.ERR_INVALID_THIS('AbortController');
    abortSignal(this.#signal ??= new AbortSignal(kDontThrow), reason);
  }

  [customInspectSymbol](depth, options) {
    return inspectAs(this, { signal: this.signal }, depth, options);
  }
}
for (const name of ['signal', 'abort']) {
  Object.defineProperty(AbortController.prototype, name, { __proto__: null, enumerable: true });
}
Object.defineProperty(AbortController.prototype, Symbol.toStringTag,
                      { __proto__: null, configurable: true, value: 'AbortController' });

function isObject(value) { return typeof value === 'object' && value !== null; }

function transferableAbortSignal(signal) {
  if (signal?.[kAborted] === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  return signal;
}

function transferableAbortController() { return new AbortController(); }

// util.aborted: waits, without keeping resource alive.
async function aborted(signal, resource) {
  if (signal === undefined) throw new codes.ERR_INVALID_ARG_TYPE('signal', 'AbortSignal', signal);
  validateAbortSignal(signal, 'signal');
  validateObject(resource, 'resource', 6);
  if (signal.aborted) return;
  // No closure here may hold the resource: the listener would keep it alive.
  const { promise, resolve } = Promise.withResolvers();
  signal.addEventListener('abort', () => resolve(), { [kWeakHandler]: resource, once: true });
  return promise;
}

module.exports = {
  AbortController,
  AbortSignal,
  abortSignal,
  aborted,
  transferableAbortController,
  transferableAbortSignal,
};
