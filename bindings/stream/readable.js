'use strict';
// Readable. Its state is a word of flags and a few fields; what other programs
// read of it are accessors on the prototype, because in goja each property of
// a new object costs as much as a function call.

const EE = require('events');
const legacy = require('internal/streams/legacy');
const { getHighWaterMark } = require('internal/streams/state');
const destroyImpl = require('internal/streams/destroy');
const { AbortError, codes } = require('internal/errors');

const { Stream, initEmitter, prependListener } = legacy;
const { errorOrDestroy } = destroyImpl;
const eeOn = EE.prototype.on;
const eeOff = EE.prototype.removeListener;

function Readable(options) {
  if (!(this instanceof Readable)) return new Readable(options);
  initEmitter(this, options);
  this._readableState = new ReadableState(options, this, legacy.Duplex !== undefined && this instanceof legacy.Duplex);
  if (options) {
    if (typeof options.read === 'function') this._read = options.read;
    if (typeof options.destroy === 'function') this._destroy = options.destroy;
    if (typeof options.construct === 'function') this._construct = options.construct;
    if (options.signal) require('internal/streams/add-abort-signal').addAbortSignal(options.signal, this);
  }
  if (this._construct !== undefined && this._construct !== null) destroyImpl.construct(this);
}
module.exports = Readable;
Object.setPrototypeOf(Readable.prototype, Stream.prototype);
Object.setPrototypeOf(Readable, Stream);
Readable.ReadableState = ReadableState;

// push and read are native as far as they are for every chunk; the flags are
// defined there.
const binding = internalBinding('internal/streams/readable');
const {
  kObjectMode, kEnded, kEndEmitted, kReading, kConstructed, kSync, kNeedReadable, kEmittedReadable, kReadableListening,
  kResumeScheduled, kErrorEmitted, kEmitClose, kAutoDestroy, kDestroyed, kClosed, kCloseEmitted, kMultiAwaitDrain,
  kReadingMore, kDataEmitted, kErrored, kFlowing, kHasFlowing, kPaused, kHasPaused, kDataListening, kDecoder,
} = binding.flags;

function ReadableState(options, stream, isDuplex) {
  let state = kEmitClose | kAutoDestroy | kConstructed | kSync;
  let hwm;
  if (options) {
    if (options.objectMode || (isDuplex && options.readableObjectMode)) state |= kObjectMode;
    if (options.emitClose === false) state &= ~kEmitClose;
    if (options.autoDestroy === false) state &= ~kAutoDestroy;
    this.state = state;
    hwm = getHighWaterMark(this, options, 'readableHighWaterMark', isDuplex);
    const enc = options.defaultEncoding;
    if (enc != null && enc !== 'utf8' && enc !== 'utf-8') {
      if (!require('buffer').Buffer.isEncoding(enc)) throw new codes.ERR_UNKNOWN_ENCODING(enc);
      this.defaultEncoding = enc;
    }
  } else {
    this.state = state;
    hwm = getHighWaterMark(this, noOptions, '', false);
  }
  this.highWaterMark = hwm;
  this.buffer = [];
  if (options && options.encoding) {
    const { StringDecoder } = require('string_decoder');
    this.decoder = new StringDecoder(options.encoding);
    this.encoding = options.encoding;
    this.state |= kDecoder;
  }
}
const noOptions = { __proto__: null };

const stateProto = ReadableState.prototype;
stateProto.length = 0;
stateProto.bufferIndex = 0;
stateProto._pipes = undefined;
stateProto.awaitDrainWriters = null;
stateProto.errorValue = null;
stateProto.defaultEncoding = 'utf8';
stateProto.decoder = null;
stateProto.encoding = null;
stateProto.readable = undefined;
stateProto.afterConstruct = undefined;

