'use strict';
// net.Socket and net.connect. Servers are in net.js.

const { Duplex } = require('stream');
const { TCP, TCPConnectWrap, constants: TCPConstants } = internalBinding('tcp_wrap');
const { Pipe, PipeConnectWrap, constants: PipeConstants } = internalBinding('pipe_wrap');
const streamWrap = internalBinding('stream_wrap');
const { UV_EADDRINUSE, UV_ECANCELED, UV_ENOTCONN, UV_EOF, UV_ETIMEDOUT } = internalBinding('uv');
const { codes } = require('internal/errors');
const {
  validateAbortSignal, validateBoolean, validateFunction, validateInt32, validateNumber, validatePort, validateString,
} = require('internal/validators');
const {
  isIP, kReinitializeHandle, kTimeout, normalizedArgsSymbol, owner_symbol, setStreamTimeout,
} = require('internal/net');
const { ErrnoException, ExceptionWithHostPort, NodeAggregateError } = require('internal/uv_errors');

const kHandle = Symbol('kHandle');
const kLastWriteQueueSize = Symbol('lastWriteQueueSize');
const kBuffer = Symbol('kBuffer');
const kBufferCb = Symbol('kBufferCb');
const kBufferGen = Symbol('kBufferGen');
const kSetNoDelay = Symbol('kSetNoDelay');
const kSetKeepAlive = Symbol('kSetKeepAlive');
const kSetKeepAliveInitialDelay = Symbol('kSetKeepAliveInitialDelay');
const kBytesRead = Symbol('kBytesRead');
const kBytesWritten = Symbol('kBytesWritten');
const isWindows = process.platform === 'win32';

function noop() {}

let autoSelectFamilyDefault = true;
let autoSelectFamilyAttemptTimeoutDefault = 250;
{
  const { getOptionValue } = require('internal/options');
  if (getOptionValue('--network-family-autoselection') === false) autoSelectFamilyDefault = false;
  const n = +getOptionValue('--network-family-autoselection-attempt-timeout');
  if (n > 0) autoSelectFamilyAttemptTimeoutDefault = Math.max(n, 10);
}

function getDefaultAutoSelectFamily() { return autoSelectFamilyDefault; }
function setDefaultAutoSelectFamily(value) {
  validateBoolean(value, 'value');
  autoSelectFamilyDefault = value;
}
function getDefaultAutoSelectFamilyAttemptTimeout() { return autoSelectFamilyAttemptTimeoutDefault; }
function setDefaultAutoSelectFamilyAttemptTimeout(value) {
  validateInt32(value, 'value', 1);
  autoSelectFamilyAttemptTimeoutDefault = Math.max(value, 10);
}

function toNumber(x) { return (x = Number(x)) >= 0 ? x : false; }
function isPipeName(s) { return typeof s === 'string' && toNumber(s) === false; }

// (options[, cb]), (port[, host][, …][, cb]), (path[, …][, cb]) → [options, cb]
function normalizeArgs(args) {
  let options = {};
  if (args.length > 0) {
    const arg0 = args[0];
    if (typeof arg0 === 'object' && arg0 !== null) {
      options = arg0;
    } else if (isPipeName(arg0)) {
      options.path = arg0;
    } else {
      options.port = arg0;
      if (args.length > 1 && typeof args[1] === 'string') options.host = args[1];
    }
  }
  const cb = args.length > 0 ? args[args.length - 1] : null;
  const out = [options, typeof cb === 'function' ? cb : null];
  out[normalizedArgsSymbol] = true;
  return out;
}

function createHandle(fd, isServer) {
  validateInt32(fd, 'fd', 0);
  const type = streamWrap.guessHandleType(fd);
  if (type === 'PIPE') return new Pipe(isServer ? PipeConstants.SERVER : PipeConstants.SOCKET);
  if (type === 'TCP') return new TCP(isServer ? TCPConstants.SERVER : TCPConstants.SOCKET);
  throw new codes.ERR_INVALID_FD_TYPE(type);
}

function initSocketHandle(self) {
  self._undestroy();
  self._sockname = undefined;
  attachHandle(self);
}

function attachHandle(self) {
  const handle = self[kHandle];
  if (!handle) return;
  handle[owner_symbol] = self;
  handle.onread = onStreamRead;
  const userBuf = self[kBuffer];
  if (userBuf) {
    const gen = self[kBufferGen];
    if (gen !== null) {
      const next = gen();
      if (next instanceof Uint8Array) self[kBuffer] = next;
    }
    handle.useUserBuffer(self[kBuffer]);
  }
}

