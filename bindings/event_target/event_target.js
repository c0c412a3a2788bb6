'use strict';
// Event, CustomEvent, EventTarget, and NodeEventTarget, which has an
// EventEmitter's methods besides.

const { codes } = require('internal/errors');
const { customInspectSymbol, kEmptyObject } = require('internal/util');
const { validateAbortSignal, validateObject, validateString } = require('internal/validators');
const { now } = internalBinding('perf_hooks');
const { kMaxEventTargetListeners, kMaxEventTargetListenersWarned } = require('events');

const kIsEventTarget = Symbol.for('nodejs.event_target');
const kIsNodeEventTarget = Symbol('kIsNodeEventTarget');
const kEvents = Symbol('kEvents');
const kHandlers = Symbol('kHandlers');
const kTarget = Symbol('kTarget');
const kIsBeingDispatched = Symbol('kIsBeingDispatched');
const kInPassiveListener = Symbol('kInPassiveListener');
const kType = Symbol('type');
const kStop = Symbol('kStop');
const kTrustEvent = Symbol('kTrustEvent');
const kNewListener = Symbol('kNewListener');
const kRemoveListener = Symbol('kRemoveListener');
const kIsNodeStyle = Symbol('kIsNodeStyle');
const kRemoveWeakListenerHelper = Symbol('kRemoveWeakListenerHelper');
const kHybridDispatch = Symbol.for('nodejs.internal.kHybridDispatch');
const kCreateEvent = Symbol('kCreateEvent');
const kDetail = Symbol('kDetail');
const kWeakHandler = Symbol('kWeak');
const kResistStopPropagation = Symbol('kResistStopPropagation');

// An event's flags.
const BUBBLES = 1, CANCELABLE = 2, COMPOSED = 4, PREVENTED = 8, STOPPED = 16, TRUSTED = 32, STOPPED_ALL = 64;

