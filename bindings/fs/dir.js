'use strict';
// Dir: an open directory whose entries are read a batch at a time.

const native = internalBinding('internal/fs/dir');
const { codes } = require('internal/errors');
const { validateFunction, validateUint32, validateObject } = require('internal/validators');
const { getValidatedPath } = require('internal/fs/utils');
const { assertEncoding } = internalBinding('internal/fs/utils');

const kState = Symbol('kDirHandle');
const kPath = Symbol('kDirPath');
const kBuffered = Symbol('kDirBufferedEntries');
const kClosed = Symbol('kDirClosed');
const kOptions = Symbol('kDirOptions');
const kQueue = Symbol('kDirOperationQueue');
const kPending = Symbol('kDirPending');

function dirOptions(options) {
  if (options === null || options === undefined || typeof options === 'function') options = {};
  else if (typeof options === 'string') options = { encoding: options };
  else if (typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  const result = { bufferSize: 32, encoding: 'utf8', ...options };
  if (result.encoding !== 'buffer') assertEncoding(result.encoding);
  validateUint32(result.bufferSize, 'options.bufferSize', true);
  return result;
}

class Dir {
  constructor(handle, path, options) {
    if (handle === null || handle === undefined) throw new codes.ERR_MISSING_ARGS('handle');
    this[kState] = handle;
    this[kBuffered] = [];
    this[kPath] = path;
    this[kClosed] = false;
    this[kOptions] = dirOptions(options);
    this[kQueue] = null;
    this[kPending] = []; // directories that a recursive Dir has yet to read
  }

  get path() {
    if (this === null || this === undefined || this[kState] === undefined) throw new codes.ERR_INVALID_THIS('Dir');
    return this[kPath];
  }

  read(callback) {
    if (callback === undefined) {
      return new Promise((resolve, reject) => {
        readImpl(this, true, (err, entry) => (err ? reject(err) : resolve(entry)));
      });
    }
    readImpl(this, true, callback);
    return undefined;
  }

  readSync() {
    if (this[kClosed]) throw new codes.ERR_DIR_CLOSED();
    if (this[kQueue] !== null) throw new codes.ERR_DIR_CONCURRENT_OPERATION();
    for (;;) {
      if (this[kBuffered].length > 0) return take(this);
      const { bufferSize, encoding } = this[kOptions];
      const entries = native.read(this[kState], encoding, bufferSize);
      if (entries.length > 0) {
        this[kBuffered] = entries;
      } else if (!nextDirectory(this)) {
        return null;
      }
    }
  }

  close(callback) {
    if (callback === undefined) {
      if (this[kClosed]) return Promise.reject(new codes.ERR_DIR_CLOSED());
      return new Promise((resolve, reject) => this.close((err) => (err ? reject(err) : resolve())));
    }
    validateFunction(callback, 'callback');
    if (this[kClosed]) {
      process.nextTick(callback, new codes.ERR_DIR_CLOSED());
      return undefined;
    }
    if (this[kQueue] !== null) {
      this[kQueue].push(() => this.close(callback));
      return undefined;
    }
    this[kClosed] = true;
    native.close(this[kState], callback);
    return undefined;
  }

  closeSync() {
    if (this[kClosed]) throw new codes.ERR_DIR_CLOSED();
    if (this[kQueue] !== null) throw new codes.ERR_DIR_CONCURRENT_OPERATION();
    this[kClosed] = true;
    native.close(this[kState]);
  }

  entries() { return new DirIterator(this); }

  [Symbol.dispose]() {
    if (this[kClosed]) return;
    this.closeSync();
  }

  async [Symbol.asyncDispose]() {
    if (this[kClosed]) return;
    await this.close();
  }
}

Object.defineProperty(Dir.prototype, Symbol.asyncIterator, {
  __proto__: null, value: Dir.prototype.entries, enumerable: false, writable: true, configurable: true,
});

// Buffered entries lie in reverse: popping is cheap where shifting is not.
function take(dir) {
  const entry = dir[kBuffered].pop();
  if (dir[kOptions].recursive && entry.isDirectory()) dir[kPending].push(entry);
  return entry;
}

// Goes on with the next directory of a recursive Dir; false if there is none.
function nextDirectory(dir) {
  if (dir[kPending].length === 0) return false;
  const { sep } = require('path');
  const entry = dir[kPending].pop();
  const path = `${entry.parentPath}${sep}${entry.name}`;
  native.close(dir[kState]);
  dir[kState] = native.open(path);
  return true;
}

function readImpl(dir, maybeSync, callback) {
  if (dir[kClosed]) {
    if (callback && maybeSync === true && typeof callback === 'function') {
      process.nextTick(callback, new codes.ERR_DIR_CLOSED());
      return;
    }
    throw new codes.ERR_DIR_CLOSED();
  }
  validateFunction(callback, 'callback');
  if (dir[kQueue] !== null) {
    dir[kQueue].push(() => readImpl(dir, maybeSync, callback));
    return;
  }
  if (dir[kBuffered].length > 0) {
    let entry;
    try {
      entry = take(dir);
    } catch (err) {
      process.nextTick(callback, err);
      return;
    }
    process.nextTick(callback, null, entry);
    return;
  }
  dir[kQueue] = [];
  fill(dir, callback);
}

function fill(dir, callback) {
  const { bufferSize, encoding } = dir[kOptions];
  native.read(dir[kState], encoding, bufferSize, (err, entries) => {
    if (!err && entries.length === 0) {
      try {
        if (nextDirectory(dir)) {
          fill(dir, callback);
          return;
        }
      } catch (e) {
        err = e;
      }
    }
    const queue = dir[kQueue];
    dir[kQueue] = null;
    let entry = null;
    if (!err && entries.length > 0) {
      dir[kBuffered] = entries;
      entry = take(dir);
    }
    for (let i = 0; i < queue.length; i++) queue[i]();
    if (err) callback(err);
    else callback(null, entry);
  });
}

// What `for await` walks: closes the directory at the end, and when left early.
class DirIterator {
  constructor(dir) {
    this.dir = dir;
    this.done = false;
  }

  async next() {
    if (this.done) return { value: undefined, done: true };
    let entry;
    try {
      entry = await this.dir.read();
    } catch (err) {
      this.done = true;
      if (!this.dir[kClosed]) await this.dir.close();
      throw err;
    }
    if (entry === null) {
      this.done = true;
      await this.dir.close();
      return { value: undefined, done: true };
    }
    return { value: entry, done: false };
  }

  async return(value) {
    if (!this.done) {
      this.done = true;
      await this.dir.close();
    }
    return { value, done: true };
  }

  async throw(err) {
    await this.return();
    throw err;
  }

  [Symbol.asyncIterator]() { return this; }
}

function opendir(path, options, callback) {
  callback = typeof options === 'function' ? options : callback;
  if (typeof callback !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('callback', 'Function', callback);
  path = getValidatedPath(path);
  options = dirOptions(options);
  native.open(path, (err, handle) => {
    if (err) callback(err);
    else callback(null, new Dir(handle, path, options));
  });
}

function opendirSync(path, options) {
  path = getValidatedPath(path);
  options = dirOptions(options);
  return new Dir(native.open(path), path, options);
}

module.exports = { Dir, opendir, opendirSync };
