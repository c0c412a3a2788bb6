'use strict';
// _http_outgoing: a message that goes out. Header fields are kept and
// serialised in Go (headers.go); here is what happens around them.
//
// Properties that are the same for all messages until something happens are
// the prototype's, which makes a message cheap to create.

const { Duplex, Stream } = require('stream');
const EE = require('events');
const { codes, hideStackFrames } = require('internal/errors');
const { binding, kNeedDrain, kOutHeaders, kSocket, noop } = require('internal/http');
const { validateString } = require('internal/validators');

const kCorked = Symbol('corked');
const kChunkedBuffer = Symbol('kChunkedBuffer');
const kChunkedLength = Symbol('kChunkedLength');
const kUniqueHeaders = Symbol('kUniqueHeaders');
const kBytesWritten = Symbol('kBytesWritten');
const kErrored = Symbol('errored');
const kHighWaterMark = Symbol('kHighWaterMark');
const kRejectNonStandardBodyWrites = Symbol('kRejectNonStandardBodyWrites');
const kWritableFinished = Symbol('kWritableFinished');
const kEndCallbacks = Symbol('kEndCallbacks');

const socketWrite = Duplex.prototype.write;
const CRLF = '\r\n';
const defaultHighWaterMark = 65536;

function OutgoingMessage(options) {
  Stream.call(this);
  initOutgoing(this, options);
}

function initOutgoing(msg, options) {
  if (options === undefined || options === null) return;
  if (options.highWaterMark !== undefined) msg[kHighWaterMark] = options.highWaterMark;
  if (options.rejectNonStandardBodyWrites) msg[kRejectNonStandardBodyWrites] = true;
}
Object.setPrototypeOf(OutgoingMessage.prototype, Stream.prototype);
Object.setPrototypeOf(OutgoingMessage, Stream);

const proto = OutgoingMessage.prototype;
function def(name, value) {
  Object.defineProperty(proto, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
}
function own(object, name, value) {
  Object.defineProperty(object, name, { __proto__: null, value, writable: true, configurable: true, enumerable: true });
}

def('outputSize', 0);
def('writable', true);
def('destroyed', false);
def('_last', false);
def('chunkedEncoding', false);
def('shouldKeepAlive', true);
def('maxRequestsOnConnectionReached', false);
def('_defaultKeepAlive', true);
def('useChunkedEncodingByDefault', true);
def('sendDate', false);
def('_removedConnection', false);
def('_removedContLen', false);
def('_removedTE', false);
def('strictContentLength', false);
def('_contentLength', null);
def('_hasBody', true);
def('_trailer', '');
def('finished', false);
def('_headerSent', false);
def('_closed', false);
def('_header', null);
def('_keepAliveTimeout', 0);
def('_onPendingData', noop);
def(kNeedDrain, false);
def(kCorked, 0);
def(kChunkedLength, 0);
def(kSocket, null);
def(kOutHeaders, null);
def(kUniqueHeaders, null);
def(kBytesWritten, 0);
def(kErrored, null);
def(kHighWaterMark, defaultHighWaterMark);
def(kRejectNonStandardBodyWrites, false);
def(kWritableFinished, false);
def(kEndCallbacks, null);

// setHeader, getHeader, getHeaders, appendHeader … and _storeHeader are Go's.
binding.installOutgoing(proto, {
  kUniqueHeaders,
  validateName(name, label) { validateHeaderName(name, label); },
});

Object.defineProperties(proto, {
  outputData: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const value = [];
      if (this !== proto) own(this, 'outputData', value);
      return value;
    },
    set(value) { own(this, 'outputData', value); },
  },
  errored: { __proto__: null, configurable: true, get() { return this[kErrored]; } },
  closed: { __proto__: null, configurable: true, get() { return this._closed; } },
  writableFinished: {
    __proto__: null,
    configurable: true,
    get() { return this[kWritableFinished]; },
  },
  writableObjectMode: { __proto__: null, configurable: true, get() { return false; } },
  writableLength: {
    __proto__: null,
    configurable: true,
    get() { return this.outputSize + this[kChunkedLength] + (this[kSocket] ? this[kSocket].writableLength : 0); },
  },
  writableHighWaterMark: {
    __proto__: null,
    configurable: true,
    get() { return this[kSocket] ? this[kSocket].writableHighWaterMark : this[kHighWaterMark]; },
  },
  writableCorked: { __proto__: null, configurable: true, get() { return this[kCorked]; } },
  connection: {
    __proto__: null,
    configurable: true,
    get() { return this.socket; },
    set(val) { this.socket = val; },
  },
  socket: {
    __proto__: null,
    configurable: true,
    get() { return this[kSocket]; },
    set(val) {
      for (let n = 0; n < this[kCorked]; n++) {
        val?.cork();
        this[kSocket]?.uncork();
      }
      this[kSocket] = val;
    },
  },
  headersSent: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return !!this._header; },
  },
  writableEnded: { __proto__: null, configurable: true, get() { return this.finished; } },
  writableNeedDrain: {
    __proto__: null,
    configurable: true,
    get() { return !this.destroyed && !this.finished && this[kNeedDrain]; },
  },
  _headers: {
    __proto__: null,
    configurable: true,
    get: require('internal/util').deprecate(function() { return this.getHeaders(); },
      'OutgoingMessage.prototype._headers is deprecated', 'DEP0066'),
    set: require('internal/util').deprecate(function(val) {
      this[kOutHeaders] = null;
      if (val == null) return;
      const keys = Object.keys(val);
      for (let i = 0; i < keys.length; i++) this.setHeader(keys[i], val[keys[i]]);
    }, 'OutgoingMessage.prototype._headers is deprecated', 'DEP0066'),
  },
  _headerNames: {
    __proto__: null,
    configurable: true,
    get: require('internal/util').deprecate(function() {
      const raw = this.getRawHeaderNames(), out = { __proto__: null };
      for (let i = 0; i < raw.length; i++) out[raw[i].toLowerCase()] = raw[i];
      return out;
    }, 'OutgoingMessage.prototype._headerNames is deprecated', 'DEP0066'),
    set: require('internal/util').deprecate(noop, 'OutgoingMessage.prototype._headerNames is deprecated', 'DEP0066'),
  },
});

