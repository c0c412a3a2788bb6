'use strict';
// util.debuglog: sections that NODE_DEBUG switches on.

const { inspect, format, formatWithOptions } = internalBinding('internal/util/inspect');

let test;
function isEnabled(set) {
  if (test === undefined) {
    const env = process.env.NODE_DEBUG;
    if (env) {
      // A comma-separated list, * stands for anything.
      const pattern = env.replace(/[|\\{}()[\]^$+?.]/g, '\\$&').replaceAll('*', '.*').replaceAll(',', '$|^').toUpperCase();
      const re = new RegExp(`^${pattern}$`, 'i');
      test = (name) => re.test(name);
    } else {
      test = () => false;
    }
  }
  return test(set);
}

const impls = { __proto__: null };
function implementation(set, enabled) {
  let fn = impls[set];
  if (fn === undefined) {
    if (enabled) {
      fn = function debug() {
        const colors = require('internal/util/colors').shouldColorize(process.stderr);
        const msg = formatWithOptions.apply(null, [{ colors }].concat(Array.prototype.slice.call(arguments)));
        process.stderr.write(format('%s %s: %s\n', set, inspect(process.pid, { colors }), msg));
      };
      emitWarningIfNeeded(set);
    } else {
      fn = function noop() {};
    }
    Object.defineProperty(fn, 'enabled', { __proto__: null, get() { return enabled; }, configurable: true, enumerable: true });
    impls[set] = fn;
  }
  return fn;
}

function emitWarningIfNeeded(set) {
  if (set === 'HTTP' || set === 'HTTP2') {
    process.emitWarning(`Setting the NODE_DEBUG environment variable to '${set.toLowerCase()}' can expose sensitive ` +
      'data (such as passwords, tokens and authentication headers) in the resulting log.');
  }
}

function debuglog(set, cb) {
  let enabled;
  const check = () => {
    if (enabled === undefined) {
      set = set.toUpperCase();
      enabled = isEnabled(set);
    }
    return enabled;
  };
  let debug = function() {
    const on = check();
    debug = implementation(set, on);
    if (typeof cb === 'function') cb(debug);
    debug.apply(null, arguments);
  };
  const logger = function() { debug.apply(null, arguments); };
  Object.defineProperty(logger, 'enabled', { __proto__: null, get: check, configurable: true, enumerable: true });
  return logger;
}

const pad = (value) => `${value}`.padStart(2, '0');

function formatTime(ms) {
  let hours = 0, minutes = 0, seconds = 0;
  if (ms >= 1000) {
    if (ms >= 60000) {
      if (ms >= 3600000) {
        hours = Math.floor(ms / 3600000);
        ms %= 3600000;
      }
      minutes = Math.floor(ms / 60000);
      ms %= 60000;
    }
    seconds = ms / 1000;
  }
  if (hours !== 0 || minutes !== 0) {
    const parts = seconds.toFixed(3).split('.');
    const res = hours !== 0 ? `${hours}:${pad(minutes)}` : minutes;
    return `${res}:${pad(parts[0])}.${parts[1]} (${hours !== 0 ? 'h:m' : ''}m:ss.mmm)`;
  }
  if (seconds !== 0) return `${seconds.toFixed(3)}s`;
  return `${Number(ms.toFixed(3))}ms`;
}

module.exports = { debuglog, formatTime, inspect };
