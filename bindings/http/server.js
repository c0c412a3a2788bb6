'use strict';
// _http_server: ServerResponse, Server, and what happens on a connection that
// JavaScript looks after. Connections that nobody has looked at live in Go
// (conn.go) and come here when they must: see promote.

const net = require('net');
const EE = require('events');
const { codes } = require('internal/errors');
const {
  validateBoolean, validateFunction, validateInteger, validateLinkHeaderValue, validateNumber, validateObject,
} = require('internal/validators');
const { binding, channel, connResetException, kHead, kNeedDrain, kSocket, kThin, validateLeniency } = require('internal/http');
const {
  HTTPParser, calculateLenientFlags, continueExpression, freeParser, kIncomingMessage, parsers, prepareError,
} = require('_http_common');
const {
  OutgoingMessage, initOutgoing, kCorked, kErrored, kEndCallbacks, kUniqueHeaders, kWritableFinished, onFinish, parseUniqueHeadersOption,
  kRejectNonStandardBodyWrites,
} = require('_http_outgoing');
const { IncomingMessage, kEnded } = require('_http_incoming');
const { ConnectionsList, graft } = internalBinding('http_parser');
const { kOnExecute, kOnTimeout } = HTTPParser;

const kServerResponse = Symbol('ServerResponse');
const kConnections = Symbol('http.server.connections');
const kConnectionsCheckingInterval = Symbol('http.server.connectionsCheckingInterval');
const kState = Symbol('http.server.connection');
const kOptimizeEmptyRequests = Symbol('OptimizeEmptyRequestsOption');
const { kReq } = binding.symbols;

const STATUS_CODES = {
  100: 'Continue', 101: 'Switching Protocols', 102: 'Processing', 103: 'Early Hints', 200: 'OK', 201: 'Created',
  202: 'Accepted', 203: 'Non-Authoritative Information', 204: 'No Content', 205: 'Reset Content',
  206: 'Partial Content', 207: 'Multi-Status', 208: 'Already Reported', 226: 'IM Used', 300: 'Multiple Choices',
  301: 'Moved Permanently', 302: 'Found', 303: 'See Other', 304: 'Not Modified', 305: 'Use Proxy',
  307: 'Temporary Redirect', 308: 'Permanent Redirect', 400: 'Bad Request', 401: 'Unauthorized',
  402: 'Payment Required', 403: 'Forbidden', 404: 'Not Found', 405: 'Method Not Allowed', 406: 'Not Acceptable',
  407: 'Proxy Authentication Required', 408: 'Request Timeout', 409: 'Conflict', 410: 'Gone', 411: 'Length Required',
  412: 'Precondition Failed', 413: 'Payload Too Large', 414: 'URI Too Long', 415: 'Unsupported Media Type',
  416: 'Range Not Satisfiable', 417: 'Expectation Failed', 418: 'I\'m a Teapot', 421: 'Misdirected Request',
  422: 'Unprocessable Entity', 423: 'Locked', 424: 'Failed Dependency', 425: 'Too Early', 426: 'Upgrade Required',
  428: 'Precondition Required', 429: 'Too Many Requests', 431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons', 500: 'Internal Server Error', 501: 'Not Implemented', 502: 'Bad Gateway',
  503: 'Service Unavailable', 504: 'Gateway Timeout', 505: 'HTTP Version Not Supported',
  506: 'Variant Also Negotiates', 507: 'Insufficient Storage', 508: 'Loop Detected', 509: 'Bandwidth Limit Exceeded',
  510: 'Not Extended', 511: 'Network Authentication Required',
};

function ServerResponse(req, options) {
  OutgoingMessage.call(this, options);
  initResponse(this, req);
}
Object.setPrototypeOf(ServerResponse.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ServerResponse, OutgoingMessage);

function initResponse(res, req) {
  if (req.method === 'HEAD') res._hasBody = false;
  res.req = req;
  if (req.httpVersionMajor < 1 || req.httpVersionMinor < 1) {
    res.useChunkedEncodingByDefault = /(?:^|\W)chunked(?:$|\W)/i.test(req.headers?.te);
    res.shouldKeepAlive = false;
  }
  const created = channel('http.server.response.created');
  if (created !== undefined) created.publish({ request: req, response: res });
}

const proto = ServerResponse.prototype;
function def(name, value, enumerable = false) {
  Object.defineProperty(proto, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
}
def('statusCode', 200, true);
def('_sent100', false);
def('_expect_continue', false);
def('_maxRequestsPerSocket', 0);
Object.defineProperty(proto, 'socket', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  get() {
    return this[kThin] !== undefined ? binding.thinSocket(this) : this[kSocket];
  },
  set: Object.getOwnPropertyDescriptor(OutgoingMessage.prototype, 'socket').set,
});

Object.defineProperty(proto, 'writableFinished', {
  __proto__: null,
  configurable: true,
  get() { return this[kThin] !== undefined ? binding.thinIsOver(this) : this[kWritableFinished]; },
});

proto._isLenientHeaderValidation = function _isLenientHeaderValidation() {
  const server = this.req?.[kThin] === undefined ? this.req?.socket?.server : undefined;
  if (server) {
    if (server.httpValidation !== undefined) return server.httpValidation !== 'strict';
    if (server.insecureHTTPParser !== undefined) return server.insecureHTTPParser;
  }
  return binding.insecureHTTPParser;
};

