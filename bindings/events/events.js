'use strict';
// EventEmitter.

const { codes, kEnhanceStackBeforeInspector } = require('internal/errors');

const kCapture = Symbol('kCapture');
const kErrorMonitor = Symbol('events.errorMonitor');
const kShapeMode = Symbol('shapeMode');
const kMaxEventTargetListeners = Symbol('events.maxEventTargetListeners');
const kMaxEventTargetListenersWarned = Symbol('events.maxEventTargetListenersWarned');
const kRejection = Symbol.for('nodejs.rejection');

const binding = internalBinding('events');
let defaultMaxListeners = 10;

// The two symbols are properties of an emitter only if they are not false:
// symbol keys cost an emitter as much again as the rest of it.
function EventEmitter(opts) {
  if (EventEmitter.init !== init) {
    EventEmitter.init.call(this, opts); // node:domain replaces it
    return;
  }
  const events = this._events;
  if (events === undefined || events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  if (opts !== undefined || capturesByDefault) initCapture(this, opts);
}

function init(opts) {
  const events = this._events;
  if (events === undefined || events === Object.getPrototypeOf(this)._events) {
    this._events = { __proto__: null };
    this._eventsCount = 0;
  }
  this._maxListeners = this._maxListeners || undefined;
  initCapture(this, opts);
}

let capturesByDefault = false;
function initCapture(emitter, opts) {
  let value = capturesByDefault;
  if (opts?.captureRejections) {
    value = opts.captureRejections;
    require('internal/validators').validateBoolean(value, 'options.captureRejections');
  }
  if (value !== emitter[kCapture]) {
    Object.defineProperty(emitter, kCapture, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
  }
}
module.exports = EventEmitter;

function define(object, name, value, enumerable, writable, configurable) {
  Object.defineProperty(object, name, { __proto__: null, value, enumerable, writable, configurable });
}

const proto = EventEmitter.prototype;
proto._events = undefined;
proto._eventsCount = 0;
proto._maxListeners = undefined;
define(proto, kCapture, false, false, true, false);
define(proto, kShapeMode, false, false, true, false);

function async() { return require('internal/events/async'); }

EventEmitter.addAbortListener = function addAbortListener(signal, listener) {
  return require('internal/events/abort_listener').addAbortListener(signal, listener);
};
EventEmitter.once = function once(emitter, type) { return async().once(emitter, type, arguments[2]); };
define(EventEmitter.once, 'length', 2, false, false, true);
EventEmitter.on = function on(emitter, type) { return async().on(emitter, type, arguments[2]); };
EventEmitter.getEventListeners = function getEventListeners(emitterOrTarget, type) {
  return async().getEventListeners(emitterOrTarget, type);
};
EventEmitter.getMaxListeners = function getMaxListeners(emitterOrTarget) {
  return async().getMaxListeners(emitterOrTarget);
};
EventEmitter.listenerCount = function(emitter, type) {
  if (typeof emitter.listenerCount === 'function') return emitter.listenerCount(type);
  return async().listenerCount(emitter, type);
};
define(EventEmitter.listenerCount, 'name', 'listenerCount', false, false, true);
EventEmitter.EventEmitter = EventEmitter;
EventEmitter.usingDomains = false;
EventEmitter.captureRejectionSymbol = kRejection;
Object.defineProperty(EventEmitter, 'captureRejections', {
  __proto__: null,
  enumerable: true,
  get() { return capturesByDefault; },
  set(value) {
    require('internal/validators').validateBoolean(value, 'EventEmitter.captureRejections');
    capturesByDefault = value;
    proto[kCapture] = value; // for emitters whose constructor was not called
  },
});
Object.defineProperty(EventEmitter, 'EventEmitterAsyncResource', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get() { return async().EventEmitterAsyncResource; },
  set: undefined,
});
EventEmitter.errorMonitor = kErrorMonitor;
Object.defineProperty(EventEmitter, 'defaultMaxListeners', {
  __proto__: null,
  enumerable: true,
  get() { return defaultMaxListeners; },
  set(n) {
    require('internal/validators').validateNumber(n, 'defaultMaxListeners', 0);
    defaultMaxListeners = n;
    binding.setDefaultMax(n);
  },
});
define(EventEmitter, 'kMaxEventTargetListeners', kMaxEventTargetListeners, false, false, false);
define(EventEmitter, 'kMaxEventTargetListenersWarned', kMaxEventTargetListenersWarned, false, false, false);

EventEmitter.setMaxListeners = function(n, ...eventTargets) {
  async().setMaxListeners(n === undefined ? defaultMaxListeners : n, eventTargets);
};
define(EventEmitter.setMaxListeners, 'length', 0, false, false, true);

EventEmitter.init = init;
define(init, 'name', '', false, false, true);

proto.setMaxListeners = function setMaxListeners(n) {
  require('internal/validators').validateNumber(n, 'setMaxListeners', 0);
  this._maxListeners = n;
  return this;
};

function maxListeners(emitter) {
  const max = emitter._maxListeners;
  return max === undefined ? defaultMaxListeners : max;
}

proto.getMaxListeners = function getMaxListeners() { return maxListeners(this); };

// The unhandled 'error': throws what it is given if that is an error, or wraps it.
function throwUnhandled(emitter, er) {
  if (er instanceof Error) {
    try {
      const capture = {};
      Error.captureStackTrace(capture, proto.emit);
      Object.defineProperty(er, kEnhanceStackBeforeInspector, {
        __proto__: null,
        configurable: true,
        value: () => enhanceStackTrace(emitter, er, capture),
      });
    } catch {
      // A frozen error stays as it is.
    }
    throw er;
  }
  let text;
  try {
    text = require('internal/util/inspect').inspect(er);
  } catch {
    text = er;
  }
  const err = new codes.ERR_UNHANDLED_ERROR(text);
  err.context = er;
  throw err;
}

// Where in the traces the longest common run of lines is.
function commonRange(a, b) {
  for (let i = 0; i < a.length - 3; i++) {
    const pos = b.indexOf(a[i]);
    if (pos === -1) continue;
    const rest = b.length - pos;
    if (rest <= 3) continue;
    let len = 1;
    const max = Math.min(a.length - i, rest);
    while (max > len && a[i + len] === b[pos + len]) len++;
    if (len > 3) return { len, offset: i };
  }
  return { len: 0, offset: 0 };
}

function enhanceStackTrace(emitter, err, own) {
  let ctorInfo = '';
  try {
    const { name } = emitter.constructor;
    if (name !== 'EventEmitter') ctorInfo = ` on ${name} instance`;
  } catch {
    // No name, no word of it.
  }
  const errStack = String(err.stack).split('\n').slice(1);
  const ownStack = String(own.stack).split('\n').slice(1);
  const { len, offset } = commonRange(ownStack, errStack);
  if (len > 0) {
    ownStack.splice(offset + 1, len - 2, `    ... ${len - 2} lines matching original stack trace ...`);
  }
  return `${err.stack}\nEmitted 'error' event${ctorInfo} at:\n${ownStack.join('\n')}`;
}

function rest(args, from) {
  const out = [];
  for (let i = from; i < args.length; i++) out.push(args[i]);
  return out;
}

// A listener's result when captureRejections is on: a promise's rejection
// becomes an 'error' event, or the emitter's own handler gets it.
function addCatch(emitter, promise, type, args) {
  try {
    const { then } = promise;
    if (typeof then === 'function') {
      then.call(promise, undefined, (err) => {
        // In a tick, so that a throw in the handler is no unhandled rejection.
        process.nextTick(emitRejection, emitter, err, type, args);
      });
    }
  } catch (err) {
    emitter.emit('error', err);
  }
}

function emitRejection(emitter, err, type, args) {
  const handler = emitter[kRejection];
  if (typeof handler === 'function') {
    const all = [err, type];
    for (let i = 0; i < args.length; i++) all.push(args[i]);
    handler.apply(emitter, all);
    return;
  }
  // Off for the while, or an async 'error' listener that throws would loop.
  const before = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', err);
  } finally {
    emitter[kCapture] = before;
  }
}

