'use strict';
// node:domain. The active domain is a value of the asynchronous context, so it
// is there wherever a callback runs that was made inside the domain; the stack
// of entered domains belongs to one such callback.

const { AsyncLocalStorage, executionAsyncId } = require('async_hooks');
const { codes } = require('internal/errors');
const EventEmitter = require('events');
const execution = require('internal/process/execution');

if (execution.hasCapture()) throw new codes.ERR_DOMAIN_CALLBACK_NOT_AVAILABLE();

const store = new AsyncLocalStorage();
const loadedAt = new Error('require(`domain`) at this point').stack;

// What process.domain is when no domain is active: null at first and after an
// error, undefined once a domain was left.
let idle = null;
function active() { return store.getStore() ?? idle; }
function setActive(domain) {
  if (domain === undefined || domain === null) idle = domain;
  store.enterWith(domain ?? undefined);
}

let stack = [];
let owner = executionAsyncId(); // the callback that the stack belongs to

// Gives the stack of the callback that runs now.
function current() {
  const id = executionAsyncId();
  if (id !== owner) {
    owner = id;
    const active = store.getStore();
    stack = active ? [active] : [];
  }
  return stack;
}

Object.defineProperty(process, 'domain', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get: active,
  set: setActive,
});
Object.defineProperty(exports, '_stack', {
  __proto__: null, enumerable: true, configurable: true, get: current, set(value) { stack = value; },
});

function clear() {
  current().length = 0;
  setActive(null);
}

// Whether a domain wants the uncaught error; undefined if none does.
execution.setDomainHandler((er) => {
  const domains = current();
  let wanted = false;
  for (let i = 0; i < domains.length; i++) {
    if (domains[i].listenerCount('error') > 0) wanted = true;
  }
  if (!wanted) {
    // The process's own handlers run outside of the domains.
    if (domains.length > 0) clear();
    return undefined;
  }
  const active = store.getStore() || domains[domains.length - 1];
  return active._errorHandler(er);
}, () => {
  const err = new codes.ERR_DOMAIN_CANNOT_SET_UNCAUGHT_EXCEPTION_CAPTURE();
  err.stack += `\n${'-'.repeat(40)}\n${loadedAt}`;
  return err;
}, (token) => {
  const { native } = require('internal/async_context');
  const prior = native.swapFrame(token);
  try {
    return store.getStore();
  } finally {
    native.restore(prior);
  }
});

function define(object, domain) {
  Object.defineProperty(object, 'domain', {
    __proto__: null, configurable: true, enumerable: false, value: domain, writable: true,
  });
}

class Domain extends EventEmitter {
  constructor() {
    super();
    this.members = [];
  }

  _errorHandler(er) {
    let caught = false;
    if ((typeof er === 'object' && er !== null) || typeof er === 'function') {
      define(er, this);
      er.domainThrown = true;
    }
    // The handler does not run inside its own domain.
    while (store.getStore() === this && current().includes(this)) this.exit();
    if (store.getStore() === this) setActive(undefined);

    if (current().length === 0) {
      // The outermost: what its handler throws is fatal.
      if (this.listenerCount('error') > 0) caught = this.emit('error', er);
    } else {
      try {
        caught = this.emit('error', er);
      } catch (er2) {
        const domains = current();
        if (domains.length === 0) throw er2;
        const outer = domains[domains.length - 1];
        setActive(outer);
        caught = outer._errorHandler(er2);
      }
    }
    clear();
    return caught;
  }

  enter() {
    current().push(this);
    setActive(this);
  }

  exit() {
    const domains = current();
    const index = domains.lastIndexOf(this);
    if (index === -1) return;
    domains.splice(index); // with all that were entered inside it
    setActive(domains.length === 0 ? undefined : domains[domains.length - 1]);
  }

  add(ee) {
    if (ee.domain === this) return;
    if (ee.domain) ee.domain.remove(ee);
    // No circles.
    if (this.domain && ee instanceof Domain) {
      for (let d = this.domain; d; d = d.domain) {
        if (ee === d) return;
      }
    }
    define(ee, this);
    this.members.push(ee);
  }

  remove(ee) {
    ee.domain = null;
    const index = this.members.indexOf(ee);
    if (index !== -1) this.members.splice(index, 1);
  }

  run(fn, ...args) {
    this.enter();
    const ret = fn.apply(this, args);
    this.exit();
    return ret;
  }

  intercept(cb) {
    const self = this;
    function runIntercepted(er, ...args) {
      if (er && er instanceof Error) {
        er.domainBound = cb;
        er.domainThrown = false;
        define(er, self);
        self.emit('error', er);
        return undefined;
      }
      self.enter();
      const ret = cb.apply(this, args);
      self.exit();
      return ret;
    }
    return runIntercepted;
  }

  bind(cb) {
    const self = this;
    function runBound(...args) {
      self.enter();
      const ret = cb.apply(this, args);
      self.exit();
      return ret;
    }
    Object.defineProperty(runBound, 'domain', {
      __proto__: null, configurable: true, enumerable: true, value: this, writable: true,
    });
    return runBound;
  }
}

exports.Domain = Domain;
exports.create = exports.createDomain = function createDomain() { return new Domain(); };
Object.defineProperty(exports, 'active', {
  __proto__: null,
  enumerable: true,
  configurable: true,
  get: active,
  set: setActive,
});

EventEmitter.usingDomains = true;
const eventInit = EventEmitter.init;
EventEmitter.init = function(opts) {
  define(this, null);
  const active = store.getStore();
  if (active && !(this instanceof Domain)) this.domain = active;
  return eventInit.call(this, opts);
};

const eventEmit = EventEmitter.prototype.emit;
EventEmitter.prototype.emit = function emit(...args) {
  const { domain } = this;
  const type = args[0];
  // Whoever handles its errors itself does so without the domain.
  if (domain === null || domain === undefined || this === process ||
      (type === 'error' && this.listenerCount(type) > 0)) {
    return eventEmit.apply(this, args);
  }

  if (type === 'error') {
    const er = args.length > 1 && args[1] ? args[1] : new codes.ERR_UNHANDLED_ERROR(args[1]);
    if (typeof er === 'object') {
      er.domainEmitter = this;
      define(er, domain);
      er.domainThrown = false;
    }
    // The domain's handler runs in the domain around it.
    const before = current().slice();
    const active = store.getStore();
    let n = before.length;
    while (n > 0 && before[n - 1] === active) n--;
    stack.length = n;
    setActive(n === 0 ? null : stack[n - 1]);
    domain.emit('error', er);
    stack = before;
    setActive(active);
    return false;
  }

  domain.enter();
  const ret = eventEmit.apply(this, args);
  domain.exit();
  return ret;
};