destroyImpl.defineFlags(stateProto, {
  objectMode: kObjectMode, ended: kEnded, endEmitted: kEndEmitted, reading: kReading, constructed: kConstructed,
  sync: kSync, needReadable: kNeedReadable, emittedReadable: kEmittedReadable, readableListening: kReadableListening,
  resumeScheduled: kResumeScheduled, errorEmitted: kErrorEmitted, emitClose: kEmitClose, autoDestroy: kAutoDestroy,
  destroyed: kDestroyed, closed: kClosed, closeEmitted: kCloseEmitted, multiAwaitDrain: kMultiAwaitDrain,
  readingMore: kReadingMore, dataEmitted: kDataEmitted,
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
  flowing: {
    __proto__: null,
    configurable: true,
    get() { return (this.state & kHasFlowing) === 0 ? null : (this.state & kFlowing) !== 0; },
    set(value) {
      if (value == null) this.state &= ~(kHasFlowing | kFlowing);
      else if (value) this.state |= kHasFlowing | kFlowing;
      else this.state = (this.state | kHasFlowing) & ~kFlowing;
    },
  },
  paused: {
    __proto__: null,
    configurable: true,
    get() { return (this.state & kPaused) !== 0; },
    set(value) {
      if (value) this.state |= kHasPaused | kPaused;
      else this.state = (this.state | kHasPaused) & ~kPaused;
    },
  },
  pipes: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return this._pipes ??= []; },
    set(value) { this._pipes = value; },
  },
  pipesCount: { __proto__: null, configurable: true, get() { return this._pipes === undefined ? 0 : this._pipes.length; } },
});

stateProto.onConstructed = function(stream) {
  if (this.state & kNeedReadable) maybeReadMore(stream, this);
};

Readable.prototype.destroy = destroyImpl.destroy;
Readable.prototype._undestroy = destroyImpl.undestroy;
Readable.prototype._destroy = function(err, cb) { cb(err); };

Readable.prototype[Symbol.for('nodejs.rejection')] = function(err) { this.destroy(err); };

Readable.prototype[Symbol.asyncDispose] = function() {
  let error;
  if (!this.destroyed) {
    error = this.readableEnded ? null : new AbortError();
    this.destroy(error);
  }
  return new Promise((resolve, reject) => {
    require('internal/streams/end-of-stream').eos(this, (err) => (err && err !== error ? reject(err) : resolve(null)));
  });
};

Readable.prototype.push = undefined; // set below; here for the order of the keys

// Adds a chunk at the end; false: enough for now.
function pushSlow(chunk, encoding) {
  const state = this._readableState;
  if ((state.state & kObjectMode) !== 0) {
    if (chunk === null) {
      state.state &= ~kReading;
      onEofChunk(this, state);
      return false;
    }
    return pushObject(this, state, chunk, encoding);
  }
  return pushBytes(this, state, chunk, encoding);
}

