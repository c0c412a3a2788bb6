'use strict';
// Writable. As in readable.js the state is a word of flags and few fields.
// Buffered writes are kept flat, three entries each (chunk, encoding,
// callback): an object a write would cost more than the write.

const legacy = require('internal/streams/legacy');
const { getHighWaterMark } = require('internal/streams/state');
const destroyImpl = require('internal/streams/destroy');
const { AbortError, codes } = require('internal/errors');

const { Stream, initEmitter } = legacy;
const { errorOrDestroy } = destroyImpl;

function nop() {}

// write and _write's callback are native as far as they are for every chunk;
// the flags are defined there.
const binding = internalBinding('internal/streams/writable');
const {
  kObjectMode, kEnding, kEnded, kFinished, kConstructed, kSync, kWriting, kNeedDrain, kFinalCalled, kPrefinished,
  kErrorEmitted, kEmitClose, kAutoDestroy, kDestroyed, kClosed, kCloseEmitted, kDecodeStrings, kBufferProcessing,
  kAllBuffers, kAllNoop, kErrored, kAfterWritePending,
} = binding.flags;
const { afterWrite, drainLater, syncDone } = binding;

function Writable(options) {
  const isDuplex = legacy.Duplex !== undefined && this instanceof legacy.Duplex;
  if (!isDuplex && !Function.prototype[Symbol.hasInstance].call(Writable, this)) return new Writable(options);
  initEmitter(this, options);
  this._writableState = new WritableState(options, this, isDuplex);
  if (options) {
    if (typeof options.write === 'function') this._write = options.write;
    if (typeof options.writev === 'function') this._writev = options.writev;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.final === 'function') this._final = options.final;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add-abort-signal').addAbortSignal(options.signal, this);
  }
  if (this._construct !== undefined && this._construct !== null) destroyImpl.construct(this);
}
module.exports = Writable;
Object.setPrototypeOf(Writable.prototype, Stream.prototype);
Object.setPrototypeOf(Writable, Stream);
Writable.WritableState = WritableState;

function WritableState(options, stream, isDuplex) {
  let state = kConstructed | kSync | kEmitClose | kAutoDestroy | kDecodeStrings | kAllBuffers | kAllNoop;
  if (options) {
    if (options.objectMode || (isDuplex && options.writableObjectMode)) state |= kObjectMode;
    if (options.emitClose === false) state &= ~kEmitClose;
    if (options.autoDestroy === false) state &= ~kAutoDestroy;
    if (options.decodeStrings === false) state &= ~kDecodeStrings;
    this.state = state;
    this.highWaterMark = getHighWaterMark(this, options, 'writableHighWaterMark', isDuplex);
    const enc = options.defaultEncoding;
    if (enc && enc !== 'utf8' && enc !== 'utf-8') {
      if (!require('buffer').Buffer.isEncoding(enc)) throw new codes.ERR_UNKNOWN_ENCODING(enc);
      this.defaultEncoding = enc;
    }
  } else {
    this.state = state;
    this.highWaterMark = getHighWaterMark(this, noOptions, '', false);
  }
  this.stream = stream;
}
const noOptions = { __proto__: null };

const stateProto = WritableState.prototype;
stateProto.length = 0;
stateProto.corked = 0;
stateProto._onwrite = undefined;
stateProto.writecb = null;
stateProto.writelen = 0;
stateProto.queue = null; // the buffered writes, flat
stateProto.head = 0;
stateProto.pendingcb = 0;
stateProto.afterWriteTickInfo = null;
stateProto.onFinished = undefined;
stateProto.errorValue = null;
stateProto.defaultEncoding = 'utf8';
stateProto.writable = undefined;
stateProto.afterConstruct = undefined;

destroyImpl.defineFlags(stateProto, {
  objectMode: kObjectMode, finalCalled: kFinalCalled, needDrain: kNeedDrain, ending: kEnding, ended: kEnded,
  finished: kFinished, destroyed: kDestroyed, decodeStrings: kDecodeStrings, writing: kWriting, sync: kSync,
  bufferProcessing: kBufferProcessing, constructed: kConstructed, prefinished: kPrefinished,
  errorEmitted: kErrorEmitted, emitClose: kEmitClose, autoDestroy: kAutoDestroy, closed: kClosed,
  closeEmitted: kCloseEmitted, allBuffers: kAllBuffers, allNoop: kAllNoop,
});

