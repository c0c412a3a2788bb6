'use strict';
// Node's timers: lists of equal duration, and a heap of lists by expiry, on
// one loop timer; and the immediate queue on one loop immediate.

const { setHook, scheduleTimer, toggleTimerRef, getLibuvNow, loopNow, scheduleImmediate, toggleImmediateRef,
        drain } = internalBinding('runtime');
const { codes } = require('internal/errors');

const { apply } = Reflect; // a callback may have an apply of its own
const TIMEOUT_MAX = 2 ** 31 - 1;
const kRefed = Symbol('refed');
const kHasPrimitive = Symbol('kHasPrimitive');
const kId = Symbol('asyncId');
const kTriggerId = Symbol('triggerId');
const kFrame = Symbol('kAsyncContextFrame');
const customInspectSymbol = Symbol.for('nodejs.util.inspect.custom');
const kTimers = Symbol('timers');
const toPrimitive = Symbol.toPrimitive;

let nextId = 2;
let timerListId = Number.MIN_SAFE_INTEGER;
let nextExpiry = Infinity;
let timerRefs = 0;
let immediateRefs = 0;

const lists = new Map(); // duration -> TimersList
const known = new Map(); // asyncId -> Timeout, once it was made a primitive

// Lists ordered by expiry, then by creation: a binary heap.
const heap = [];
function before(a, b) { return a.expiry < b.expiry || (a.expiry === b.expiry && a.id < b.id); }
function place(list, i) { heap[i] = list; list.position = i; }
function up(i) {
  const list = heap[i];
  while (i > 0) {
    const p = (i - 1) >> 1;
    if (!before(list, heap[p])) break;
    place(heap[p], i);
    i = p;
  }
  place(list, i);
}
function down(i) {
  const list = heap[i];
  const n = heap.length;
  for (;;) {
    let c = 2 * i + 1;
    if (c >= n) break;
    if (c + 1 < n && before(heap[c + 1], heap[c])) c++;
    if (!before(heap[c], list)) break;
    place(heap[c], i);
    i = c;
  }
  place(list, i);
}
function heapPush(list) { heap.push(list); up(heap.length - 1); }
function heapRemove(i) {
  const last = heap.pop();
  if (i < heap.length) {
    place(last, i);
    down(i);
    up(last.position);
  }
}

function TimersList(expiry, msecs) {
  this._idleNext = this;
  this._idlePrev = this;
  this.expiry = expiry;
  this.id = timerListId++;
  this.msecs = msecs;
  this.position = 0;
}

function unlink(item) {
  if (item._idleNext) item._idleNext._idlePrev = item._idlePrev;
  if (item._idlePrev) item._idlePrev._idleNext = item._idleNext;
  item._idleNext = null;
  item._idlePrev = null;
}

function append(list, item) {
  if (item._idleNext || item._idlePrev) unlink(item);
  item._idleNext = list;
  item._idlePrev = list._idlePrev;
  list._idlePrev._idleNext = item;
  list._idlePrev = item;
}

// internal/async_context's, once async_hooks or AsyncLocalStorage are in use.
let context;
function setAsyncContext(value) { context = value; }

function initAsync(item, type) {
  item[kTriggerId] = 0;
  item[kFrame] = undefined;
  if (context === undefined) {
    item[kId] = nextId++;
  } else {
    item[kId] = 0;
    const token = context.capture(type, item);
    item[kFrame] = token;
    item[kId] = context.id(token);
    item[kTriggerId] = context.trigger(token);
  }
}

let warnedNegative = false, warnedNaN = false;