proto._isLenientHeaderValidation = function _isLenientHeaderValidation() { return false; };

proto._renderHeaders = function _renderHeaders() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  const names = this.getRawHeaderNames();
  const headers = {};
  for (let i = 0; i < names.length; i++) headers[names[i]] = this.getHeader(names[i]);
  return headers;
};

proto.cork = function cork() {
  this[kCorked]++;
  if (this[kSocket]) this[kSocket].cork();
};

proto.uncork = function uncork() {
  if (this[kCorked] > 0) this[kCorked]--;
  if (this[kSocket]) this[kSocket].uncork();
  if (this[kCorked] || !this[kChunkedBuffer] || this[kChunkedBuffer].length === 0) return;
  const len = this[kChunkedLength];
  const buf = this[kChunkedBuffer];
  const callbacks = [];
  this._send(len.toString(16), 'latin1', null);
  this._send(CRLF, null, null);
  for (let n = 0; n < buf.length; n += 3) {
    this._send(buf[n], buf[n + 1], null);
    if (buf[n + 2]) callbacks.push(buf[n + 2]);
  }
  this._send(CRLF, null, callbacks.length === 0 ? null : (err) => {
    for (let i = 0; i < callbacks.length; i++) callbacks[i](err);
  });
  this[kChunkedBuffer] = [];
  this[kChunkedLength] = 0;
};

proto.setTimeout = function setTimeout(msecs, callback) {
  if (callback) this.on('timeout', callback);
  if (!this[kSocket]) {
    this.once('socket', function socketSetTimeoutOnConnect(socket) { socket.setTimeout(msecs); });
  } else {
    this[kSocket].setTimeout(msecs);
  }
  return this;
};

// It's possible that the socket will be destroyed, and removed from any
// messages, before ever calling this. In that case, just skip it.
proto.destroy = function destroy(error) {
  if (this.destroyed) return this;
  this.destroyed = true;
  this[kErrored] = error;
  if (this[kSocket]) {
    this[kSocket].destroy(error);
  } else {
    this.once('socket', function socketDestroyOnConnect(socket) { socket.destroy(error); });
  }
  return this;
};

// Sends the head with the first piece of the body.
proto._send = function _send(data, encoding, callback, byteLength) {
  if (!this._headerSent && this._header !== null) {
    const header = this._header;
    if (typeof data === 'string' && (encoding === 'utf8' || encoding === 'latin1' || !encoding)) {
      data = header + data;
    } else {
      pushHeader(this, header);
    }
    this._headerSent = true;
  }
  return this._writeRaw(data, encoding, callback, byteLength);
};