function toDOMString(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`;
}

function isEvent(value) { return typeof value?.[kType] === 'string'; }

class Event {
  #flags = 0;
  #timeStamp;

  constructor(type, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (options != null) {
      validateObject(options, 'options', 7);
      this.#flags = (options.bubbles ? BUBBLES : 0) | (options.cancelable ? CANCELABLE : 0) |
        (options.composed ? COMPOSED : 0) | (options[kTrustEvent] ? TRUSTED : 0);
    }
    this[kType] = toDOMString(type);
    this.#timeStamp = now();
    this[kTarget] = null;
    this[kIsBeingDispatched] = false;
    this[kInPassiveListener] = false;
  }

  initEvent(type, bubbles = false, cancelable = false) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    if (this[kIsBeingDispatched]) return;
    this[kType] = toDOMString(type);
    this.#flags = (this.#flags & ~(BUBBLES | CANCELABLE)) | (bubbles ? BUBBLES : 0) | (cancelable ? CANCELABLE : 0);
  }

  stopImmediatePropagation() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    // Propagation is stopped as well, as the standard says.
    this.#flags |= STOPPED | STOPPED_ALL;
    this[kStop] = true;
  }

  preventDefault() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    if ((this.#flags & CANCELABLE) && !this[kInPassiveListener]) this.#flags |= PREVENTED;
  }

  get target() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return this[kTarget];
  }

  get currentTarget() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return this[kIsBeingDispatched] ? this[kTarget] : null;
  }

  get srcElement() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return this[kTarget];
  }

  get type() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return this[kType];
  }

  get cancelable() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return (this.#flags & CANCELABLE) !== 0;
  }

  get defaultPrevented() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return (this.#flags & PREVENTED) !== 0;
  }

  get timeStamp() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return this.#timeStamp;
  }

  composedPath() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return this[kIsBeingDispatched] ? [this[kTarget]] : [];
  }

  get returnValue() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return (this.#flags & PREVENTED) === 0;
  }

  set returnValue(value) {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    if (!value && (this.#flags & CANCELABLE) && !this[kInPassiveListener]) this.#flags |= PREVENTED;
  }

  get bubbles() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return (this.#flags & BUBBLES) !== 0;
  }

  get composed() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return (this.#flags & COMPOSED) !== 0;
  }

  get eventPhase() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return this[kIsBeingDispatched] ? Event.AT_TARGET : Event.NONE;
  }

  get cancelBubble() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    return (this.#flags & STOPPED) !== 0;
  }

  set cancelBubble(value) {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    if (value) this.#flags |= STOPPED;
  }

  stopPropagation() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('Event');
    this.#flags |= STOPPED;
  }

  get isTrusted() { return isEvent(this) && (this.#flags & TRUSTED) !== 0; }

  [customInspectSymbol](depth, options) {
    const { name } = this.constructor;
    if (depth < 0) return name;
    const { inspect } = require('internal/util/inspect');
    return `${name} ${inspect({
      type: this[kType],
      defaultPrevented: (this.#flags & PREVENTED) !== 0,
      cancelable: (this.#flags & CANCELABLE) !== 0,
      timeStamp: this.#timeStamp,
    }, { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth })}`;
  }
}

function makeEnumerable(proto, names) {
  for (let i = 0; i < names.length; i++) {
    Object.defineProperty(proto, names[i], { __proto__: null, enumerable: true });
  }
}

function tag(C, name) {
  Object.defineProperty(C.prototype, Symbol.toStringTag, { __proto__: null, value: name, configurable: true });
}

makeEnumerable(Event.prototype, ['initEvent', 'stopImmediatePropagation', 'preventDefault', 'target', 'currentTarget',
  'srcElement', 'type', 'cancelable', 'defaultPrevented', 'timeStamp', 'composedPath', 'returnValue', 'bubbles',
  'composed', 'eventPhase', 'cancelBubble', 'stopPropagation']);
Object.defineProperty(Event.prototype, 'isTrusted', { __proto__: null, enumerable: true, configurable: false });
tag(Event, 'Event');
for (const [i, name] of ['NONE', 'CAPTURING_PHASE', 'AT_TARGET', 'BUBBLING_PHASE'].entries()) {
  Object.defineProperty(Event, name, { __proto__: null, value: i, enumerable: true });
}

class CustomEvent extends Event {
  constructor(type, options = kEmptyObject) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    super(type, options);
    this[kDetail] = options?.detail ?? null;
  }

  get detail() {
    if (!isEvent(this)) throw new codes.ERR_INVALID_THIS('CustomEvent');
    return this[kDetail];
  }
}
makeEnumerable(CustomEvent.prototype, ['detail']);
tag(CustomEvent, 'CustomEvent');

class NodeCustomEvent extends Event {
  constructor(type, options) {
    super(type, options);
    if (options?.detail) this.detail = options.detail;
  }
}

// Listeners that are held weakly live as long as the object that their
// option names: it keeps them here.
const weakStore = new WeakMap();
let registry;
function hold(keeper, listener) {
  let list = weakStore.get(keeper);
  if (list === undefined) weakStore.set(keeper, list = new Set());
  list.add(listener);
}
function forgetWhenGone(target, type, entry, listener) {
  registry ??= new FinalizationRegistry(({ target, type, entry }) => {
    target.deref()?.[kRemoveWeakListenerHelper](type, entry);
  });
  registry.register(listener, { target: new WeakRef(target), type, entry });
}

// Made here, and not where the listener is, so that only this holds it.
function objectCallback(listener) { return (event) => listener.handleEvent(event); }

const LISTENER_ONCE = 1, LISTENER_CAPTURE = 2, LISTENER_PASSIVE = 4, LISTENER_NODE = 8, LISTENER_REMOVED = 16,
  LISTENER_WEAK = 32, LISTENER_RESIST = 64;

// One entry of the doubly linked list of a type's listeners.
class Listener {
  constructor(target, type, previous, listener, flags, keeper) {
    this.next = undefined;
    if (previous !== undefined) previous.next = this;
    this.previous = previous;
    this.flags = flags;
    if (keeper !== undefined) {
      this.flags |= LISTENER_WEAK;
      this.listener = new WeakRef(listener);
      this.callback = undefined;
      hold(keeper, listener);
      forgetWhenGone(target, type, this, listener);
    } else {
      this.listener = listener;
      this.callback = typeof listener === 'function' ? listener : objectCallback(listener);
    }
  }

  get weak() { return (this.flags & LISTENER_WEAK) !== 0; }
  get once() { return (this.flags & LISTENER_ONCE) !== 0; }
  get capture() { return (this.flags & LISTENER_CAPTURE) !== 0; }
  get passive() { return (this.flags & LISTENER_PASSIVE) !== 0; }
  get isNodeStyle() { return (this.flags & LISTENER_NODE) !== 0; }
  get removed() { return (this.flags & LISTENER_REMOVED) !== 0; }
  get resistStopPropagation() { return (this.flags & LISTENER_RESIST) !== 0; }

  same(listener, capture) {
    const own = this.flags & LISTENER_WEAK ? this.listener.deref() : this.listener;
    return own === listener && ((this.flags & LISTENER_CAPTURE) !== 0) === capture;
  }

  remove() {
    if (this.previous !== undefined) this.previous.next = this.next;
    if (this.next !== undefined) this.next.previous = this.previous;
    this.flags |= LISTENER_REMOVED;
  }
}

function remover(target, type, listener, options) {
  return () => { target.removeEventListener(type, listener, options); };
}

function initEventTarget(self) {
  self[kEvents] = new Map();
  self[kMaxEventTargetListeners] = require('events').defaultMaxListeners;
  self[kMaxEventTargetListenersWarned] = false;
  self[kHandlers] = new Map();
}

function emitUncaughtException(err) { process.nextTick(() => { throw err; }); }

function isValidListener(listener) {
  if (typeof listener === 'function' || (typeof listener === 'object' && listener !== null)) return true;
  if (listener == null) return false;
  throw new codes.ERR_INVALID_ARG_TYPE('listener', 'EventListener', listener);
}

class EventTarget {
  static [kIsEventTarget] = true;

  constructor() { initEventTarget(this); }

  [kNewListener](size, type, listener, once, capture, passive, weak) {
    const max = this[kMaxEventTargetListeners];
    if (max > 0 && size > max && !this[kMaxEventTargetListenersWarned]) {
      this[kMaxEventTargetListenersWarned] = true;
      const { inspect } = require('internal/util/inspect');
      const w = new Error(`Possible EventTarget memory leak detected. ${size} ${type} listeners ` +
        `added to ${inspect(this, { depth: -1 })}. MaxListeners is ${max}. Use events.setMaxListeners() to increase limit`);
      w.name = 'MaxListenersExceededWarning';
      w.target = this;
      w.type = type;
      w.count = size;
      process.emitWarning(w);
    }
  }

  [kRemoveListener](size, type, listener, capture) {}

  addEventListener(type, listener, options = kEmptyObject) {
    if (!isEventTarget(this)) throw new codes.ERR_INVALID_THIS('EventTarget');
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');

    let flags = 0, signal, keeper;
    if (typeof options === 'boolean') {
      if (options) flags = LISTENER_CAPTURE;
    } else if (options !== null && options !== kEmptyObject) {
      if (typeof options !== 'object' && typeof options !== 'function') {
        throw new codes.ERR_INVALID_ARG_TYPE('options', 'object', options);
      }
      flags = (options.once ? LISTENER_ONCE : 0) | (options.capture ? LISTENER_CAPTURE : 0) |
        (options.passive ? LISTENER_PASSIVE : 0) | (options[kIsNodeStyle] ? LISTENER_NODE : 0) |
        (options[kResistStopPropagation] ? LISTENER_RESIST : 0);
      signal = options.signal;
      keeper = options[kWeakHandler];
      validateAbortSignal(signal, 'options.signal');
    }

    if (!isValidListener(listener)) {
      const w = new Error(`addEventListener called with ${listener} which has no effect.`);
      w.name = 'AddEventListenerArgumentTypeWarning';
      w.target = this;
      w.type = type;
      process.emitWarning(w);
      return;
    }
    type = toDOMString(type);

    if (signal) {
      if (signal.aborted) return;
      signal.addEventListener('abort', remover(this, type, listener, options),
                              { once: true, [kWeakHandler]: this, [kResistStopPropagation]: true });
    }

    const capture = (flags & LISTENER_CAPTURE) !== 0;
    let root = this[kEvents].get(type);
    if (root === undefined) {
      root = { size: 0, next: undefined, resistStopPropagation: false };
      this[kEvents].set(type, root);
    }
    let previous = root;
    let handler = root.next;
    while (handler !== undefined) {
      if (handler.same(listener, capture)) return;
      previous = handler;
      handler = handler.next;
    }
    new Listener(this, type, previous, listener, flags, keeper); // eslint-disable-line no-new
    root.size++;
    if (flags & LISTENER_RESIST) root.resistStopPropagation = true;
    this[kNewListener](root.size, type, listener, (flags & LISTENER_ONCE) !== 0, capture,
                       (flags & LISTENER_PASSIVE) !== 0, keeper !== undefined);
  }

  removeEventListener(type, listener, options = kEmptyObject) {
    if (!isEventTarget(this)) throw new codes.ERR_INVALID_THIS('EventTarget');
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('type', 'listener');
    if (!isValidListener(listener)) return;
    type = toDOMString(type);
    const capture = options === true || options?.capture === true;
    const root = this[kEvents].get(type);
    if (root === undefined) return;
    for (let handler = root.next; handler !== undefined; handler = handler.next) {
      if (handler.same(listener, capture)) {
        handler.remove();
        root.size--;
        if (root.size === 0) this[kEvents].delete(type);
        this[kRemoveListener](root.size, type, listener, capture);
        break;
      }
    }
  }

  [kRemoveWeakListenerHelper](type, entry) {
    const root = this[kEvents].get(type);
    if (root === undefined || entry.flags & LISTENER_REMOVED) return;
    entry.remove();
    root.size--;
    if (root.size === 0) this[kEvents].delete(type);
    this[kRemoveListener](root.size, type, undefined, entry.capture);
  }

  dispatchEvent(event) {
    if (!isEventTarget(this)) throw new codes.ERR_INVALID_THIS('EventTarget');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('event');
    if (!isEvent(event)) throw new codes.ERR_INVALID_ARG_TYPE('event', 'Event', event);
    if (event[kIsBeingDispatched]) throw new codes.ERR_EVENT_RECURSION(event.type);
    this[kHybridDispatch](event, event.type, event);
    return event.defaultPrevented !== true;
  }

  [kHybridDispatch](nodeValue, type, event) {
    if (event !== undefined) {
      event[kTarget] = this;
      event[kIsBeingDispatched] = true;
    }
    const root = this[kEvents].get(type);
    if (root === undefined || root.next === undefined) {
      if (event !== undefined) event[kIsBeingDispatched] = false;
      return true;
    }
    let handler = root.next;
    while (handler !== undefined) {
      const next = handler.next;
      const { flags } = handler;
      if (flags & LISTENER_REMOVED || (event?.[kStop] === true && !(flags & LISTENER_RESIST))) {
        handler = next;
        continue;
      }
      if (flags & LISTENER_ONCE) {
        handler.remove();
        root.size--;
        const { listener } = handler;
        this[kRemoveListener](root.size, type, flags & LISTENER_WEAK ? listener.deref() : listener,
                              (flags & LISTENER_CAPTURE) !== 0);
      }
      try {
        let arg = nodeValue;
        if (!(flags & LISTENER_NODE)) {
          if (event === undefined) {
            event = this[kCreateEvent](type, nodeValue);
            event[kTarget] = this;
            event[kIsBeingDispatched] = true;
          }
          arg = event;
          event[kInPassiveListener] = (flags & LISTENER_PASSIVE) !== 0;
        }
        let callback = handler.callback;
        if (flags & LISTENER_WEAK) {
          callback = handler.listener.deref();
          if (typeof callback === 'object') callback = objectCallback(callback);
        }
        let result;
        if (callback !== undefined) result = callback.call(this, arg);
        if (event !== undefined) event[kInPassiveListener] = false;
        if (result !== undefined && result !== null) {
          const { then } = result;
          if (typeof then === 'function') then.call(result, undefined, emitUncaughtException);
        }
      } catch (err) {
        emitUncaughtException(err);
      }
      handler = next;
    }
    if (event !== undefined) event[kIsBeingDispatched] = false;
  }

  [kCreateEvent](type, nodeValue) { return new NodeCustomEvent(type, { detail: nodeValue }); }

  [customInspectSymbol](depth, options) {
    if (!isEventTarget(this)) throw new codes.ERR_INVALID_THIS('EventTarget');
    const { name } = this.constructor;
    if (depth < 0) return name;
    const { inspect } = require('internal/util/inspect');
    return `${name} ${inspect({}, { ...options, depth: Number.isInteger(options.depth) ? options.depth - 1 : options.depth })}`;
  }
}
makeEnumerable(EventTarget.prototype, ['addEventListener', 'removeEventListener', 'dispatchEvent']);
tag(EventTarget, 'EventTarget');

function initNodeEventTarget(self) { initEventTarget(self); }

function checkNode(self) {
  if (!self?.constructor?.[kIsNodeEventTarget]) throw new codes.ERR_INVALID_THIS('NodeEventTarget');
}

class NodeEventTarget extends EventTarget {
  static [kIsNodeEventTarget] = true;
  static defaultMaxListeners = 10;

  constructor() {
    super();
    initNodeEventTarget(this);
  }

  setMaxListeners(n) {
    checkNode(this);
    require('internal/validators').validateNumber(n, 'setMaxListeners', 0);
    this[kMaxEventTargetListeners] = n;
    this[kMaxEventTargetListenersWarned] = false;
  }

  getMaxListeners() {
    checkNode(this);
    return this[kMaxEventTargetListeners];
  }

  eventNames() {
    checkNode(this);
    return Array.from(this[kEvents].keys());
  }

  listenerCount(type) {
    checkNode(this);
    return this[kEvents].get(`${type}`)?.size ?? 0;
  }

  off(type, listener, options) {
    checkNode(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  removeListener(type, listener, options) {
    checkNode(this);
    this.removeEventListener(type, listener, options);
    return this;
  }

  on(type, listener) {
    checkNode(this);
    this.addEventListener(type, listener, { [kIsNodeStyle]: true });
    return this;
  }

  addListener(type, listener) {
    checkNode(this);
    this.addEventListener(type, listener, { [kIsNodeStyle]: true });
    return this;
  }

  emit(type, arg) {
    checkNode(this);
    validateString(type, 'type');
    const had = this.listenerCount(type) > 0;
    this[kHybridDispatch](arg, type);
    return had;
  }

  once(type, listener) {
    checkNode(this);
    this.addEventListener(type, listener, { once: true, [kIsNodeStyle]: true });
    return this;
  }

  removeAllListeners(type) {
    checkNode(this);
    if (type !== undefined) this[kEvents].delete(`${type}`);
    else this[kEvents].clear();
    return this;
  }
}
makeEnumerable(NodeEventTarget.prototype, ['setMaxListeners', 'getMaxListeners', 'eventNames', 'listenerCount', 'off',
  'removeListener', 'on', 'addListener', 'once', 'emit', 'removeAllListeners']);

function isEventTarget(obj) { return obj?.constructor?.[kIsEventTarget] === true; }
function isNodeEventTarget(obj) { return obj?.constructor?.[kIsNodeEventTarget] === true; }

function makeEventHandler(handler) {
  // The wrapper keeps its place among the listeners when the handler changes.
  function eventHandler() {
    if (typeof eventHandler.handler !== 'function') return;
    return eventHandler.handler.apply(this, arguments);
  }
  eventHandler.handler = handler;
  return eventHandler;
}

// Defines the property on<name>, which is a listener for event.
function defineEventHandler(target, name, event = name) {
  const prop = `on${name}`;
  const accessors = {
    get [prop]() { return this[kHandlers]?.get(event)?.handler ?? null; },
    set [prop](value) {
      const wrapped = this[kHandlers]?.get(event);
      if (wrapped) {
        const root = this[kEvents].get(event);
        if (typeof wrapped.handler === 'function') {
          root.size--;
          this[kRemoveListener](root.size, event, wrapped.handler, false);
        }
        wrapped.handler = value;
        if (typeof value === 'function') {
          root.size++;
          this[kNewListener](root.size, event, value, false, false, false, false);
        }
        return;
      }
      const made = makeEventHandler(value);
      this[kHandlers] ??= new Map();
      this.addEventListener(event, made);
      this[kHandlers].set(event, made);
    },
  };
  const desc = Object.getOwnPropertyDescriptor(accessors, prop);
  Object.defineProperty(target, prop, { __proto__: null, get: desc.get, set: desc.set, configurable: true, enumerable: true });
}

module.exports = {
  CustomEvent,
  Event,
  EventTarget,
  NodeEventTarget,
  defineEventHandler,
  initEventTarget,
  initNodeEventTarget,
  isEventTarget,
  isNodeEventTarget,
  kCreateEvent,
  kEvents,
  kHybridDispatch,
  kNewListener,
  kRemoveListener,
  kResistStopPropagation,
  kTrustEvent,
  kWeakHandler,
};