function pushBytes(stream, state, chunk, encoding) {
  if (chunk === null) {
    state.state &= ~kReading;
    onEofChunk(stream, state);
    return false;
  }
  if (typeof chunk === 'string') {
    encoding = encoding || state.defaultEncoding;
    if (state.encoding !== encoding) {
      if (state.encoding && state.decoder === null) {
        chunk = toBuffer(chunk, encoding).toString(state.encoding);
      } else {
        chunk = toBuffer(chunk, encoding);
        encoding = '';
      }
    }
  } else if (ArrayBuffer.isView(chunk)) {
    if (!(chunk instanceof BufferClass())) chunk = viewToBuffer(chunk);
    encoding = '';
  } else if (chunk !== undefined) {
    errorOrDestroy(stream, new codes.ERR_INVALID_ARG_TYPE(
      'chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
    return false;
  }
  if (!chunk || chunk.length <= 0) {
    state.state &= ~kReading;
    maybeReadMore(stream, state);
    return canPushMore(state);
  }
  if ((state.state & (kEnded | kDestroyed | kErrored)) !== 0) return pushRefused(stream, state);
  state.state &= ~kReading;
  if ((state.state & kDecoder) !== 0 && !encoding) {
    chunk = state.decoder.write(chunk);
    if (chunk.length === 0) {
      maybeReadMore(stream, state);
      return canPushMore(state);
    }
  }
  addChunk(stream, state, chunk, false);
  return canPushMore(state);
}

function pushObject(stream, state, chunk, encoding) {
  if ((state.state & (kEnded | kDestroyed | kErrored)) !== 0) return pushRefused(stream, state);
  state.state &= ~kReading;
  if ((state.state & kDecoder) !== 0 && !encoding) chunk = state.decoder.write(chunk);
  addChunk(stream, state, chunk, false);
  return canPushMore(state);
}

function pushRefused(stream, state) {
  if ((state.state & kEnded) !== 0) errorOrDestroy(stream, new codes.ERR_STREAM_PUSH_AFTER_EOF());
  return false;
}

let Buffer;
function BufferClass() { return Buffer ??= require('buffer').Buffer; }
function viewToBuffer(view) { return BufferClass().from(view.buffer, view.byteOffset, view.byteLength); }
function toBuffer(string, encoding) { return BufferClass().from(string, encoding); }

function canPushMore(state) {
  return (state.state & kEnded) === 0 && (state.length < state.highWaterMark || state.length === 0);
}

// Puts a chunk back at the front.
Readable.prototype.unshift = function(chunk, encoding) {
  const state = this._readableState;
  if (chunk === null) {
    state.state &= ~kReading;
    onEofChunk(this, state);
    return false;
  }
  if ((state.state & kObjectMode) === 0) {
    if (typeof chunk === 'string') {
      encoding = encoding || state.defaultEncoding;
      if (state.encoding !== encoding) {
        chunk = state.encoding ? toBuffer(chunk, encoding).toString(state.encoding) : toBuffer(chunk, encoding);
      }
    } else if (ArrayBuffer.isView(chunk)) {
      if (!(chunk instanceof BufferClass())) chunk = viewToBuffer(chunk);
    } else if (chunk !== undefined) {
      errorOrDestroy(this, new codes.ERR_INVALID_ARG_TYPE(
        'chunk', ['string', 'Buffer', 'TypedArray', 'DataView'], chunk));
      return false;
    }
    if (!(chunk && chunk.length > 0)) return canPushMore(state);
  }
  if ((state.state & kEndEmitted) !== 0) {
    errorOrDestroy(this, new codes.ERR_STREAM_UNSHIFT_AFTER_END_EVENT());
  } else if ((state.state & (kDestroyed | kErrored)) !== 0) {
    return false;
  } else {
    addChunk(this, state, chunk, true);
  }
  return canPushMore(state);
};

function addChunk(stream, state, chunk, atFront) {
  if ((state.state & (kFlowing | kSync | kDataListening)) === (kFlowing | kDataListening) && state.length === 0) {
    if ((state.state & kMultiAwaitDrain) !== 0) state.awaitDrainWriters.clear();
    else if (state.awaitDrainWriters !== null) state.awaitDrainWriters = null;
    state.state |= kDataEmitted;
    stream.emit('data', chunk);
  } else {
    state.length += (state.state & kObjectMode) !== 0 ? 1 : chunk.length;
    if (!atFront) state.buffer.push(chunk);
    else if (state.bufferIndex > 0) state.buffer[--state.bufferIndex] = chunk;
    else state.buffer.unshift(chunk);
    if ((state.state & kNeedReadable) !== 0) emitReadable(stream);
  }
  maybeReadMore(stream, state);
}

Readable.prototype.isPaused = function() {
  const { state } = this._readableState;
  return (state & kPaused) !== 0 || (state & (kHasFlowing | kFlowing)) === kHasFlowing;
};

Readable.prototype.setEncoding = function(enc) {
  const state = this._readableState;
  const { StringDecoder } = require('string_decoder');
  const decoder = new StringDecoder(enc);
  state.decoder = decoder;
  state.state |= kDecoder;
  state.encoding = decoder.encoding; // normalised
  // What is buffered already is decoded too.
  let content = '';
  for (let i = state.bufferIndex; i < state.buffer.length; i++) content += decoder.write(state.buffer[i]);
  state.buffer = content === '' ? [] : [content];
  state.bufferIndex = 0;
  state.length = content.length;
  return this;
};

const kMaxHighWaterMark = 0x40000000;

// The next power of two, up to 1 GiB.
function computeNewHighWaterMark(n) {
  if (n > kMaxHighWaterMark) throw new codes.ERR_OUT_OF_RANGE('size', '<= 1GiB', n);
  let m = 1;
  while (m < n) m *= 2;
  return m;
}

function howMuchToRead(n, state) {
  if (n <= 0 || (state.length === 0 && (state.state & kEnded) !== 0)) return 0;
  if ((state.state & kObjectMode) !== 0) return 1;
  if (n !== n) {
    // Flowing: one chunk at a time. Otherwise all there is.
    if ((state.state & kFlowing) !== 0 && state.length > 0) return state.buffer[state.bufferIndex].length;
    return state.length;
  }
  if (n <= state.length) return n;
  return (state.state & kEnded) !== 0 ? state.length : 0;
}

Readable.prototype.read = undefined;

function readSlow(n) {
  if (n === undefined) n = NaN;
  else if (!Number.isInteger(n)) n = Number.parseInt(n, 10);
  const state = this._readableState;
  const nOrig = n;

  if (n > state.highWaterMark) state.highWaterMark = computeNewHighWaterMark(n);
  if (n !== 0) state.state &= ~kEmittedReadable;

  // read(0) with enough in the buffer: only tell.
  if (n === 0 && (state.state & kNeedReadable) !== 0 &&
      ((state.highWaterMark !== 0 ? state.length >= state.highWaterMark : state.length > 0) ||
       (state.state & kEnded) !== 0)) {
    if (state.length === 0 && (state.state & kEnded) !== 0) endReadable(this);
    else emitReadable(this);
    return null;
  }

  n = howMuchToRead(n, state);
  if (n === 0 && (state.state & kEnded) !== 0) {
    if (state.length === 0) endReadable(this);
    return null;
  }

  // Whether _read is to be called: when there is less than the high water
  // mark left, and nothing speaks against it.
  let doRead = (state.state & kNeedReadable) !== 0;
  if (state.length === 0 || state.length - n < state.highWaterMark) doRead = true;
  if (doRead && (state.state & (kEnded | kReading | kDestroyed | kErrored | kConstructed)) === kConstructed) {
    state.state |= state.length === 0 ? kReading | kSync | kNeedReadable : kReading | kSync;
    try {
      this._read(state.highWaterMark);
    } catch (err) {
      errorOrDestroy(this, err);
    }
    state.state &= ~kSync;
    // It may have pushed at once: then there is more to return.
    if ((state.state & kReading) === 0) n = howMuchToRead(nOrig, state);
  }

  const ret = n > 0 ? fromList(n, state) : null;
  if (ret === null) {
    if (state.length <= state.highWaterMark) state.state |= kNeedReadable;
    n = 0;
  } else {
    state.length -= n;
    if ((state.state & kMultiAwaitDrain) !== 0) state.awaitDrainWriters.clear();
    else if (state.awaitDrainWriters !== null) state.awaitDrainWriters = null;
  }
  if (state.length === 0) {
    if ((state.state & kEnded) === 0) state.state |= kNeedReadable;
    else if (nOrig !== n) endReadable(this);
  }
  if (ret !== null && (state.state & (kErrorEmitted | kCloseEmitted)) === 0) {
    state.state |= kDataEmitted;
    this.emit('data', ret);
  }
  return ret;
}

const { emitReadable, endReadable, flow, maybeReadMore, off, on, onEofChunk, resume } = binding.setup(Readable.prototype, {
  eeOff,
  eeOn,
  endWritableNT,
  updateReadableListening,
  pushSlow,
  readSlow,
  fromList,
  clearDrain(state) { state.awaitDrainWriters.clear(); },
  fail: errorOrDestroy,
});

Readable.prototype._read = function(n) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_read()');
};

Readable.prototype.pipe = function(dest, pipeOpts) {
  const src = this;
  const state = this._readableState;
  const pipes = state.pipes;
  if (pipes.length === 1 && (state.state & kMultiAwaitDrain) === 0) {
    state.state |= kMultiAwaitDrain;
    state.awaitDrainWriters = new Set(state.awaitDrainWriters ? [state.awaitDrainWriters] : []);
  }
  pipes.push(dest);

  const doEnd = (!pipeOpts || pipeOpts.end !== false) && dest !== process.stdout && dest !== process.stderr;
  const endFn = doEnd ? onend : unpipe;
  if ((state.state & kEndEmitted) !== 0) process.nextTick(endFn);
  else src.once('end', endFn);

  dest.on('unpipe', onunpipe);
  function onunpipe(readable, unpipeInfo) {
    if (readable === src && unpipeInfo && unpipeInfo.hasUnpiped === false) {
      unpipeInfo.hasUnpiped = true;
      cleanup();
    }
  }
  function onend() { dest.end(); }

  let ondrain;
  let cleanedUp = false;
  function cleanup() {
    dest.removeListener('close', onclose);
    dest.removeListener('finish', onfinish);
    if (ondrain) dest.removeListener('drain', ondrain);
    dest.removeListener('error', onerror);
    dest.removeListener('unpipe', onunpipe);
    src.removeListener('end', onend);
    src.removeListener('end', unpipe);
    src.removeListener('data', ondata);
    cleanedUp = true;
    // The source waits for a 'drain' that nobody will hear of any more.
    if (ondrain && state.awaitDrainWriters && (!dest._writableState || dest._writableState.needDrain)) ondrain();
  }

  function pause() {
    // Unless it was unpiped while it was being written to.
    if (!cleanedUp) {
      const all = state.pipes;
      if (all.length === 1 && all[0] === dest) {
        state.awaitDrainWriters = dest;
        state.state &= ~kMultiAwaitDrain;
      } else if (all.length > 1 && all.includes(dest)) {
        state.awaitDrainWriters.add(dest);
      }
      src.pause();
    }
    if (!ondrain) {
      // Made when it is first needed: most destinations never fill up.
      ondrain = pipeOnDrain(src, dest);
      dest.on('drain', ondrain);
    }
  }

  src.on('data', ondata);
  function ondata(chunk) {
    try {
      if (dest.write(chunk) === false) pause();
    } catch (error) {
      dest.destroy(error); // objects into a stream of bytes, say
    }
  }

  // An error of the destination ends the pipe; without another listener it is fatal.
  function onerror(er) {
    unpipe();
    dest.removeListener('error', onerror);
    if (dest.listenerCount('error') === 0) {
      const s = dest._writableState || dest._readableState;
      if (s && !s.errorEmitted) errorOrDestroy(dest, er);
      else dest.emit('error', er);
    }
  }
  prependListener(dest, 'error', onerror);

  function onclose() {
    dest.removeListener('finish', onfinish);
    unpipe();
  }
  dest.once('close', onclose);
  function onfinish() {
    dest.removeListener('close', onclose);
    unpipe();
  }
  dest.once('finish', onfinish);
  function unpipe() { src.unpipe(dest); }

  dest.emit('pipe', src);

  if (dest.writableNeedDrain === true) pause();
  else if ((state.state & kFlowing) === 0) src.resume();
  return dest;
};

function pipeOnDrain(src, dest) {
  return function pipeOnDrainFunctionResult() {
    const state = src._readableState;
    if (state.awaitDrainWriters === dest) state.awaitDrainWriters = null;
    else if ((state.state & kMultiAwaitDrain) !== 0) state.awaitDrainWriters.delete(dest);
    if ((!state.awaitDrainWriters || state.awaitDrainWriters.size === 0) && src.listenerCount('data')) src.resume();
  };
}

Readable.prototype.unpipe = function(dest) {
  const state = this._readableState;
  const pipes = state._pipes;
  if (pipes === undefined || pipes.length === 0) return this;
  if (!dest) {
    state.pipes = [];
    this.pause();
    for (let i = 0; i < pipes.length; i++) pipes[i].emit('unpipe', this, { hasUnpiped: false });
    return this;
  }
  const index = pipes.indexOf(dest);
  if (index === -1) return this;
  pipes.splice(index, 1);
  if (pipes.length === 0) this.pause();
  dest.emit('unpipe', this, { hasUnpiped: false });
  return this;
};

// 'data' starts the flow, 'readable' stops it.
Readable.prototype.on = on;
Readable.prototype.addListener = on;
Readable.prototype.removeListener = off;
Readable.prototype.off = off;

Readable.prototype.removeAllListeners = function(ev) {
  const res = EE.prototype.removeAllListeners.apply(this, arguments);
  if (ev === 'readable' || ev === undefined) process.nextTick(updateReadableListening, this);
  const state = this._readableState;
  if (state && this.listenerCount('data') === 0) state.state &= ~kDataListening;
  return res;
};

function updateReadableListening(self) {
  const state = self._readableState;
  if (self.listenerCount('readable') > 0) state.state |= kReadableListening;
  else state.state &= ~kReadableListening;
  if ((state.state & (kHasPaused | kPaused | kResumeScheduled)) === (kHasPaused | kResumeScheduled)) {
    // resume() has been called: flow when it is due.
    state.state |= kHasFlowing | kFlowing;
  } else if (self.listenerCount('data') > 0) {
    self.resume();
  } else if ((state.state & kReadableListening) === 0) {
    state.state &= ~(kHasFlowing | kFlowing);
  }
}

Readable.prototype.resume = resume;

Readable.prototype.pause = function() {
  const state = this._readableState;
  if ((state.state & (kHasFlowing | kFlowing)) !== kHasFlowing) {
    state.state = (state.state | kHasFlowing) & ~kFlowing;
    this.emit('pause');
  }
  state.state |= kHasPaused | kPaused;
  return this;
};

// Makes this stream read from an old one, which has only 'data' and 'end'.
Readable.prototype.wrap = function(stream) {
  let paused = false;
  stream.on('data', (chunk) => {
    if (!this.push(chunk) && stream.pause) {
      paused = true;
      stream.pause();
    }
  });
  stream.on('end', () => { this.push(null); });
  stream.on('error', (err) => { errorOrDestroy(this, err); });
  stream.on('close', () => { this.destroy(); });
  stream.on('destroy', () => { this.destroy(); });
  this._read = () => {
    if (paused && stream.resume) {
      paused = false;
      stream.resume();
    }
  };
  // Its other methods are offered as well.
  const keys = Object.keys(stream);
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i];
    if (this[key] === undefined && typeof stream[key] === 'function') this[key] = stream[key].bind(stream);
  }
  return this;
};