proto._finish = function _finish() {
  OutgoingMessage.prototype._finish.call(this);
};

proto.assignSocket = function assignSocket(socket) {
  if (socket._httpMessage) throw new codes.ERR_HTTP_SOCKET_ASSIGNED();
  socket._httpMessage = this;
  socket.on('close', onServerResponseClose);
  this.socket = socket;
  this.emit('socket', socket);
  this._flush();
};

proto.detachSocket = function detachSocket(socket) {
  socket.removeListener('close', onServerResponseClose);
  socket._httpMessage = null;
  this.socket = null;
};

function onServerResponseClose() {
  // EventEmitter.emit makes a copy of the 'close' listeners array before calling them: detachSocket may have run in
  // one of them.
  if (this._httpMessage) emitCloseNT(this._httpMessage);
}

function emitCloseNT(self) {
  if (self._closed) return;
  self.destroyed = true;
  self._closed = true;
  const callbacks = self[kEndCallbacks];
  if (callbacks !== null) {
    self[kEndCallbacks] = null;
    const err = self[kSocket]?.errored ?? new codes.ERR_STREAM_DESTROYED('end');
    for (let i = 0; i < callbacks.length; i++) callbacks[i](err);
  }
  self.emit('close');
}

proto.writeInformation = function writeInformation(statusCode, headers, cb) {
  validateInteger(statusCode, 'statusCode', 100, 199);
  if (statusCode === 101) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(statusCode);
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
  if (typeof headers === 'function') {
    cb = headers;
    headers = undefined;
  }
  if (headers != null && typeof headers !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('headers', 'object', headers);
  let head = `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode] || 'unknown'}\r\n`;
  if (headers) head += binding.fieldLines(headers);
  return this._writeRaw(`${head}\r\n`, 'latin1', cb);
};

proto.writeContinue = function writeContinue(cb) {
  this._writeRaw('HTTP/1.1 100 Continue\r\n\r\n', 'ascii', cb);
  this._sent100 = true;
};

proto.writeProcessing = function writeProcessing(cb) {
  this._writeRaw('HTTP/1.1 102 Processing\r\n\r\n', 'ascii', cb);
};

proto.writeEarlyHints = function writeEarlyHints(hints, cb) {
  let head = 'HTTP/1.1 103 Early Hints\r\n';
  validateObject(hints, 'hints');
  if (hints.link === null || hints.link === undefined) return;
  const link = linkHeaderValue(hints.link);
  if (link.length === 0) return;
  if (binding.checkInvalidHeaderChar(link, false)) throw new codes.ERR_INVALID_CHAR('header content', 'Link');
  head += `Link: ${link}\r\n`;
  const keys = Object.keys(hints);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    if (key === 'link') continue;
    if (!binding.checkToken(key)) throw new codes.ERR_INVALID_HTTP_TOKEN('Header name', key);
    if (hints[key] === undefined) throw new codes.ERR_HTTP_INVALID_HEADER_VALUE(undefined, key);
    if (binding.checkInvalidHeaderChar(hints[key], false)) throw new codes.ERR_INVALID_CHAR('header content', key);
    head += `${key}: ${hints[key]}\r\n`;
  }
  this._writeRaw(`${head}\r\n`, 'ascii', cb);
};

