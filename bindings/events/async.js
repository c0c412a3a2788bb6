'use strict';
// The parts of node:events that wait: once, on; and what knows EventTargets.

const EventEmitter = require('events');
const { AbortError, codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const {
  validateAbortSignal, validateInteger, validateNumber, validateObject, validateString,
} = require('internal/validators');
const { addAbortListener } = require('internal/events/abort_listener');
const { AsyncIteratorPrototype } = require('internal/events/async_iterator');
const { kFirstEventParam, kWatermarkData } = require('internal/events/symbols');

const { kMaxEventTargetListeners, kMaxEventTargetListenersWarned } = EventEmitter;

function isEventTarget(value) { return require('internal/event_target').isEventTarget(value); }

function setMaxListeners(n, targets) {
  validateNumber(n, 'setMaxListeners', 0);
  if (targets.length === 0) {
    EventEmitter.defaultMaxListeners = n;
    return;
  }
  for (let i = 0; i < targets.length; i++) {
    const target = targets[i];
    if (typeof target?.setMaxListeners === 'function') {
      target.setMaxListeners(n);
    } else if (isEventTarget(target)) {
      target[kMaxEventTargetListeners] = n;
      target[kMaxEventTargetListenersWarned] = false;
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('eventTargets', ['EventEmitter', 'EventTarget'], target);
    }
  }
}

// A listener of an EventTarget: the callback, which may be held weakly.
function targetListeners(target, type) {
  const { kEvents } = require('internal/event_target');
  const root = target[kEvents].get(type);
  const out = [];
  let handler = root?.next;
  while (handler?.listener !== undefined) {
    const listener = handler.listener?.deref ? handler.listener.deref() : handler.listener;
    out.push(listener);
    handler = handler.next;
  }
  return out;
}

function getEventListeners(emitterOrTarget, type) {
  if (typeof emitterOrTarget?.listeners === 'function') return emitterOrTarget.listeners(type);
  if (isEventTarget(emitterOrTarget)) return targetListeners(emitterOrTarget, type);
  throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function getMaxListeners(emitterOrTarget) {
  if (typeof emitterOrTarget?.getMaxListeners === 'function') return emitterOrTarget.getMaxListeners();
  if (typeof emitterOrTarget === 'object' && emitterOrTarget !== null) {
    const max = emitterOrTarget[kMaxEventTargetListeners];
    if (max !== undefined) return max;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('emitter', ['EventEmitter', 'EventTarget'], emitterOrTarget);
}

function listenerCount(emitter, type) {
  if (isEventTarget(emitter)) return targetListeners(emitter, type).length;
  return EventEmitter.prototype.listenerCount.call(emitter, type);
}

function addListener(emitter, name, listener, once, options) {
  if (typeof emitter.on === 'function') {
    if (once) emitter.once(name, listener);
    else emitter.on(name, listener);
  } else if (typeof emitter.addEventListener === 'function') {
    emitter.addEventListener(name, listener, { ...options, once });
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function removeListener(emitter, name, listener) {
  if (typeof emitter.removeListener === 'function') {
    emitter.removeListener(name, listener);
  } else if (typeof emitter.removeEventListener === 'function') {
    emitter.removeEventListener(name, listener);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('emitter', 'EventEmitter', emitter);
  }
}

function toArray(args) {
  const out = [];
  for (let i = 0; i < args.length; i++) out.push(args[i]);
  return out;
}

async function once(emitter, name, options = kEmptyObject) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  return new Promise((resolve, reject) => {
    const errorListener = (err) => {
      emitter.removeListener(name, resolver);
      if (signal != null) removeListener(signal, 'abort', abortListener);
      reject(err);
    };
    function resolver() {
      if (typeof emitter.removeListener === 'function') emitter.removeListener('error', errorListener);
      if (signal != null) removeListener(signal, 'abort', abortListener);
      resolve(toArray(arguments));
    }
    function abortListener() {
      removeListener(emitter, name, resolver);
      removeListener(emitter, 'error', errorListener);
      reject(new AbortError(undefined, { cause: signal.reason }));
    }

    let targetOptions;
    if (signal != null && typeof emitter.on !== 'function') {
      targetOptions = { [require('internal/event_target').kResistStopPropagation]: true };
    }
    addListener(emitter, name, resolver, true, targetOptions);
    if (name !== 'error' && typeof emitter.once === 'function') emitter.once('error', errorListener);
    if (signal != null) {
      addListener(signal, 'abort', abortListener, true,
                  { [require('internal/event_target').kResistStopPropagation]: true });
    }
  });
}

function result(value, done) { return { value, done }; }

// An array that is read from a moving head.
class Queue {
  constructor() {
    this.items = [];
    this.head = 0;
  }
  get size() { return this.items.length - this.head; }
  push(item) { this.items.push(item); }
  shift() {
    const { items, head } = this;
    if (head === items.length) return undefined;
    const item = items[head];
    items[head] = undefined;
    if (head + 1 === items.length) {
      this.items = [];
      this.head = 0;
    } else if (head > 1024 && head * 2 > items.length) {
      this.items = items.slice(head + 1);
      this.head = 0;
    } else {
      this.head++;
    }
    return item;
  }
}

function on(emitter, event, options = kEmptyObject) {
  validateObject(options, 'options');
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  if (signal?.aborted) throw new AbortError(undefined, { cause: signal.reason });
  // Both spellings are known.
  const high = options.highWaterMark ?? options.highWatermark ?? Number.MAX_SAFE_INTEGER;
  validateInteger(high, 'options.highWaterMark', 1);
  const low = options.lowWaterMark ?? options.lowWatermark ?? 1;
  validateInteger(low, 'options.lowWaterMark', 1);

  const events = new Queue();
  const waiting = new Queue();
  const listeners = [];
  let paused = false;
  let error = null;
  let finished = false;
  let size = 0;

  const iterator = {
    __proto__: AsyncIteratorPrototype,
    next() {
      if (events.size > 0) {
        const value = events.shift();
        size--;
        if (paused && size < low) {
          emitter.resume();
          paused = false;
        }
        return Promise.resolve(result(value, false));
      }
      if (error !== null) {
        const p = Promise.reject(error);
        error = null;
        return p;
      }
      if (finished) return closeHandler();
      return new Promise((resolve, reject) => { waiting.push({ resolve, reject }); });
    },
    return() { return closeHandler(); },
    throw(err) {
      if (!err || !(err instanceof Error)) {
        throw new codes.ERR_INVALID_ARG_TYPE('EventEmitter.AsyncIterator', 'Error', err);
      }
      errorHandler(err);
    },
    [Symbol.asyncIterator]() { return this; },
    [kWatermarkData]: {
      get size() { return size; },
      get low() { return low; },
      get high() { return high; },
      get isPaused() { return paused; },
    },
  };

  function listen(target, name, handler) {
    addListener(target, name, handler, false);
    listeners.push(target, name, handler);
  }

  listen(emitter, event, options[kFirstEventParam] ? eventHandler : function() {
    return eventHandler(toArray(arguments));
  });
  if (event !== 'error' && typeof emitter.on === 'function') listen(emitter, 'error', errorHandler);
  const closing = options.close;
  if (closing?.length) {
    for (let i = 0; i < closing.length; i++) listen(emitter, closing[i], closeHandler);
  }
  const abortDisposable = signal ? addAbortListener(signal, abortListener) : null;
  return iterator;

  function abortListener() { errorHandler(new AbortError(undefined, { cause: signal.reason })); }

  function eventHandler(value) {
    if (waiting.size === 0) {
      size++;
      if (!paused && size > high) {
        paused = true;
        emitter.pause();
      }
      events.push(value);
    } else {
      waiting.shift().resolve(result(value, false));
    }
  }

  function errorHandler(err) {
    if (waiting.size === 0) error = err;
    else waiting.shift().reject(err);
    closeHandler();
  }

  function closeHandler() {
    abortDisposable?.[Symbol.dispose]();
    for (let i = 0; i < listeners.length; i += 3) removeListener(listeners[i], listeners[i + 1], listeners[i + 2]);
    listeners.length = 0;
    finished = true;
    const done = result(undefined, true);
    while (waiting.size > 0) waiting.shift().resolve(done);
    return Promise.resolve(done);
  }
}

let AsyncResourceClass;
function makeAsyncResourceClass() {
  const { AsyncResource } = require('async_hooks');

  class EventEmitterReferencingAsyncResource extends AsyncResource {
    #emitter;
    constructor(emitter, type, options) {
      super(type, options);
      this.#emitter = emitter;
    }
    get eventEmitter() { return this.#emitter; }
  }

  return class EventEmitterAsyncResource extends EventEmitter {
    #resource;
    constructor(options = undefined) {
      let name;
      if (typeof options === 'string') {
        name = options;
        options = undefined;
      } else {
        if (new.target.name === 'EventEmitterAsyncResource') validateString(options?.name, 'options.name');
        name = options?.name || new.target.name;
      }
      super(options);
      this.#resource = new EventEmitterReferencingAsyncResource(this, name, options);
    }
    emit(event, ...args) {
      const resource = this.#resource;
      return resource.runInAsyncScope(super.emit, this, event, ...args);
    }
    emitDestroy() { this.#resource.emitDestroy(); }
    get asyncId() { return this.#resource.asyncId(); }
    get triggerAsyncId() { return this.#resource.triggerAsyncId(); }
    get asyncResource() { return this.#resource; }
  };
}

module.exports = {
  get EventEmitterAsyncResource() { return AsyncResourceClass ??= makeAsyncResourceClass(); },
  Queue,
  getEventListeners,
  getMaxListeners,
  listenerCount,
  on,
  once,
  setMaxListeners,
};
