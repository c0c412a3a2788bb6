'use strict';

const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateObject, validateString } = require('internal/validators');
const { destroyNow, disableHook, emitDestroy, enableHook, hasHooks, native, start } = require('internal/async_context');
const { getStore, none, setStore, dropStore, swapFrame, restore } = native;

class AsyncHook {
  constructor({ init, before, after, destroy, promiseResolve }) {
    if (init !== undefined && typeof init !== 'function') throw new codes.ERR_ASYNC_CALLBACK('hook.init');
    if (before !== undefined && typeof before !== 'function') throw new codes.ERR_ASYNC_CALLBACK('hook.before');
    if (after !== undefined && typeof after !== 'function') throw new codes.ERR_ASYNC_CALLBACK('hook.after');
    if (destroy !== undefined && typeof destroy !== 'function') throw new codes.ERR_ASYNC_CALLBACK('hook.destroy');
    if (promiseResolve !== undefined && typeof promiseResolve !== 'function') {
      throw new codes.ERR_ASYNC_CALLBACK('hook.promiseResolve');
    }
    this.init = init;
    this.before = before;
    this.after = after;
    this.destroy = destroy;
    this.promiseResolve = promiseResolve;
  }

  enable() {
    enableHook(this);
    return this;
  }

  disable() {
    disableHook(this);
    return this;
  }
}

function createHook(fns) { return new AsyncHook(fns); }

function executionAsyncId() {
  start();
  return native.executionAsyncId();
}

function triggerAsyncId() {
  start();
  return native.triggerAsyncId();
}

function executionAsyncResource() {
  start();
  return native.executionAsyncResource();
}

const kToken = Symbol('async_token');
const kDestroyed = Symbol('destroyed');
let registry;

class AsyncResource {
  constructor(type, options = {}) {
    validateString(type, 'type');
    let trigger = options;
    let manual = false;
    if (typeof options !== 'number') {
      trigger = options.triggerAsyncId;
      manual = !!options.requireManualDestroy;
    }
    if (trigger !== undefined && (!Number.isSafeInteger(trigger) || trigger < -1)) {
      throw new codes.ERR_INVALID_ASYNC_ID('triggerAsyncId', trigger);
    }
    start();
    if (type.length === 0 && hasHooks()) throw new codes.ERR_ASYNC_TYPE(type);
    Object.defineProperty(this, kToken, { __proto__: null, value: native.make(type, this, trigger) });
    if (!manual && hasHooks()) {
      this[kDestroyed] = { destroyed: false };
      registry ??= new FinalizationRegistry(({ id, state }) => { if (!state.destroyed) destroyNow(id); });
      registry.register(this, { id: native.id(this[kToken]), state: this[kDestroyed] });
    }
  }

  runInAsyncScope(fn, thisArg) {
    const args = [];
    for (let i = 2; i < arguments.length; i++) args.push(arguments[i]);
    native.enter(this[kToken]);
    try {
      return Reflect.apply(fn, thisArg, args);
    } finally {
      native.exit();
    }
  }

  emitDestroy() {
    if (this[kDestroyed] !== undefined) this[kDestroyed].destroyed = true;
    emitDestroy(native.id(this[kToken]));
    return this;
  }

  asyncId() { return native.id(this[kToken]); }

  triggerAsyncId() { return native.trigger(this[kToken]); }

  bind(fn, thisArg) {
    validateFunction(fn, 'fn');
    const resource = this;
    let bound;
    if (thisArg === undefined) {
      bound = function() { return runBound(resource, fn, this, arguments); };
    } else {
      bound = function() { return runBound(resource, fn, thisArg, arguments); };
    }
    let self = this;
    Object.defineProperties(bound, {
      length: { __proto__: null, configurable: true, enumerable: false, value: fn.length, writable: false },
      asyncResource: {
        __proto__: null,
        configurable: true,
        enumerable: true,
        get() { return self; },
        set(value) { self = value; },
      },
    });
    return bound;
  }

  static bind(fn, type, thisArg) {
    type ||= fn.name;
    return new AsyncResource(type || 'bound-anonymous-fn').bind(fn, thisArg);
  }
}

