'use strict';
// _http_incoming: a message that comes in. Its start line and header fields
// stay in Go until a script asks for them (accessors of the prototype), and so
// does its state as a stream (_readableState below).

const { Readable } = require('stream');
const { initEmitter } = require('internal/streams/legacy');
const { binding, kHead, kHeaders, kRawHeaders } = require('internal/http');

const kHeadersDistinct = Symbol('kHeadersDistinct');
const kHeadersCount = Symbol('kHeadersCount');
const kTrailers = Symbol('kTrailers');
const kTrailersDistinct = Symbol('kTrailersDistinct');
const kTrailersCount = Symbol('kTrailersCount');
const kSignal = Symbol('kSignal');
const kEnded = Symbol('kEnded');
const kMaxPairs = Symbol('kMaxPairs');
const kDetachAbortSignal = Symbol('kDetachAbortSignal');
const { kIncomingSocket, kIncomingState, kThin } = binding.symbols;

function readStart(socket) {
  if (socket && !socket._paused && socket.readable) socket.resume();
}

function readStop(socket) {
  if (socket) socket.pause();
}

function IncomingMessage(socket) {
  // The state as a stream is made by the first who needs it, unless someone
  // else's constructor calls this one.
  if (socket !== undefined) this[kIncomingSocket] = socket;
}
Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
Object.setPrototypeOf(IncomingMessage, Readable);

// What is the same for all messages until it changes.
const defaults = {
  joinDuplicateHeaders: undefined,
  aborted: false,
  _consuming: false,
  _dumped: false,
};
for (const name of Object.keys(defaults)) {
  Object.defineProperty(IncomingMessage.prototype, name, {
    __proto__: null, value: defaults[name], writable: true, configurable: true, enumerable: false,
  });
}

function attachHead(incoming, head, maxPairs) {
  if (head === undefined) return;
  incoming[kHead] = head;
  if (maxPairs !== 2000) incoming[kMaxPairs] = maxPairs;
}

function own(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, value, writable: true, configurable: true, enumerable: true });
}

// url, method, httpVersion and their kind: from the head, or what was assigned.
binding.installIncoming(IncomingMessage.prototype, kMaxPairs);

const thinOptions = { highWaterMark: 65536 };
function makeState(message) {
  // A message that lives in Go is told about its end only if it has a state.
  const thin = message[kThin] !== undefined;
  if (thin) message[kIncomingState] = true;
  const socket = message[kIncomingSocket];
  const options = thin ? thinOptions : socket ? { highWaterMark: socket.readableHighWaterMark } : undefined;
  let state;
  if (message._construct === undefined) {
    initEmitter(message, undefined);
    own(message, '_readableState', state = new Readable.ReadableState(options, message, false));
  } else {
    Readable.call(message, options);
    state = Object.getOwnPropertyDescriptor(message, '_readableState').value;
  }
  state.readingMore = true;
  if (message[kEnded] || (thin && binding.thinDone(message))) {
    state.readingMore = false;
    message.push(null);
  }
  return state;
}

Object.defineProperties(IncomingMessage.prototype, {
  _readableState: {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      // The prototype itself is asked, too (inspection, mixins).
      if (this === IncomingMessage.prototype) return undefined;
      return makeState(this);
    },
    set(value) { own(this, '_readableState', value); },
  },
  socket: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return binding.incomingSocket(this); },
    set(value) { this[kIncomingSocket] = value; },
  },
  connection: {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() { return this.socket; },
    set(value) { this.socket = value; },
  },
  client: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      // Whoever wants it by this name wants the connection to be as in Node.
      if (this[kThin] !== undefined) binding.promote(this[kThin]);
      return this.socket;
    },
    set(value) { own(this, 'client', value); },
  },
  headers: {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      let h = this[kHeaders];
      if (h === undefined) {
        h = this[kHead] === undefined && this[kThin] === undefined ? {} :
          binding.headersObject(this, this.joinDuplicateHeaders === true, this[kMaxPairs] ?? 2000);
        const src = this[kRawHeaders];
        if (src !== undefined && this[kHead] === undefined && this[kThin] === undefined) {
          for (let n = 0; n < this[kHeadersCount]; n += 2) this._addHeaderLine(src[n], src[n + 1], h);
        }
        this[kHeaders] = h;
      }
      return h;
    },
    set(value) { this[kHeaders] = value; },
  },
  headersDistinct: {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      let h = this[kHeadersDistinct];
      if (h === undefined) {
        h = this[kHeadersDistinct] = { __proto__: null };
        const src = this.rawHeaders;
        for (let n = 0; n + 1 < src.length; n += 2) this._addHeaderLineDistinct(src[n], src[n + 1], h);
      }
      return h;
    },
    set(value) { this[kHeadersDistinct] = value; },
  },
  trailers: {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      let t = this[kTrailers];
      if (t === undefined) {
        t = this[kTrailers] = {};
        const src = this.rawTrailers;
        for (let n = 0; n < (this[kTrailersCount] || 0); n += 2) this._addHeaderLine(src[n], src[n + 1], t);
      }
      return t;
    },
    set(value) { this[kTrailers] = value; },
  },
  trailersDistinct: {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      let t = this[kTrailersDistinct];
      if (t === undefined) {
        t = this[kTrailersDistinct] = { __proto__: null };
        const src = this.rawTrailers;
        for (let n = 0; n < (this[kTrailersCount] || 0); n += 2) this._addHeaderLineDistinct(src[n], src[n + 1], t);
      }
      return t;
    },
    set(value) { this[kTrailersDistinct] = value; },
  },
  rawTrailers: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = [];
      own(this, 'rawTrailers', value);
      return value;
    },
    set(value) { own(this, 'rawTrailers', value); },
  },
  signal: {
    __proto__: null,
    configurable: true,
    enumerable: false,
    get() {
      let controller = this[kSignal];
      if (controller === undefined) {
        controller = this[kSignal] = new AbortController();
        if (this.destroyed) controller.abort();
        else this.once('close', () => { controller.abort(); });
      }
      return controller.signal;
    },
  },
});

