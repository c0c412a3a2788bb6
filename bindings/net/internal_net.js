'use strict';
// What net, http, dgram and the standard streams share.

const native = internalBinding('internal/net');

const kTimeout = Symbol('timeout');
const owner = Symbol('owner_symbol');
const normalizedArgsSymbol = Symbol('normalizedArgs');
const kReinitializeHandle = Symbol('kReinitializeHandle');

// Set by cluster in a worker process: { getServer(self, options, callback) }.
const state = { cluster: undefined };

// A timer that does not keep the loop alive.
function setUnrefTimeout(callback, msecs) { return require('internal/timers').setUnrefTimeout(callback, msecs); }

function getTimerDuration(msecs, name) {
  const { validateNumber } = require('internal/validators');
  validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) {
    throw new (require('internal/errors').codes.ERR_OUT_OF_RANGE)(name, 'a non-negative finite number', msecs);
  }
  const { TIMEOUT_MAX } = require('internal/timers');
  if (msecs > TIMEOUT_MAX) {
    process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.` +
                        `\nTimer duration was truncated to ${TIMEOUT_MAX}.`, 'TimeoutOverflowWarning');
    return TIMEOUT_MAX;
  }
  return msecs;
}

// socket.setTimeout, for every stream that has _onTimeout.
function setStreamTimeout(msecs, callback) {
  if (this.destroyed) return this;
  this.timeout = msecs;
  msecs = getTimerDuration(msecs, 'msecs');
  // The old timer goes even if the new one is never started.
  const old = this[kTimeout];
  if (old) require('internal/timers').clearTimeout(old);
  if (msecs === 0) {
    if (callback !== undefined) {
      require('internal/validators').validateFunction(callback, 'callback');
      this.removeListener('timeout', callback);
    }
  } else {
    this[kTimeout] = setUnrefTimeout(() => this._onTimeout(), msecs);
    if (callback !== undefined) {
      require('internal/validators').validateFunction(callback, 'callback');
      this.once('timeout', callback);
    }
  }
  return this;
}

module.exports = {
  getTimerDuration,
  isIP: native.isIP,
  isIPv4: native.isIPv4,
  isIPv6: native.isIPv6,
  kReinitializeHandle,
  kTimeout,
  normalizedArgsSymbol,
  owner_symbol: owner,
  setStreamTimeout,
  setUnrefTimeout,
  state,
};