function pushHeader(msg, header) {
  msg.outputData.unshift({ data: header, encoding: 'latin1', callback: null });
  msg.outputSize += header.length;
  msg._onPendingData(header.length);
}

proto._writeRaw = function _writeRaw(data, encoding, callback, size) {
  const conn = this[kSocket];
  if (conn && conn.destroyed) {
    // The socket was destroyed. If we're still trying to write to it, we discard that data.
    if (typeof callback === 'function') process.nextTick(callback, new codes.ERR_STREAM_DESTROYED('write'));
    return false;
  }
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (conn && conn._httpMessage === this && conn.writable) {
    // There might be pending data in the this.output buffer.
    if (this.outputSize > 0) this._flushOutput(conn);
    // Directly write to socket.
    return conn.write(data, encoding, callback);
  }
  // Buffer, as long as we're not destroyed.
  this.outputData.push({ data, encoding, callback });
  this.outputSize += data.length;
  this._onPendingData(data.length);
  return this.outputSize < this[kHighWaterMark];
};

proto.setHeaders = function setHeaders(headers) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('set');
  if (!headers || Array.isArray(headers) || typeof headers.keys !== 'function' || typeof headers.get !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('headers', ['Headers', 'Map'], headers);
  }
  // Headers gives each Set-Cookie by itself; here they belong together.
  const cookies = [];
  const it = headers[Symbol.iterator]();
  for (let step = it.next(); !step.done; step = it.next()) {
    const key = step.value[0], value = step.value[1];
    if (key === 'set-cookie') {
      if (Array.isArray(value)) for (let i = 0; i < value.length; i++) cookies.push(value[i]);
      else cookies.push(value);
    } else {
      this.setHeader(key, value);
    }
  }
  if (cookies.length > 0) this.setHeader('set-cookie', cookies);
  return this;
};

proto._implicitHeader = function _implicitHeader() {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_implicitHeader()');
};

proto.write = function write(chunk, encoding, callback) {
  if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  const ret = write_(this, chunk, encoding, callback, false);
  if (!ret) this[kNeedDrain] = true;
  return ret;
};

function onError(msg, err, callback) {
  if (msg.destroyed) return;
  process.nextTick(emitErrorNt, msg, err, callback);
}

function emitErrorNt(msg, err, callback) {
  callback(err);
  if (typeof msg.destroy === 'function') {
    if (typeof msg.emit === 'function' && !msg.destroyed) msg.emit('error', err);
  }
}

function strictLength(msg) {
  return msg.strictContentLength && msg._contentLength !== null && msg._hasBody && !msg._removedContLen &&
    !msg.chunkedEncoding && !(msg.getHeader !== undefined && msg._header === null && msg.hasHeader('transfer-encoding'));
}