function Socket(options) {
  if (!(this instanceof Socket)) return new Socket(options);
  if (options === undefined || options === null) {
    options = {};
  } else if (typeof options === 'number') {
    options = { fd: options };
  } else if (options.objectMode || options.readableObjectMode || options.writableObjectMode) {
    const which = options.objectMode ? 'objectMode' : options.readableObjectMode ? 'readableObjectMode' : 'writableObjectMode';
    throw new codes.ERR_INVALID_ARG_VALUE(`options.${which}`, options[which], 'is not supported');
  }
  if (options.keepAliveInitialDelay !== undefined) {
    validateNumber(options.keepAliveInitialDelay, 'options.keepAliveInitialDelay');
  }
  // What most sockets never change is on the prototype.
  if (options.noDelay) this[kSetNoDelay] = true;
  if (options.keepAlive) this[kSetKeepAlive] = true;
  if (options.keepAliveInitialDelay > 0) this[kSetKeepAliveInitialDelay] = ~~(options.keepAliveInitialDelay / 1000);

  const streamOptions = {
    allowHalfOpen: Boolean(options.allowHalfOpen),
    emitClose: false,
    autoDestroy: true,
    decodeStrings: false,
  };
  if (options.readableHighWaterMark !== undefined) streamOptions.readableHighWaterMark = options.readableHighWaterMark;
  if (options.writableHighWaterMark !== undefined) streamOptions.writableHighWaterMark = options.writableHighWaterMark;
  if (options.highWaterMark !== undefined) streamOptions.highWaterMark = options.highWaterMark;
  if (options.readable !== undefined) streamOptions.readable = options.readable;
  if (options.writable !== undefined) streamOptions.writable = options.writable;
  if (options.encoding !== undefined) streamOptions.encoding = options.encoding;
  if (options.defaultEncoding !== undefined) streamOptions.defaultEncoding = options.defaultEncoding;
  if (options.captureRejections !== undefined) streamOptions.captureRejections = options.captureRejections;
  Duplex.call(this, streamOptions);

  if (options.handle) {
    this[kHandle] = options.handle;
  } else if (options.fd !== undefined) {
    const { fd } = options;
    const handle = createHandle(fd, false);
    const err = handle.open(fd, fd === 1 || fd === 2);
    if (err) throw new ErrnoException(err, 'open');
    this[kHandle] = handle;
  }

  const { onread } = options;
  if (onread !== null && typeof onread === 'object' &&
      (onread.buffer instanceof Uint8Array || typeof onread.buffer === 'function') &&
      typeof onread.callback === 'function') {
    if (typeof onread.buffer === 'function') {
      this[kBuffer] = true;
      this[kBufferGen] = onread.buffer;
    } else {
      this[kBuffer] = onread.buffer;
    }
    this[kBufferCb] = onread.callback;
  }

  this.on('end', onReadableStreamEnd);
  attachHandle(this);

  if (options.signal) {
    validateAbortSignal(options.signal, 'signal');
    require('stream').addAbortSignal(options.signal, this);
  }
  if (options.blockList) {
    if (!require('internal/blocklist').BlockList.isBlockList(options.blockList)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
    }
    this.blockList = options.blockList;
  }

  if (this[kHandle] && options.readable !== false) {
    if (options.pauseOnCreate) {
      // Nothing is read until resume(): another owner may take the handle.
      this[kHandle].reading = false;
      this[kHandle].readStop();
      this._readableState.flowing = false;
    } else if (!options.manualStart) {
      this.read(0);
    }
  }
}
Object.setPrototypeOf(Socket.prototype, Duplex.prototype);
Object.setPrototypeOf(Socket, Duplex);

{
  const proto = Socket.prototype;
  proto.connecting = false;
  proto._hadError = false;
  proto._parent = null;
  proto._host = null;
  proto._closeAfterHandlingError = false;
  proto._sockname = null;
  proto._pendingData = null;
  proto._pendingEncoding = '';
  proto.server = null;
  proto._server = null;
  proto.resetAndClosing = false;
  proto[kHandle] = null;
  proto[kLastWriteQueueSize] = 0;
  proto[kTimeout] = null;
  proto[kBuffer] = null;
  proto[kBufferCb] = null;
  proto[kBufferGen] = null;
  proto[kSetNoDelay] = false;
  proto[kSetKeepAlive] = false;
  proto[kSetKeepAliveInitialDelay] = 0;
  proto[kBytesRead] = 0;
  proto[kBytesWritten] = 0;
}

Object.defineProperty(Socket.prototype, '_handle', {
  __proto__: null,
  get() { return this[kHandle]; },
  set(v) { this[kHandle] = v; },
});

