'use strict';
// node:util. What few programs use is in modules of its own, loaded when touched.

const inspectModule = internalBinding('internal/util/inspect');
const native = internalBinding('util');
const { codes } = require('internal/errors');
const { validateFunction, validateNumber, validateString, validateOneOf } = require('internal/validators');
const internalUtil = require('internal/util');
const { inspect, format, formatWithOptions, stripVTControlCharacters } = inspectModule;
const { types } = native;
const { defineLazy, deprecate } = internalUtil;

const kCustomPromisify = Symbol.for('nodejs.util.promisify.custom');

function inherits(ctor, superCtor) {
  if (ctor === undefined || ctor === null) throw new codes.ERR_INVALID_ARG_TYPE('ctor', 'Function', ctor);
  if (superCtor === undefined || superCtor === null) throw new codes.ERR_INVALID_ARG_TYPE('superCtor', 'Function', superCtor);
  if (superCtor.prototype === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('superCtor.prototype', 'Object', superCtor.prototype);
  }
  Object.defineProperty(ctor, 'super_', { __proto__: null, value: superCtor, writable: true, configurable: true });
  Object.setPrototypeOf(ctor.prototype, superCtor.prototype);
}

function _extend(target, source) {
  if (source === null || typeof source !== 'object') return target;
  const keys = Object.keys(source);
  for (let i = keys.length - 1; i >= 0; i--) target[keys[i]] = source[keys[i]];
  return target;
}

function callbackifyOnRejected(reason, cb) {
  if (!reason) {
    const err = new codes.ERR_FALSY_VALUE_REJECTION(reason);
    err.reason = reason;
    Error.captureStackTrace(err, callbackifyOnRejected);
    reason = err;
  }
  return cb(reason);
}

function callbackify(original) {
  validateFunction(original, 'original');
  function callbackified() {
    const n = arguments.length - 1;
    const callback = arguments[n];
    validateFunction(callback, 'last argument');
    const args = Array.prototype.slice.call(arguments, 0, n);
    const cb = callback.bind(this); // no frame of ours between a callback that throws and the queue
    Reflect.apply(original, this, args).then(
      (value) => process.nextTick(cb, null, value),
      (reason) => process.nextTick(callbackifyOnRejected, reason, cb));
  }
  const descriptors = Object.getOwnPropertyDescriptors(original);
  if (typeof descriptors.length.value === 'number') descriptors.length.value++;
  if (typeof descriptors.name.value === 'string') descriptors.name.value += 'Callbackified';
  const keys = Reflect.ownKeys(descriptors);
  for (let i = 0; i < keys.length; i++) Object.setPrototypeOf(descriptors[keys[i]], null);
  Object.defineProperties(callbackified, descriptors);
  return callbackified;
}

function promisify(original) {
  validateFunction(original, 'original');
  if (original[kCustomPromisify]) {
    const fn = original[kCustomPromisify];
    validateFunction(fn, 'util.promisify.custom');
    return Object.defineProperties(fn, {
      [kCustomPromisify]: { __proto__: null, value: fn, enumerable: false, writable: false, configurable: true },
      name: { __proto__: null, value: original.name, configurable: true },
    });
  }
  // An array of names: the callback has several results, which become one object.
  const names = original[internalUtil.customPromisifyArgs];
  function fn() {
    const args = Array.prototype.slice.call(arguments);
    const self = this;
    return new Promise((resolve, reject) => {
      args.push(function(err, value) {
        if (err) return reject(err);
        if (names !== undefined && arguments.length > 2) {
          const obj = {};
          for (let i = 0; i < names.length; i++) obj[names[i]] = arguments[i + 1];
          resolve(obj);
        } else {
          resolve(value);
        }
      });
      const result = Reflect.apply(original, self, args);
      if (types.isPromise(result)) {
        process.emitWarning('Calling promisify on a function that returns a Promise is likely a mistake.',
          'DeprecationWarning', 'DEP0174');
      }
    });
  }
  Object.setPrototypeOf(fn, Object.getPrototypeOf(original));
  Object.defineProperty(fn, kCustomPromisify, { __proto__: null, value: fn, enumerable: false, writable: false, configurable: true });
  const descriptors = Object.getOwnPropertyDescriptors(original);
  const keys = Reflect.ownKeys(descriptors);
  for (let i = 0; i < keys.length; i++) Object.setPrototypeOf(descriptors[keys[i]], null);
  return Object.defineProperties(fn, descriptors);
}
promisify.custom = kCustomPromisify;

