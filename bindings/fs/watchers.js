'use strict';
// fs.watch, fs.watchFile and fs.promises.watch.

const EventEmitter = require('events');
const native = internalBinding('internal/fs/watchers');
const { codes, AbortError } = require('internal/errors');
const { validateAbortSignal, validateBoolean, validateFunction, validateInteger, validateObject, validateOneOf,
        validateUint32 } = require('internal/validators');
const { getValidatedPath } = require('internal/fs/utils');
const { assertEncoding } = internalBinding('internal/fs/utils');
const { kEmptyObject } = require('internal/util');

const kFSWatchStart = Symbol('kFSWatchStart');
const kFSStatWatcherStart = Symbol('kFSStatWatcherStart');
const kAddOrCleanRef = Symbol('kFSStatWatcherAddOrCleanRef');
const kHandle = Symbol('kHandle');
const kOldStatus = Symbol('kOldStatus');
const kUseBigint = Symbol('kUseBigint');
const kRefCount = Symbol('KFSStatWatcherRefCount');
const kMaxRefCount = Symbol('KFSStatWatcherMaxRefCount');

function emitClose(watcher) { watcher.emit('close'); }

class FSWatcher extends EventEmitter {
  constructor() {
    super();
    this[kHandle] = undefined; // null once closed
    this._handle = null;
  }

  [kFSWatchStart](filename, persistent, recursive, encoding) {
    if (this._handle !== null) return;
    filename = getValidatedPath(filename, 'filename');
    if (encoding) assertEncoding(encoding === 'buffer' ? undefined : encoding);
    try {
      this._handle = native.watch(filename, recursive, encoding, (type, name) => this.emit('change', type, name));
      this._handle.owner = this;
    } catch (err) {
      if (err && err.syscall === 'watch') err.filename = filename;
      throw err;
    }
    if (!persistent) this._handle.unref();
  }

  start() {}

  close() {
    if (this._handle === null) return;
    this._handle.close();
    this._handle = null;
    process.nextTick(emitClose, this);
  }

  ref() {
    if (this._handle) this._handle.ref();
    return this;
  }

  unref() {
    if (this._handle) this._handle.unref();
    return this;
  }
}

