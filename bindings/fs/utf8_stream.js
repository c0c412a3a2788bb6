'use strict';
// Utf8Stream: writes many small strings to a file in few calls.

const EventEmitter = require('events');
const fs = require('fs');
const path = require('path');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateObject, validateOneOf, validateUint32, validateInteger } =
  require('internal/validators');
const { kEmptyObject } = require('internal/util');

const BUSY_WAIT = 100;
const HIGH_WATER_MARK = 16387;
const MAX_WRITE = 16 * 1024;

function sleep(ms) { internalBinding('internal/fs/utils').sleep(ms); }

class Utf8Stream extends EventEmitter {
  #fs;
  #bufs = [];
  #current; // what is being written now
  #len = 0;
  #fd = -1;
  #file = null;
  #mode;
  #append;
  #mkdir;
  #sync;
  #fsync;
  #minLength;
  #maxLength;
  #maxWrite;
  #periodicFlush = 0;
  #timer;
  #contentMode;
  #retry;
  #writing = false;
  #opening = false;
  #reopening = false;
  #ending = false;
  #destroyed = false;
  #flushPending = false;
  #drainScheduled = false;

  constructor(options = kEmptyObject) {
    super();
    validateObject(options, 'options');
    let { fd } = options;
    const { dest, minLength, maxLength, maxWrite, periodicFlush, sync = true, append = true, mkdir, retryEAGAIN, fsync,
            contentMode = 'utf8', mode, fs: override = {} } = options;
    if (typeof fd !== 'number') fd = fd ?? dest;
    if (typeof fd !== 'number' && typeof fd !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('dest', ['string', 'number'], fd);
    }
    validateBoolean(sync, 'options.sync');
    validateBoolean(append, 'options.append');
    if (fsync !== undefined) validateBoolean(fsync, 'options.fsync');
    if (mkdir !== undefined) validateBoolean(mkdir, 'options.mkdir');
    validateOneOf(contentMode, 'options.contentMode', ['utf8', 'buffer']);
    if (retryEAGAIN !== undefined) validateFunction(retryEAGAIN, 'options.retryEAGAIN');
    if (typeof override !== 'object' || override === null) validateObject(override, 'options.fs');
    for (const name in override) if (name in fs) validateFunction(override[name], `options.fs.${name}`);
    this.#fs = { ...fs, ...override };
    this.#minLength = minLength || 0;
    this.#maxLength = maxLength || 0;
    validateUint32(this.#minLength, 'options.minLength');
    validateUint32(this.#maxLength, 'options.maxLength');
    this.#maxWrite = maxWrite || MAX_WRITE;
    this.#sync = sync;
    this.#fsync = fsync || false;
    this.#append = append;
    this.#mode = mode;
    this.#mkdir = mkdir || false;
    this.#retry = retryEAGAIN || (() => true);
    this.#contentMode = contentMode;
    this.#current = this.#empty();
    if (this.#minLength >= this.#maxWrite) {
      throw new codes.ERR_INVALID_ARG_VALUE('minLength', this.#minLength, `should be smaller than maxWrite (${this.#maxWrite})`);
    }
    if (typeof fd === 'number') {
      this.#fd = fd;
      process.nextTick(() => this.emit('ready'));
    } else {
      this.#open(fd);
    }
    this.on('newListener', (name) => { if (name === 'drain') this.#drainScheduled = false; });
    if (periodicFlush !== undefined && periodicFlush !== 0) {
      validateInteger(periodicFlush, 'options.periodicFlush', 0);
      this.#periodicFlush = periodicFlush;
      this.#timer = setInterval(() => this.flush(null), periodicFlush);
      this.#timer.unref();
    }
  }

  get mode() { return this.#mode; }
  get file() { return this.#file; }
  get fd() { return this.#fd; }
  get minLength() { return this.#minLength; }
  get maxLength() { return this.#maxLength; }
  get writing() { return this.#writing; }
  get sync() { return this.#sync; }
  get fsync() { return this.#fsync; }
  get append() { return this.#append; }
  get periodicFlush() { return this.#periodicFlush; }
  get contentMode() { return this.#contentMode; }
  get mkdir() { return this.#mkdir; }

  write(data) {
    if (this.#destroyed) throw this.#destroyedError();
    if (this.#contentMode === 'buffer') {
      if (!Buffer.isBuffer(data)) throw new codes.ERR_INVALID_ARG_TYPE('data', 'Buffer', data);
    } else {
      if (typeof data !== 'string') data = `${data}`;
    }
    const len = this.#len + data.length;
    if (this.#maxLength && len > this.#maxLength) {
      this.emit('drop', data);
      return this.#len < HIGH_WATER_MARK;
    }
    const last = this.#bufs.length - 1;
    if (last < 0 || this.#bufs[last].length + data.length > this.#maxWrite) this.#bufs.push(data);
    else this.#bufs[last] = typeof data === 'string' ? this.#bufs[last] + data : Buffer.concat([this.#bufs[last], data]);
    this.#len = len;
    if (!this.#writing && this.#len >= this.#minLength) this.#writeNext();
    return this.#len < HIGH_WATER_MARK;
  }

  flush(callback = () => {}) {
    if (callback !== null) validateFunction(callback, 'cb');
    if (this.#destroyed) {
      const err = this.#destroyedError();
      if (callback) {
        callback(err);
        return;
      }
      throw err;
    }
    if (this.#minLength <= 0) {
      if (callback) callback();
      return;
    }
    if (callback) this.#whenDrained(callback);
    if (this.#writing) return;
    if (this.#bufs.length === 0) this.#bufs.push(this.#empty());
    this.#writeNext();
  }

  flushSync() {
    if (this.#destroyed) throw this.#destroyedError();
    if (this.#fd < 0) throw new codes.ERR_INVALID_STATE('Invalid file descriptor');
    if (!this.#writing && this.#current.length > 0) {
      this.#bufs.unshift(this.#current);
      this.#current = this.#empty();
    }
    let buf = this.#empty();
    while (this.#bufs.length > 0 || buf.length > 0) {
      if (buf.length <= 0) buf = this.#bufs[0];
      try {
        const n = this.#fs.writeSync(this.#fd, buf, this.#contentMode === 'utf8' ? 'utf8' : undefined);
        buf = this.#rest(buf, n);
        if (buf.length <= 0) this.#bufs.shift();
      } catch (err) {
        const busy = err.code === 'EAGAIN' || err.code === 'EBUSY';
        if (!busy || !this.#retry(err, buf.length, this.#len - buf.length)) throw err;
        sleep(BUSY_WAIT);
      }
    }
    try {
      this.#fs.fsyncSync(this.#fd);
    } catch {
      // Not every descriptor can be synchronised.
    }
  }

  reopen(file) {
    if (this.#destroyed) throw this.#destroyedError();
    if (this.#opening) {
      this.once('ready', () => this.reopen(file));
      return;
    }
    if (this.#ending) return;
    if (!this.#file) {
      throw new codes.ERR_OPERATION_FAILED('Unable to reopen a file descriptor, you must pass a file to Utf8Stream');
    }
    if (file) this.#file = file;
    this.#reopening = true;
    if (this.#writing) return;
    const fd = this.#fd;
    this.once('ready', () => {
      if (fd !== this.#fd) this.#fs.close(fd, (err) => { if (err) this.emit('error', err); });
    });
    this.#open(this.#file);
  }

  end() {
    if (this.#destroyed) throw this.#destroyedError();
    if (this.#opening) {
      this.once('ready', () => this.end());
      return;
    }
    if (this.#ending) return;
    this.#ending = true;
    if (this.#writing) return;
    if (this.#len > 0 && this.#fd >= 0) this.#writeNext();
    else this.#close();
  }

  destroy() {
    if (this.#destroyed) return;
    this.#close();
  }

  [Symbol.dispose]() { this.destroy(); }

  #empty() { return this.#contentMode === 'buffer' ? Buffer.alloc(0) : ''; }

  #destroyedError() { return new codes.ERR_INVALID_STATE('Utf8Stream is destroyed'); }

  // What is left of buf after n bytes; keeps the count of what is queued.
  #rest(buf, n) {
    if (typeof buf === 'string') {
      const size = Buffer.byteLength(buf);
      if (n < size) {
        const rest = Buffer.from(buf).subarray(n).toString();
        this.#len = Math.max(this.#len - (buf.length - rest.length), 0);
        return rest;
      }
      this.#len = Math.max(this.#len - buf.length, 0);
      return '';
    }
    this.#len = Math.max(this.#len - n, 0);
    return buf.subarray(n);
  }

  #writeNext() {
    this.#writing = true;
    if (this.#current.length === 0) this.#current = this.#bufs.shift() ?? this.#empty();
    this.#writeCurrent();
  }

  #writeCurrent() {
    const encoding = this.#contentMode === 'utf8' ? 'utf8' : undefined;
    if (this.#sync) {
      let n;
      try {
        n = this.#fs.writeSync(this.#fd, this.#current, encoding);
      } catch (err) {
        this.#written(err);
        return;
      }
      this.#written(null, n);
    } else if (encoding === undefined) {
      this.#fs.write(this.#fd, this.#current, (err, n) => this.#written(err, n));
    } else {
      this.#fs.write(this.#fd, this.#current, encoding, (err, n) => this.#written(err, n));
    }
  }

  #written(err, n) {
    if (err) {
      const busy = err.code === 'EAGAIN' || err.code === 'EBUSY';
      if (busy && this.#retry(err, this.#current.length, this.#len - this.#current.length)) {
        if (this.#sync) {
          sleep(BUSY_WAIT);
          this.#writeCurrent();
        } else {
          setTimeout(() => this.#writeCurrent(), BUSY_WAIT);
        }
      } else {
        this.#writing = false;
        this.emit('error', err);
      }
      return;
    }
    if (n === undefined) n = typeof this.#current === 'string' ? Buffer.byteLength(this.#current) : this.#current.length;
    this.emit('write', n);
    this.#current = this.#rest(this.#current, n);
    if (this.#current.length > 0) {
      this.#writeCurrent();
      return;
    }
    if (this.#fsync) this.#fs.fsyncSync(this.#fd);
    if (this.#reopening) {
      this.#writing = false;
      this.#reopening = false;
      this.reopen();
    } else if (this.#len > this.#minLength) {
      this.#writeNext();
    } else if (this.#ending) {
      if (this.#len > 0) {
        this.#writeNext();
      } else {
        this.#writing = false;
        this.#close();
      }
    } else {
      this.#writing = false;
      if (this.#sync) {
        if (!this.#drainScheduled) {
          this.#drainScheduled = true;
          process.nextTick(() => {
            if (this.listenerCount('drain') > 0) {
              this.#drainScheduled = false;
              this.emit('drain');
            }
          });
        }
      } else {
        this.emit('drain');
      }
    }
  }

  #whenDrained(callback) {
    this.#flushPending = true;
    const onDrain = () => {
      this.off('error', onError);
      if (this.#fsync) {
        this.#flushPending = false;
        callback();
        return;
      }
      try {
        this.#fs.fsync(this.#fd, (err) => {
          this.#flushPending = false;
          // A stream that was closed meanwhile has nothing more to flush.
          if (err && err.code === 'EBADF') callback();
          else callback(err);
        });
      } catch (err) {
        callback(err);
      }
    };
    const onError = (err) => {
      this.#flushPending = false;
      this.off('drain', onDrain);
      callback(err);
    };
    this.once('drain', onDrain);
    this.once('error', onError);
  }

  #open(file) {
    this.#opening = true;
    this.#writing = true;
    this.#drainScheduled = false;
    const again = this.#fd !== -1;
    const opened = (err, fd) => {
      this.#reopening = false;
      this.#writing = false;
      this.#opening = false;
      if (err) {
        if (this.#sync) process.nextTick(() => { if (this.listenerCount('error') > 0) this.emit('error', err); });
        else this.emit('error', err);
        return;
      }
      this.#fd = fd;
      this.#file = file;
      // Whoever waited for room while the file was changed may go on.
      const ready = () => {
        this.emit('ready');
        if (again && !this.#writing && this.#len === 0 && !this.#destroyed) this.emit('drain');
      };
      if (this.#sync) process.nextTick(ready);
      else ready();
      if (this.#destroyed) return;
      if (!this.#writing && this.#len > this.#minLength || this.#flushPending) this.#writeNext();
    };
    const flags = this.#append ? 'a' : 'w';
    if (this.#sync) {
      let fd;
      try {
        if (this.#mkdir) this.#fs.mkdirSync(path.dirname(file), { recursive: true });
        fd = this.#fs.openSync(file, flags, this.#mode);
      } catch (err) {
        opened(err);
        throw err;
      }
      opened(null, fd);
    } else if (this.#mkdir) {
      this.#fs.mkdir(path.dirname(file), { recursive: true }, (err) => {
        if (err) opened(err);
        else this.#fs.open(file, flags, this.#mode, opened);
      });
    } else {
      this.#fs.open(file, flags, this.#mode, opened);
    }
  }

  #close() {
    if (this.#fd === -1) {
      this.once('ready', () => this.#close());
      return;
    }
    if (this.#timer !== undefined) clearInterval(this.#timer);
    this.#destroyed = true;
    this.#bufs = [];
    const done = (err) => {
      if (err) {
        this.emit('error', err);
        return;
      }
      if (this.#ending && !this.#writing) this.emit('finish');
      this.emit('close');
    };
    const close = () => {
      if (this.#fd !== 1 && this.#fd !== 2) this.#fs.close(this.#fd, done);
      else done();
    };
    if (this.#fsync) {
      close();
      return;
    }
    try {
      this.#fs.fsync(this.#fd, close);
    } catch {
      close();
    }
  }
}

module.exports = Utf8Stream;