Object.defineProperties(stateProto, {
  __proto__: null,
  errored: {
    __proto__: null,
    configurable: true,
    get() { return this.errorValue; },
    set(err) {
      this.errorValue = err || null;
      if (err) this.state |= kErrored;
      else this.state &= ~kErrored;
    },
  },
  onwrite: {
    __proto__: null,
    configurable: true,
    get() { return this._onwrite ??= binding.onwrite(this.stream); },
  },
  buffered: { __proto__: null, configurable: true, get() { return this.getBuffer(); } },
  bufferedIndex: { __proto__: null, configurable: true, get() { return 0; } },
  bufferedRequestCount: {
    __proto__: null,
    configurable: true,
    get() { return this.queue === null ? 0 : (this.queue.length - this.head) / 3; },
  },
});

stateProto.getBuffer = function getBuffer() {
  return this.queue === null ? [] : entries(this.queue, this.head, true);
};

function entries(queue, from, withCallback) {
  const out = [];
  for (let i = from; i < queue.length; i += 3) {
    out.push(withCallback ? { chunk: queue[i], encoding: queue[i + 1], callback: queue[i + 2] } :
      { chunk: queue[i], encoding: queue[i + 1] });
  }
  return out;
}

stateProto.onConstructed = function(stream) {
  if ((this.state & kWriting) === 0) clearBuffer(stream, this);
  if ((this.state & kEnding) !== 0) finishMaybe(stream, this);
};

function resetBuffer(state) {
  state.queue = null;
  if (state.head !== 0) state.head = 0;
  state.state |= kAllBuffers | kAllNoop;
}

Object.defineProperty(Writable, Symbol.hasInstance, {
  __proto__: null,
  value: { [Symbol.hasInstance](object) {
    if (Function.prototype[Symbol.hasInstance].call(this, object)) return true;
    if (this !== Writable) return false;
    return object && object._writableState instanceof WritableState; // a Duplex
  } }[Symbol.hasInstance],
});

Writable.prototype.pipe = function() {
  errorOrDestroy(this, new codes.ERR_STREAM_CANNOT_PIPE());
};

function unknownEncoding(encoding) {
  const { inspect } = require('internal/util/inspect');
  return new codes.ERR_UNKNOWN_ENCODING(typeof encoding === 'object' ? inspect(encoding) : encoding);
}

let Buffer;
function BufferClass() { return Buffer ??= require('buffer').Buffer; }

function write_(stream, chunk, encoding, cb) {
  const state = stream._writableState;
  if (typeof encoding === 'function') {
    cb = encoding;
    encoding = undefined;
  } else if (typeof cb !== 'function') {
    cb = nop;
  }

  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  if ((state.state & kObjectMode) === 0) {
    if (!encoding) {
      encoding = state.defaultEncoding;
    } else if (encoding !== 'buffer' && encoding !== 'utf8' && !BufferClass().isEncoding(encoding)) {
      throw unknownEncoding(encoding);
    }
    if (typeof chunk === 'string') {
      if ((state.state & kDecodeStrings) !== 0) {
        chunk = BufferClass().from(chunk, encoding);
        encoding = 'buffer';
      }
    } else if (chunk instanceof BufferClass()) {
      encoding = 'buffer';
    } else if (ArrayBuffer.isView(chunk)) {
      chunk = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      encoding = 'buffer';
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk);
    }
  }

  if ((state.state & (kEnding | kDestroyed)) !== 0) {
    const err = (state.state & kEnding) !== 0 ? new codes.ERR_STREAM_WRITE_AFTER_END() :
      new codes.ERR_STREAM_DESTROYED('write');
    process.nextTick(cb, err);
    errorOrDestroy(stream, err, true);
    return err;
  }
  state.pendingcb++;
  return writeOrBuffer(stream, state, chunk, encoding, cb);
}

Writable.prototype.write = undefined; // set below; here for the order of the keys
function writeSlow(chunk, encoding, cb) { return write_(this, chunk, encoding, cb) === true; }

Writable.prototype.cork = function() {
  this._writableState.corked++;
};

Writable.prototype.uncork = function() {
  const state = this._writableState;
  if (state.corked) {
    state.corked--;
    if ((state.state & kWriting) === 0) clearBuffer(this, state);
  }
};

Writable.prototype.setDefaultEncoding = function setDefaultEncoding(encoding) {
  if (typeof encoding === 'string') encoding = encoding.toLowerCase();
  if (!require('buffer').Buffer.isEncoding(encoding)) throw unknownEncoding(encoding);
  this._writableState.defaultEncoding = encoding;
  return this;
};