class Timeout {
  constructor(callback, after, args, isRepeat, isRefed) {
    if (after === undefined) {
      after = 1;
    } else {
      after *= 1;
    }
    if (!(after >= 1 && after <= TIMEOUT_MAX)) {
      if (after > TIMEOUT_MAX) {
        process.emitWarning(`${after} does not fit into a 32-bit signed integer.\nTimeout duration was set to 1.`,
                            'TimeoutOverflowWarning');
      } else if (after < 0 && !warnedNegative) {
        warnedNegative = true;
        process.emitWarning(`${after} is a negative number.\nTimeout duration was set to 1.`, 'TimeoutNegativeWarning');
      } else if (Number.isNaN(after) && !warnedNaN) {
        warnedNaN = true;
        process.emitWarning(`${after} is not a number.\nTimeout duration was set to 1.`, 'TimeoutNaNWarning');
      }
      after = 1;
    }
    this._idleTimeout = after;
    this._idlePrev = this;
    this._idleNext = this;
    this._idleStart = null;
    this._onTimeout = callback;
    this._timerArgs = args;
    this._repeat = isRepeat ? after : null;
    this._destroyed = false;
    this[kRefed] = undefined;
    if (isRefed !== undefined) {
      this[kRefed] = false;
      if (isRefed) this.ref();
    }
    this[kHasPrimitive] = false;
    initAsync(this, 'Timeout');
  }

  refresh() {
    if (this[kRefed]) active(this);
    else unrefActive(this);
    return this;
  }

  unref() {
    if (this[kRefed]) {
      this[kRefed] = false;
      if (!this._destroyed && --timerRefs === 0) toggleTimerRef(false);
    }
    return this;
  }

  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      if (!this._destroyed && timerRefs++ === 0) toggleTimerRef(true);
    }
    return this;
  }

  hasRef() { return this[kRefed]; }

  close() {
    clearTimeout(this);
    return this;
  }
}
function inspectItem(_, options) {
  return require('internal/util/inspect').inspect(this, { ...options, depth: 0, customInspect: false });
}
Object.defineProperty(Timeout.prototype, customInspectSymbol,
                      { __proto__: null, value: inspectItem, writable: true, configurable: true });

Object.defineProperty(Timeout.prototype, toPrimitive, {
  __proto__: null,
  configurable: true,
  writable: true,
  value: function() {
    const id = this[kId];
    if (!this[kHasPrimitive]) {
      this[kHasPrimitive] = true;
      known.set(id, this);
    }
    return id;
  },
});
if (typeof Symbol.dispose === 'symbol') {
  Timeout.prototype[Symbol.dispose] = function() { clearTimeout(this); };
}

function insert(item, msecs, start = getLibuvNow()) {
  msecs = Math.trunc(msecs);
  item._idleStart = start;
  let list = lists.get(msecs);
  if (list === undefined) {
    const expiry = start + msecs;
    list = new TimersList(expiry, msecs);
    lists.set(msecs, list);
    heapPush(list);
    if (nextExpiry > expiry) {
      scheduleTimer(msecs);
      nextExpiry = expiry;
    }
  }
  append(list, item);
}

// Starts a timer that keeps the loop alive.
function active(item) { insertGuarded(item, true); }
// Starts one that does not.
function unrefActive(item) { insertGuarded(item, false); }

function insertGuarded(item, refed, start) {
  const msecs = item._idleTimeout;
  if (msecs < 0 || msecs === undefined) return;
  insert(item, msecs, start);
  if (item._destroyed || item[kRefed] === undefined) {
    item._destroyed = false;
    if (refed && timerRefs++ === 0) toggleTimerRef(true);
  }
  item[kRefed] = refed;
}

function forget(item) {
  if (item._destroyed) return;
  item._destroyed = true;
  if (item[kHasPrimitive]) known.delete(item[kId]);
  if (context !== undefined && context.destroying) context.destroy(item[kFrame]);
  if (item[kRefed] && --timerRefs === 0) toggleTimerRef(false);
}

// Removes a timer from its list, and the list if it was the last.
function unenroll(item) {
  if (item._destroyed) return;
  if (item[kHasPrimitive]) known.delete(item[kId]);
  item._destroyed = true;
  if (context !== undefined && context.destroying) context.destroy(item[kFrame]);
  unlink(item);
  if (item[kRefed] !== undefined) {
    const list = lists.get(Math.trunc(item._idleTimeout));
    if (list !== undefined && list._idleNext === list) {
      heapRemove(list.position);
      lists.delete(list.msecs);
      if (heap.length > 0 && list.msecs === nextExpiry) nextExpiry = heap[0].expiry;
    }
    if (item[kRefed] && --timerRefs === 0) toggleTimerRef(false);
  }
  item._idleTimeout = -1;
}

