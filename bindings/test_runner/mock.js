'use strict';
// Mocks: functions that count their calls, and what they stand in for.

const { codes } = require('internal/errors');
const { kEmptyObject, unimplemented } = require('internal/util');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');

class MockFunctionContext {
  #calls = [];
  #mocks = new Map();
  #implementation;
  #original;
  #restore;
  #times;

  constructor(implementation, original, restore, times) {
    this.#implementation = implementation;
    this.#original = original;
    this.#restore = restore;
    this.#times = times;
  }

  get calls() { return this.#calls.slice(); }

  callCount() { return this.#calls.length; }

  mockImplementation(implementation) {
    validateFunction(implementation, 'implementation');
    this.#implementation = implementation;
  }

  mockImplementationOnce(implementation, onCall) {
    validateFunction(implementation, 'implementation');
    const next = this.#calls.length;
    const call = onCall ?? next;
    validateInteger(call, 'onCall', next);
    this.#mocks.set(call, implementation);
  }

  restore() {
    this.#implementation = this.#original;
    this.#times = Infinity;
    this.#restore?.();
    this.#restore = undefined;
  }

  resetCalls() { this.#calls = []; }

  // What the call in progress is to run.
  _next() {
    const index = this.#calls.length;
    const once = this.#mocks.get(index);
    if (once !== undefined) {
      this.#mocks.delete(index);
      return once;
    }
    const current = this.#implementation;
    if (index + 1 === this.#times) this.restore();
    return current;
  }

  _track(call) { this.#calls.push(call); }
}

// The mock itself: a proxy, so that names, lengths and properties stay.
function makeMock(target, context) {
  const methods = {
    apply(_, thisArg, args) {
      args = args.slice(); // the engine's array lies on its stack and is written over later
      const fn = context._next();
      const call = { arguments: args, error: undefined, result: undefined, stack: new Error(), target: undefined, this: thisArg };
      try {
        return call.result = Reflect.apply(fn, thisArg, args);
      } catch (err) {
        call.error = err;
        throw err;
      } finally {
        context._track(call);
      }
    },
    construct(fnTarget, args, newTarget) {
      args = args.slice();
      const real = context._next();
      const call = { arguments: args, error: undefined, result: undefined, stack: new Error(), target: fnTarget, this: undefined };
      try {
        return call.this = call.result = Reflect.construct(real, args, newTarget);
      } catch (err) {
        call.error = err;
        throw err;
      } finally {
        context._track(call);
      }
    },
    get(fnTarget, property, receiver) {
      if (property === 'mock') return context;
      return Reflect.get(fnTarget, property, receiver);
    },
  };
  return new Proxy(target, methods);
}

function findProperty(object, name) {
  for (let o = object; o !== null && o !== undefined; o = Object.getPrototypeOf(o)) {
    const desc = Object.getOwnPropertyDescriptor(o, name);
    if (desc !== undefined) return { desc, own: o === object };
  }
  return undefined;
}

function validateTimes(value, name) {
  if (value !== Infinity) validateInteger(value, name, 1);
}

function checkName(name) {
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new codes.ERR_INVALID_ARG_TYPE('methodName', ['string', 'symbol'], name);
  }
}

class MockPropertyContext {
  #object; #name; #value; #original; #accesses = []; #onceValues = new Map();

  constructor(object, name, value, given) {
    this.#object = object;
    this.#name = name;
    this.#original = Object.getOwnPropertyDescriptor(object, name);
    if (this.#original === undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('propertyName', name, 'is not a property of the object');
    }
    this.#value = given ? value : object[name];
    const self = this;
    Object.defineProperty(object, name, {
      __proto__: null,
      configurable: this.#original.configurable,
      enumerable: this.#original.enumerable,
      get() { return self.#access(false); },
      set(v) {
        if (!self.#original.writable && self.#original.set === undefined) {
          throw new codes.ERR_INVALID_ARG_VALUE('propertyName', name, 'cannot be set');
        }
        self.#access(true, v);
      },
    });
  }

  #access(isSet, value) {
    const index = this.#accesses.length;
    let result;
    if (this.#onceValues.has(index)) {
      result = this.#onceValues.get(index);
      this.#onceValues.delete(index);
      if (isSet) this.#value = result;
    } else if (isSet) {
      this.#value = value;
      result = value;
    } else {
      result = this.#value;
    }
    this.#accesses.push({ type: isSet ? 'set' : 'get', value: result, stack: new Error() });
    return result;
  }

  get accesses() { return this.#accesses.slice(); }
  accessCount() { return this.#accesses.length; }
  mockImplementation(value) { this.#access(true, value); }

  mockImplementationOnce(value, onAccess) {
    const at = onAccess ?? this.#accesses.length;
    validateInteger(at, 'onAccess', this.#accesses.length);
    this.#onceValues.set(at, value);
  }

  resetAccesses() { this.#accesses = []; }
  restore() { Object.defineProperty(this.#object, this.#name, this.#original); }
}

class MockTracker {
  #mocks = [];
  #timers;

  get timers() {
    const { MockTimers } = require('internal/test_runner/mock_timers');
    return this.#timers ??= new MockTimers();
  }

  fn(original = function() {}, implementation = original, options = kEmptyObject) {
    if (original !== null && typeof original === 'object') {
      options = original;
      original = function() {};
      implementation = original;
    } else if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = original;
    }
    validateFunction(original, 'original');
    validateFunction(implementation, 'implementation');
    validateObject(options, 'options');
    const { times = Infinity } = options;
    validateTimes(times, 'options.times');
    const context = new MockFunctionContext(implementation, original, undefined, times);
    this.#mocks.push(context);
    return makeMock(original, context);
  }

  method(objectOrFunction, methodName, implementation = undefined, options = kEmptyObject) {
    if (typeof objectOrFunction !== 'function' && (typeof objectOrFunction !== 'object' || objectOrFunction === null)) {
      throw new codes.ERR_INVALID_ARG_TYPE('object', 'Object', objectOrFunction);
    }
    checkName(methodName);
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    }
    const found = findProperty(objectOrFunction, methodName);
    let original;
    validateObject(options, 'options');
    const { getter = false, setter = false, times = Infinity } = options;
    validateBoolean(getter, 'options.getter');
    validateBoolean(setter, 'options.setter');
    validateTimes(times, 'options.times');
    if (setter && getter) throw new codes.ERR_INVALID_ARG_VALUE('options.setter', setter, "cannot be used with 'options.getter'");
    if (getter) original = found?.desc.get;
    else if (setter) original = found?.desc.set;
    else original = found?.desc.value;
    if (typeof original !== 'function') {
      throw new codes.ERR_INVALID_ARG_VALUE('methodName', original, 'must be a method');
    }
    if (implementation === undefined) implementation = original;
    validateFunction(implementation, 'implementation');
    const restore = () => {
      Object.defineProperty(objectOrFunction, methodName, found.desc);
    };
    const context = new MockFunctionContext(implementation, original, restore, times);
    this.#mocks.push(context);
    const mock = makeMock(original, context);
    const desc = { __proto__: null, configurable: found.desc.configurable, enumerable: found.desc.enumerable };
    if (getter) {
      desc.get = mock;
      desc.set = found.desc.set;
    } else if (setter) {
      desc.get = found.desc.get;
      desc.set = mock;
    } else {
      desc.writable = found.desc.writable;
      desc.value = mock;
    }
    Object.defineProperty(objectOrFunction, methodName, desc);
    return mock;
  }

  getter(object, methodName, implementation = undefined, options = kEmptyObject) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    } else {
      validateObject(options, 'options');
    }
    const { getter = true } = options;
    if (getter === false) throw new codes.ERR_INVALID_ARG_VALUE('options.getter', getter, 'cannot be false');
    return this.method(object, methodName, implementation, { ...options, getter });
  }

  setter(object, methodName, implementation = undefined, options = kEmptyObject) {
    if (implementation !== null && typeof implementation === 'object') {
      options = implementation;
      implementation = undefined;
    } else {
      validateObject(options, 'options');
    }
    const { setter = true } = options;
    if (setter === false) throw new codes.ERR_INVALID_ARG_VALUE('options.setter', setter, 'cannot be false');
    return this.method(object, methodName, implementation, { ...options, setter });
  }

  property(object, propertyName, value) {
    validateObject(object, 'object', 6);
    checkName(propertyName);
    const context = new MockPropertyContext(object, propertyName, value, arguments.length > 2);
    this.#mocks.push(context);
    return new Proxy(object, {
      get(target, name, receiver) { return name === 'mock' ? context : Reflect.get(target, name, receiver); },
    });
  }

  reset() {
    this.restoreAll();
    this.#timers?.reset();
    this.#mocks = [];
  }

  restoreAll() { for (let i = 0; i < this.#mocks.length; i++) this.#mocks[i].restore(); }
}

MockTracker.prototype.module = unimplemented('MockTracker.module()');

module.exports = { MockFunctionContext, MockTracker };