// Writes now, or queues while something is being written. False: the caller
// should wait for 'drain'.
function writeOrBuffer(stream, state, chunk, encoding, callback) {
  const len = (state.state & kObjectMode) !== 0 ? 1 : chunk.length;
  state.length += len;
  if ((state.state & (kWriting | kErrored | kConstructed)) !== kConstructed || state.corked !== 0) {
    enqueue(state, chunk, encoding, callback);
  } else {
    state.writelen = len;
    state.writecb = callback;
    state.state |= kWriting | kSync;
    stream._write(chunk, encoding, state._onwrite === undefined ? state.onwrite : state._onwrite);
    state.state &= ~kSync;
  }
  // Asked after the write: one that is done at once fills nothing.
  const ret = state.length < state.highWaterMark || state.length === 0;
  if (!ret) state.state |= kNeedDrain;
  // After an error or destroy nothing drains any more.
  return ret && (state.state & (kErrored | kDestroyed)) === 0;
}

function enqueue(state, chunk, encoding, callback) {
  if (state.queue === null) state.queue = [chunk, encoding, callback];
  else state.queue.push(chunk, encoding, callback);
  if (encoding !== 'buffer') state.state &= ~kAllBuffers;
  if (callback !== nop) state.state &= ~kAllNoop;
}

function doWrite(stream, state, writev, len, chunk, encoding, cb) {
  state.writelen = len;
  state.writecb = cb;
  state.state |= kWriting | kSync;
  if ((state.state & kDestroyed) !== 0) state.onwrite(new codes.ERR_STREAM_DESTROYED('write'));
  else if (writev) stream._writev(chunk, state.onwrite);
  else stream._write(chunk, encoding, state.onwrite);
  state.state &= ~kSync;
}

function onwriteError(stream, state, er, cb) {
  --state.pendingcb;
  cb(er);
  // What is queued fails too, unless something is still being written.
  errorBuffer(state);
  errorOrDestroy(stream, er);
}

function onwrite(stream, er) {
  const state = stream._writableState;
  const cb = state.writecb;
  if (typeof cb !== 'function') {
    errorOrDestroy(stream, new codes.ERR_MULTIPLE_CALLBACK());
    return;
  }
  const sync = (state.state & kSync) !== 0;
  state.state &= ~kWriting;
  state.writecb = null;
  state.length -= state.writelen;
  state.writelen = 0;

  if (er) {
    er.stack; // formatted while it is still short
    if ((state.state & kErrored) === 0) state.errored = er;
    const r = stream._readableState;
    if (r && !r.errored) r.errored = er;
    if (sync) process.nextTick(onwriteError, stream, state, er, cb);
    else onwriteError(stream, state, er, cb);
    return;
  }
  if (state.queue !== null) clearBuffer(stream, state);
  if (!sync) {
    afterWrite(stream, state, 1, cb);
  } else if (cb === nop) {
    // No callback to call: a tick is needed only for 'drain' and the end.
    if ((state.state & (kAfterWritePending | kNeedDrain)) === kNeedDrain) {
      state.state |= kAfterWritePending;
      drainLater(stream, state);
    } else {
      state.pendingcb--;
      if ((state.state & kEnding) !== 0) finishMaybe(stream, state, true);
    }
  } else {
    syncDone(stream, state, cb);
  }
}

// The callbacks of writes that will not happen.
function errorBuffer(state) {
  if ((state.state & kWriting) !== 0) return;
  const { queue } = state;
  if (queue !== null) {
    for (let i = state.head; i < queue.length; i += 3) {
      state.length -= (state.state & kObjectMode) !== 0 ? 1 : queue[i].length;
      queue[i + 2](state.errorValue ?? new codes.ERR_STREAM_DESTROYED('write'));
    }
  }
  callFinishedCallbacks(state, state.errorValue ?? new codes.ERR_STREAM_DESTROYED('end'));
  resetBuffer(state);
}

