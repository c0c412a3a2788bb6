'use strict';
// process.emitWarning and what prints warnings.

const { rawDebug, appendFile } = internalBinding('process');
const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateString } = require('internal/validators');
const { getOptionValue } = require('internal/options');

let helperShown = false;
const disabled = getOptionValue('--disable-warning');
const redirect = getOptionValue('--redirect-warnings');

function text(warning) {
  try {
    if (typeof warning.toString === 'function') return `${warning}`;
  } catch {
    // Error.prototype.toString does.
  }
  return Error.prototype.toString.call(warning);
}

function write(message) {
  if (redirect && appendFile(redirect, `${message}\n`)) return;
  // A program that has replaced stderr or its write wants to see warnings, too.
  const { stderrUsed } = require('internal/process/methods');
  if (stderrUsed()) process.stderr.write(`${message}\n`);
  else rawDebug(message);
}

function onWarning(warning) {
  if (!(warning instanceof Error)) return;
  if (disabled.length > 0 && (disabled.includes(warning.code) || disabled.includes(warning.name))) return;
  const isDeprecation = warning.name === 'DeprecationWarning';
  if (isDeprecation && process.noDeprecation) return;
  const trace = process.traceProcessWarnings || (isDeprecation && process.traceDeprecation);
  let message = `(${process.release.name}:${process.pid}) `;
  if (warning.code) message += `[${warning.code}] `;
  message += trace && warning.stack ? `${warning.stack}` : text(warning);
  if (typeof warning.detail === 'string') message += `\n${warning.detail}`;
  if (!trace && !helperShown) {
    const flag = isDeprecation ? '--trace-deprecation' : '--trace-warnings';
    const argv0 = (process.argv0 || 'node').replace(/^.*[\\/]/, '').replace(/\.exe$/, '');
    message += `\n(Use \`${argv0} ${flag} ...\` to show where the warning was created)`;
    helperShown = true;
  }
  write(message);
}

function create(warning, type, code, ctor, detail) {
  // Where a deprecation comes from costs a stack that is rarely shown.
  let limit;
  const cheap = process.noDeprecation || (type === 'DeprecationWarning' && !process.traceDeprecation &&
    !process.traceProcessWarnings && !process.throwDeprecation && process.listenerCount('warning') <= 1);
  if (cheap) {
    limit = Error.stackTraceLimit;
    try { Error.stackTraceLimit = 0; } catch { /* frozen */ }
  }
  const err = new Error(warning);
  if (cheap) {
    try { Error.stackTraceLimit = limit; } catch { /* frozen */ }
  }
  err.name = String(type || 'Warning');
  if (code !== undefined) err.code = code;
  if (detail !== undefined) err.detail = detail;
  if (!cheap) Error.captureStackTrace(err, ctor || process.emitWarning);
  return err;
}

function emitNow(warning) { process.emit('warning', warning); }

function emitWarning(warning, type, code, ctor) {
  if (type === 'DeprecationWarning' && process.noDeprecation) return;
  let detail;
  if (type !== null && typeof type === 'object' && !Array.isArray(type)) {
    ctor = type.ctor;
    code = type.code;
    if (typeof type.detail === 'string') detail = type.detail;
    type = type.type || 'Warning';
  } else if (typeof type === 'function') {
    ctor = type;
    code = '';
    type = 'Warning';
  }
  if (type !== undefined) validateString(type, 'type');
  if (typeof code === 'function') {
    ctor = code;
    code = undefined;
  } else if (code !== undefined) {
    validateString(code, 'code');
  }
  if (typeof warning === 'string') {
    warning = create(warning, type, code || undefined, ctor, detail);
  } else if (!(warning instanceof Error)) {
    throw new ERR_INVALID_ARG_TYPE('warning', ['Error', 'string'], warning);
  }
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) return;
    if (process.throwDeprecation) {
      // A throw here would land in the caller's code.
      return process.nextTick(() => { throw warning; });
    }
  }
  process.nextTick(emitNow, warning);
}

module.exports = { emitWarning, onWarning };