IncomingMessage.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  this.socket.setTimeout(msecs);
  return this;
};

IncomingMessage.prototype._read = function _read(n) {
  if (!this._consuming) {
    this._readableState.readingMore = false;
    this._consuming = true;
  }
  // The parser fills the buffer; all there is to do is to let it.
  if (this[kThin] !== undefined) {
    binding.thinReadStart(this);
    return;
  }
  const socket = this.socket;
  if (socket && socket.readable) readStart(socket);
};

// The parser has read the body to its end.
IncomingMessage.prototype._endOfBody = function _endOfBody() {
  if (Object.prototype.hasOwnProperty.call(this, '_readableState')) this.push(null);
  else this[kEnded] = true;
};

// It's possible that the socket will be destroyed, and removed from any
// messages, before ever calling this.
IncomingMessage.prototype._destroy = function _destroy(err, cb) {
  if (!this.readableEnded || !this.complete) {
    this.aborted = true;
    this.emit('aborted');
  }
  // Read to its end in Go: there is nothing to cut off.
  if (this[kThin] !== undefined && !this.aborted) {
    process.nextTick(onError, this, err, cb);
    return;
  }
  const { socket } = this;
  // If aborted and the underlying socket is not already destroyed, destroy it.
  // We have to check if the socket exists since some tests don't set it.
  if (socket && !socket.destroyed && this.aborted) {
    socket.destroy(err);
    const eos = require('stream').finished;
    const cleanup = eos(socket, (e) => {
      if (e?.code === 'ERR_STREAM_PREMATURE_CLOSE') e = null;
      cleanup();
      process.nextTick(onError, this, e || err, cb);
    });
  } else {
    process.nextTick(onError, this, err, cb);
  }
};

// If no listener is there the error is dropped: a message that was cut off is
// told by 'aborted' and 'close' already.
function onError(self, error, cb) {
  if (self.listenerCount('error') === 0) cb();
  else cb(error);
}

IncomingMessage.prototype._addHeaderLines = function _addHeaderLines(headers, n) {
  if (headers?.length) {
    let dest;
    if (this.complete) {
      this.rawTrailers = headers;
      this[kTrailersCount] = n;
      dest = this[kTrailers];
    } else {
      this.rawHeaders = headers;
      this[kRawHeaders] = headers;
      this[kHeadersCount] = n;
      dest = this[kHeaders];
    }
    if (dest) {
      for (let i = 0; i < n; i += 2) this._addHeaderLine(headers[i], headers[i + 1], dest);
    }
  }
};

// Fields of which only the first counts.
const single = new Set(['age', 'authorization', 'content-length', 'content-type', 'etag', 'expires', 'from', 'host',
  'if-modified-since', 'if-unmodified-since', 'last-modified', 'location', 'max-forwards', 'proxy-authorization',
  'referer', 'retry-after', 'server', 'user-agent']);

IncomingMessage.prototype._addHeaderLine = function _addHeaderLine(field, value, dest) {
  field = field.toLowerCase();
  if (field === 'set-cookie') {
    if (dest['set-cookie'] !== undefined) dest['set-cookie'].push(value);
    else dest['set-cookie'] = [value];
  } else if (single.has(field) && !this.joinDuplicateHeaders) {
    if (dest[field] === undefined) dest[field] = value;
  } else if (typeof dest[field] === 'string') {
    dest[field] += (field === 'cookie' ? '; ' : ', ') + value;
  } else {
    dest[field] = value;
  }
};

IncomingMessage.prototype._addHeaderLineDistinct = function _addHeaderLineDistinct(field, value, dest) {
  field = field.toLowerCase();
  if (!dest[field]) dest[field] = [value];
  else dest[field].push(value);
};

IncomingMessage.prototype._dumpAndCloseReadable = function _dumpAndCloseReadable() {
  this._dumped = true;
  const state = this._readableState;
  state.ended = true;
  state.endEmitted = true;
  state.destroyed = true;
  state.closed = true;
  state.closeEmitted = true;
};

// Call this instead of resume() if we want to just dump all the data to /dev/null.
IncomingMessage.prototype._dump = function _dump() {
  if (this._dumped) return;
  this._dumped = true;
  if ((this[kEnded] || binding.thinDone(this)) && !Object.prototype.hasOwnProperty.call(this, '_readableState') && this._events === undefined) return;
  // If there is buffered data, it may trigger 'data' events. Remove 'data' event listeners explicitly.
  this.removeAllListeners('data');
  this.resume();
};

IncomingMessage.prototype[kDetachAbortSignal] = function() {};

module.exports = { IncomingMessage, kDetachAbortSignal, readStart, readStop, attachHead, kEnded };