function clearBuffer(stream, state) {
  const { queue } = state;
  if (queue === null || state.corked !== 0 ||
      (state.state & (kDestroyed | kBufferProcessing | kConstructed)) !== kConstructed) return;
  let i = state.head;
  const count = (queue.length - i) / 3;
  if (count <= 0) return;

  state.state |= kBufferProcessing;
  if (count > 1 && stream._writev) {
    state.pendingcb -= count - 1;
    const allNoop = (state.state & kAllNoop) !== 0;
    const callback = allNoop ? nop : (err) => {
      for (let n = i + 2; n < queue.length; n += 3) queue[n](err);
    };
    const chunks = entries(queue, i, true);
    chunks.allBuffers = (state.state & kAllBuffers) !== 0;
    doWrite(stream, state, true, state.length, chunks, '', callback);
    resetBuffer(state);
  } else {
    do {
      const chunk = queue[i], encoding = queue[i + 1], callback = queue[i + 2];
      queue[i] = queue[i + 1] = queue[i + 2] = null;
      i += 3;
      state.head = i;
      doWrite(stream, state, false, (state.state & kObjectMode) !== 0 ? 1 : chunk.length, chunk, encoding, callback);
    } while (i < queue.length && (state.state & kWriting) === 0);
    if (state.queue === queue) {
      if (i === queue.length) {
        resetBuffer(state);
      } else if (i > 768 && i * 2 > queue.length) {
        queue.splice(0, i);
        state.head = 0;
      }
    }
  }
  state.state &= ~kBufferProcessing;
}

binding.setup(Writable.prototype, {
  nop,
  writeSlow,
  enqueue,
  onwriteSlow: onwrite,
  ended: finishMaybe,
  errorBuffer,
});

Writable.prototype._write = function(chunk, encoding, cb) {
  if (this._writev) this._writev([{ chunk, encoding }], cb);
  else throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_write()');
};
Writable.prototype._writev = null;

Writable.prototype.end = function(chunk, encoding, cb) {
  const state = this._writableState;
  if (typeof chunk === 'function') {
    cb = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    cb = encoding;
    encoding = null;
  }

  let err;
  if (chunk !== null && chunk !== undefined) {
    const ret = write_(this, chunk, encoding);
    if (ret instanceof Error) err = ret;
  }
  // Whatever was corked is written before the end.
  if (state.corked) {
    state.corked = 1;
    this.uncork();
  }
  if (err) {
    // write has seen to it
  } else if ((state.state & (kErrored | kEnding)) === 0) {
    // end after end is silent, here as in Node
    state.state |= kEnding;
    finishMaybe(this, state, true);
    state.state |= kEnded;
  } else if ((state.state & kFinished) !== 0) {
    err = new codes.ERR_STREAM_ALREADY_FINISHED('end');
  } else if ((state.state & kDestroyed) !== 0) {
    err = new codes.ERR_STREAM_DESTROYED('end');
  }
  if (typeof cb === 'function') {
    if (err) process.nextTick(cb, err);
    else if ((state.state & kErrored) !== 0) process.nextTick(cb, state.errorValue);
    else if ((state.state & kFinished) !== 0) process.nextTick(cb, null);
    else if (state.onFinished === undefined) state.onFinished = [cb];
    else state.onFinished.push(cb);
  }
  return this;
};

function needFinish(state) {
  return (state.state & (kEnding | kDestroyed | kConstructed | kFinished | kWriting | kErrorEmitted | kCloseEmitted |
    kErrored)) === (kEnding | kConstructed) && state.length === 0 && state.queue === null;
}

function callFinishedCallbacks(state, err) {
  const callbacks = state.onFinished;
  if (callbacks === undefined) return;
  state.onFinished = undefined;
  for (let i = 0; i < callbacks.length; i++) callbacks[i](err);
}