Socket.prototype._unrefTimer = function _unrefTimer() {
  for (let s = this; s; s = s._parent) {
    if (s[kTimeout]) s[kTimeout].refresh();
  }
};

// Ends the writing side.
Socket.prototype._final = function(cb) {
  if (this.connecting) {
    this.once('connect', () => this._final(cb));
    return;
  }
  const handle = this[kHandle];
  if (!handle) return cb();
  const req = new streamWrap.ShutdownWrap();
  req.oncomplete = afterShutdown;
  req.handle = handle;
  req.callback = cb;
  const err = handle.shutdown(req);
  if (err === 1 || err === UV_ENOTCONN) return cb();
  if (err !== 0) return cb(new ErrnoException(err, 'shutdown'));
};

function afterShutdown() {
  this.callback();
}

function writeAfterFIN(chunk, encoding, cb) {
  if (!this.writableEnded) return Duplex.prototype.write.apply(this, arguments);
  if (typeof encoding === 'function') cb = encoding;
  const er = new Error('This socket has been ended by the other party');
  er.code = 'EPIPE';
  if (typeof cb === 'function') process.nextTick(cb, er);
  this.destroy(er);
  return false;
}

function onReadableStreamEnd() {
  if (!this.allowHalfOpen) this.write = writeAfterFIN;
}

Socket.prototype.setTimeout = setStreamTimeout;

Socket.prototype._onTimeout = function() {
  const handle = this[kHandle];
  const last = this[kLastWriteQueueSize];
  if (last > 0 && handle) {
    // A write in progress that moves is no idle time.
    const { writeQueueSize } = handle;
    if (last !== writeQueueSize) {
      this[kLastWriteQueueSize] = writeQueueSize;
      this._unrefTimer();
      return;
    }
  }
  this.emit('timeout');
};

Socket.prototype.setNoDelay = function(enable) {
  enable = Boolean(enable === undefined ? true : enable);
  const handle = this[kHandle];
  if (!handle) {
    this[kSetNoDelay] = enable;
  } else if (handle.setNoDelay && enable !== this[kSetNoDelay]) {
    this[kSetNoDelay] = enable;
    handle.setNoDelay(enable);
  }
  return this;
};

Socket.prototype.setKeepAlive = function(enable, initialDelayMsecs) {
  enable = Boolean(enable);
  const delay = ~~(initialDelayMsecs / 1000);
  const handle = this[kHandle];
  if (!handle) {
    this[kSetKeepAlive] = enable;
    this[kSetKeepAliveInitialDelay] = delay;
  } else if (handle.setKeepAlive &&
             (enable !== this[kSetKeepAlive] || (enable && this[kSetKeepAliveInitialDelay] !== delay))) {
    this[kSetKeepAlive] = enable;
    this[kSetKeepAliveInitialDelay] = delay;
    handle.setKeepAlive(enable, delay);
  }
  return this;
};

Socket.prototype.address = function() { return this._getsockname(); };

function getter(name, get) {
  Object.defineProperty(Socket.prototype, name, { __proto__: null, configurable: false, enumerable: false, get });
}

getter('_connecting', function() { return this.connecting; });
getter('pending', function() { return !this[kHandle] || this.connecting; });
getter('readyState', function() {
  if (this.connecting) return 'opening';
  if (this.readable) return this.writable ? 'open' : 'readOnly';
  return this.writable ? 'writeOnly' : 'closed';
});
getter('bufferSize', function() {
  if (this[kHandle]) return this.writableLength;
});

function tryReadStart(socket) {
  const handle = socket[kHandle];
  handle.reading = true;
  const err = handle.readStart();
  if (err) socket.destroy(new ErrnoException(err, 'read'));
}

Socket.prototype._read = function(n) {
  const handle = this[kHandle];
  if (this.connecting || !handle) {
    this.once('connect', () => this._read(n));
  } else if (!handle.reading) {
    tryReadStart(this);
  }
};

Socket.prototype.end = function(data, encoding, callback) {
  Duplex.prototype.end.call(this, data, encoding, callback);
  return this;
};

Socket.prototype.resetAndDestroy = function() {
  if (this[kHandle]) {
    if (!(this[kHandle] instanceof TCP)) throw new codes.ERR_INVALID_HANDLE_TYPE();
    if (this.connecting) this.once('connect', () => this._reset());
    else this._reset();
  } else {
    this.destroy(new codes.ERR_SOCKET_CLOSED());
  }
  return this;
};

Socket.prototype.pause = function() {
  const handle = this[kHandle];
  if (this[kBuffer] && !this.connecting && handle?.reading) {
    handle.reading = false;
    if (!this.destroyed) {
      const err = handle.readStop();
      if (err) this.destroy(new ErrnoException(err, 'read'));
    }
  }
  return Duplex.prototype.pause.call(this);
};

