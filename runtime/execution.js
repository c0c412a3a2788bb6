'use strict';
// What happens to errors that nobody caught, and how a process ends.

const { exit, setExitCode, reportFatal } = internalBinding('runtime');

let capture = null; // process.setUncaughtExceptionCaptureCallback
function setCapture(fn) { capture = fn; }
function hasCapture() { return capture !== null; }

// node:domain's: what it does with an error (undefined: nothing), and the error
// for a script that wants to set a capture callback as well.
let domainHandler = null, captureRefused = null, domainFinder = null;
function setDomainHandler(handler, refused, finder) {
  domainHandler = handler;
  captureRefused = refused;
  domainFinder = finder;
}
// The domain that was active in an asynchronous context.
function domainOf(token) { return domainFinder === null ? undefined : domainFinder(token); }
function checkCaptureAllowed() { if (captureRefused !== null) throw captureRefused(); }

// process._fatalException: true if the process goes on.
function onUncaught(err, fromPromise) {
  if (domainHandler !== null && domainHandler(err) === true) return true;
  if (capture === null && report === reportFatal && require('internal/options').getOptionValue('--abort-on-uncaught-exception')) {
    report(err, fromPromise);
    process.abort();
  }
  const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  process.emit('uncaughtExceptionMonitor', err, origin);
  if (capture !== null) {
    capture(err);
    return true;
  }
  if (process.emit('uncaughtException', err, origin)) return true;
  try {
    if (!process._exiting) {
      process._exiting = true;
      process.exitCode = 1;
      process.emit('exit', 1);
    }
  } catch {
    // Nothing is left that could be told.
  }
  return false;
}

// A worker hands its error to the parent instead of printing it.
let report = reportFatal;
function setReporter(fn) { report = fn; }

// Where an 'error' event was emitted belongs into the report.
function enhance(err) {
  if (err === null || typeof err !== 'object') return;
  try {
    const longer = err[require('internal/errors').kEnhanceStackBeforeInspector];
    if (typeof longer === 'function') err.stack = longer();
  } catch {
    // The stack stays as it is.
  }
}

// The runtime's hook around process._fatalException, which programs may replace.
function uncaught(err, fromPromise) {
  const handler = process._fatalException;
  if (typeof handler !== 'function') {
    if (report === reportFatal) report(err, fromPromise);
    setExitCode(6);
    return false;
  }
  if (report !== reportFatal) return uncaughtInWorker(handler, err, fromPromise);
  if (handler.call(process, err, fromPromise) !== false) return true;
  enhance(err);
  report(err, fromPromise);
  const code = process.exitCode;
  setExitCode(code === undefined || code === null ? 1 : code | 0);
  return false;
}

// In a worker an error of the handlers takes the first one's place.
function uncaughtInWorker(handler, err, fromPromise) {
  let fatal = err;
  try {
    if (handler.call(process, err, fromPromise) !== false) return true;
  } catch (thrown) {
    fatal = thrown;
    process.exitCode = 1;
  }
  report(fatal, fromPromise);
  const code = process.exitCode;
  setExitCode(code === undefined || code === null ? 1 : code | 0);
  return false;
}

function emitBeforeExit() {
  process.emit('beforeExit', process.exitCode || 0);
}

// A main module whose top-level await never ended: exit code 13.
let pendingMain = null;
function setPendingMain(fn) { pendingMain = fn; }

function emitExit() {
  if (process._exiting) return;
  process._exiting = true;
  if (pendingMain !== null) pendingMain();
  process.emit('exit', process.exitCode || 0);
  setExitCode(process.exitCode | 0);
}

function processExit(code) {
  if (arguments.length !== 0) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', process.exitCode || 0);
  }
  process.reallyExit(process.exitCode || 0);
}
Object.defineProperty(processExit, 'name', { __proto__: null, value: 'exit', configurable: true });

let tracing = false; // --trace-exit
function traceExit() { tracing = true; }

function reallyExit(code) {
  code |= 0;
  if (tracing) {
    const { isMainThread, threadId } = require('worker_threads');
    const stack = new Error().stack.split('\n').slice(2).join('\n');
    internalBinding('process').rawDebug(
      `(node:${process.pid}${isMainThread ? '' : `, thread:${threadId}`}) WARNING: Exited the environment with code ${code}\n${stack}`);
  }
  exit(code);
}

module.exports = {
  checkCaptureAllowed, domainOf, emitBeforeExit, emitExit, hasCapture, onUncaught, processExit, reallyExit, setCapture, setDomainHandler, setPendingMain, setReporter,
  traceExit, uncaught,
};
