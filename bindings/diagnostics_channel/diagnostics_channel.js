'use strict';

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

// Channels by name: weak while nobody subscribes, strong otherwise.
const registry = new Map();
let finalizers;

function lookup(name) {
  const entry = registry.get(name);
  if (entry === undefined) return undefined;
  return entry.strong ?? entry.ref.deref();
}

function register(channel) {
  const entry = { strong: undefined, ref: new WeakRef(channel), count: 0 };
  registry.set(channel.name, entry);
  finalizers ??= new FinalizationRegistry(({ name, entry }) => {
    if (registry.get(name) === entry) registry.delete(name);
  });
  finalizers.register(channel, { name: channel.name, entry });
}

function hold(channel) {
  const entry = registry.get(channel.name);
  if (entry !== undefined && ++entry.count === 1) entry.strong = channel;
}

function release(channel) {
  const entry = registry.get(channel.name);
  if (entry !== undefined && --entry.count === 0) entry.strong = undefined;
}

function defaultTransform(data) { return data; }

function report(err) { process.nextTick(() => { throw err; }); }

function runInStore(store, data, transform, next) {
  return () => {
    let context;
    try {
      context = transform(data);
    } catch (err) {
      report(err);
      return next();
    }
    return store.run(context, next);
  };
}

function isActive(channel) { return Object.getPrototypeOf(channel) === ActiveChannel.prototype; }

function activate(channel) {
  if (isActive(channel)) return;
  Object.setPrototypeOf(channel, ActiveChannel.prototype);
  channel._subscribers = [];
  channel._stores = new Map();
}

function deactivateIfUnused(channel) {
  if (channel._subscribers.length === 0 && channel._stores.size === 0) {
    Object.setPrototypeOf(channel, Channel.prototype);
    channel._subscribers = undefined;
    channel._stores = undefined;
  }
}

class ActiveChannel {
  subscribe(subscription) {
    validateFunction(subscription, 'subscription');
    // A new list: publish may be walking the old one.
    this._subscribers = this._subscribers.concat([subscription]);
    hold(this);
  }

  unsubscribe(subscription) {
    const index = this._subscribers.indexOf(subscription);
    if (index === -1) return false;
    this._subscribers = this._subscribers.filter((_, i) => i !== index);
    release(this);
    deactivateIfUnused(this);
    return true;
  }

  bindStore(store, transform) {
    if (!this._stores.has(store)) hold(this);
    this._stores.set(store, transform);
  }

  unbindStore(store) {
    if (!this._stores.has(store)) return false;
    this._stores.delete(store);
    release(this);
    deactivateIfUnused(this);
    return true;
  }

  get hasSubscribers() { return true; }

  publish(data) {
    const list = this._subscribers;
    for (let i = 0; i < (list?.length || 0); i++) {
      try {
        list[i](data, this.name);
      } catch (err) {
        report(err);
      }
    }
  }

  runStores(data, fn, thisArg) {
    const args = [];
    for (let i = 3; i < arguments.length; i++) args.push(arguments[i]);
    let run = () => {
      this.publish(data);
      return Reflect.apply(fn, thisArg, args);
    };
    for (const [store, transform = defaultTransform] of this._stores.entries()) {
      run = runInStore(store, data, transform, run);
    }
    return run();
  }
}

class Channel {
  constructor(name) {
    this._subscribers = undefined;
    this._stores = undefined;
    this.name = name;
    register(this);
  }

  static [Symbol.hasInstance](instance) {
    const proto = Object.getPrototypeOf(instance);
    return proto === Channel.prototype || proto === ActiveChannel.prototype;
  }

  subscribe(subscription) {
    activate(this);
    // The console goes through JavaScript as soon as somebody listens to it.
    if (typeof this.name === 'string' && this.name.startsWith('console.')) internalBinding('internal/console/global').observe(true);
    this.subscribe(subscription);
  }

  unsubscribe() { return false; }

  bindStore(store, transform) {
    activate(this);
    this.bindStore(store, transform);
  }

  unbindStore() { return false; }

  get hasSubscribers() { return false; }

  publish() {}

  runStores(data, fn, thisArg) {
    const args = [];
    for (let i = 3; i < arguments.length; i++) args.push(arguments[i]);
    return Reflect.apply(fn, thisArg, args);
  }
}

function channel(name) {
  const found = lookup(name);
  if (found) return found;
  if (typeof name !== 'string' && typeof name !== 'symbol') {
    throw new codes.ERR_INVALID_ARG_TYPE('channel', ['string', 'symbol'], name);
  }
  return new Channel(name);
}