const linkValue = /^(?:<[^>]*>)(?:\s*;\s*[^;"\s]+(?:=(")?[^;"\s]*\1)?)*$/;
function linkHeaderValue(hints) {
  if (typeof hints === 'string') {
    checkLink(hints, 'hints');
    return hints;
  }
  if (Array.isArray(hints)) {
    for (let i = 0; i < hints.length; i++) checkLink(hints[i], 'hints');
    return hints.join(', ');
  }
  throw new codes.ERR_INVALID_ARG_VALUE('hints', hints,
    'must be an array or string of format "</styles.css>; rel=preload; as=style"');
}
function checkLink(value, name) {
  if (typeof value === 'undefined' || !linkValue.test(value)) {
    throw new codes.ERR_INVALID_ARG_VALUE(name, value,
      'must be an array or string of format "</styles.css>; rel=preload; as=style"');
  }
}

proto._implicitHeader = function _implicitHeader() { this.writeHead(this.statusCode); };

function shown(value) {
  return typeof value === 'object' && value !== null ? require('util').inspect(value) : value;
}

proto.writeHead = function writeHead(statusCode, reason, obj) {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('write');
  // A message that lives in Go gets its head there.
  if (this[kThin] !== undefined) {
    if (binding.thinHead(this, statusCode, reason, obj)) return this;
    promote(this[kThin]);
  }
  const originalStatusCode = statusCode;
  statusCode |= 0;
  if (statusCode < 100 || statusCode > 999) throw new codes.ERR_HTTP_INVALID_STATUS_CODE(shown(originalStatusCode));
  if (typeof reason === 'string') {
    this.statusMessage = reason;
  } else {
    this.statusMessage ||= STATUS_CODES[statusCode] || 'unknown';
    obj ??= reason;
  }
  this.statusCode = statusCode;
  const headers = binding.mergeHeaders(this, obj);
  if (binding.checkInvalidHeaderChar(this.statusMessage, false)) throw new codes.ERR_INVALID_CHAR('statusMessage');
  const statusLine = `HTTP/1.1 ${statusCode} ${this.statusMessage}\r\n`;
  if (statusCode === 204 || statusCode === 304 || (statusCode >= 100 && statusCode <= 199)) {
    // RFC 2616, 10.2.5: The 204 response MUST NOT include a message-body; so do 304 and 1xx.
    this._hasBody = false;
  }
  // Don't keep alive connections where the client expects 100 Continue but we sent a final status; they may put
  // additional bytes on the wire.
  if (this._expect_continue && !this._sent100) this.shouldKeepAlive = false;
  this._storeHeader(statusLine, headers);
  return this;
};
proto.writeHeader = proto.writeHead;

const ownWriteHead = proto.writeHead;

const outgoingEnd = OutgoingMessage.prototype.end;
proto.end = function end(chunk, encoding, callback) {
  if (this[kThin] !== undefined) {
    switch (binding.thinEnd(this, chunk, encoding, callback)) {
      case 1: return this;
      case 2:
        thinEnded(this);
        return this;
    }
    promote(this[kThin]);
  }
  return outgoingEnd.call(this, chunk, encoding, callback);
};

// A response that lives in Go has been handed over, and somebody listens to it or to its request.
function thinEnded(res) {
  const { req } = res;
  res.emit('prefinish');
  process.nextTick(thinFinished, res, req);
}

function thinFinished(res, req) {
  binding.thinOver(res);
  res.emit('finish');
  if (!req._consuming) req._dump();
  process.nextTick(emitCloseNT, res);
}

// These need a socket; everything else that is inherited works without one.
const outgoingLength = Object.getOwnPropertyDescriptor(OutgoingMessage.prototype, 'writableLength').get;

function thinDrained(res) {
  if (binding.thinDrained(res)) res.emit('drain');
}

const outgoingWrite = OutgoingMessage.prototype.write;
proto.write = function write(chunk, encoding, callback) {
  if (this[kThin] !== undefined) {
    if (typeof encoding === 'function') {
      callback = encoding;
      encoding = undefined;
    }
    const done = binding.thinWrite(this, chunk, encoding);
    if (done !== 0) {
      if (typeof callback === 'function') process.nextTick(callback, null);
      if (done === 3) process.nextTick(thinDrained, this);
      return done === 1;
    }
    promote(this[kThin]);
  }
  return outgoingWrite.call(this, chunk, encoding, callback);
};

for (const name of ['flushHeaders', 'destroy', 'cork', 'uncork', 'setTimeout', '_send', '_writeRaw',
  'addTrailers', '_flush', 'pipe']) {
  const inherited = OutgoingMessage.prototype[name];
  const method = { [name]() {
    if (this[kThin] !== undefined) promote(this[kThin]);
    return inherited.apply(this, arguments);
  } }[name];
  Object.defineProperty(method, 'length', { __proto__: null, value: inherited.length, configurable: true });
  proto[name] = method;
}
binding.installThin(proto, function() { return outgoingLength.call(this); });

// ---------------------------------------------------------------- Server

function storeHTTPOptions(options) {
  this[kIncomingMessage] = options.IncomingMessage || IncomingMessage;
  this[kServerResponse] = options.ServerResponse || ServerResponse;
  const { maxHeaderSize } = options;
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  this.maxHeaderSize = maxHeaderSize;
  validateLeniency(options);
  this.insecureHTTPParser = options.insecureHTTPParser;
  this.httpValidation = options.httpValidation;

  const { requestTimeout } = options;
  if (requestTimeout !== undefined) {
    validateInteger(requestTimeout, 'requestTimeout', 0);
    this.requestTimeout = requestTimeout;
  } else {
    this.requestTimeout = 300_000;
  }
  const { headersTimeout } = options;
  if (headersTimeout !== undefined) {
    validateInteger(headersTimeout, 'headersTimeout', 0);
    this.headersTimeout = headersTimeout;
  } else {
    this.headersTimeout = this.requestTimeout > 0 ? Math.min(60_000, this.requestTimeout) : 60_000;
  }
  if (this.requestTimeout > 0 && this.headersTimeout > 0 && this.headersTimeout > this.requestTimeout) {
    throw new codes.ERR_OUT_OF_RANGE('headersTimeout', '<= requestTimeout', headersTimeout);
  }
  const { keepAliveTimeout } = options;
  if (keepAliveTimeout !== undefined) {
    validateInteger(keepAliveTimeout, 'keepAliveTimeout', 0);
    this.keepAliveTimeout = keepAliveTimeout;
  } else {
    this.keepAliveTimeout = 5_000;
  }
  const { keepAliveTimeoutBuffer } = options;
  if (keepAliveTimeoutBuffer !== undefined) {
    validateInteger(keepAliveTimeoutBuffer, 'keepAliveTimeoutBuffer', 0);
    this.keepAliveTimeoutBuffer = keepAliveTimeoutBuffer;
  } else {
    this.keepAliveTimeoutBuffer = 1000;
  }
  const { connectionsCheckingInterval } = options;
  if (connectionsCheckingInterval !== undefined) {
    validateInteger(connectionsCheckingInterval, 'connectionsCheckingInterval', 0);
    this.connectionsCheckingInterval = connectionsCheckingInterval;
  } else {
    this.connectionsCheckingInterval = 30_000;
  }
  const { requireHostHeader } = options;
  if (requireHostHeader !== undefined) {
    validateBoolean(requireHostHeader, 'options.requireHostHeader');
    this.requireHostHeader = requireHostHeader;
  } else {
    this.requireHostHeader = true;
  }
  const { joinDuplicateHeaders } = options;
  if (joinDuplicateHeaders !== undefined) validateBoolean(joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  this.joinDuplicateHeaders = joinDuplicateHeaders;
  const { rejectNonStandardBodyWrites } = options;
  if (rejectNonStandardBodyWrites !== undefined) {
    validateBoolean(rejectNonStandardBodyWrites, 'options.rejectNonStandardBodyWrites');
    this.rejectNonStandardBodyWrites = rejectNonStandardBodyWrites;
  } else {
    this.rejectNonStandardBodyWrites = false;
  }
  const { shouldUpgradeCallback } = options;
  if (shouldUpgradeCallback !== undefined) {
    validateFunction(shouldUpgradeCallback, 'options.shouldUpgradeCallback');
    this.shouldUpgradeCallback = shouldUpgradeCallback;
  } else {
    this.shouldUpgradeCallback = upgradeIfListening;
  }
  const { optimizeEmptyRequests } = options;
  if (optimizeEmptyRequests !== undefined) validateBoolean(optimizeEmptyRequests, 'options.optimizeEmptyRequests');
  this[kOptimizeEmptyRequests] = optimizeEmptyRequests || false;
}

function upgradeIfListening() { return this.listenerCount('upgrade') > 0; }

function setupConnectionsTracking() {
  // Start connection handling
  if (!this[kConnections]) this[kConnections] = new ConnectionsList();
  if (this[kConnectionsCheckingInterval]) clearInterval(this[kConnectionsCheckingInterval]);
  // This checker is started without checking whether any headersTimeout or requestTimeout is non zero
  // otherwise it would not be started if such timeouts are modified after createServer.
  this[kConnectionsCheckingInterval] = setInterval(checkConnections.bind(this), this.connectionsCheckingInterval);
  this[kConnectionsCheckingInterval].unref();
  adoptListener(this);
}

function httpServerPreClose(server) {
  server.closeIdleConnections();
  clearInterval(server[kConnectionsCheckingInterval]);
}

function Server(options, requestListener) {
  if (!(this instanceof Server)) return new Server(options, requestListener);
  if (typeof options === 'function') {
    requestListener = options;
    options = {};
  } else if (options == null) {
    options = {};
  } else {
    validateObject(options, 'options');
    options = { ...options };
  }
  storeHTTPOptions.call(this, options);
  net.Server.call(this, {
    allowHalfOpen: true,
    noDelay: options.noDelay ?? true,
    keepAlive: options.keepAlive,
    keepAliveInitialDelay: options.keepAliveInitialDelay,
    highWaterMark: options.highWaterMark,
  });
  if (requestListener) this.on('request', requestListener);
  // Similar option to this. Too lazy to write my own docs.
  // http://www.squid-cache.org/Doc/config/half_closed_clients/
  this.httpAllowHalfOpen = false;
  this.on('connection', connectionListener);
  this.on('listening', setupConnectionsTracking);
  this.timeout = 0;
  this.maxHeadersCount = null;
  this.maxRequestsPerSocket = 0;
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);
}
Object.setPrototypeOf(Server.prototype, net.Server.prototype);
Object.setPrototypeOf(Server, net.Server);

Server.prototype.close = function close() {
  httpServerPreClose(this);
  Reflect.apply(net.Server.prototype.close, this, arguments);
  binding.releaseThin(this);
  return this;
};

Server.prototype[Symbol.asyncDispose] = async function() {
  return new Promise((resolve, reject) => {
    this.close((err) => { if (err) reject(err); else resolve(); });
  });
};

Server.prototype.closeAllConnections = function closeAllConnections() {
  if (!this[kConnections]) return;
  binding.closeThin(this, false);
  const connections = this[kConnections].all();
  for (let i = 0, l = connections.length; i < l; i++) connections[i].socket.destroy();
};

Server.prototype.closeIdleConnections = function closeIdleConnections() {
  if (!this[kConnections]) return;
  binding.closeThin(this, true);
  const connections = this[kConnections].idle();
  for (let i = 0, l = connections.length; i < l; i++) {
    const { socket } = connections[i];
    if (socket._httpMessage && !socket._httpMessage.finished) continue;
    const link = socket[kState]?.link;
    if (link !== undefined && binding.thinBusy(link)) continue;
    socket.destroy();
  }
};

Server.prototype.setTimeout = function setTimeout(msecs, callback) {
  this.timeout = msecs;
  if (callback) this.on('timeout', callback);
  return this;
};

Server.prototype[EE.captureRejectionSymbol] = function(err, event, ...args) {
  switch (event) {
    case 'request': {
      const res = args[1];
      if (!res.headersSent && !res.writableEnded) {
        // Don't leak headers.
        const names = res.getHeaderNames();
        for (let i = 0; i < names.length; i++) res.removeHeader(names[i]);
        res.statusCode = 500;
        res.end(STATUS_CODES[500]);
      } else {
        res.destroy();
      }
      break;
    }
    default:
      Reflect.apply(net.Server.prototype[EE.captureRejectionSymbol], this, arguments);
  }
};

function checkConnections() {
  if (this.headersTimeout === 0 && this.requestTimeout === 0) return;
  binding.expireThin(this, this.headersTimeout, this.requestTimeout);
  const expired = this[kConnections].expired(this.headersTimeout, this.requestTimeout);
  for (let i = 0; i < expired.length; i++) {
    const { socket } = expired[i];
    if (socket) onRequestTimeout(socket);
  }
}

// ------------------------------------------------- connections in JavaScript

function connectionListener(socket) { connectionListenerInternal(this, socket); }

function ConnectionState(server) {
  this.server = server;
  this.outgoing = [];
  this.incoming = [];
  // Bytes of data that responses hold back because it is not their turn: see updateOutgoingData.
  this.outgoingData = 0;
  this.requestsCount = 0;
  this.keepAliveTimeoutSet = false;
  this.link = undefined; // to the connection in Go, if it began there
}

function connectionListenerInternal(server, socket) {
  // Ensure that the server property of the socket is correctly set.
  socket.server = server;
  const parser = parsers.alloc();
  const lenient = calculateLenientFlags(server.insecureHTTPParser, server.httpValidation);
  parser.initialize(HTTPParser.REQUEST, socket, server.maxHeaderSize || 0, lenient, server[kConnections]);
  setupConnection(server, socket, parser, new ConnectionState(server));
  if (socket._handle?.isStreamBase && !socket._handle._consumed && parser.consume(socket._handle)) {
    parser._consumed = true;
    socket._handle._consumed = true;
    if (servesPlainly(server)) socket[kState].link = binding.adoptSocket(server, socket, parser, thinHooks);
  }
}

function setupConnection(server, socket, parser, state) {
  // If the user has added a listener to the server, request, or response, then it's their responsibility. If they
  // have not, the socket is destroyed.
  if (server.timeout && typeof socket.setTimeout === 'function') socket.setTimeout(server.timeout);
  socket.on('timeout', socketOnTimeout);
  parser.socket = socket;
  socket.parser = parser;
  if (typeof server.maxHeadersCount === 'number') parser.maxHeaderPairs = server.maxHeadersCount << 1;
  socket[kState] = state;
  state.onData = socketOnData.bind(undefined, server, socket, parser, state);
  state.onEnd = socketOnEnd.bind(undefined, server, socket, parser, state);
  state.onClose = socketOnClose.bind(undefined, socket, state);
  state.onDrain = socketOnDrain.bind(undefined, socket, state);
  socket.on('data', state.onData);
  socket.on('error', socketOnError);
  socket.on('end', state.onEnd);
  socket.on('close', state.onClose);
  socket.on('drain', state.onDrain);
  parser.onIncoming = parserOnIncoming.bind(undefined, server, socket, state);
  // We are consuming socket, so it won't get any actual data
  socket.on('resume', onSocketResume);
  socket.on('pause', onSocketPause);
  // Overrides to unconsume on `data`, `readable` listeners
  socket.on = socketOn;
  socket.addListener = socketOn;
  socket.prependListener = socketPrependListener;
  socket.setEncoding = socketSetEncoding;
  parser[kOnExecute] = onParserExecute.bind(undefined, server, socket, parser, state);
  parser[kOnTimeout] = onParserTimeout.bind(undefined, server, socket);
  socket._paused = false;
}

function socketSetEncoding() { throw new codes.ERR_HTTP_SOCKET_ENCODING(); }

function updateOutgoingData(socket, state, delta) {
  state.outgoingData += delta;
  if (socket._paused && state.outgoingData < socket.writableHighWaterMark) return socketOnDrain(socket, state);
}

function socketOnDrain(socket, state) {
  const needPause = state.outgoingData > socket.writableHighWaterMark;
  // If we previously paused, then start reading again.
  if (socket._paused && !needPause) {
    socket._paused = false;
    if (socket.parser) socket.parser.resume();
    socket.resume();
  }
  const msg = socket._httpMessage;
  if (msg && !msg.finished && msg[kNeedDrain]) {
    msg[kNeedDrain] = false;
    msg.emit('drain');
  }
}

function socketOnTimeout() {
  takeOver(this);
  const req = this.parser?.incoming;
  const reqTimeout = req && !req.complete && req.emit('timeout', this);
  const res = this._httpMessage;
  const resTimeout = res && res.emit('timeout', this);
  const serverTimeout = this.server.emit('timeout', this);
  if (!reqTimeout && !resTimeout && !serverTimeout) this.destroy();
}

// A request that Go is answering becomes JavaScript's, because something happens to its socket.
function takeOver(socket) {
  const link = socket[kState]?.link;
  return link !== undefined ? binding.promote(link) : undefined;
}

function socketOnClose(socket, state) {
  const res = takeOver(socket);
  freeParser(socket.parser, null, socket);
  abortIncoming(state.incoming);
  if (res !== undefined) emitCloseNT(res);
}

function abortIncoming(incoming) {
  while (incoming.length) incoming.shift().destroy(connResetException('aborted'));
}

function socketOnEnd(server, socket, parser, state) {
  takeOver(socket);
  const ret = parser.finish();
  if (ret instanceof Error) {
    socketOnError.call(socket, ret);
    return;
  }
  if (!server.httpAllowHalfOpen) {
    socket.end();
  } else if (state.outgoing.length) {
    state.outgoing[state.outgoing.length - 1]._last = true;
  } else if (socket._httpMessage) {
    socket._httpMessage._last = true;
  } else {
    socket.end();
  }
}

function socketOnData(server, socket, parser, state, d) {
  const ret = parser.execute(d);
  onParserExecuteCommon(server, socket, parser, state, ret, d);
}

function onRequestTimeout(socket) {
  socketOnError.call(socket, new codes.ERR_HTTP_REQUEST_TIMEOUT());
}

function onParserExecute(server, socket, parser, state, ret) {
  // When underlying `net.Socket` instance is consumed - no `data` events are emitted, and thus
  // `socket.setTimeout` fires the callback even if the data is constantly flowing into the socket.
  socket._unrefTimer();
  onParserExecuteCommon(server, socket, parser, state, ret, undefined);
}

function onParserTimeout(server, socket) {
  const serverTimeout = server.emit('timeout', socket);
  if (!serverTimeout) socket.destroy();
}

const badRequestResponse = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n';
const replies = {
  __proto__: null,
  HPE_HEADER_OVERFLOW: 'HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\n\r\n',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 'HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\n\r\n',
  ERR_HTTP_REQUEST_TIMEOUT: 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n',
};

let warnUnclosedSocket = true;
function noop() {}
function socketOnError(e) {
  takeOver(this);
  // Ignore further errors
  this.removeListener('error', socketOnError);
  if (this.listenerCount('error', noop) === 0) this.on('error', noop);
  if (!this.server.emit('clientError', e, this)) {
    // Caution must be taken to avoid corrupting the remote peer. Reply an error segment if there is no in-flight
    // `ServerResponse`, or no data of the in-flight one has been written yet to this socket.
    if (this.writable && (!this._httpMessage || !this._httpMessage._headerSent)) {
      const response = replies[e.code] || badRequestResponse;
      this.write(response);
    }
    this.destroy(e);
  }
  warnUnclosedSocket = false;
}

function onParserExecuteCommon(server, socket, parser, state, ret, d) {
  if (ret instanceof Error) {
    prepareError(ret, parser, d);
    socketOnError.call(socket, ret);
  } else if (parser.incoming?.upgrade) {
    // Upgrade or CONNECT
    const req = parser.incoming;
    const eventName = req.method === 'CONNECT' ? 'connect' : 'upgrade';
    d ||= parser.getCurrentBuffer();
    socket.removeListener('data', state.onData);
    socket.removeListener('end', state.onEnd);
    socket.removeListener('close', state.onClose);
    socket.removeListener('drain', state.onDrain);
    socket.removeListener('error', socketOnError);
    socket.removeListener('timeout', socketOnTimeout);
    unconsume(parser, socket);
    parser.finish();
    freeParser(parser, req, socket);
    if (server.listenerCount(eventName) > 0) {
      const bodyHead = d.slice(ret, d.length);
      socket.readableFlowing = null;
      server.emit(eventName, req, socket, bodyHead);
    } else {
      // Got CONNECT method, but have no handler.
      socket.destroy();
    }
  } else if (parser.incoming && parser.incoming.method === 'PRI') {
    socket.destroy();
  }
  if (socket._paused && socket.parser) {
    // onIncoming paused the socket, we should actually pause the parser
    socket.parser.pause();
  }
}

function clearIncoming(req) {
  req ||= this;
  const parser = req.socket?.parser;
  // Reset the .incoming property so that the request object can be gc'ed.
  if (parser && parser.incoming === req) {
    if (req.readableEnded) parser.incoming = null;
    else req.on('end', clearIncoming);
  }
}

// What happens when a response has been handed to its socket in full: the next one has its turn.
function resOnFinish(req, res, socket, state, server) {
  const published = channel('http.server.response.finish');
  if (published !== undefined) published.publish({ request: req, response: res, socket, server });
  // Usually the first incoming element should be our request. It may be that in the case abortIncoming() was called
  // that the incoming array will be empty.
  if (state.incoming[0] === req) state.incoming.shift();
  else {
    const i = state.incoming.indexOf(req);
    if (i >= 0) state.incoming.splice(i, 1);
  }
  // If the user never called req.read(), and didn't pipe() or .resume() or .on('data') then we call req._dump() so
  // that the bytes will be pulled off the wire.
  if (!req._consuming) req._dump();
  res.detachSocket(socket);
  clearIncoming(req);
  process.nextTick(emitCloseNT, res);
  if (res._last) {
    if (typeof socket.destroySoon === 'function') socket.destroySoon();
    else socket.end();
  } else if (state.outgoing.length === 0) {
    if (state.link !== undefined && state.incoming.length === 0 && !socket._paused && !socket.timeout && socket.parser) {
      binding.idleAgain(state.link);
      return;
    }
    const keepAliveTimeout = Number.isFinite(server.keepAliveTimeout) && server.keepAliveTimeout >= 0 ?
      server.keepAliveTimeout : 0;
    const buffer = Number.isFinite(server.keepAliveTimeoutBuffer) && server.keepAliveTimeoutBuffer >= 0 ?
      server.keepAliveTimeoutBuffer : 1000;
    if (keepAliveTimeout && typeof socket.setTimeout === 'function') {
      // Increase the internal timeout wrt the advertised value to reduce the likelihood of ECONNRESET errors.
      socket.setTimeout(keepAliveTimeout + buffer);
      state.keepAliveTimeoutSet = true;
    }
  } else {
    // Start sending the next message
    const m = state.outgoing.shift();
    if (m) m.assignSocket(socket);
  }
}

function emitRequest(server, req, res) {
  return server.emit('request', req, res);
}

// The head of a request has come in on a connection of JavaScript's.
function parserOnIncoming(server, socket, state, req, keepAlive) {
  resetSocketTimeout(server, socket, state);
  let wantsUpgrade = false;
  if (req.upgrade) {
    req.upgrade = req.method === 'CONNECT' || !!server.shouldUpgradeCallback(req);
    if (req.upgrade) return 2;
    wantsUpgrade = true;
  }
  state.incoming.push(req);
  // If the writable end isn't consuming, then stop reading so that we don't become overwhelmed by a flood of pipelined
  // requests that may never be resolved.
  if (!socket._paused) {
    const ws = socket._writableState;
    if ((ws && ws.needDrain) || state.outgoingData >= socket.writableHighWaterMark) {
      socket._paused = true;
      // We also need to pause the parser, but don't do that until after the call to execute, because we may still be
      // processing the last chunk.
      socket.pause();
    }
  }
  const Response = server[kServerResponse];
  const res = new Response(req, {
    highWaterMark: socket.writableHighWaterMark,
    rejectNonStandardBodyWrites: server.rejectNonStandardBodyWrites,
  });
  res._keepAliveTimeout = server.keepAliveTimeout;
  res._maxRequestsPerSocket = server.maxRequestsPerSocket;
  res._onPendingData = updateOutgoingData.bind(undefined, socket, state);
  res.shouldKeepAlive = keepAlive;
  if (server[kUniqueHeaders] !== null) res[kUniqueHeaders] = server[kUniqueHeaders];
  const started = channel('http.server.request.start');
  if (started !== undefined) started.publish({ request: req, response: res, socket, server });
  if (socket._httpMessage) {
    // There are already pending outgoing res, append.
    state.outgoing.push(res);
  } else {
    res.assignSocket(socket);
  }
  // When we're finished writing the response, check if this is the last response, if so destroy the socket.
  res.on('finish', resOnFinish.bind(undefined, req, res, socket, state, server));

  const flags = binding.headFlags(req[kHead]);
  let handled = false;
  if (server[kOptimizeEmptyRequests] && (flags & 4) === 0) req._dumpAndCloseReadable();
  if (req.httpVersionMajor === 1 && req.httpVersionMinor === 1) {
    // From RFC 7230 5.4 https://datatracker.ietf.org/doc/html/rfc7230#section-5.4: a server MUST respond with 400 to
    // an HTTP/1.1 request without Host.
    if (server.requireHostHeader && (flags & 1) === 0) {
      res.writeHead(400, ['Connection', 'close']);
      res.end();
      return wantsUpgrade ? 3 : 0;
    }
    const isRequestsLimitSet = typeof server.maxRequestsPerSocket === 'number' && server.maxRequestsPerSocket > 0;
    if (isRequestsLimitSet) {
      state.requestsCount++;
      res.maxRequestsOnConnectionReached = server.maxRequestsPerSocket <= state.requestsCount;
    }
    if (isRequestsLimitSet && server.maxRequestsPerSocket < state.requestsCount) {
      handled = true;
      server.emit('dropRequest', req, socket);
      res.writeHead(503);
      res.end();
    } else if ((flags & 2) !== 0) {
      handled = true;
      if (continueExpression.test(req.headers.expect)) {
        res._expect_continue = true;
        if (server.listenerCount('checkContinue') > 0) {
          server.emit('checkContinue', req, res);
        } else {
          res.writeContinue();
          emitRequest(server, req, res);
        }
      } else if (server.listenerCount('checkExpectation') > 0) {
        server.emit('checkExpectation', req, res);
      } else {
        res.writeHead(417);
        res.end();
      }
    }
  }
  if (!handled) {
    req.on('end', clearRequestTimeout);
    emitRequest(server, req, res);
  }
  return wantsUpgrade ? 3 : 0; // 3: an upgrade that nobody wants
}

function resetSocketTimeout(server, socket, state) {
  if (!state.keepAliveTimeoutSet) return;
  socket.setTimeout(server.timeout || 0);
  state.keepAliveTimeoutSet = false;
}

function clearRequestTimeout(req) {
  req ||= this;
  if (req[kRequestTimeout]) req[kRequestTimeout] = undefined;
}
const kRequestTimeout = Symbol('kRequestTimeout');

function onSocketResume() {
  // It may seem that the socket is resumed, but this is an enemy's trick to deceive us! `resume` is emitted
  // asynchronously, and may come from `incoming.readStart()`. Stop the socket again here, just to preserve the state.
  if (this._paused) {
    this.pause();
    return;
  }
  if (this._handle && !this._handle.reading) {
    this._handle.reading = true;
    this._handle.readStart();
  }
}

function onSocketPause() {
  if (this._handle && this._handle.reading) {
    this._handle.reading = false;
    this._handle.readStop();
  }
}

function unconsume(parser, socket) {
  if (socket._handle) {
    if (parser._consumed) parser.unconsume();
    parser._consumed = false;
    socket._handle._consumed = false;
    socket.removeListener('pause', onSocketPause);
    socket.removeListener('resume', onSocketResume);
  }
  delete socket.on;
  delete socket.addListener;
  delete socket.prependListener;
  delete socket.setEncoding;
}

// Who listens for data himself gets it, and the parser's connection to the handle is cut.
function socketOn(ev, fn) {
  const res = net.Socket.prototype.on.call(this, ev, fn);
  stopConsuming(this, ev);
  return res;
}
function socketPrependListener(ev, fn) {
  const res = net.Socket.prototype.prependListener.call(this, ev, fn);
  stopConsuming(this, ev);
  return res;
}
function stopConsuming(socket, ev) {
  if (!socket.parser) {
    delete socket.on;
    delete socket.addListener;
    delete socket.prependListener;
    return;
  }
  if (ev === 'data' || ev === 'readable') unconsume(socket.parser, socket);
}

// ------------------------------------------------------- connections in Go

function adoptListener(server) { binding.adoptListener(server, thinHooks); }

// promote turns a connection that lives in Go into one of JavaScript's: it gets its socket, and the message that is
// being answered the properties that it would have.
function promote(conn) { binding.promote(conn); }

// May requests of this server be answered in Go?
function servesPlainly(server) {
  return server[kIncomingMessage] === IncomingMessage && server[kServerResponse] === ServerResponse &&
    server.maxHeadersCount === null && server[kUniqueHeaders] === null && !server.maxRequestsPerSocket &&
    !server.joinDuplicateHeaders && !server.rejectNonStandardBodyWrites && !server[kOptimizeEmptyRequests] &&
    server.requireHostHeader && !server.httpAllowHalfOpen && server.emit === EE.prototype.emit &&
    channel('http.server.request.start') === undefined && channel('http.server.response.created') === undefined &&
    channel('http.server.response.finish') === undefined;
}

const thinHooks = {
  kWritableFinished,
  socketWrite: net.Socket.prototype.write,
  writeHead: ownWriteHead,
  incoming: IncomingMessage.prototype,
  response: ServerResponse.prototype,

  // May the connections of this server live in Go from the start? Then the parser's flags.
  plain(server) {
    if (server.listenerCount('connection') !== 1 || server._events.connection !== connectionListener || server.timeout ||
        server.maxConnections != null || server.blockList || server.pauseOnConnect || server.keepAlive ||
        channel('net.server.socket') !== undefined || !servesPlainly(server)) {
      return undefined;
    }
    server._connections++;
    return calculateLenientFlags(server.insecureHTTPParser, server.httpValidation);
  },

  // A connection of Go's becomes ours: it gets its socket and an HTTPParser object around its parser. `assign` hands
  // over the request that is being answered.
  promoted(server, handle, info) {
    handle.reading = info.reading;
    const socket = new net.Socket({
      handle,
      allowHalfOpen: true,
      manualStart: true,
      readableHighWaterMark: server.highWaterMark,
      writableHighWaterMark: server.highWaterMark,
    });
    socket.server = server;
    socket._server = server;
    const parser = parsers.alloc();
    graft(parser, info.link, server[kConnections]);
    const state = new ConnectionState(server);
    setupConnection(server, socket, parser, state);
    parser.consume(handle);
    parser._consumed = true;
    handle._consumed = true;
    if (info.reading) handle.readStart();
    else socket.pause();
    state.link = info.link;
    return socket;
  },

  assign: assignPromoted,
  drained(res) { res.emit('drain'); },

  timeout(socket) { socketOnTimeout.call(socket); },
  late(socket) { onRequestTimeout(socket); },
  body(req, buffer) { return req._dumped || req.push(buffer); },
  endOfBody(req, trailers) {
    if (trailers !== undefined) {
      req.rawTrailers = trailers;
      req._addHeaderLines(trailers, trailers.length);
    }
    req._endOfBody();
  },
  ended: thinEnded,
  finished(res, req) {
    res.emit('prefinish');
    thinFinished(res, req);
  },
};

function assignPromoted(socket, req, res) {
  const state = socket[kState], { server } = socket;
  socket.parser.incoming = req;
  state.incoming.push(req);
  if (res.finished) return;
  res._keepAliveTimeout = server.keepAliveTimeout;
  res._onPendingData = updateOutgoingData.bind(undefined, socket, state);
  socket._httpMessage = res;
  socket.on('close', onServerResponseClose);
  res[kSocket] = socket;
  res.prependListener('finish', resOnFinish.bind(undefined, req, res, socket, state, server));
}

module.exports = {
  STATUS_CODES,
  Server,
  ServerResponse,
  setupConnectionsTracking,
  storeHTTPOptions,
  _connectionListener: connectionListener,
  kServerResponse,
  httpServerPreClose,
  kConnectionsCheckingInterval,
};
