'use strict';
// EventEmitter.

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

// emit, on, once, off and the prepending ones are native. What goes wrong in
// them is in internal/events/errors.
binding.setup(proto, { kCapture, kShapeMode });
binding.symbols = { kCapture, kErrorMonitor, kRejection };

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

proto.listenerCount = binding.listenerCount;

proto.eventNames = function eventNames() {
  if (!(this._eventsCount > 0)) return [];
  const keys = Reflect.ownKeys(this._events);
  if (!this[kShapeMode]) return keys;
  return keys.filter((key) => this._events[key] !== undefined);
};
