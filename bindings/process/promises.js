'use strict';
// What becomes of rejections that nobody handles: --unhandled-rejections.

const { triggerUncaughtException } = internalBinding('runtime');
const { getOptionValue } = require('internal/options');

let pending = [];
let asyncHandled = [];
const infos = new WeakMap();
let lastUid = 0;

function isErrorLike(value) {
  return typeof value === 'object' && value !== null && Object.prototype.hasOwnProperty.call(value, 'stack');
}

function describe(reason) {
  if (typeof reason === 'symbol') return String(reason);
  if (typeof reason === 'object' && reason !== null) {
    const { constructor } = reason;
    const name = typeof constructor === 'function' && constructor.name ? constructor.name : 'Object';
    return reason instanceof Error ? Error.prototype.toString.call(reason) : `#<${name}>`;
  }
  if (typeof reason === 'function') return Function.prototype.toString.call(reason);
  if (typeof reason === 'bigint') return `${reason}`;
  return String(reason);
}

function withoutStack(name, message) {
  const limit = Error.stackTraceLimit;
  try { Error.stackTraceLimit = 0; } catch { /* frozen */ }
  const err = new Error(message);
  try { Error.stackTraceLimit = limit; } catch { /* frozen */ }
  Object.defineProperty(err, 'name', { __proto__: null, value: name, enumerable: false, writable: true, configurable: true });
  return err;
}

function warnUnhandled(uid, reason) {
  const warning = withoutStack('UnhandledPromiseRejectionWarning',
    'Unhandled promise rejection. This error originated either by throwing inside of an async function without a catch block, ' +
    'or by rejecting a promise which was not handled with .catch(). To terminate the node process on unhandled promise ' +
    'rejection, use the CLI flag `--unhandled-rejections=strict` ' +
    `(see https://nodejs.org/api/cli.html#cli_unhandled_rejections_mode). (rejection id: ${uid})`);
  try {
    if (isErrorLike(reason)) {
      warning.stack = reason.stack;
      process.emitWarning(reason.stack, 'UnhandledPromiseRejectionWarning');
    } else {
      process.emitWarning(describe(reason), 'UnhandledPromiseRejectionWarning');
    }
  } catch {
    // The reason's own getters may throw.
  }
  process.emitWarning(warning);
}

class UnhandledPromiseRejection extends Error {
  constructor(reason) {
    super('This error originated either by throwing inside of an async function without a catch block, ' +
      `or by rejecting a promise which was not handled with .catch(). The promise rejected with the reason "${describe(reason)}".`);
    this.code = 'ERR_UNHANDLED_REJECTION';
  }
}
Object.defineProperty(UnhandledPromiseRejection.prototype, 'name', {
  __proto__: null, value: 'UnhandledPromiseRejection', writable: true, configurable: true,
});

function fatal(reason) {
  triggerUncaughtException(isErrorLike(reason) ? reason : new UnhandledPromiseRejection(reason), true);
}

// A rejection inside of a domain (node:domain) is that domain's error.
function emitUnhandled(promise, info) {
  const domain = info.token === undefined ? undefined : require('internal/process/execution').domainOf(info.token);
  if (domain) return domain.emit('error', info.reason);
  return process.emit('unhandledRejection', info.reason, promise);
}

const modes = {
  '__proto__': null,
  'throw'(promise, info) {
    if (!emitUnhandled(promise, info)) fatal(info.reason);
  },
  'strict'(promise, info) {
    fatal(info.reason);
    if (!emitUnhandled(promise, info)) warnUnhandled(info.uid, info.reason);
  },
  'warn'(promise, info) {
    emitUnhandled(promise, info);
    warnUnhandled(info.uid, info.reason);
  },
  'warn-with-error-code'(promise, info) {
    if (!emitUnhandled(promise, info)) {
      warnUnhandled(info.uid, info.reason);
      process.exitCode = 1;
    }
  },
  'none'(promise, info) {
    emitUnhandled(promise, info);
  },
};
let mode;

// news is [promise, handled later?, reason, where it was rejected] in turn.
function processRejections(news) {
  for (let i = 0; i < news.length; i += 4) {
    const promise = news[i];
    if (!news[i + 1]) {
      lastUid++;
      const info = { promise, reason: news[i + 2], token: news[i + 3], uid: lastUid, warned: false, handled: false };
      infos.set(promise, info);
      pending.push(info);
      continue;
    }
    const info = infos.get(promise);
    if (info === undefined) continue;
    infos.delete(promise);
    info.handled = true;
    if (info.warned) {
      const warning = withoutStack('PromiseRejectionHandledWarning',
        `Promise rejection was handled asynchronously (rejection id: ${info.uid})`);
      warning.id = info.uid;
      asyncHandled.push({ promise, warning });
    }
  }
  const late = asyncHandled;
  asyncHandled = [];
  for (let i = 0; i < late.length; i++) {
    if (!process.emit('rejectionHandled', late[i].promise)) process.emitWarning(late[i].warning);
  }
  if (mode === undefined) mode = modes[getOptionValue('--unhandled-rejections') || 'throw'];
  const list = pending;
  pending = [];
  for (let i = 0; i < list.length; i++) {
    const info = list[i];
    if (info.handled) continue;
    info.warned = true;
    try {
      mode(info.promise, info);
    } catch (err) {
      // The others wait for the next turn.
      for (let j = i + 1; j < list.length; j++) if (!list[j].handled) pending.push(list[j]);
      throw err;
    }
  }
}

// The deprecated event multipleResolves costs every promise something, so that
// it is watched for from its first listener on. The event waits for a tick: what a
// listener throws is not for the promise's executor to catch.
function watchMultipleResolves() {
  internalBinding('runtime').onMultipleResolves((type, promise, reason) => {
    process.nextTick(() => process.emit('multipleResolves', type, promise, reason));
  });
}

module.exports = { processRejections, watchMultipleResolves };