Readable.prototype.iterator = function(options) {
  if (options !== undefined) require('internal/validators').validateObject(options, 'options');
  return require('internal/streams/async-iterator').streamToAsyncIterator(this, options);
};
Readable.prototype[Symbol.asyncIterator] = function() {
  return require('internal/streams/async-iterator').streamToAsyncIterator(this);
};

Readable.prototype.compose = function compose(stream, options) {
  return require('internal/streams/operators').compose.call(this, stream, options);
};

function defineAccessors(proto, table) {
  const names = Object.keys(table);
  for (let i = 0; i < names.length; i++) {
    const { get, set } = Object.getOwnPropertyDescriptor(table, names[i]);
    Object.defineProperty(proto, names[i], { __proto__: null, enumerable: false, configurable: false, get, set });
  }
}

defineAccessors(Readable.prototype, {
  get readable() {
    const r = this._readableState;
    // A writable-only duplex is not readable, nor is what has failed or ended.
    return !!r && r.readable !== false && (r.state & (kDestroyed | kErrorEmitted | kEndEmitted)) === 0;
  },
  set readable(val) {
    if (this._readableState) this._readableState.readable = !!val;
  },
  get readableDidRead() { return (this._readableState.state & kDataEmitted) !== 0; },
  get readableAborted() {
    const r = this._readableState;
    return r.readable !== false && (r.state & (kDestroyed | kErrored)) !== 0 && (r.state & kEndEmitted) === 0;
  },
  get readableHighWaterMark() { return this._readableState.highWaterMark; },
  get readableBuffer() { return this._readableState?.buffer; },
  get readableFlowing() { return this._readableState.flowing; },
  set readableFlowing(state) {
    if (this._readableState) this._readableState.flowing = state;
  },
  get readableLength() { return this._readableState.length; },
  get readableObjectMode() { return this._readableState ? (this._readableState.state & kObjectMode) !== 0 : false; },
  get readableEncoding() { return this._readableState ? this._readableState.encoding : null; },
  get errored() { return this._readableState ? this._readableState.errorValue : null; },
  get closed() { return this._readableState ? (this._readableState.state & kClosed) !== 0 : false; },
  get destroyed() { return this._readableState ? (this._readableState.state & kDestroyed) !== 0 : false; },
  set destroyed(value) {
    const r = this._readableState;
    if (!r) return;
    if (value) r.state |= kDestroyed;
    else r.state &= ~kDestroyed;
  },
  get readableEnded() { return this._readableState ? (this._readableState.state & kEndEmitted) !== 0 : false; },
});

