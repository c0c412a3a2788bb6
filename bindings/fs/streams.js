'use strict';
// ReadStream and WriteStream: streams over an open file.

const fs = require('fs');
const { Readable, Writable, finished } = require('stream');
const { codes, aggregateTwoErrors } = require('internal/errors');
const { deprecate, kEmptyObject } = require('internal/util');
const { validateBoolean, validateFunction, validateInteger } = require('internal/validators');
const { readChunk } = internalBinding('internal/fs/streams');
const { validatePath, toPathIfFileURL } = require('internal/fs/utils');

const kIoDone = Symbol('kIoDone');
const kIsPerformingIO = Symbol('kIsPerformingIO');
const kFs = Symbol('kFs');
const kHandle = Symbol('kHandle');

const originalRead = fs.read;

function readOptions(options) {
  if (options === null || options === undefined || typeof options === 'function') return {};
  if (typeof options === 'string') {
    internalBinding('internal/fs/utils').assertEncoding(options);
    return { encoding: options };
  }
  if (typeof options !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', ['string', 'Object'], options);
  if (options.encoding !== 'buffer') internalBinding('internal/fs/utils').assertEncoding(options.encoding);
  if (options.signal !== undefined) require('internal/validators').validateAbortSignal(options.signal, 'options.signal');
  const copy = {};
  for (const key in options) copy[key] = options[key];
  return copy;
}

// The file system that a stream over a FileHandle works on.
function handleOperations(handle) {
  return {
    open(path, flags, mode, cb) { throw new codes.ERR_METHOD_NOT_IMPLEMENTED('open()'); },
    close(fd, cb) {
      handle.unref_();
      handle.close().then(() => cb(), cb);
    },
    fsync(fd, cb) { handle.sync().then(() => cb(), cb); },
    read(fd, buf, offset, length, pos, cb) {
      handle.read(buf, offset, length, pos).then((r) => cb(null, r.bytesRead, r.buffer), (err) => cb(err, 0, buf));
    },
    write(fd, buf, offset, length, pos, cb) {
      handle.write(buf, offset, length, pos).then((r) => cb(null, r.bytesWritten, r.buffer), (err) => cb(err, 0, buf));
    },
    writev(fd, buffers, pos, cb) {
      handle.writev(buffers, pos).then((r) => cb(null, r.bytesWritten, r.buffers), (err) => cb(err, 0, buffers));
    },
  };
}

// Takes options.fd: a descriptor or a FileHandle.
function importFd(stream, options) {
  const { fd } = options;
  if (typeof fd === 'number') {
    stream[kFs] = options.fs || fs;
    return fd;
  }
  if (typeof fd === 'object' && fd !== null) {
    const { FileHandle } = require('internal/fs/filehandle');
    if (fd instanceof FileHandle) {
      if (options.fs) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('FileHandle with fs');
      stream[kHandle] = fd;
      stream[kFs] = handleOperations(new HandleRef(fd));
      fd.on('close', stream.close.bind(stream));
      return fd.fd;
    }
  }
  throw new codes.ERR_INVALID_ARG_TYPE('options.fd', ['number', 'FileHandle'], fd);
}

// One reference to a FileHandle: it stays open while the stream works.
class HandleRef {
  constructor(handle) {
    this.handle = handle;
    const { kRef, kUnref } = require('internal/fs/filehandle');
    handle[kRef]();
    this.unref_ = () => handle[kUnref]();
  }
  close() { return this.handle.close(); }
  sync() { return this.handle.sync(); }
  read(a, b, c, d) { return this.handle.read(a, b, c, d); }
  write(a, b, c, d) { return this.handle.write(a, b, c, d); }
  writev(a, b) { return this.handle.writev(a, b); }
}

function openFile(stream, callback) {
  stream[kFs].open(stream.path, stream.flags, stream.mode, (err, fd) => {
    if (err) {
      callback(err);
      return;
    }
    stream.fd = fd;
    callback();
    stream.emit('open', stream.fd);
    stream.emit('ready');
  });
}

// An open() that a program has replaced reports through events: listen in.
function openPatched(stream, callback) {
  const { emit } = stream;
  stream.emit = function(event) {
    if (event === 'open') {
      this.emit = emit;
      callback();
      return emit.apply(this, arguments);
    }
    if (event === 'error') {
      this.emit = emit;
      callback(arguments[1]);
      return undefined;
    }
    return emit.apply(this, arguments);
  };
  stream.open();
}

function construct(callback) {
  if (typeof this.fd === 'number') {
    callback();
  } else if (this.open !== openRead && this.open !== openWrite) {
    openPatched(this, callback);
  } else {
    openFile(this, callback);
  }
}

function closeFile(stream, err, callback) {
  if (stream.fd === null || stream.fd === undefined) {
    callback(err);
  } else if (stream.flush) {
    stream[kFs].fsync(stream.fd, (flushErr) => finishClose(stream, err || flushErr, callback));
  } else {
    finishClose(stream, err, callback);
  }
}

function finishClose(stream, err, callback) {
  stream[kFs].close(stream.fd, (er) => callback(er || err));
  stream.fd = null;
}

// A descriptor is not closed under a read or write that is still going on.
function destroyFile(err, callback) {
  if (this[kIsPerformingIO]) {
    this.once(kIoDone, (er) => closeFile(this, err || er, callback));
  } else {
    closeFile(this, err, callback);
  }
}

const openRead = deprecate(function() { openFile(this, (err) => { if (err) fail(this, err); }); },
                           'ReadStream.prototype.open() is deprecated', 'DEP0135');
const openWrite = deprecate(function() { openFile(this, (err) => { if (err) fail(this, err); }); },
                            'WriteStream.prototype.open() is deprecated', 'DEP0135');

function fail(stream, err) {
  const state = stream._readableState || stream._writableState;
  if (state && state.autoDestroy) stream.destroy(err);
  else stream.emit('error', err);
}

function setSource(stream, path, options, flags) {
  if (options.fd === null || options.fd === undefined) {
    stream.fd = null;
    stream[kFs] = options.fs || fs;
    validateFunction(stream[kFs].open, 'options.fs.open');
    stream.path = toPathIfFileURL(path);
    stream.flags = options.flags === undefined || options.flags === null ? flags : options.flags;
    stream.mode = options.mode === undefined ? 0o666 : options.mode;
    validatePath(stream.path);
  } else {
    stream.fd = internalBinding('internal/fs/utils').checkFd(importFd(stream, options));
    // The path is only for show: nothing is opened.
    if (stream.path === undefined) stream.path = undefined;
  }
}

function ReadStream(path, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(path, options);
  options = readOptions(options);
  if (options.highWaterMark === undefined) options.highWaterMark = 64 * 1024;
  setSource(this, path, options, 'r');
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  validateFunction(this[kFs].read, 'options.fs.read');
  if (options.autoDestroy) validateFunction(this[kFs].close, 'options.fs.close');
  this.start = options.start;
  this.end = options.end === undefined || options.end === null ? Infinity : options.end;
  this.pos = undefined;
  this.bytesRead = 0;
  this[kIsPerformingIO] = false;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  if (this.end !== Infinity) {
    validateInteger(this.end, 'end', 0);
    if (this.start !== undefined && this.start > this.end) {
      throw new codes.ERR_OUT_OF_RANGE('start', `<= "end" (here: ${this.end})`, this.start);
    }
  }
  Readable.call(this, options);
  if (options.encoding) this.setEncoding(options.encoding);
}
Object.setPrototypeOf(ReadStream.prototype, Readable.prototype);
Object.setPrototypeOf(ReadStream, Readable);

Object.defineProperty(ReadStream.prototype, 'autoClose', {
  __proto__: null,
  configurable: true,
  get() {
    if (this === undefined || this === null || this._readableState === undefined) throw new codes.ERR_INVALID_THIS('ReadStream');
    return this._readableState.autoDestroy;
  },
  set(value) { this._readableState.autoDestroy = value; },
});

ReadStream.prototype.open = openRead;
ReadStream.prototype._construct = construct;

ReadStream.prototype._read = function(n) {
  n = this.pos !== undefined ? Math.min(this.end - this.pos + 1, n) : Math.min(this.end - this.bytesRead + 1, n);
  if (n <= 0) {
    this.push(null);
    return;
  }
  this[kIsPerformingIO] = true;
  if (this[kFs].read === originalRead) {
    readChunk(this.fd, n, this.pos, (err, chunk) => {
      this[kIsPerformingIO] = false;
      if (this.destroyed) {
        this.emit(kIoDone, err);
      } else if (err) {
        fail(this, err);
      } else if (chunk === null || chunk === undefined) {
        this.push(null);
      } else {
        const size = chunk.length;
        if (this.pos !== undefined) this.pos += size;
        this.bytesRead += size;
        this.push(chunk);
      }
    });
    return;
  }
  const buf = Buffer.allocUnsafeSlow(n);
  this[kFs].read(this.fd, buf, 0, n, this.pos, (err, bytesRead, chunk) => {
    this[kIsPerformingIO] = false;
    if (this.destroyed) {
      this.emit(kIoDone, err);
    } else if (err) {
      fail(this, err);
    } else if (bytesRead > 0) {
      if (this.pos !== undefined) this.pos += bytesRead;
      this.bytesRead += bytesRead;
      this.push(bytesRead !== chunk.length ? Buffer.from(chunk.subarray(0, bytesRead)) : chunk);
    } else {
      this.push(null);
    }
  });
};

ReadStream.prototype._destroy = destroyFile;

ReadStream.prototype.close = function(cb) {
  if (typeof cb === 'function') finished(this, cb);
  this.destroy();
};

const pending = {
  __proto__: null,
  configurable: true,
  get() { return this.fd === null; },
};
Object.defineProperty(ReadStream.prototype, 'pending', pending);

function WriteStream(path, options) {
  if (!(this instanceof WriteStream)) return new WriteStream(path, options);
  options = readOptions(options);
  options.decodeStrings = true;
  setSource(this, path, options, 'w');
  options.autoDestroy = options.autoClose === undefined ? true : options.autoClose;
  const io = this[kFs];
  if (!io.write && !io.writev) throw new codes.ERR_INVALID_ARG_TYPE('options.fs.write', 'Function', io.write);
  if (io.write) validateFunction(io.write, 'options.fs.write');
  if (io.writev) validateFunction(io.writev, 'options.fs.writev');
  if (options.autoDestroy) validateFunction(io.close, 'options.fs.close');
  this.flush = options.flush;
  if (this.flush === undefined || this.flush === null) {
    this.flush = false;
  } else {
    validateBoolean(this.flush, 'options.flush');
    if (this.flush) validateFunction(io.fsync, 'options.fs.fsync');
  }
  // Without one of the two, Writable uses the other.
  if (!io.write) this._write = null;
  if (!io.writev) this._writev = null;
  this.start = options.start;
  this.pos = undefined;
  this.bytesWritten = 0;
  this[kIsPerformingIO] = false;
  if (this.start !== undefined) {
    validateInteger(this.start, 'start', 0);
    this.pos = this.start;
  }
  Writable.call(this, options);
  if (options.encoding) this.setDefaultEncoding(options.encoding);
}
Object.setPrototypeOf(WriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(WriteStream, Writable);

Object.defineProperty(WriteStream.prototype, 'autoClose', {
  __proto__: null,
  configurable: true,
  get() {
    if (this === undefined || this === null || this._writableState === undefined) throw new codes.ERR_INVALID_THIS('WriteStream');
    return this._writableState.autoDestroy;
  },
  set(value) { this._writableState.autoDestroy = value; },
});

WriteStream.prototype.open = openWrite;
WriteStream.prototype._construct = construct;

function tooManyRetries() {
  return new codes.ERR_SYSTEM_ERROR({ errno: -11, code: 'EAGAIN', message: 'write failed', syscall: 'write' });
}

function writeAll(stream, data, size, pos, callback, retries) {
  stream[kFs].write(stream.fd, data, 0, size, pos, (err, written, buffer) => {
    if (err && err.code === 'EAGAIN') {
      err = null;
      written = 0;
    }
    if (stream.destroyed || err) {
      callback(err || new codes.ERR_STREAM_DESTROYED('write'));
      return;
    }
    stream.bytesWritten += written;
    retries = written ? 0 : retries + 1;
    size -= written;
    if (pos !== undefined) pos += written;
    if (retries > 5) {
      callback(new Error('write failed'));
    } else if (size) {
      writeAll(stream, buffer.slice(written), size, pos, callback, retries);
    } else {
      callback();
    }
  });
}

function writevAll(stream, chunks, size, pos, callback, retries) {
  stream[kFs].writev(stream.fd, chunks, pos, (err, written, buffers) => {
    if (err && err.code === 'EAGAIN') {
      err = null;
      written = 0;
    }
    if (stream.destroyed || err) {
      callback(err || new codes.ERR_STREAM_DESTROYED('writev'));
      return;
    }
    stream.bytesWritten += written;
    retries = written ? 0 : retries + 1;
    size -= written;
    if (pos !== undefined) pos += written;
    if (retries > 5) {
      callback(new Error('writev failed'));
    } else if (size) {
      writevAll(stream, [Buffer.concat(buffers).slice(written)], size, pos, callback, retries);
    } else {
      callback();
    }
  });
}

function ioDone(stream, err, callback) {
  stream[kIsPerformingIO] = false;
  callback(err);
  if (stream.destroyed) stream.emit(kIoDone, err);
}

WriteStream.prototype._write = function(data, encoding, callback) {
  this[kIsPerformingIO] = true;
  writeAll(this, data, data.length, this.pos, (err) => ioDone(this, err, callback), 0);
  if (this.pos !== undefined) this.pos += data.length;
};

WriteStream.prototype._writev = function(data, callback) {
  const chunks = new Array(data.length);
  let size = 0;
  for (let i = 0; i < data.length; i++) {
    const { chunk } = data[i];
    chunks[i] = chunk;
    size += chunk.length;
  }
  this[kIsPerformingIO] = true;
  writevAll(this, chunks, size, this.pos, (err) => ioDone(this, err, callback), 0);
  if (this.pos !== undefined) this.pos += size;
};

WriteStream.prototype._destroy = destroyFile;

WriteStream.prototype.close = function(cb) {
  if (cb) {
    if (this.closed) {
      process.nextTick(cb);
      return;
    }
    this.on('close', cb);
  }
  // Without autoClose a finished stream would stay open.
  if (!this.autoClose) this.on('finish', this.destroy);
  this.end();
};

WriteStream.prototype.destroySoon = WriteStream.prototype.end;

Object.defineProperty(WriteStream.prototype, 'pending', pending);

function createReadStream(path, options) { return new fs.ReadStream(path, options); }
function createWriteStream(path, options) { return new fs.WriteStream(path, options); }

module.exports = { ReadStream, WriteStream, createReadStream, createWriteStream };