function write_(msg, chunk, encoding, callback, fromEnd) {
  if (typeof callback !== 'function') callback = noop;
  if (chunk === null) throw new codes.ERR_STREAM_NULL_VALUES();
  let len;
  if (typeof chunk !== 'string') {
    if (!binding.isUint8Array(chunk)) {
      throw new codes.ERR_INVALID_ARG_TYPE('chunk', ['string', 'Buffer', 'Uint8Array'], chunk);
    }
  }
  let err;
  if (msg.finished) err = new codes.ERR_STREAM_WRITE_AFTER_END();
  else if (msg.destroyed) err = new codes.ERR_STREAM_DESTROYED('write');
  if (err) {
    if (!msg.destroyed) onError(msg, err, callback);
    else process.nextTick(callback, err);
    return false;
  }
  len = typeof chunk === 'string' ? binding.byteLength(chunk, encoding) : chunk.byteLength;

  if (!msg._header) {
    if (fromEnd) msg._contentLength = len;
    msg._implicitHeader();
  }
  if (!msg._hasBody) {
    if (msg[kRejectNonStandardBodyWrites]) throw new codes.ERR_HTTP_BODY_NOT_ALLOWED();
    process.nextTick(callback);
    return true;
  }
  if (msg.strictContentLength && strictLength(msg)) {
    const total = msg[kBytesWritten] + len;
    if (fromEnd ? total !== msg._contentLength : total > msg._contentLength) {
      throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(total, msg._contentLength);
    }
    msg[kBytesWritten] = total;
  }
  if (!fromEnd && msg[kSocket] && !msg[kSocket].writableCorked) {
    msg[kSocket].cork();
    process.nextTick(connectionCorkNT, msg[kSocket]);
  }
  let ret;
  if (msg.chunkedEncoding && len !== 0) {
    if (msg[kCorked] && msg._headerSent) {
      if (!Object.prototype.hasOwnProperty.call(msg, kChunkedBuffer)) msg[kChunkedBuffer] = [];
      msg[kChunkedBuffer].push(chunk, encoding, callback);
      msg[kChunkedLength] += len;
      ret = msg[kChunkedLength] < msg[kHighWaterMark];
    } else {
      const size = len.toString(16) + CRLF;
      // One write is enough, unless the head is not ASCII: it goes out as latin1.
      if (typeof chunk === 'string' && (!encoding || encoding === 'utf8' || encoding === 'utf-8' || encoding === 'latin1') &&
          (msg._headerSent || binding.isASCII(msg._header)) && (!msg[kSocket] || msg[kSocket].write === socketWrite)) {
        ret = msg._send(size + chunk + CRLF, encoding || 'utf8', callback);
      } else {
        msg._send(len.toString(16), 'latin1', null);
      msg._send(CRLF, null, null);
        msg._send(chunk, encoding, null, len);
        ret = msg._send(CRLF, null, callback);
      }
    }
  } else {
    ret = msg._send(chunk, encoding, callback, len);
  }
  return ret;
}

function connectionCorkNT(conn) { conn.uncork(); }

proto.addTrailers = function addTrailers(headers) {
  let trailer = '';
  const isArray = Array.isArray(headers);
  const keys = Object.keys(headers);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    const field = isArray ? headers[key][0] : key;
    const value = isArray ? headers[key][1] : headers[key];
    validateHeaderName(field, 'Trailer name');
    // Check if the field must be sent several times
    if (Array.isArray(value) && value.length > 1 && !this[kUniqueHeaders]?.has(field.toLowerCase())) {
      for (let j = 0; j < value.length; j++) trailer += trailerLine(this, field, value[j]);
    } else {
      trailer += trailerLine(this, field, Array.isArray(value) ? value.join('; ') : value);
    }
  }
  this._trailer = trailer;
};

function trailerLine(msg, field, value) {
  if (binding.checkInvalidHeaderChar(value, msg._isLenientHeaderValidation())) {
    throw new codes.ERR_INVALID_CHAR('trailer content', field);
  }
  return `${field}: ${value}\r\n`;
}

// All of the message has been handed to the socket, and the socket is done with it.
function onFinish(outmsg, err) {
  if (outmsg?.socket?._hadError) err ??= outmsg.socket.errored;
  const callbacks = outmsg[kEndCallbacks];
  outmsg[kEndCallbacks] = null;
  if (err || outmsg?.socket?._hadError) {
    if (callbacks !== null) for (let i = 0; i < callbacks.length; i++) callbacks[i](err || new codes.ERR_STREAM_DESTROYED('end'));
    return;
  }
  outmsg[kWritableFinished] = true;
  if (callbacks !== null) for (let i = 0; i < callbacks.length; i++) callbacks[i](null);
  outmsg.emit('finish');
}

function addEndCallback(msg, callback) {
  if (msg[kEndCallbacks] === null) msg[kEndCallbacks] = [callback];
  else msg[kEndCallbacks].push(callback);
}

