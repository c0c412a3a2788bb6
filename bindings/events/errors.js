'use strict';
// What an emitter does when something goes wrong: an 'error' that nobody listens
// for, a listener that is no function, a promise that rejects, too many listeners.

const EventEmitter = require('events');
const { codes, kEnhanceStackBeforeInspector } = require('internal/errors');

const { kCapture, kErrorMonitor, kRejection } = internalBinding('events').symbols;

// The unhandled 'error': throws what it is given if that is an error, or wraps it.
function throwUnhandled(emitter, er) {
  if (er instanceof Error) {
    try {
      const capture = {};
      Error.captureStackTrace(capture, EventEmitter.prototype.emit);
      Object.defineProperty(er, kEnhanceStackBeforeInspector, {
        __proto__: null,
        configurable: true,
        value: () => enhanceStackTrace(emitter, er, capture),
      });
    } catch {
      // A frozen error stays as it is.
    }
    throw er; // Unhandled 'error' event
  }
  let text;
  try {
    text = require('internal/util/inspect').inspect(er);
  } catch {
    text = er;
  }
  const err = new codes.ERR_UNHANDLED_ERROR(text);
  err.context = er;
  throw err; // Unhandled 'error' event
}

// Where in the traces the longest common run of lines is.
function commonRange(a, b) {
  for (let i = 0; i < a.length - 3; i++) {
    const pos = b.indexOf(a[i]);
    if (pos === -1) continue;
    const rest = b.length - pos;
    if (rest <= 3) continue;
    let len = 1;
    const max = Math.min(a.length - i, rest);
    while (max > len && a[i + len] === b[pos + len]) len++;
    if (len > 3) return { len, offset: i };
  }
  return { len: 0, offset: 0 };
}

function enhanceStackTrace(emitter, err, own) {
  let ctorInfo = '';
  try {
    const { name } = emitter.constructor;
    if (name !== 'EventEmitter') ctorInfo = ` on ${name} instance`;
  } catch {
    // No name, no word of it.
  }
  const errStack = String(err.stack).split('\n').slice(1);
  const ownStack = String(own.stack).split('\n').slice(1);
  const { len, offset } = commonRange(ownStack, errStack);
  if (len > 0) {
    ownStack.splice(offset + 1, len - 2, `    ... ${len - 2} lines matching original stack trace ...`);
  }
  return `${err.stack}\nEmitted 'error' event${ctorInfo} at:\n${ownStack.join('\n')}`;
}

function rest(args, from) {
  const out = [];
  for (let i = from; i < args.length; i++) out.push(args[i]);
  return out;
}

// A listener's result when captureRejections is on: a promise's rejection
// becomes an 'error' event, or the emitter's own handler gets it.
function addCatch(emitter, promise, type, args) {
  try {
    const { then } = promise;
    if (typeof then === 'function') {
      then.call(promise, undefined, (err) => {
        // In a tick, so that a throw in the handler is no unhandled rejection.
        process.nextTick(emitRejection, emitter, err, type, args);
      });
    }
  } catch (err) {
    emitter.emit('error', err);
  }
}

function emitRejection(emitter, err, type, args) {
  const handler = emitter[kRejection];
  if (typeof handler === 'function') {
    const all = [err, type];
    for (let i = 0; i < args.length; i++) all.push(args[i]);
    handler.apply(emitter, all);
    return;
  }
  // Off for the while, or an async 'error' listener that throws would loop.
  const before = emitter[kCapture];
  try {
    emitter[kCapture] = false;
    emitter.emit('error', err);
  } finally {
    emitter[kCapture] = before;
  }
}

// Before an 'error' event is emitted: errorMonitor's listeners hear of it, and
// without listeners it is thrown.
function beforeError(emitter, type) {
  const events = emitter._events;
  if (events !== undefined && events[kErrorMonitor] !== undefined) {
    const args = rest(arguments, 1);
    args[0] = kErrorMonitor;
    emitter.emit.apply(emitter, args);
  }
  if (events === undefined || events.error === undefined) throwUnhandled(emitter, arguments[2]);
}

function badListener(listener) {
  throw new codes.ERR_INVALID_ARG_TYPE('listener', 'Function', listener);
}

function warnLeak(target, type, existing, max) {
  if (existing.warned) return;
  existing.warned = true;
  const w = new Error(`Possible EventEmitter memory leak detected. ${existing.length} ${String(type)} listeners ` +
    `added to ${require('internal/util/inspect').inspect(target, { depth: -1 })}. ` +
    `MaxListeners is ${max}. Use emitter.setMaxListeners() to increase limit`);
  w.name = 'MaxListenersExceededWarning';
  w.emitter = target;
  w.type = type;
  w.count = existing.length;
  process.emitWarning(w);
}

module.exports = { addCatch, badListener, beforeError, warnLeak };
