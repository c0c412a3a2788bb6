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

module.exports = { SystemError, makeSystemError };