function processTimers(now) {
  nextExpiry = Infinity;
  let ranOne = false;
  let list;
  while ((list = heap[0]) !== undefined) {
    if (list.expiry > now) {
      // What has come due meanwhile waits for the next turn.
      nextExpiry = list.expiry;
      return timerRefs > 0 ? nextExpiry : -nextExpiry;
    }
    if (ranOne) drain();
    else ranOne = true;
    listOnTimeout(list, now);
  }
  return 0;
}

function listOnTimeout(list, now) {
  const { msecs } = list;
  let ranOne = false;
  let timer;
  while ((timer = list._idleNext) !== list) {
    const diff = now - timer._idleStart;
    if (diff < msecs) {
      list.expiry = Math.max(timer._idleStart + msecs, now + 1);
      list.id = timerListId++;
      down(list.position);
      return;
    }
    if (ranOne) drain();
    else ranOne = true;

    unlink(timer);
    if (!timer._onTimeout) {
      forget(timer);
      continue;
    }
    let start;
    if (timer._repeat) start = getLibuvNow();
    const token = timer[kFrame];
    if (token !== undefined) context.enter(token);
    try {
      const args = timer._timerArgs;
      if (args === undefined) timer._onTimeout();
      else apply(timer._onTimeout, timer, args);
    } finally {
      if (timer._repeat && timer._idleTimeout !== -1) {
        timer._idleTimeout = timer._repeat;
        insert(timer, timer._idleTimeout, start);
      } else if (!timer._idleNext && !timer._idlePrev && !timer._destroyed) {
        forget(timer);
      }
    }
    if (token !== undefined) context.exit();
  }
  // Nothing is left in the list: it goes, unless a callback has replaced it.
  if (list === lists.get(msecs)) {
    lists.delete(msecs);
    heapRemove(list.position);
  }
}

function checkCallback(callback) {
  if (typeof callback !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('callback', 'function', callback);
  }
}

function rest(args, from) {
  if (args.length <= from) return undefined;
  const out = [];
  for (let i = from; i < args.length; i++) out.push(args[i]);
  return out;
}

function setTimeout(callback, after) {
  checkCallback(callback);
  const timeout = new Timeout(callback, after, rest(arguments, 2), false, true);
  insert(timeout, timeout._idleTimeout);
  return timeout;
}

// A timer that never keeps the loop alive: sockets' timeouts.
function setUnrefTimeout(callback, after) {
  checkCallback(callback);
  const timeout = new Timeout(callback, after, undefined, false, false);
  insert(timeout, timeout._idleTimeout);
  return timeout;
}

function setInterval(callback, repeat) {
  checkCallback(callback);
  const timeout = new Timeout(callback, repeat, rest(arguments, 2), true, true);
  insert(timeout, timeout._idleTimeout);
  return timeout;
}

function clearTimeout(timer) {
  if (timer?._onTimeout) {
    timer._onTimeout = undefined;
    timer._timerArgs = undefined;
    unenroll(timer);
    return;
  }
  if (typeof timer === 'number' || typeof timer === 'string') {
    const found = known.get(+timer);
    if (found !== undefined) {
      found._onTimeout = null;
      unenroll(found);
    }
  }
}

