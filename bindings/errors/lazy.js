'use strict';
// What every module's JavaScript takes errors from. The table of codes itself
// (errors.js) is long, and most programs throw none of them: it is loaded with
// the first code that is looked up.

const { lazyObject, makeSystemError } = internalBinding('errors');

let table;
function loaded() { return table ??= require('internal/errors/table'); }
const codes = lazyObject(null, (code) => loaded().codes[code]);

// An AbortError is not in the table of classes: it has a name of its own.
class AbortError extends Error {
  constructor(message = 'The operation was aborted', options = undefined) {
    if (options !== undefined && (typeof options !== 'object' || options === null)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
    }
    super(message, options);
    this.code = 'ABORT_ERR';
    this.name = 'AbortError';
  }
}

// Joins a second failure to the first one, as stream.destroy and fs do.
function aggregateTwoErrors(inner, outer) {
  if (inner && outer && inner !== outer) {
    if (Array.isArray(outer.errors)) {
      outer.errors.push(inner);
      return outer;
    }
    const err = new AggregateError([outer, inner], outer.message);
    err.code = outer.code;
    return err;
  }
  return inner || outer;
}

// The key under which an error keeps a function that makes a longer stack for
// the report of an uncaught exception: where an 'error' event was emitted.
const kEnhanceStackBeforeInspector = Symbol('kEnhanceStackBeforeInspector');

module.exports = {
  AbortError,
  aggregateTwoErrors,
  codes,
  hideStackFrames: (fn) => fn,
  kEnhanceStackBeforeInspector,
  makeSystemError,
};

for (const name of ['E', 'determineSpecificType', 'formatList']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get: () => loaded()[name],
  });
}

// Errors of system calls are made elsewhere: most programs see none.
for (const name of ['ConnResetException', 'DNSException', 'ErrnoException', 'ExceptionWithHostPort', 'NodeAggregateError',
                    'UVException', 'UVExceptionWithHostPort']) {
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable: true, get: () => require('internal/uv_errors')[name],
  });
}