function callFinal(stream, state) {
  let called = false;
  function onFinish(err) {
    if (called) {
      errorOrDestroy(stream, err ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    state.pendingcb--;
    if (err) {
      callFinishedCallbacks(state, err);
      errorOrDestroy(stream, err, (state.state & kSync) !== 0);
    } else if (needFinish(state)) {
      state.state |= kPrefinished;
      stream.emit('prefinish');
      // In a tick, so that 'finish' comes after the last write's callback.
      state.pendingcb++;
      process.nextTick(finish, stream, state);
    }
  }
  state.state |= kSync;
  state.pendingcb++;
  try {
    stream._final(onFinish);
  } catch (err) {
    onFinish(err);
  }
  state.state &= ~kSync;
}

function prefinish(stream, state) {
  if ((state.state & (kPrefinished | kFinalCalled)) !== 0) return;
  if (typeof stream._final === 'function' && (state.state & kDestroyed) === 0) {
    state.state |= kFinalCalled;
    callFinal(stream, state);
  } else {
    state.state |= kPrefinished;
    stream.emit('prefinish');
  }
}

function finishMaybe(stream, state, sync) {
  if (!needFinish(state)) return;
  prefinish(stream, state);
  if (state.pendingcb !== 0) return;
  if (sync) {
    state.pendingcb++;
    process.nextTick(finishIfNeeded, stream, state);
  } else if (needFinish(state)) {
    state.pendingcb++;
    finish(stream, state);
  }
}

function finishIfNeeded(stream, state) {
  if (needFinish(state)) finish(stream, state);
  else state.pendingcb--;
}

function finish(stream, state) {
  state.pendingcb--;
  state.state |= kFinished;
  callFinishedCallbacks(state, null);
  stream.emit('finish');
  if ((state.state & kAutoDestroy) !== 0) {
    // A duplex is destroyed when both sides are done.
    const r = stream._readableState;
    if (!r || (r.autoDestroy && (r.endEmitted || r.readable === false))) stream.destroy();
  }
}

Object.defineProperties(Writable.prototype, {
  __proto__: null,
  closed: {
    __proto__: null,
    get() { return this._writableState ? (this._writableState.state & kClosed) !== 0 : false; },
  },
  destroyed: {
    __proto__: null,
    get() { return this._writableState ? (this._writableState.state & kDestroyed) !== 0 : false; },
    set(value) {
      const w = this._writableState;
      if (!w) return;
      if (value) w.state |= kDestroyed;
      else w.state &= ~kDestroyed;
    },
  },
  writable: {
    __proto__: null,
    get() {
      const w = this._writableState;
      // A readable-only duplex is not writable, nor is what has failed or ended.
      return !!w && w.writable !== false && (w.state & (kEnding | kEnded | kDestroyed | kErrored)) === 0;
    },
    set(val) {
      if (this._writableState) this._writableState.writable = !!val;
    },
  },
  writableFinished: {
    __proto__: null,
    get() { return this._writableState ? (this._writableState.state & kFinished) !== 0 : false; },
  },
  writableObjectMode: {
    __proto__: null,
    get() { return this._writableState ? (this._writableState.state & kObjectMode) !== 0 : false; },
  },
  writableBuffer: {
    __proto__: null,
    get() { return this._writableState && this._writableState.getBuffer(); },
  },
  writableEnded: {
    __proto__: null,
    get() { return this._writableState ? (this._writableState.state & kEnding) !== 0 : false; },
  },
  writableNeedDrain: {
    __proto__: null,
    get() {
      return this._writableState ?
        (this._writableState.state & (kDestroyed | kEnding | kNeedDrain)) === kNeedDrain : false;
    },
  },
  writableHighWaterMark: {
    __proto__: null,
    get() { return this._writableState && this._writableState.highWaterMark; },
  },
  writableCorked: {
    __proto__: null,
    get() { return this._writableState ? this._writableState.corked : 0; },
  },
  writableLength: {
    __proto__: null,
    get() { return this._writableState && this._writableState.length; },
  },
  errored: {
    __proto__: null,
    enumerable: false,
    get() { return this._writableState ? this._writableState.errorValue : null; },
  },
  writableAborted: {
    __proto__: null,
    enumerable: false,
    get() {
      const w = this._writableState;
      return w.writable !== false && (w.state & (kDestroyed | kErrored)) !== 0 && (w.state & kFinished) === 0;
    },
  },
});

Writable.prototype.destroy = function(err, cb) {
  const state = this._writableState;
  // The callbacks of what was not written are called after destroy has begun.
  if ((state.state & kDestroyed) === 0 && (state.queue !== null || state.onFinished !== undefined)) {
    process.nextTick(errorBuffer, state);
  }
  destroyImpl.destroy.call(this, err, cb);
  return this;
};
Writable.prototype._undestroy = destroyImpl.undestroy;
Writable.prototype._destroy = function(err, cb) { cb(err); };
Writable.prototype[Symbol.for('nodejs.rejection')] = function(err) { this.destroy(err); };

Writable.fromWeb = function(writableStream, options) {
  return require('internal/webstreams/adapters').newStreamWritableFromWritableStream(writableStream, options);
};
Writable.toWeb = function(streamWritable) {
  return require('internal/webstreams/adapters').newWritableStreamFromStreamWritable(streamWritable);
};

Writable.prototype[Symbol.asyncDispose] = function() {
  let error;
  if (!this.destroyed) {
    error = this.writableFinished ? null : new AbortError();
    this.destroy(error);
  }
  return new Promise((resolve, reject) => {
    require('internal/streams/end-of-stream').eos(this, (err) => (err && err.name !== 'AbortError' ? reject(err) : resolve(null)));
  });
};