// Before an 'error' event is emitted: errorMonitor's listeners hear of it, and
// without listeners it is thrown.
function beforeError(emitter, type) {
  const events = emitter._events;
  if (events !== undefined && events[kErrorMonitor] !== undefined) {
    const args = rest(arguments, 1);
    args[0] = kErrorMonitor;
    emitter.emit.apply(emitter, args);
  }
  if (events === undefined || events.error === undefined) throwUnhandled(emitter, arguments[2]);
}

function badListener(listener) {
  throw new codes.ERR_INVALID_ARG_TYPE('listener', 'Function', listener);
}

function warnLeak(target, type, existing, max) {
  if (existing.warned) return;
  existing.warned = true;
  const w = new Error(`Possible EventEmitter memory leak detected. ${existing.length} ${String(type)} listeners ` +
    `added to ${require('internal/util/inspect').inspect(target, { depth: -1 })}. ` +
    `MaxListeners is ${max}. Use emitter.setMaxListeners() to increase limit`);
  w.name = 'MaxListenersExceededWarning';
  w.emitter = target;
  w.type = type;
  w.count = existing.length;
  process.emitWarning(w);
}

// emit, on, once, off and the prepending ones are native.
binding.setup(proto, { kCapture, kShapeMode, addCatch, badListener, beforeError, warnLeak });

