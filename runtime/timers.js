'use strict';
// The JavaScript of Node's timers: classes, and what shows in stack traces. The
// rest is Go's, in timers.go.

const native = internalBinding('internal/timers');
const { setHook, getLibuvNow } = internalBinding('runtime');
const { active, clearImmediate, clearInterval, clearTimeout, insert, makeImmediate, makeTimeout, run, runImmediates,
        setImmediate, setInterval, setTimeout, setUnrefTimeout, unrefActive } = native;

const TIMEOUT_MAX = 2 ** 31 - 1;

class Timeout {
  constructor(callback, after, args, isRepeat, isRefed) { return makeTimeout(callback, after, args, isRepeat, isRefed); }
}
class Immediate {
  constructor(callback, args) { return makeImmediate(callback, args); }
}
class TimersList {}

let warnedNegative = false, warnedNaN = false;
function warnDuration(after) {
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
}
native.setup(Timeout.prototype, Immediate.prototype, TimersList.prototype, warnDuration);

Object.defineProperty(Timeout.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  __proto__: null, writable: true, configurable: true,
  value: { '[nodejs.util.inspect.custom]'(_, options) {
    return require('internal/util/inspect').inspect(this, { ...options, depth: 0, customInspect: false });
  } }['[nodejs.util.inspect.custom]'],
});

for (const [fn, name] of [[setTimeout, 'setTimeout'], [setImmediate, 'setImmediate']]) {
  Object.defineProperty(fn, Symbol.for('nodejs.util.promisify.custom'), {
    __proto__: null,
    enumerable: true,
    get() { return require('timers/promises')[name]; },
  });
}

function processTimers(now) { return listOnTimeout(now); }
function listOnTimeout(now) { return run(now); }
function processImmediate() { runImmediates(); }

// What process.getActiveResourcesInfo counts.
function getTimerCounts() { return { timeouts: native.timeoutCount(), immediates: native.immediateCount() }; }

// Here, because other built-in modules load the timers before a script does.
setHook('processTimers', processTimers);
setHook('processImmediate', processImmediate);

module.exports = {
  Immediate,
  TIMEOUT_MAX,
  Timeout,
  active,
  clearImmediate,
  clearInterval,
  clearTimeout,
  getLibuvNow,
  getTimerCounts,
  insert,
  processImmediate,
  processTimers,
  setImmediate,
  setInterval,
  setTimeout,
  setUnrefTimeout,
  unrefActive,
};