Socket.prototype.resume = function() {
  if (this[kBuffer] && !this.connecting && this[kHandle] && !this[kHandle].reading) tryReadStart(this);
  return Duplex.prototype.resume.call(this);
};

Socket.prototype.read = function(n) {
  if (this[kBuffer] && !this.connecting && this[kHandle] && !this[kHandle].reading) tryReadStart(this);
  return Duplex.prototype.read.call(this, n);
};

Socket.prototype.destroySoon = function() {
  if (this.writable) this.end();
  if (this.writableFinished) this.destroy();
  else this.once('finish', this.destroy);
};

Socket.prototype._destroy = function(exception, cb) {
  this.connecting = false;
  for (let s = this; s; s = s._parent) {
    if (s[kTimeout]) {
      require('internal/timers').clearTimeout(s[kTimeout]);
      s[kTimeout] = null;
    }
  }
  const handle = this[kHandle];
  if (handle) {
    const isException = Boolean(exception);
    const { bytesRead, bytesWritten } = handle;
    if (bytesRead !== 0) this[kBytesRead] = bytesRead;
    if (bytesWritten !== 0) this[kBytesWritten] = bytesWritten;
    if (this.resetAndClosing) {
      this.resetAndClosing = false;
      const err = handle.reset(() => this.emit('close', isException));
      if (err) this.emit('error', new ErrnoException(err, 'reset'));
    } else if (this._closeAfterHandlingError) {
      // 'error' handlers still see the handle.
      queueMicrotask(() => closeSocketHandle(this, isException, true));
    } else {
      closeSocketHandle(this, isException, false);
    }
    if (!this._closeAfterHandlingError) {
      handle.onread = noop;
      this[kHandle] = null;
      if (this._sockname) this._sockname = null;
    }
    cb(exception);
  } else {
    cb(exception);
    process.nextTick(emitCloseNT, this);
  }
  const server = this._server;
  if (server) {
    server._connections--;
    if (server._emitCloseIfDrained) server._emitCloseIfDrained();
  }
};

function closeSocketHandle(self, isException, isCleanupPending) {
  const handle = self[kHandle];
  if (!handle) return;
  handle.close(() => self.emit('close', isException));
  if (isCleanupPending) {
    handle.onread = noop;
    self[kHandle] = null;
    self._sockname = null;
  }
}

Socket.prototype._reset = function() {
  this.resetAndClosing = true;
  return this.destroy();
};

Socket.prototype._getpeername = function() {
  const handle = this[kHandle];
  if (!handle || !handle.getpeername || this.connecting) return this._peername || {};
  if (!this._peername) {
    const out = {};
    if (handle.getpeername(out) !== 0) return out;
    this._peername = out;
  }
  return this._peername;
};

Socket.prototype._getsockname = function() {
  const handle = this[kHandle];
  if (!handle || !handle.getsockname) return {};
  if (!this._sockname) {
    const out = {};
    if (handle.getsockname(out) !== 0) return out;
    this._sockname = out;
  }
  return this._sockname;
};

getter('bytesRead', function() { return this[kHandle] ? this[kHandle].bytesRead : this[kBytesRead]; });
getter('_bytesDispatched', function() { return this[kHandle] ? this[kHandle].bytesWritten : this[kBytesWritten]; });
getter('bytesWritten', function() {
  let bytes = this._bytesDispatched;
  const pending = this._pendingData;
  const queued = this._writableState?.getBuffer?.();
  if (!queued) return undefined;
  for (let i = 0; i < queued.length; i++) bytes += lengthOf(queued[i].chunk, queued[i].encoding);
  if (Array.isArray(pending)) {
    for (let i = 0; i < pending.length; i++) bytes += lengthOf(pending[i].chunk, pending[i].encoding);
  } else if (pending) {
    bytes += lengthOf(pending, this._pendingEncoding);
  }
  return bytes;
});
function lengthOf(chunk, encoding) {
  return typeof chunk === 'string' ? Buffer.byteLength(chunk, encoding) : chunk.length;
}
getter('remoteAddress', function() { return this._getpeername().address; });
getter('remoteFamily', function() { return this._getpeername().family; });
getter('remotePort', function() { return this._getpeername().port; });
getter('localAddress', function() { return this._getsockname().address; });
getter('localPort', function() { return this._getsockname().port; });
getter('localFamily', function() { return this._getsockname().family; });