function validateStyle(key) {
  if (inspect.colors[key] === undefined) validateOneOf(key, 'format', Object.keys(inspect.colors));
}

// Where text closes the style that surrounds it, the style is opened again.
function applyStyle(text, key) {
  const pair = inspect.colors[key];
  const open = `\u001b[${pair[0]}m`, close = `\u001b[${pair[1]}m`;
  let out = '', from = 0;
  for (let at = text.indexOf(close); at !== -1; at = text.indexOf(close, from)) {
    const end = at + close.length;
    if (end === text.length) break;
    out += text.slice(from, at) + (key === 'dim' || key === 'bold' ? close + open : open);
    from = end;
  }
  return open + out + text.slice(from) + close;
}

function styleText(format, text, options) {
  validateString(text, 'text');
  const validateStream = options?.validateStream ?? true;
  let skip = false;
  if (options !== undefined) require('internal/validators').validateObject(options, 'options');
  require('internal/validators').validateBoolean(validateStream, 'options.validateStream');
  const list = Array.isArray(format) ? format : [format];
  if (validateStream) {
    const stream = options?.stream ?? process.stdout;
    if (stream === null || typeof stream !== 'object' || (typeof stream.write !== 'function' && typeof stream.pipe !== 'function' &&
        typeof stream.getReader !== 'function' && typeof stream.getWriter !== 'function')) {
      throw new codes.ERR_INVALID_ARG_TYPE('stream', ['ReadableStream', 'WritableStream', 'Stream'], stream);
    }
    skip = !require('internal/util/colors').shouldColorize(stream);
  }
  let out = text;
  for (let i = list.length - 1; i >= 0; i--) {
    const key = list[i];
    if (key === 'none') continue;
    validateStyle(key);
    if (!skip) out = applyStyle(out, key);
  }
  return out;
}

