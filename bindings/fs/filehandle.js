'use strict';
// FileHandle: an open file as an object. Its operations are Go functions that
// find the descriptor behind `this`, and keep it open while they run.

const EventEmitter = require('events');
const { handle: ops, newState, closeState, ref, unref, stateBusy, stateFd } = internalBinding('internal/fs/promises');
const { codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');

const { kHandle } = internalBinding('internal/fs/promises');
const kRef = Symbol('kRef');
const kUnref = Symbol('kUnref');
const kCloseSync = Symbol('kCloseSync');
const kClosePromise = Symbol('kClosePromise');
const kLocked = Symbol('kLocked');
const kTransfer = Symbol.for('messaging_transfer_symbol');

class FileHandle extends EventEmitter {
  constructor(fd) {
    super();
    this[kHandle] = newState(fd);
    this[kClosePromise] = null;
    this.close = () => {
      if (this.fd === -1) return Promise.resolve();
      if (this[kClosePromise]) return this[kClosePromise];
      const done = () => { this[kClosePromise] = undefined; };
      const p = closeState(this[kHandle]);
      this[kClosePromise] = p.finally(done);
      this.emit('close');
      return this[kClosePromise];
    };
  }

  getAsyncId() { return 0; }

  get fd() { return stateFd(this[kHandle]); }

  appendFile(data, options) { return this.writeFile(data, options); }

  writeFile(data, options) {
    if (isIterable(data)) return require('internal/fs/promises').writeIterable(this, data, options);
    return ops.writeFile.call(this, data, options);
  }

  readLines(options = undefined) {
    return require('readline').createInterface({ input: this.createReadStream(options), crlfDelay: Infinity });
  }

  readableWebStream(options = kEmptyObject) { return require('internal/fs/webstream').readableWebStream(this, options); }

  createReadStream(options = undefined) {
    const { ReadStream } = require('internal/fs/streams');
    return new ReadStream(undefined, { ...options, fd: this });
  }

  createWriteStream(options = undefined) {
    const { WriteStream } = require('internal/fs/streams');
    return new WriteStream(undefined, { ...options, fd: this });
  }

  // The descriptor moves to another thread, and this handle is closed.
  [kTransfer]() {
    if (this[kClosePromise] || this.fd === -1 || stateBusy(this[kHandle])) {
      const { DOMException } = require('internal/domexception');
      throw new DOMException('Cannot transfer FileHandle while in use', 'DataCloneError');
    }
    const { fd } = this;
    internalBinding('internal/fs/promises').moveState(this[kHandle]);
    return { deserializeInfo: 'internal/fs/filehandle:FileHandle', data: fd };
  }

  [kCloseSync]() {
    if (this.fd === -1) return;
    if (this[kClosePromise]) throw new codes.ERR_INVALID_STATE('The FileHandle is closing');
    const { fd } = this;
    internalBinding('internal/fs/promises').dropState(this[kHandle]);
    require('fs').closeSync(fd);
    this.emit('close');
  }

  async [Symbol.asyncDispose]() { await this.close(); }

  [kRef]() { ref(this[kHandle]); }
  [kUnref]() { unref(this[kHandle]); }
}

function method(name, op) {
  Object.defineProperty(FileHandle.prototype, name, {
    __proto__: null, value: op, writable: true, configurable: true, enumerable: false,
  });
}
method('chmod', ops.fchmod);
method('chown', ops.fchown);
method('datasync', ops.fdatasync);
method('sync', ops.fsync);
method('read', ops.read);
method('readv', ops.readv);
method('readFile', ops.readFile);
method('stat', ops.fstat);
method('truncate', ops.ftruncate);
method('utimes', ops.futimes);
method('write', ops.write);
method('writev', ops.writev);

function isIterable(data) {
  return data !== null && typeof data === 'object' && !ArrayBuffer.isView(data) &&
    (typeof data[Symbol.asyncIterator] === 'function' || typeof data[Symbol.iterator] === 'function');
}

module.exports = {
  FileHandle, kClosePromise, kCloseSync, kHandle, kLocked, kRef, kUnref, isIterable,
  [Symbol.for('messaging_deserialize_symbol')]: (fd) => new FileHandle(fd),
};