// Reading. `this` is the handle.
function onStreamRead(nread, buf) {
  const stream = this[owner_symbol];
  if (nread === undefined) nread = streamWrap.streamBaseState[streamWrap.kReadBytesOrError];
  if (stream[kTimeout] || stream._parent) stream._unrefTimer();
  if (nread > 0) {
    if (stream.destroyed) return;
    let next;
    let more;
    if (stream[kBuffer]) {
      more = stream[kBufferCb](nread, stream[kBuffer]) !== false;
      const gen = stream[kBufferGen];
      if (gen !== null) {
        const b = gen();
        if (b instanceof Uint8Array) stream[kBuffer] = next = b;
      }
    } else {
      more = stream.push(buf);
    }
    if (!more) {
      this.reading = false;
      if (!stream.destroyed) {
        const err = this.readStop();
        if (err) stream.destroy(new ErrnoException(err, 'read'));
      }
    }
    return next;
  }
  if (nread === 0) return;
  if (nread !== UV_EOF) {
    stream.destroy(new ErrnoException(nread, 'read'));
    return;
  }
  stream.push(null);
  stream.read(0);
}

// Writing.
function onWriteComplete(status, cb) {
  const stream = this[owner_symbol];
  if (stream === undefined || stream.destroyed) {
    if (typeof cb === 'function') cb(null);
    return;
  }
  if (status < 0) {
    const ex = new ErrnoException(status, 'write');
    if (typeof cb === 'function') cb(ex);
    else stream.destroy(ex);
    return;
  }
  stream._unrefTimer();
  stream[kLastWriteQueueSize] = 0;
  if (typeof cb === 'function') cb(null);
}
streamWrap.setOnWrite(onWriteComplete);

Socket.prototype._writeGeneric = function(writev, data, encoding, cb) {
  if (this.connecting) {
    this._pendingData = data;
    this._pendingEncoding = encoding;
    const onClose = () => cb(new codes.ERR_SOCKET_CLOSED_BEFORE_CONNECTION());
    this.once('connect', function connect() {
      this.off('close', onClose);
      this._writeGeneric(writev, data, encoding, cb);
    });
    this.once('close', onClose);
    return;
  }
  if (this._pendingData !== null) {
    this._pendingData = null;
    this._pendingEncoding = '';
  }
  const handle = this[kHandle];
  if (!handle) {
    cb(new codes.ERR_SOCKET_CLOSED());
    return false;
  }
  if (this[kTimeout] || this._parent) this._unrefTimer();
  let result;
  if (writev) {
    result = handle.writeChunks(cb, data);
    if (result === 2) {
      for (let i = 0; i < data.length; i++) {
        if (typeof data[i].chunk === 'string') data[i] = { chunk: Buffer.from(data[i].chunk, data[i].encoding) };
      }
      result = handle.writeChunks(cb, data);
    }
  } else {
    result = handle.write(cb, data, encoding);
    if (result === 2) result = handle.write(cb, Buffer.from(data, encoding));
  }
  if (result === 0) cb();
  else if (result === 1) this[kLastWriteQueueSize] = handle.writeQueueSize;
  else cb(new ErrnoException(result, 'write'));
};

const writeGeneric = Socket.prototype._writeGeneric;

Socket.prototype._writev = function(chunks, cb) { this._writeGeneric(true, chunks, '', cb); };
Socket.prototype._write = function(data, encoding, cb) {
  const handle = this[kHandle];
  // The usual case, without another call: see _writeGeneric.
  if (handle !== null && this[kTimeout] === null && this._parent === null && !this.connecting &&
      this._pendingData === null && this._writeGeneric === writeGeneric && handle.write !== undefined) {
    const result = handle.write(cb, data, encoding);
    if (result === 0) {
      cb();
      return;
    }
    if (result === 1) {
      this[kLastWriteQueueSize] = handle.writeQueueSize;
      return;
    }
    if (result !== 2) {
      cb(new ErrnoException(result, 'write'));
      return;
    }
  }
  this._writeGeneric(false, data, encoding, cb);
};

// Connecting.
function checkBindError(err, port, handle) {
  // EADDRINUSE is reported by connect or listen; where a port was asked for,
  // the socket that was bound must have it.
  if (err === 0 && port > 0 && handle.getsockname) {
    const out = {};
    err = handle.getsockname(out);
    if (err === 0 && port !== out.port) err = UV_EADDRINUSE;
  }
  return err;
}

function connectDetails(self) {
  // A TCP socket that could not even be made has no name, and Node says just that.
  const name = self._getsockname();
  return name.address || self[kHandle]?.getsockname ? `${name.address}:${name.port}` : undefined;
}