proto.end = function end(chunk, encoding, callback) {
  if (typeof chunk === 'function') {
    callback = chunk;
    chunk = null;
    encoding = null;
  } else if (typeof encoding === 'function') {
    callback = encoding;
    encoding = null;
  }
  if (chunk) {
    if (this.finished) {
      onError(this, new codes.ERR_STREAM_WRITE_AFTER_END(), typeof callback !== 'function' ? noop : callback);
      return this;
    }
    if (this[kSocket]) this[kSocket].cork();
    write_(this, chunk, encoding, null, true);
  } else if (this.finished) {
    if (typeof callback === 'function') {
      if (!this[kWritableFinished] && !this.destroyed) {
        addEndCallback(this, callback);
      } else {
        process.nextTick(callback, this.destroyed && !this[kWritableFinished] ?
          new codes.ERR_STREAM_DESTROYED('end') : new codes.ERR_STREAM_ALREADY_FINISHED('end'));
      }
    }
    return this;
  } else if (!this._header) {
    if (this[kSocket]) this[kSocket].cork();
    this._contentLength = 0;
    this._implicitHeader();
  }
  if (typeof callback === 'function') addEndCallback(this, callback);
  if (this.strictContentLength && strictLength(this) && this[kBytesWritten] !== this._contentLength) {
    throw new codes.ERR_HTTP_CONTENT_LENGTH_MISMATCH(this[kBytesWritten], this._contentLength);
  }
  const finish = onFinish.bind(undefined, this);
  if (this._hasBody && this.chunkedEncoding) {
    // What is corked belongs before the last chunk.
    if (this[kChunkedLength] > 0) {
      this[kCorked] = 1;
      this.uncork();
    }
    this._send(`0\r\n${this._trailer}\r\n`, 'latin1', finish);
  } else if (!this._headerSent || this.writableLength || chunk) {
    this._send('', 'latin1', finish);
  } else {
    process.nextTick(finish);
  }
  if (this[kSocket]) {
    // Fully uncork connection on end().
    const ws = this[kSocket]._writableState;
    if (ws) ws.corked = 1;
    this[kSocket].uncork();
  }
  this[kCorked] = 1;
  this.uncork();
  this.finished = true;
  // There is the first message on the outgoing queue, and we've sent everything to the socket.
  if (this.outputSize === 0 && this[kSocket] && this[kSocket]._httpMessage === this) this._finish();
  return this;
};

// This function is called once all user data are flushed to the socket.
// Note that it has a chance that the socket is not drained.
proto._finish = function _finish() {
  this.emit('prefinish');
};

// The socket is this message's turn, or has drained.
proto._flush = function _flush() {
  const socket = this[kSocket];
  if (socket && socket.writable) {
    // There might be remaining data in this.output; write it out
    const ret = this._flushOutput(socket);
    if (this.finished) {
      // This is a queue to the server or client to bring in the next this.
      this._finish();
    } else if (ret && this[kNeedDrain]) {
      this[kNeedDrain] = false;
      this.emit('drain');
    }
  }
};

proto._flushOutput = function _flushOutput(socket) {
  const corked = this[kCorked];
  for (let i = 0; i < corked; i++) socket.cork();
  if (this.outputSize === 0 && this.outputData.length === 0) return undefined;
  const outputData = this.outputData;
  // Several pieces go out in one write.
  const several = outputData.length > 1;
  if (several) socket.cork();
  let ret;
  for (let i = 0; i < outputData.length; i++) {
    const { data, encoding, callback } = outputData[i];
    outputData[i] = null;
    ret = socket.write(data, encoding, callback);
  }
  if (several) socket.uncork();
  this.outputData = [];
  this._onPendingData(-this.outputSize);
  this.outputSize = 0;
  return ret;
};

proto.flushHeaders = function flushHeaders() {
  if (!this._header) this._implicitHeader();
  this._send('');
};

proto.pipe = function pipe() {
  // OutgoingMessage should be write-only. Piping from it is disabled.
  this.emit('error', new codes.ERR_STREAM_CANNOT_PIPE());
};

proto[EE.captureRejectionSymbol] = function(err, event) {
  this.destroy(err);
};

const validateHeaderName = hideStackFrames((name, label) => {
  if (typeof name !== 'string' || !name || !binding.checkToken(name)) {
    throw new codes.ERR_INVALID_HTTP_TOKEN(label || 'Header name', name);
  }
});

const validateHeaderValue = hideStackFrames((name, value, lenient) => {
  if (value === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(value, name);
  if (binding.checkInvalidHeaderChar(value, lenient === true)) {
    throw new codes.ERR_INVALID_CHAR('header content', name);
  }
});

function parseUniqueHeadersOption(headers) {
  if (!Array.isArray(headers)) return null;
  const unique = new Set();
  for (let i = 0; i < headers.length; i++) unique.add(headers[i].toLowerCase());
  return unique;
}

module.exports = {
  kHighWaterMark,
  kUniqueHeaders,
  kRejectNonStandardBodyWrites,
  kCorked,
  kErrored,
  kWritableFinished,
  kEndCallbacks,
  initOutgoing,
  onFinish,
  parseUniqueHeadersOption,
  validateHeaderName,
  validateHeaderValue,
  OutgoingMessage,
};