Readable._fromList = fromList;

// Takes n bytes (all of them, if n is 0 or more than there are) or one object
// from the buffer, whose consumed front is skipped and dropped now and then.
function fromList(n, state) {
  if (state.length === 0) return null;
  const buf = state.buffer;
  const len = buf.length;
  let idx = state.bufferIndex;
  let ret;

  if ((state.state & kObjectMode) !== 0 || (state.state === undefined && state.objectMode)) {
    ret = buf[idx];
    buf[idx++] = null;
  } else if (!n || n >= state.length) {
    if (len - idx === 1) {
      ret = buf[idx];
    } else if (state.decoder) {
      ret = idx === 0 ? buf.join('') : buf.slice(idx).join('');
    } else if (len - idx === 0) {
      ret = BufferClass().alloc(0);
    } else {
      ret = BufferClass().concat(idx === 0 ? buf : buf.slice(idx), state.length);
    }
    idx = len;
  } else if (n < buf[idx].length) {
    ret = buf[idx].slice(0, n);
    buf[idx] = buf[idx].slice(n);
  } else if (n === buf[idx].length) {
    ret = buf[idx];
    buf[idx++] = null;
  } else {
    const parts = [];
    let left = n;
    while (left > 0) {
      const chunk = buf[idx];
      if (left >= chunk.length) {
        parts.push(chunk);
        left -= chunk.length;
        buf[idx++] = null;
      } else {
        parts.push(chunk.slice(0, left));
        buf[idx] = chunk.slice(left);
        left = 0;
      }
    }
    ret = state.decoder ? parts.join('') : BufferClass().concat(parts, n);
  }

  if (idx === len) {
    buf.length = 0;
    state.bufferIndex = 0;
  } else if (idx > 1024 && idx * 2 > len) {
    buf.splice(0, idx);
    state.bufferIndex = 0;
  } else {
    state.bufferIndex = idx;
  }
  return ret;
}