proto.removeAllListeners = function removeAllListeners(type) {
  const events = this._events;
  if (events === undefined) return this;

  // Nobody listens for removeListener: no need to tell.
  if (events.removeListener === undefined) {
    if (arguments.length === 0) {
      this._events = { __proto__: null };
      this._eventsCount = 0;
    } else if (events[type] !== undefined) {
      if (--this._eventsCount === 0) this._events = { __proto__: null };
      else delete events[type];
    }
    if (this[kShapeMode]) this[kShapeMode] = false;
    return this;
  }

  if (arguments.length === 0) {
    const keys = Reflect.ownKeys(events);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] !== 'removeListener') this.removeAllListeners(keys[i]);
    }
    this.removeAllListeners('removeListener');
    this._events = { __proto__: null };
    this._eventsCount = 0;
    if (this[kShapeMode]) this[kShapeMode] = false;
    return this;
  }

  const list = events[type];
  if (typeof list === 'function') {
    this.removeListener(type, list);
  } else if (list !== undefined) {
    for (let i = list.length - 1; i >= 0; i--) this.removeListener(type, list[i]);
  }
  return this;
};

function listenersOf(target, type, unwrap) {
  const events = target._events;
  if (events === undefined) return [];
  const list = events[type];
  if (list === undefined) return [];
  if (typeof list === 'function') return unwrap ? [list.listener || list] : [list];
  const out = list.slice();
  if (unwrap) {
    for (let i = 0; i < out.length; i++) {
      const original = out[i].listener;
      if (typeof original === 'function') out[i] = original;
    }
  }
  return out;
}

proto.listeners = function listeners(type) { return listenersOf(this, type, true); };
proto.rawListeners = function rawListeners(type) { return listenersOf(this, type, false); };

proto.listenerCount = function listenerCount(type, listener) {
  const events = this._events;
  if (events === undefined) return 0;
  const list = events[type];
  if (list === undefined) return 0;
  if (typeof list === 'function') {
    if (listener != null) return listener === list || listener === list.listener ? 1 : 0;
    return 1;
  }
  if (listener == null) return list.length;
  let count = 0;
  for (let i = 0; i < list.length; i++) {
    if (list[i] === listener || list[i].listener === listener) count++;
  }
  return count;
};

proto.eventNames = function eventNames() {
  if (!(this._eventsCount > 0)) return [];
  const keys = Reflect.ownKeys(this._events);
  if (!this[kShapeMode]) return keys;
  return keys.filter((key) => this._events[key] !== undefined);
};