for (const [fn, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(fn, Symbol.for('nodejs.util.promisify.custom'), {
    __proto__: null,
    enumerable: true,
    get() { return require('timers/promises')[name]; },
  });
}

function clearInterval(timer) { clearTimeout(timer); }

// The immediate queue: a linked list, so that clearing is cheap.
let first = null, last = null;
let outstanding = null; // what was left when a callback threw

class Immediate {
  constructor(callback, args) {
    this._idleNext = null;
    this._idlePrev = null;
    this._onImmediate = callback;
    this._argv = args;
    this._destroyed = false;
    this[kRefed] = false;
    initAsync(this, 'Immediate');
    this.ref();
    if (last === null) {
      first = last = this;
      scheduleImmediate();
    } else {
      this._idlePrev = last;
      last._idleNext = this;
      last = this;
    }
  }

  ref() {
    if (this[kRefed] === false) {
      this[kRefed] = true;
      if (immediateRefs++ === 0) toggleImmediateRef(true);
    }
    return this;
  }

  unref() {
    if (this[kRefed] === true) {
      this[kRefed] = false;
      if (--immediateRefs === 0) toggleImmediateRef(false);
    }
    return this;
  }

  hasRef() { return !!this[kRefed]; }
}
if (typeof Symbol.dispose === 'symbol') {
  Immediate.prototype[Symbol.dispose] = function() { clearImmediate(this); };
}
Object.defineProperty(Immediate.prototype, customInspectSymbol,
                      { __proto__: null, value: inspectItem, writable: true, configurable: true });

function setImmediate(callback) {
  checkCallback(callback);
  return new Immediate(callback, rest(arguments, 1));
}

function dropRef(immediate) {
  if (immediate[kRefed]) {
    immediate[kRefed] = null;
    if (--immediateRefs === 0) toggleImmediateRef(false);
  }
  immediate[kRefed] = null;
}

function clearImmediate(immediate) {
  if (!immediate?._onImmediate || immediate._destroyed) return;
  immediate._destroyed = true;
  if (context !== undefined && context.destroying) context.destroy(immediate[kFrame]);
  dropRef(immediate);
  immediate._onImmediate = null;
  if (immediate._idlePrev !== null) immediate._idlePrev._idleNext = immediate._idleNext;
  else if (first === immediate) first = immediate._idleNext;
  else if (outstanding === immediate) outstanding = immediate._idleNext;
  if (immediate._idleNext !== null) immediate._idleNext._idlePrev = immediate._idlePrev;
  else if (last === immediate) last = immediate._idlePrev;
  // _idleNext stays: a queue that is being run may stand on this one.
}

function processImmediate() {
  let immediate = outstanding;
  if (immediate === null) {
    immediate = first;
    first = last = null;
  } else {
    outstanding = null;
  }
  let ranOne = false;
  while (immediate !== null) {
    if (immediate._destroyed) {
      immediate = immediate._idleNext;
      continue;
    }
    if (ranOne) drain();
    else ranOne = true;
    if (immediate._destroyed) {
      immediate = immediate._idleNext;
      continue;
    }
    immediate._destroyed = true;
    dropRef(immediate);
    const token = immediate[kFrame];
    if (token !== undefined) context.enter(token);
    let threw = true;
    try {
      const args = immediate._argv;
      if (!args) immediate._onImmediate();
      else apply(immediate._onImmediate, immediate, args);
      threw = false;
    } finally {
      immediate._onImmediate = null;
      if (token !== undefined && context.destroying) context.destroy(token);
      if (threw) outstanding = immediate._idleNext;
    }
    if (token !== undefined) context.exit();
    immediate = immediate._idleNext;
  }
  if (first !== null) {
    scheduleImmediate();
    if (immediateRefs > 0) toggleImmediateRef(true);
  }
}

// What process.getActiveResourcesInfo counts.
function getTimerCounts() { return { timeouts: timerRefs, immediates: immediateRefs }; }

// Here, because other built-in modules load the timers before a script does.
setHook('processTimers', processTimers);
setHook('processImmediate', processImmediate);

module.exports = {
  getTimerCounts,
  Immediate,
  TIMEOUT_MAX,
  Timeout,
  active,
  clearImmediate,
  clearInterval,
  clearTimeout,
  getLibuvNow,
  insert,
  hasOutstanding: () => outstanding !== null,
  kRefed,
  kTimers,
  lastId: () => nextId,
  loopNow,
  processImmediate,
  processTimers,
  setImmediate,
  setInterval,
  setAsyncContext,
  setTimeout,
  setUnrefTimeout,
  unenroll,
  unrefActive,
};