function internalConnect(self, address, port, addressType, localAddress, localPort, flags) {
  let err;
  if (localAddress || localPort) {
    if (addressType === 4) {
      localAddress ||= '0.0.0.0';
      err = self[kHandle].bind(localAddress, localPort);
    } else {
      localAddress ||= '::';
      err = self[kHandle].bind6(localAddress, localPort, flags);
    }
    err = checkBindError(err, localPort, self[kHandle]);
    if (err) {
      self.destroy(new ExceptionWithHostPort(err, 'bind', localAddress, localPort));
      return;
    }
  }
  if (addressType === 6 || addressType === 4) {
    if (self.blockList?.check(address, `ipv${addressType}`)) {
      self.destroy(new codes.ERR_IP_BLOCKED(address));
      return;
    }
    const req = new TCPConnectWrap();
    req.oncomplete = afterConnect;
    req.address = address;
    req.port = port;
    req.localAddress = localAddress;
    req.localPort = localPort;
    req.addressType = addressType;
    self.emit('connectionAttempt', address, port, addressType);
    err = addressType === 4 ? self[kHandle].connect(req, address, port) : self[kHandle].connect6(req, address, port);
  } else {
    const req = new PipeConnectWrap();
    req.oncomplete = afterConnect;
    req.address = address;
    err = self[kHandle].connect(req, address);
  }
  if (err) self.destroy(new ExceptionWithHostPort(err, 'connect', address, port, connectDetails(self)));
}

function createConnectionError(req, status) {
  let details;
  if (req.localAddress && req.localPort) details = `${req.localAddress}:${req.localPort}`;
  const ex = new ExceptionWithHostPort(status, 'connect', req.address, req.port, details);
  if (details) {
    ex.localAddress = req.localAddress;
    ex.localPort = req.localPort;
  }
  return ex;
}

function afterConnect(status, handle, req, readable, writable) {
  const self = handle[owner_symbol];
  if (self.destroyed) return;
  self.connecting = false;
  if (self._sockname) self._sockname = null;
  if (status !== 0) {
    const ex = createConnectionError(req, status);
    self.emit('connectionAttemptFailed', req.address, req.port, req.addressType, ex);
    self.destroy(ex);
    return;
  }
  if (self.readable && !readable) {
    self.push(null);
    self.read();
  }
  if (self.writable && !writable) self.end();
  self._unrefTimer();
  const h = self[kHandle];
  if (self[kSetNoDelay] && h.setNoDelay) h.setNoDelay(true);
  if (self[kSetKeepAlive] && h.setKeepAlive) h.setKeepAlive(true, self[kSetKeepAliveInitialDelay]);
  self.emit('connect');
  self.emit('ready');
  // Reads nothing, but starts the flow, or sees an end that is there already.
  if (readable && !self.isPaused()) self.read(0);
}

// Happy eyeballs: one address after the other, the next one when the last has
// failed or not answered in time.
function internalConnectMultiple(context, canceled) {
  if (context.timer) require('internal/timers').clearTimeout(context.timer);
  const self = context.socket;
  if (self._aborted) return;
  if (canceled || context.current === context.addresses.length) {
    self.destroy(context.errors.length === 0 ? new codes.ERR_SOCKET_CONNECTION_TIMEOUT() :
      new NodeAggregateError(context.errors));
    return;
  }
  const current = context.current++;
  if (current > 0) self[kReinitializeHandle](new TCP(TCPConstants.SOCKET));
  const { localPort, port, flags } = context;
  const { address, family: addressType } = context.addresses[current];
  let localAddress;
  let err;
  if (localPort) {
    localAddress = addressType === 4 ? '0.0.0.0' : '::';
    err = addressType === 4 ? self[kHandle].bind(localAddress, localPort) : self[kHandle].bind6(localAddress, localPort, flags);
    err = checkBindError(err, localPort, self[kHandle]);
    if (err) {
      context.errors.push(new ExceptionWithHostPort(err, 'bind', localAddress, localPort));
      internalConnectMultiple(context);
      return;
    }
  }
  if (self.blockList?.check(address, `ipv${addressType}`)) {
    const ex = new codes.ERR_IP_BLOCKED(address);
    context.errors.push(ex);
    self.emit('connectionAttemptFailed', address, port, addressType, ex);
    internalConnectMultiple(context);
    return;
  }
  const req = new TCPConnectWrap();
  req.oncomplete = (status, handle, r, readable, writable) =>
    afterConnectMultiple(context, current, status, handle, r, readable, writable);
  req.address = address;
  req.port = port;
  req.localAddress = localAddress;
  req.localPort = localPort;
  req.addressType = addressType;
  self.autoSelectFamilyAttemptedAddresses.push(`${address}:${port}`);
  self.emit('connectionAttempt', address, port, addressType);
  err = addressType === 4 ? self[kHandle].connect(req, address, port) : self[kHandle].connect6(req, address, port);
  if (err) {
    const ex = new ExceptionWithHostPort(err, 'connect', address, port, connectDetails(self));
    context.errors.push(ex);
    self.emit('connectionAttemptFailed', address, port, addressType, ex);
    internalConnectMultiple(context);
    return;
  }
  if (current < context.addresses.length - 1) {
    const handle = self[kHandle];
    context.timer = require('internal/timers').setTimeout(() => {
      context.socket.emit('connectionAttemptTimeout', req.address, req.port, req.addressType);
      req.oncomplete = undefined;
      context.errors.push(createConnectionError(req, UV_ETIMEDOUT));
      handle.close();
      if (context.socket.connecting) internalConnectMultiple(context);
    }, context.timeout);
  }
}