function endWritableNT(stream) {
  if (stream.writable && !stream.writableEnded && !stream.destroyed) stream.end();
}

Readable.from = function(iterable, opts) {
  return require('internal/streams/from')(Readable, iterable, opts);
};
Readable.fromWeb = function(readableStream, options) {
  return require('internal/webstreams/adapters').newStreamReadableFromReadableStream(readableStream, options);
};
Readable.toWeb = function(streamReadable, options) {
  return require('internal/webstreams/adapters').newReadableStreamFromStreamReadable(streamReadable, options);
};
Readable.wrap = function(src, options) {
  return new Readable({
    objectMode: src.readableObjectMode ?? src.objectMode ?? true,
    ...options,
    destroy(err, callback) {
      destroyImpl.destroyer(src, err);
      callback(err);
    },
  }).wrap(src);
};

// The operators are loaded with the first that is called.
function operator(name, length, wrap) {
  const fn = {
    [name]() {
      const ops = require('internal/streams/operators');
      const ret = ops[name].apply(this, arguments);
      return wrap ? Readable.from(ret) : ret;
    },
  }[name];
  Object.defineProperty(fn, 'length', { __proto__: null, value: length, configurable: true });
  Object.defineProperty(Readable.prototype, name, { __proto__: null, value: fn, enumerable: false, writable: true, configurable: true });
}
operator('drop', 1, true);
operator('filter', 2, true);
operator('flatMap', 2, true);
operator('map', 2, true);
operator('take', 1, true);
operator('every', 1, false);
operator('forEach', 2, false);
operator('reduce', 3, false);
operator('toArray', 1, false);
operator('some', 2, false);
operator('find', 2, false);