function runBound(resource, fn, thisArg, args) {
  const all = [fn, thisArg];
  for (let i = 0; i < args.length; i++) all.push(args[i]);
  return resource.runInAsyncScope.apply(resource, all);
}

class AsyncLocalStorage {
  #default = undefined;
  #name = undefined;

  constructor(options = {}) {
    validateObject(options, 'options');
    this.#default = options.defaultValue;
    if (options.name !== undefined) this.#name = `${options.name}`;
  }

  get name() { return this.#name || ''; }

  static bind(fn) {
    validateFunction(fn, 'fn');
    start();
    const token = native.current();
    return function() {
      const prior = swapFrame(token);
      try {
        return fn.apply(this, arguments);
      } finally {
        restore(prior);
      }
    };
  }

  static snapshot() {
    start();
    const token = native.current();
    return function(fn) {
      const args = [];
      for (let i = 1; i < arguments.length; i++) args.push(arguments[i]);
      const prior = swapFrame(token);
      try {
        return Reflect.apply(fn, this, args);
      } finally {
        restore(prior);
      }
    };
  }

  disable() { dropStore(this); }

  enterWith(data) {
    start();
    setStore(this, data);
  }

  run(data, fn) {
    const prior = this.getStore();
    const args = [];
    for (let i = 2; i < arguments.length; i++) args.push(arguments[i]);
    if (Object.is(prior, data)) return Reflect.apply(fn, null, args);
    start();
    setStore(this, data);
    try {
      return Reflect.apply(fn, null, args);
    } finally {
      setStore(this, prior);
    }
  }

  exit(fn) {
    const args = [undefined, fn];
    for (let i = 1; i < arguments.length; i++) args.push(arguments[i]);
    return this.run.apply(this, args);
  }

  getStore() {
    const value = getStore(this);
    return value === none ? this.#default : value;
  }
}

const asyncWrapProviders = Object.freeze({
  __proto__: null, NONE: 0, DIRHANDLE: 1, DNSCHANNEL: 2, ELDHISTOGRAM: 3, FILEHANDLE: 4, FILEHANDLECLOSEREQ: 5, BLOBREADER: 6,
  FSEVENTWRAP: 7, FSREQCALLBACK: 8, FSREQPROMISE: 9, GETADDRINFOREQWRAP: 10, GETNAMEINFOREQWRAP: 11, HEAPSNAPSHOT: 12,
  CPUHEAPPROFILE: 13, HTTP2SESSION: 14, HTTP2STREAM: 15, HTTP2PING: 16, HTTP2SETTINGS: 17, HTTPINCOMINGMESSAGE: 18,
  HTTPCLIENTREQUEST: 19, LOCKS: 20, JSSTREAM: 21, JSUDPWRAP: 22, MESSAGEPORT: 23, PIPECONNECTWRAP: 24, PIPESERVERWRAP: 25,
  PIPEWRAP: 26, PROCESSWRAP: 27, PROMISE: 28, QUERYWRAP: 29, QUIC_ENDPOINT: 30, QUIC_LOGSTREAM: 31, QUIC_PACKET: 32,
  QUIC_SESSION: 33, QUIC_STREAM: 34, QUIC_UDP: 35, SHUTDOWNWRAP: 36, SIGNALWRAP: 37, STATWATCHER: 38, STREAMPIPE: 39,
  TCPCONNECTWRAP: 40, TCPSERVERWRAP: 41, TCPWRAP: 42, TTYWRAP: 43, UDPSENDWRAP: 44, UDPWRAP: 45, SIGINTWATCHDOG: 46,
  WORKER: 47, WORKERHEAPSNAPSHOT: 48, WRITEWRAP: 49, ZLIB: 50, Timeout: 51, Immediate: 52, TickObject: 53,
});

module.exports = {
  AsyncLocalStorage,
  createHook,
  executionAsyncId,
  triggerAsyncId,
  executionAsyncResource,
  asyncWrapProviders,
  AsyncResource,
};