function getSystemErrorName(err) {
  validateNumber(err, 'err');
  if (err >= 0 || !Number.isSafeInteger(err)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', err);
  return native.errname(err);
}

function getSystemErrorMessage(err) {
  validateNumber(err, 'err');
  if (err >= 0 || !Number.isSafeInteger(err)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', err);
  return native.errmessage(err);
}

let errorMap;
function getSystemErrorMap() {
  if (errorMap === undefined) {
    errorMap = new Map();
    const list = native.errmap();
    for (let i = 0; i < list.length; i += 3) errorMap.set(list[i], [list[i + 1], list[i + 2]]);
  }
  return errorMap;
}

function _errnoException() {
  const err = arguments[0], syscall = arguments[1], original = arguments[2];
  validateNumber(err, 'err');
  if (err >= 0 || !Number.isSafeInteger(err)) throw new codes.ERR_OUT_OF_RANGE('err', 'a negative integer', err);
  const code = native.errname(err);
  const ex = new Error(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`);
  ex.errno = err;
  ex.code = code;
  ex.syscall = syscall;
  Error.captureStackTrace(ex, _errnoException);
  return ex;
}

function _exceptionWithHostPort() {
  const err = arguments[0], syscall = arguments[1], address = arguments[2], port = arguments[3], additional = arguments[4];
  const code = native.errname(err);
  let details = '';
  if (port && port > 0) details = ` ${address}:${port}`;
  else if (address) details = ` ${address}`;
  if (additional) details += ` - Local (${additional})`;
  const ex = new Error(`${syscall} ${code}${details}`);
  ex.errno = err;
  ex.code = code;
  ex.syscall = syscall;
  ex.address = address;
  if (port) ex.port = port;
  Error.captureStackTrace(ex, _exceptionWithHostPort);
  return ex;
}

function convertProcessSignalToExitCode(signalCode) {
  const { signals } = require('os').constants;
  validateOneOf(signalCode, 'signalCode', Object.keys(signals));
  return 128 + signals[signalCode];
}

function getCallSites(frameCount = 10, options) {
  if (options === undefined) {
    if (typeof frameCount === 'object' && frameCount !== null && !Array.isArray(frameCount)) {
      options = frameCount;
      frameCount = 10;
    } else {
      options = {};
    }
  }
  const { validateObject, validateBoolean } = require('internal/validators');
  validateObject(options, 'options');
  if (options.sourceMap !== undefined) validateBoolean(options.sourceMap, 'options.sourceMap');
  validateNumber(frameCount, 'frameCount', 1, 200);
  frameCount = Math.trunc(frameCount);
  const prepare = Error.prepareStackTrace, limit = Error.stackTraceLimit;
  const holder = {};
  let sites;
  try {
    Error.stackTraceLimit = frameCount;
    Error.prepareStackTrace = (_, list) => list;
    Error.captureStackTrace(holder, getCallSites);
    sites = holder.stack;
  } finally {
    Error.prepareStackTrace = prepare;
    Error.stackTraceLimit = limit;
  }
  return sites.map((site) => ({
    functionName: site.getFunctionName() ?? '',
    scriptId: '0',
    scriptName: site.getFileName() ?? '',
    lineNumber: site.getLineNumber() ?? 0,
    columnNumber: site.getColumnNumber() ?? 0,
    column: site.getColumnNumber() ?? 0,
  }));
}

function isDeepStrictEqual(a, b, skipPrototype) {
  return internalBinding('internal/util/comparisons').isDeepEqual(a, b, skipPrototype ? 3 : 1);
}
Object.defineProperty(isDeepStrictEqual, 'name', { __proto__: null, value: 'isDeepStrictEqual', configurable: true });

function parseEnv(content) {
  validateString(content, 'content');
  return native.parseEnv(content);
}

function setTraceSigInt(enable) {
  require('internal/validators').validateBoolean(enable, 'enable');
}

const debuglog = (set, cb) => require('internal/util/debuglog').debuglog(set, cb);
Object.defineProperty(debuglog, 'name', { __proto__: null, value: 'debuglog', configurable: true });

module.exports = {
  _errnoException,
  _exceptionWithHostPort,
  _extend: deprecate(_extend, 'The `util._extend` API is deprecated. Please use Object.assign() instead.', 'DEP0060'),
  callbackify,
  convertProcessSignalToExitCode,
  debug: debuglog,
  debuglog,
  deprecate(fn, msg, code, options) {
    if (code !== undefined) validateString(code, 'code');
    return deprecate(fn, msg, code, options);
  },
  format,
  styleText,
  formatWithOptions,
  getCallSites,
  getSystemErrorMap,
  getSystemErrorName,
  getSystemErrorMessage,
  inherits,
  inspect,
  isArray: deprecate(Array.isArray, 'The `util.isArray` API is deprecated. Please use `Array.isArray()` instead.', 'DEP0044'),
  isDeepStrictEqual,
  promisify,
  stripVTControlCharacters,
  toUSVString(input) { return native.toUSVString(`${input}`); },
};

function lazyGetter(name, get) {
  Object.defineProperty(module.exports, name, {
    __proto__: null,
    get: Object.defineProperty(get, 'name', { __proto__: null, value: `get ${name}` }),
    enumerable: true,
    configurable: true,
  });
}
lazyGetter('transferableAbortSignal', () => require('internal/abort_controller').transferableAbortSignal);
lazyGetter('transferableAbortController', () => require('internal/abort_controller').transferableAbortController);
lazyGetter('aborted', () => require('internal/abort_controller').aborted);
module.exports.types = types;
module.exports.parseEnv = parseEnv;
for (const [name, id] of [
  ['parseArgs', 'internal/util/parse_args'],
  ['TextDecoder', 'internal/encoding'],
  ['TextEncoder', 'internal/encoding'],
  ['MIMEType', 'internal/mime'],
  ['MIMEParams', 'internal/mime'],
  ['diff', 'internal/util/diff'],
]) defineLazy(module.exports, name, () => require(id)[name]);
module.exports.setTraceSigInt = setTraceSigInt;