function watchOptions(options) {
  if (typeof options === 'string') return { encoding: options };
  if (options === null || options === undefined || typeof options === 'function') return {};
  if (typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  return options;
}

function watch(filename, options, listener) {
  if (typeof options === 'function') listener = options;
  options = { ...watchOptions(options) };
  if (options.encoding && options.encoding !== 'buffer') assertEncoding(options.encoding);
  if (options.signal !== undefined) validateAbortSignal(options.signal, 'options.signal');
  if (options.persistent === undefined) options.persistent = true;
  if (options.recursive === undefined) options.recursive = false;
  validateBoolean(options.recursive, 'options.recursive');
  const watcher = new FSWatcher();
  const path = getValidatedPath(filename);
  watcher[kFSWatchStart](path, options.persistent, options.recursive, options.encoding);
  if (listener) watcher.addListener('change', listener);
  const { signal } = options;
  if (signal) {
    if (signal.aborted) {
      process.nextTick(() => watcher.close());
    } else {
      const close = () => watcher.close();
      signal.addEventListener('abort', close, { once: true });
      watcher.once('close', () => signal.removeEventListener('abort', close));
    }
  }
  return watcher;
}

class StatWatcher extends EventEmitter {
  constructor(bigint) {
    super();
    this._handle = null;
    this[kOldStatus] = -1;
    this[kUseBigint] = bigint;
    this[kRefCount] = 1;
    this[kMaxRefCount] = 1;
  }

  [kFSStatWatcherStart](filename, persistent, interval) {
    if (this._handle !== null) return;
    filename = getValidatedPath(filename, 'filename');
    validateUint32(interval, 'interval');
    this._handle = native.watchFile(filename, interval, this[kUseBigint], (status, now, before) => {
      if (this[kOldStatus] === -1 && status === -1 && now.nlink === before.nlink) return;
      this[kOldStatus] = status;
      this.emit('change', now, before);
    });
    this._handle.owner = this;
    if (!persistent) this.unref();
  }

  start() {}

  stop() {
    if (this._handle === null) return;
    process.nextTick(emitStop, this);
    this._handle.close();
    this._handle = null;
  }

  [kAddOrCleanRef](op) {
    if (op === 'add') {
      // A second listener keeps the watcher alive even if the first was not persistent.
      this[kRefCount]++;
      this[kMaxRefCount]++;
    } else {
      this[kMaxRefCount]--;
      this.unref();
    }
  }

  ref() {
    if (this[kRefCount] === this[kMaxRefCount]) return this;
    if (this._handle && this[kRefCount]++ === 0) this._handle.ref();
    return this;
  }

  unref() {
    if (this[kRefCount] === 0) return this;
    if (this._handle && --this[kRefCount] === 0) this._handle.unref();
    return this;
  }
}

function emitStop(watcher) { watcher.emit('stop'); }

const statWatchers = new Map();

function watchFile(filename, options, listener) {
  filename = require('path').resolve(getValidatedPath(filename).toString());
  if (options === null || typeof options !== 'object') {
    listener = options;
    options = null;
  }
  options = { interval: 5007, persistent: true, ...options };
  validateFunction(listener, 'listener');
  let stat = statWatchers.get(filename);
  if (stat === undefined) {
    stat = new StatWatcher(options.bigint);
    stat[kFSStatWatcherStart](filename, options.persistent, options.interval);
    statWatchers.set(filename, stat);
  } else {
    stat[kAddOrCleanRef]('add');
  }
  stat.addListener('change', listener);
  return stat;
}

function unwatchFile(filename, listener) {
  filename = require('path').resolve(getValidatedPath(filename).toString());
  const stat = statWatchers.get(filename);
  if (stat === undefined) return;
  const before = stat.listenerCount('change');
  if (typeof listener === 'function') {
    stat.removeListener('change', listener);
    if (stat.listenerCount('change') < before) stat[kAddOrCleanRef]('clean');
  } else {
    stat.removeAllListeners('change');
    stat[kAddOrCleanRef]('cleanAll');
  }
  if (stat.listenerCount('change') === 0) {
    stat.stop();
    statWatchers.delete(filename);
  }
}

// The async iterator of fs.promises.watch. Nothing happens before the first next().
class WatchIterator {
  constructor(filename, options) {
    this.filename = filename;
    this.options = options;
    this.started = false;
    this.done = false;
    this.error = undefined;
    this.queue = [];
    this.waiting = [];
  }

  start() {
    this.started = true;
    const options = typeof this.options === 'string' ? { encoding: this.options } : (this.options ?? kEmptyObject);
    validateObject(options, 'options');
    const { persistent = true, recursive = false, encoding = 'utf8', maxQueue = 2048, overflow = 'ignore', signal } = options;
    const path = getValidatedPath(this.filename, 'filename');
    validateBoolean(persistent, 'options.persistent');
    validateBoolean(recursive, 'options.recursive');
    validateInteger(maxQueue, 'options.maxQueue');
    validateOneOf(overflow, 'options.overflow', ['ignore', 'throw']);
    validateAbortSignal(signal, 'options.signal');
    if (encoding && (typeof encoding !== 'string' || encoding !== 'buffer' && !Buffer.isEncoding(encoding))) {
      throw new codes.ERR_INVALID_ARG_VALUE('encoding', encoding, 'is invalid encoding');
    }
    if (signal && signal.aborted) throw new AbortError(undefined, { cause: signal.reason });
    let warned = false;
    try {
      this.handle = native.watch(path, recursive, encoding, (eventType, filename) => {
        if (this.queue.length >= maxQueue) {
          if (overflow === 'throw') {
            this.fail(new codes.ERR_FS_WATCH_QUEUE_OVERFLOW(maxQueue));
          } else if (!warned) {
            warned = true;
            process.emitWarning('fs.watch maxQueue exceeded');
          }
          return;
        }
        this.push({ __proto__: null, eventType, filename });
      });
    } catch (err) {
      if (err && err.syscall === 'watch') err.filename = path;
      throw err;
    }
    if (!persistent) this.handle.unref();
    if (signal) {
      this.signal = signal;
      this.onAbort = () => this.fail(new AbortError(undefined, { cause: signal.reason }));
      signal.addEventListener('abort', this.onAbort, { once: true });
    }
  }

  push(event) {
    if (this.waiting.length > 0) this.waiting.shift().resolve({ value: event, done: false });
    else this.queue.push(event);
  }

  fail(err) {
    if (this.done) return;
    this.stop();
    if (this.waiting.length > 0) this.waiting.shift().reject(err);
    else this.error = err;
    this.finish();
  }

  stop() {
    this.done = true;
    if (this.handle) {
      this.handle.close();
      this.handle = undefined;
    }
    if (this.signal) this.signal.removeEventListener('abort', this.onAbort);
  }

  finish() {
    for (const w of this.waiting) w.resolve({ value: undefined, done: true });
    this.waiting = [];
  }

  next() {
    return new Promise((resolve, reject) => {
      if (!this.started) {
        try {
          this.start();
        } catch (err) {
          this.done = true;
          reject(err);
          return;
        }
      }
      if (this.error !== undefined) {
        const err = this.error;
        this.error = undefined;
        this.queue = [];
        reject(err);
      } else if (this.queue.length > 0 && !this.done) {
        resolve({ value: this.queue.shift(), done: false });
      } else if (this.done) {
        resolve({ value: undefined, done: true });
      } else {
        this.waiting.push({ resolve, reject });
      }
    });
  }

  return(value) {
    this.started = true;
    this.stop();
    this.finish();
    return Promise.resolve({ value, done: true });
  }

  throw(err) {
    this.stop();
    this.finish();
    return Promise.reject(err);
  }

  [Symbol.asyncIterator]() { return this; }
}

function watchPromise(filename, options) { return new WatchIterator(filename, options); }

module.exports = {
  FSWatcher, StatWatcher, kFSStatWatcherStart, kFSWatchStart, unwatchFile, watch, watchFile, watchPromise,
};
