'use strict';
// fs.glob: the arguments' checks; the walk is in Go.

const native = internalBinding('internal/fs/glob');
const { codes } = require('internal/errors');
const { validateFunction, validateObject, validateString, validateStringArray } = require('internal/validators');
const { toPathIfFileURL } = require('internal/fs/utils');
const { kEmptyObject } = require('internal/util');

function prepare(pattern, options = kEmptyObject) {
  validateObject(options, 'options');
  const { exclude, withFileTypes } = options;
  let cwd = toPathIfFileURL(options.cwd);
  if (cwd === undefined || cwd === null) cwd = '.';
  if (typeof cwd !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('paths[0]', 'string', cwd);
  if (exclude !== undefined && exclude !== null && typeof exclude !== 'function') {
    if (!Array.isArray(exclude)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.exclude', ['function', 'string[]'], exclude);
    }
    validateStringArray(exclude, 'options.exclude');
  }
  let patterns = pattern;
  if (typeof pattern === 'object') {
    validateStringArray(pattern, 'patterns');
  } else {
    validateString(pattern, 'patterns');
    patterns = [pattern];
  }
  return { patterns, cwd, exclude, withFileTypes: !!withFileTypes };
}

function glob(pattern, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'cb');
  const o = prepare(pattern, options);
  native.glob(o.patterns, o.cwd, o.exclude, o.withFileTypes, callback);
}

function globSync(pattern, options) {
  const o = prepare(pattern, options);
  return native.glob(o.patterns, o.cwd, o.exclude, o.withFileTypes);
}

// The async iterator of fs.promises.glob; the walk begins with the first next().
class GlobIterator {
  constructor(pattern, options) {
    this.pattern = pattern;
    this.options = options;
    this.result = undefined;
    this.index = 0;
  }

  next() {
    if (this.result === undefined) {
      this.result = new Promise((resolve, reject) => {
        glob(this.pattern, this.options, (err, list) => (err ? reject(err) : resolve(list)));
      });
    }
    return this.result.then((list) => {
      if (this.index >= list.length) return { value: undefined, done: true };
      return { value: list[this.index++], done: false };
    });
  }

  return(value) {
    this.result = Promise.resolve([]);
    return Promise.resolve({ value, done: true });
  }

  throw(err) {
    this.result = Promise.resolve([]);
    return Promise.reject(err);
  }

  [Symbol.asyncIterator]() { return this; }
}

function globPromise(pattern, options) { return new GlobIterator(pattern, options); }

module.exports = { glob, globPromise, globSync };