function subscribe(name, subscription) { return channel(name).subscribe(subscription); }

function unsubscribe(name, subscription) { return channel(name).unsubscribe(subscription); }

function hasSubscribers(name) {
  const found = lookup(name);
  return found ? found.hasSubscribers : false;
}

const traceEvents = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'];

function assertChannel(value, name) {
  if (!(value instanceof Channel)) throw new codes.ERR_INVALID_ARG_TYPE(name, ['Channel'], value);
}

function tracingChannelFrom(nameOrChannels, name) {
  if (typeof nameOrChannels === 'string') return channel(`tracing:${nameOrChannels}:${name}`);
  if (typeof nameOrChannels === 'object' && nameOrChannels !== null) {
    const found = nameOrChannels[name];
    assertChannel(found, `nameOrChannels.${name}`);
    return found;
  }
  throw new codes.ERR_INVALID_ARG_TYPE('nameOrChannels', ['string', 'object', 'TracingChannel'], nameOrChannels);
}

function restArgs(args, from) {
  const out = [];
  for (let i = from; i < args.length; i++) out.push(args[i]);
  return out;
}

class TracingChannel {
  constructor(nameOrChannels) {
    for (let i = 0; i < traceEvents.length; i++) {
      const name = traceEvents[i];
      Object.defineProperty(this, name, { __proto__: null, value: tracingChannelFrom(nameOrChannels, name) });
    }
  }

  get hasSubscribers() {
    return this.start?.hasSubscribers || this.end?.hasSubscribers || this.asyncStart?.hasSubscribers ||
      this.asyncEnd?.hasSubscribers || this.error?.hasSubscribers;
  }

  subscribe(handlers) {
    for (let i = 0; i < traceEvents.length; i++) {
      const name = traceEvents[i];
      if (handlers[name]) this[name]?.subscribe(handlers[name]);
    }
  }

  unsubscribe(handlers) {
    let done = true;
    for (let i = 0; i < traceEvents.length; i++) {
      const name = traceEvents[i];
      if (handlers[name] && !this[name]?.unsubscribe(handlers[name])) done = false;
    }
    return done;
  }

  traceSync(fn, context = {}, thisArg) {
    const args = restArgs(arguments, 3);
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, error } = this;
    return start.runStores(context, () => {
      try {
        const result = Reflect.apply(fn, thisArg, args);
        context.result = result;
        return result;
      } catch (err) {
        context.error = err;
        error.publish(context);
        throw err;
      } finally {
        end.publish(context);
      }
    });
  }

  tracePromise(fn, context = {}, thisArg) {
    const args = restArgs(arguments, 3);
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;

    function reject(err) {
      context.error = err;
      error.publish(context);
      asyncStart.publish(context);
      asyncEnd.publish(context);
      return Promise.reject(err);
    }

    function resolve(result) {
      context.result = result;
      asyncStart.publish(context);
      asyncEnd.publish(context);
      return result;
    }

    return start.runStores(context, () => {
      try {
        let promise = Reflect.apply(fn, thisArg, args);
        if (!(promise instanceof Promise)) promise = Promise.resolve(promise);
        return promise.then(resolve, reject);
      } catch (err) {
        context.error = err;
        error.publish(context);
        throw err;
      } finally {
        end.publish(context);
      }
    });
  }

  traceCallback(fn, position = -1, context = {}, thisArg) {
    const args = restArgs(arguments, 4);
    if (!this.hasSubscribers) return Reflect.apply(fn, thisArg, args);
    const { start, end, asyncStart, asyncEnd, error } = this;

    function wrapped(err, res) {
      if (err) {
        context.error = err;
        error.publish(context);
      } else {
        context.result = res;
      }
      // The callback runs within asyncStart's stores.
      const cbArgs = restArgs(arguments, 0);
      asyncStart.runStores(context, () => {
        try {
          return Reflect.apply(callback, this, cbArgs);
        } finally {
          asyncEnd.publish(context);
        }
      });
    }

    const callback = args.at(position);
    validateFunction(callback, 'callback');
    args.splice(position, 1, wrapped);

    return start.runStores(context, () => {
      try {
        return Reflect.apply(fn, thisArg, args);
      } catch (err) {
        context.error = err;
        error.publish(context);
        throw err;
      } finally {
        end.publish(context);
      }
    });
  }
}

function tracingChannel(nameOrChannels) { return new TracingChannel(nameOrChannels); }

module.exports = { channel, hasSubscribers, subscribe, tracingChannel, unsubscribe, Channel };