function afterConnectMultiple(context, current, status, handle, req, readable, writable) {
  if (context.timer) require('internal/timers').clearTimeout(context.timer);
  // It has succeeded, but after its time: another attempt is under way.
  if (status === 0 && current !== context.current - 1) {
    handle.close();
    return;
  }
  const self = context.socket;
  if (status !== 0) {
    const ex = createConnectionError(req, status);
    context.errors.push(ex);
    self.emit('connectionAttemptFailed', req.address, req.port, req.addressType, ex);
    if (self.connecting) internalConnectMultiple(context, status === UV_ECANCELED);
    return;
  }
  afterConnect(status, self[kHandle], req, readable, writable);
}

Socket.prototype[kReinitializeHandle] = function(handle) {
  this[kHandle]?.close();
  this[kHandle] = handle;
  attachHandle(this);
};

Socket.prototype.connect = function() {
  let normalized;
  // net.connect and http hand over arguments that are normalized already.
  if (Array.isArray(arguments[0]) && arguments[0][normalizedArgsSymbol]) {
    normalized = arguments[0];
  } else {
    normalized = normalizeArgs(arguments);
  }
  const options = normalized[0];
  const cb = normalized[1];
  if (options.port === undefined && options.path == null) {
    throw new codes.ERR_MISSING_ARGS(['options', 'port', 'path']);
  }
  if (this.write !== Socket.prototype.write) this.write = Socket.prototype.write;
  if (this.destroyed) {
    this[kHandle] = null;
    this._peername = undefined;
    this._sockname = undefined;
  }
  const { path } = options;
  const pipe = Boolean(path);
  if (!this[kHandle]) {
    this[kHandle] = pipe ? new Pipe(PipeConstants.SOCKET) : new TCP(TCPConstants.SOCKET);
    initSocketHandle(this);
  }
  if (cb !== null) this.once('connect', cb);
  this._unrefTimer();
  this.connecting = true;
  require('internal/util').publish('net.client.socket', 'socket', this);
  if (pipe) {
    validateString(path, 'options.path');
    internalConnect(this, path);
  } else {
    lookupAndConnect(this, options);
  }
  return this;
};

function connectErrorNT(self, err) { self.destroy(err); }

function badFamily(family, options) {
  const { host, port } = options;
  const err = new codes.ERR_INVALID_ADDRESS_FAMILY(family, host, port);
  err.host = host;
  err.port = port;
  return err;
}

