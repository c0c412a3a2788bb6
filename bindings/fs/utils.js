'use strict';
// What several parts of fs share and few programs need.

// A SystemError keeps the system's fields in `info` and shows them as its own.
class SystemError extends Error {
  constructor(code, message, info) {
    super(message);
    Object.defineProperties(this, {
      name: { __proto__: null, value: 'SystemError', enumerable: false, writable: true, configurable: true },
      code: { __proto__: null, value: code, enumerable: true, writable: true, configurable: true },
      info: { __proto__: null, value: info, enumerable: true, writable: true, configurable: true },
      errno: field(info, 'errno'),
      syscall: field(info, 'syscall'),
    });
    if (info.path !== undefined) Object.defineProperty(this, 'path', field(info, 'path'));
    if (info.dest !== undefined) Object.defineProperty(this, 'dest', field(info, 'dest'));
  }

  toString() { return `${this.name} [${this.code}]: ${this.message}`; }
}

function field(info, key) {
  return {
    __proto__: null,
    enumerable: true,
    configurable: true,
    get() { return info[key]; },
    set(value) { info[key] = value; },
  };
}

function makeSystemError(code, message, info) { return new SystemError(code, message, info); }

const { validatePath: check, isURL } = internalBinding('internal/fs/utils');

function toPathIfFileURL(value) {
  if (typeof value !== 'object' || value === null || !isURL(value)) return value;
  return require('internal/url').fileURLToPath(value);
}

// Throws for what is no path; the value stays as it is.
function validatePath(value, name = 'path') { check(value, name); }

function getValidatedPath(value, name = 'path') {
  const path = toPathIfFileURL(value);
  check(path, name);
  return path;
}

function mkdtempDisposableSync(prefix, options) {
  const fs = require('fs');
  const path = fs.mkdtempSync(prefix, options);
  const full = require('path').resolve(process.cwd(), typeof path === 'string' ? path : String(path));
  const remove = () => fs.rmSync(full, { maxRetries: 0, recursive: true, force: true, retryDelay: 0 });
  return { __proto__: null, path, remove, [Symbol.dispose]() { remove(); } };
}

// A Blob whose content is the file's: read when the blob is.
function openAsBlob(path, options = {}) {
  const { validateObject, validateString } = require('internal/validators');
  validateObject(options, 'options');
  const { type = '' } = options;
  validateString(type, 'options.type');
  path = getValidatedPath(path);
  let stat;
  try {
    stat = require('fs').statSync(path);
  } catch (cause) {
    if (cause.code === 'ERR_ACCESS_DENIED') throw cause;
    const err = new TypeError('Unable to open file as blob');
    err.code = 'ERR_INVALID_ARG_VALUE';
    throw err;
  }
  return Promise.resolve(require('internal/blob').createFileBlob(path, stat, type));
}

module.exports = {
  SystemError, getValidatedPath, makeSystemError, mkdtempDisposableSync, openAsBlob, toPathIfFileURL, validatePath,
};
