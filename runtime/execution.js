'use strict';
// What happens to errors that nobody caught, and how a process ends.

const { exit, setExitCode } = internalBinding('runtime');

let capture = null; // process.setUncaughtExceptionCaptureCallback
function setCapture(fn) { capture = fn; }
function hasCapture() { return capture !== null; }

// Returns true if the process goes on.
function onUncaught(err, fromPromise) {
  const origin = fromPromise ? 'unhandledRejection' : 'uncaughtException';
  if (capture === null) process.emit('uncaughtExceptionMonitor', err, origin);
  if (capture !== null) {
    capture(err);
    return true;
  }
  if (process.emit('uncaughtException', err, origin)) return true;
  internalBinding('process').reportFatal(err, fromPromise);
  try {
    if (!process._exiting) {
      process._exiting = true;
      process.exitCode = 1;
      setExitCode(1);
      process.emit('exit', 1);
    }
  } catch (e) {
    internalBinding('process').reportFatal(e, false);
    setExitCode(7);
    return false;
  }
  setExitCode(process.exitCode === undefined ? 1 : +process.exitCode);
  return false;
}

function emitBeforeExit() {
  process.emit('beforeExit', process.exitCode || 0);
}

function emitExit() {
  if (process._exiting) return;
  process._exiting = true;
  if (process.exitCode !== undefined) setExitCode(+process.exitCode);
  process.emit('exit', process.exitCode || 0);
  setExitCode(process.exitCode === undefined ? 0 : +process.exitCode);
}

function processExit(code) {
  if (code !== undefined) process.exitCode = code;
  if (!process._exiting) {
    process._exiting = true;
    process.emit('exit', process.exitCode || 0);
  }
  process.reallyExit(process.exitCode || 0);
}

module.exports = { emitBeforeExit, emitExit, hasCapture, onUncaught, processExit, reallyExit: exit, setCapture };