function lookupAndConnect(self, options) {
  const { localAddress, localPort } = options;
  if (options.host != null) validateString(options.host, 'options.host');
  const host = options.host || 'localhost';
  let { port, autoSelectFamily, autoSelectFamilyAttemptTimeout } = options;
  if (localAddress && !isIP(localAddress)) throw new codes.ERR_INVALID_IP_ADDRESS(localAddress);
  if (localPort) validateNumber(localPort, 'options.localPort');
  if (port !== undefined) {
    if (typeof port !== 'number' && typeof port !== 'string') {
      throw new codes.ERR_INVALID_ARG_TYPE('options.port', ['number', 'string'], port);
    }
    validatePort(port);
  }
  port |= 0;
  if (autoSelectFamily != null) validateBoolean(autoSelectFamily, 'options.autoSelectFamily');
  else autoSelectFamily = autoSelectFamilyDefault;
  if (autoSelectFamilyAttemptTimeout != null) {
    validateInt32(autoSelectFamilyAttemptTimeout, 'options.autoSelectFamilyAttemptTimeout', 1);
    autoSelectFamilyAttemptTimeout = Math.max(autoSelectFamilyAttemptTimeout, 10);
  } else {
    autoSelectFamilyAttemptTimeout = autoSelectFamilyAttemptTimeoutDefault;
  }

  const addressType = isIP(host);
  if (addressType) {
    process.nextTick(() => {
      if (self.connecting) internalConnect(self, host, port, addressType, localAddress, localPort);
    });
    return;
  }
  if (options.lookup != null) validateFunction(options.lookup, 'options.lookup');
  const dns = options.lookup ? undefined : require('dns');
  const lookup = options.lookup || dns.lookup;
  let { family } = options;
  if (family === 'IPv4') family = 4;
  else if (family === 'IPv6') family = 6;
  const dnsopts = { family, hints: options.hints || 0 };
  if (!isWindows && family !== 4 && family !== 6 && dnsopts.hints === 0) dnsopts.hints = 32; // dns.ADDRCONFIG
  self._host = host;

  if (family !== 4 && family !== 6 && !localAddress && autoSelectFamily) {
    lookupAndConnectMultiple(self, lookup, host, options, dnsopts, port, localAddress, localPort, autoSelectFamilyAttemptTimeout);
    return;
  }
  lookup(host, dnsopts, function emitLookup(err, ip, type) {
    self.emit('lookup', err, ip, type, host);
    if (!self.connecting) return;
    if (err) {
      process.nextTick(connectErrorNT, self, err);
    } else if (typeof ip !== 'string' || !isIP(ip)) {
      process.nextTick(connectErrorNT, self, new codes.ERR_INVALID_IP_ADDRESS(ip));
    } else if (type !== 4 && type !== 6) {
      process.nextTick(connectErrorNT, self, badFamily(type, options));
    } else {
      self._unrefTimer();
      internalConnect(self, ip, port, type, localAddress, localPort);
    }
  });
}

function lookupAndConnectMultiple(self, lookup, host, options, dnsopts, port, localAddress, localPort, timeout) {
  dnsopts.all = true;
  lookup(host, dnsopts, function emitLookup(err, addresses) {
    if (!self.connecting) return;
    if (err) {
      self.emit('lookup', err, undefined, undefined, host);
      process.nextTick(connectErrorNT, self, err);
      return;
    }
    // The family of the first valid address goes first; then they alternate.
    const lists = [[], []];
    let firstFamily;
    for (let i = 0, l = addresses.length; i < l; i++) {
      const { address: ip, family } = addresses[i];
      self.emit('lookup', err, ip, family, host);
      if (!self.connecting) return;
      if (isIP(ip) && (family === 4 || family === 6)) {
        firstFamily ??= family;
        const list = lists[family === firstFamily ? 0 : 1];
        if (!list.some((a) => a.address === ip)) list.push(addresses[i]);
      }
    }
    if (lists[0].length === 0 && lists[1].length === 0) {
      const first = addresses[0];
      process.nextTick(connectErrorNT, self, isIP(first?.address) ?
        badFamily(first.family, options) :
        new codes.ERR_INVALID_IP_ADDRESS(first?.address));
      return;
    }
    const toAttempt = [];
    for (let i = 0; i < Math.max(lists[0].length, lists[1].length); i++) {
      if (lists[0][i]) toAttempt.push(lists[0][i]);
      if (lists[1][i]) toAttempt.push(lists[1][i]);
    }
    self._unrefTimer();
    if (toAttempt.length === 1) {
      internalConnect(self, toAttempt[0].address, port, toAttempt[0].family, localAddress, localPort);
      return;
    }
    self.autoSelectFamilyAttemptedAddresses = [];
    internalConnectMultiple({
      socket: self, addresses: toAttempt, current: 0, port, localPort, timeout, timer: null, errors: [],
    });
  });
}

function refSocket(name) {
  return function() {
    const handle = this[kHandle];
    if (!handle) {
      this.once('connect', this[name]);
      return this;
    }
    if (typeof handle[name] === 'function') handle[name]();
    return this;
  };
}
Socket.prototype.ref = refSocket('ref');
Socket.prototype.unref = refSocket('unref');

function emitCloseNT(self) { self.emit('close'); }

function connect() {
  const normalized = normalizeArgs(arguments);
  const options = normalized[0];
  const socket = new Socket(options);
  if (options.timeout) socket.setTimeout(options.timeout);
  return socket.connect(normalized);
}

module.exports = {
  Socket,
  connect,
  createHandle,
  getDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout,
  isPipeName,
  kSetKeepAlive,
  kSetKeepAliveInitialDelay,
  kSetNoDelay,
  normalizeArgs,
  setDefaultAutoSelectFamily,
  setDefaultAutoSelectFamilyAttemptTimeout,
  toNumber,
};
