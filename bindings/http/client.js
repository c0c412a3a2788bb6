'use strict';
// _http_client: requests that go out.

const net = require('net');
const EE = require('events');
const Agent = require('_http_agent');
const { codes } = require('internal/errors');
const { asyncContext } = require('internal/process/task_queues');
const {
  validateBoolean, validateFunction, validateInteger, validateNumber, validateString,
} = require('internal/validators');
const { binding, channel, connResetException, kNeedDrain, kOutHeaders, noop, validateLeniency } = require('internal/http');
const {
  HTTPParser, _checkIsHttpToken: checkIsHttpToken, calculateLenientFlags, freeParser, parsers, prepareError,
  kSkipPendingData,
} = require('_http_common');
const {
  OutgoingMessage, kErrored, kUniqueHeaders, parseUniqueHeadersOption, kEndCallbacks, kHighWaterMark,
} = require('_http_outgoing');

const kClientRequestStatistics = Symbol('ClientRequestStatistics');
const kError = Symbol('kError');
const kPath = Symbol('kPath');

const INVALID_PATH_REGEX = /[^\u0021-\u00ff]/;

function validateHost(host, name) {
  if (host !== null && host !== undefined && typeof host !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, ['string', 'undefined', 'null'], host);
  }
  return host;
}

class HTTPClientAsyncResource {
  constructor(type, req) {
    this.type = type;
    this.req = req;
  }
}

// The properties of a WHATWG URL that make a request's options.
function urlToHttpOptions(url) {
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url, // In case the url object was extended by the user.
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

function isURL(self) {
  return Boolean(self?.href && self.protocol && self.auth === undefined && self.path === undefined);
}

let debug = function() {
  debug = process.env.NODE_DEBUG === undefined ? noop : require('util').debuglog('http');
  Reflect.apply(debug, undefined, arguments);
};

function ClientRequest(input, options, cb) {
  OutgoingMessage.call(this);
  debug('call ClientRequest');
  if (typeof input === 'string') {
    input = urlToHttpOptions(new URL(input));
  } else if (isURL(input)) {
    input = urlToHttpOptions(input);
  } else {
    cb = options;
    options = input;
    input = null;
  }
  if (typeof options === 'function') {
    cb = options;
    options = input || {};
  } else {
    options = Object.assign(input || {}, options);
  }
  let agent = options.agent;
  const defaultAgent = options._defaultAgent || Agent.globalAgent;
  if (agent === false) {
    agent = new defaultAgent.constructor();
  } else if (agent === null || agent === undefined) {
    if (typeof options.createConnection !== 'function') agent = defaultAgent;
    // Explicitly pass through this statement as agent will not be used when createConnection is provided.
  } else if (typeof agent.addRequest !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.agent', ['Agent-like Object', 'undefined', 'false'], agent);
  }
  this.agent = agent;
  const protocol = options.protocol || defaultAgent.protocol;
  let expectedProtocol = defaultAgent.protocol;
  if (this.agent?.protocol) expectedProtocol = this.agent.protocol;
  if (options.path) {
    const path = String(options.path);
    if (INVALID_PATH_REGEX.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
  }
  if (protocol !== expectedProtocol) throw new codes.ERR_INVALID_PROTOCOL(protocol, expectedProtocol);
  const defaultPort = options.defaultPort || this.agent?.defaultPort;
  const port = options.port = options.port || defaultPort || 80;
  const host = options.host = validateHost(options.hostname, 'hostname') || validateHost(options.host, 'host') ||
    'localhost';
  const setHost = options.setHost !== undefined ? Boolean(options.setHost) : options.setDefaultHeaders !== false;
  this.socketPath = options.socketPath;
  if (options.timeout !== undefined) this.timeout = getTimerDuration(options.timeout, 'timeout');
  const { signal } = options;
  if (signal) EE.addAbortListener !== undefined && addAbortSignal(signal, this);
  let { method } = options;
  if (method !== null && method !== undefined && typeof method !== 'string') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.method', 'string', method);
  }
  if (method) {
    if (!checkIsHttpToken(method)) throw new codes.ERR_INVALID_HTTP_TOKEN('Method', method);
    method = this.method = method.toUpperCase();
  } else {
    method = this.method = 'GET';
  }
  const { maxHeaderSize } = options;
  if (maxHeaderSize !== undefined) validateInteger(maxHeaderSize, 'maxHeaderSize', 0);
  this.maxHeaderSize = maxHeaderSize;
  validateLeniency(options);
  this.insecureHTTPParser = options.insecureHTTPParser;
  this.httpValidation = options.httpValidation;
  if (options.joinDuplicateHeaders !== undefined) {
    validateBoolean(options.joinDuplicateHeaders, 'options.joinDuplicateHeaders');
  }
  this.joinDuplicateHeaders = options.joinDuplicateHeaders;
  this[kPath] = options.path || '/';
  if (cb) this.once('response', cb);
  this.useChunkedEncodingByDefault = !(method === 'GET' || method === 'HEAD' || method === 'DELETE' ||
    method === 'OPTIONS' || method === 'TRACE' || method === 'CONNECT');
  this._ended = false;
  this.res = null;
  this.aborted = false;
  this.timeoutCb = null;
  this.upgradeOrConnect = false;
  this.parser = null;
  this.maxHeadersCount = null;
  this.reusedSocket = false;
  this.host = host;
  this.protocol = protocol;
  if (this.agent) {
    // If there is an agent we should default to Connection:keep-alive, but only if the Agent will actually reuse the
    // connection! If it's not a keepAlive agent, and the maxSockets==Infinity, then there's never a case where this
    // socket will actually be reused.
    if (!this.agent.keepAlive && !Number.isFinite(this.agent.maxSockets)) {
      this._last = true;
      this.shouldKeepAlive = false;
    } else {
      this._last = false;
      this.shouldKeepAlive = true;
    }
  }
  if (options.setDefaultHeaders === false) {
    this._removedConnection = true;
    this._removedContLen = true;
    this._removedTE = true;
  }
  const headersArray = Array.isArray(options.headers);
  if (!headersArray) {
    if (options.headers) {
      const keys = Object.keys(options.headers);
      // Retain for(;;) loop for performance reasons
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        this.setHeader(key, options.headers[key]);
      }
    }
    if (host && !this.getHeader('host') && setHost) {
      let hostHeader = host;
      // For the Host header, ensure that IPv6 addresses are enclosed in square brackets, as defined by URI formatting
      // https://tools.ietf.org/html/rfc3986#section-3.2.2
      const posColon = hostHeader.indexOf(':');
      if (posColon !== -1 && hostHeader.includes(':', posColon + 1) && hostHeader[0] !== '[') hostHeader = `[${hostHeader}]`;
      if (port && +port !== defaultPort) hostHeader += `:${port}`;
      this.setHeader('Host', hostHeader);
    }
    if (options.auth && !this.getHeader('Authorization')) {
      this.setHeader('Authorization', `Basic ${Buffer.from(options.auth).toString('base64')}`);
    }
    if (this.getHeader('expect')) {
      if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
      this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[kOutHeaders]);
    }
  } else {
    this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, clientHeaderArray(options));
  }
  this[kUniqueHeaders] = parseUniqueHeadersOption(options.uniqueHeaders);
  // initiate connection
  if (this.agent) {
    this.agent.addRequest(this, optionsWithoutSignal(options));
  } else {
    // No agent, default to Connection:close.
    this._last = true;
    this.shouldKeepAlive = false;
    let opts = optionsWithoutSignal(options);
    if (opts.path || opts.socketPath) opts = { ...opts, path: opts.socketPath || undefined };
    if (typeof opts.createConnection === 'function') {
      let called = false;
      const oncreate = (err, socket) => {
        if (called) return;
        called = true;
        if (err) process.nextTick(emitRequestError, this, err);
        else this.onSocket(socket);
      };
      try {
        const newSocket = opts.createConnection(opts, oncreate);
        if (newSocket) oncreate(null, newSocket);
      } catch (err) {
        oncreate(err);
      }
    } else {
      this.onSocket(net.createConnection(opts));
    }
  }
  const created = channel('http.client.request.created');
  if (created !== undefined) created.publish({ request: this });
}
Object.setPrototypeOf(ClientRequest.prototype, OutgoingMessage.prototype);
Object.setPrototypeOf(ClientRequest, OutgoingMessage);

// An array of headers goes out as it is; default fields are added to it.
function clientHeaderArray(options) { return options.headers; }

function emitRequestError(req, err) { emitErrorEvent(req, err); }

function optionsWithoutSignal(options) {
  if (options.signal) {
    options = { ...options };
    delete options.signal;
  }
  return options;
}

function addAbortSignal(signal, req) {
  require('internal/validators').validateAbortSignal(signal, 'signal');
  const { AbortError } = require('internal/errors');
  const onAbort = () => { req.destroy(new AbortError(undefined, { cause: signal.reason })); };
  if (signal.aborted) {
    onAbort();
  } else {
    const disposable = EE.addAbortListener(signal, onAbort);
    req.once('close', () => { disposable[Symbol.dispose](); });
  }
}

const TIMEOUT_MAX = 2 ** 31 - 1;
function getTimerDuration(msecs, name) {
  validateNumber(msecs, name);
  if (msecs < 0 || !Number.isFinite(msecs)) throw new codes.ERR_OUT_OF_RANGE(name, 'a non-negative finite number', msecs);
  // Ensure that msecs fits into signed int32
  if (msecs > TIMEOUT_MAX) {
    process.emitWarning(`${msecs} does not fit into a 32-bit signed integer.\nTimer duration was truncated to ${TIMEOUT_MAX}.`,
      'TimeoutOverflowWarning');
    return TIMEOUT_MAX;
  }
  return msecs;
}

Object.defineProperty(ClientRequest.prototype, 'path', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return this[kPath]; },
  set(value) {
    const path = String(value);
    if (INVALID_PATH_REGEX.test(path)) throw new codes.ERR_UNESCAPED_CHARACTERS('Request path');
    this[kPath] = path;
  },
});

ClientRequest.prototype._isLenientHeaderValidation = function _isLenientHeaderValidation() {
  if (this.httpValidation !== undefined) return this.httpValidation !== 'strict';
  if (this.insecureHTTPParser !== undefined) return this.insecureHTTPParser;
  return binding.insecureHTTPParser;
};

ClientRequest.prototype._finish = function _finish() {
  OutgoingMessage.prototype._finish.call(this);
  const start = channel('http.client.request.start');
  if (start !== undefined) start.publish({ request: this });
};

ClientRequest.prototype._implicitHeader = function _implicitHeader() {
  if (this._header) throw new codes.ERR_HTTP_HEADERS_SENT('render');
  this._storeHeader(`${this.method} ${this.path} HTTP/1.1\r\n`, this[kOutHeaders]);
};

ClientRequest.prototype.abort = function abort() {
  if (this.aborted) return;
  this.aborted = true;
  process.nextTick(emitAbortNT, this);
  this.destroy();
};

ClientRequest.prototype.destroy = function destroy(err) {
  if (this.destroyed) return this;
  this.destroyed = true;
  // If we're aborting, we don't care about any more response data.
  if (this.res) this.res._dump();
  this[kError] = err;
  this.socket?.destroy(err);
  return this;
};

function emitAbortNT(req) { req.emit('abort'); }

function ondrain() {
  const msg = this._httpMessage;
  if (msg && !msg.finished && msg[kNeedDrain]) {
    msg[kNeedDrain] = false;
    msg.emit('drain');
  }
}

function emitErrorEvent(request, error) {
  const published = channel('http.client.request.error');
  if (published !== undefined) published.publish({ request, error });
  request.emit('error', error);
}

function emitCloseOnce(req) {
  if (req._closed) return;
  req._closed = true;
  const callbacks = req[kEndCallbacks];
  if (callbacks !== null && callbacks !== undefined) {
    req[kEndCallbacks] = null;
    const err = req[kErrored] ?? new codes.ERR_STREAM_DESTROYED('end');
    for (let i = 0; i < callbacks.length; i++) callbacks[i](err);
  }
  req.emit('close');
}

function socketCloseListener() {
  const socket = this;
  // NOTE: It's important to get parseErr before freeing parser.
  const { parser } = socket;
  const req = socket._httpMessage;
  if (!req) return;
  // Pull through final chunk, if anything is buffered. The 'end' and 'close' events come from it.
  socket.read();
  const { res } = req;
  req.destroyed = true;
  if (res) {
    // Socket closed before we emitted 'end' below.
    if (!res.complete) res.destroy(connResetException('aborted'));
    emitCloseOnce(req);
    if (!res.aborted && res.readable) res.push(null);
  } else {
    if (!req.socket._hadError) {
      // This socket error fired before we started to receive a response and therefore triggers the 'error' event of
      // the request itself.
      req.socket._hadError = true;
      emitErrorEvent(req, connResetException('socket hang up'));
    }
    emitCloseOnce(req);
  }
  // Too bad.  That output wasn't getting written. This is pretty terrible that it doesn't raise an error.
  if (req.outputSize > 0) {
    req.outputData = [];
    req.outputSize = 0;
  }
  if (parser) {
    parser.finish();
    freeParser(parser, req, socket);
  }
}

function socketErrorListener(err) {
  const socket = this;
  const req = socket._httpMessage;
  if (req) {
    // For Safety. Some additional errors might fire later on and we need to make sure we don't double-fire the error
    // event.
    req.socket._hadError = true;
    emitErrorEvent(req, err);
  }
  const { parser } = socket;
  if (parser) {
    parser.finish();
    freeParser(parser, req, socket);
  }
  // Ensure that no further data will come out of the socket
  socket.removeListener('data', socketOnData);
  socket.removeListener('end', socketOnEnd);
  socket.destroy();
}

function socketOnEnd() {
  const socket = this;
  const req = this._httpMessage;
  const { parser } = this;
  if (!req.res && !req.socket._hadError) {
    // If we don't have a response then we know that the socket ended prematurely and we need to emit an error on the
    // request.
    req.socket._hadError = true;
    emitErrorEvent(req, connResetException('socket hang up'));
  }
  if (parser) {
    const ret = parser.finish();
    if (ret instanceof Error && !req.socket._hadError && !(req.res && req.res.complete)) {
      req.socket._hadError = true;
      if (req.res === null || req.res === undefined) emitErrorEvent(req, ret);
    }
    freeParser(parser, req, socket);
  }
  socket.end();
}

function socketOnData(d) {
  const socket = this;
  const req = this._httpMessage;
  const { parser } = this;
  let ret;
  if (parser.asyncContext === undefined) {
    ret = parser.execute(d);
  } else {
    const context = asyncContext();
    context.enter(parser.asyncContext);
    try {
      ret = parser.execute(d);
    } finally {
      context.exit();
    }
  }
  if (ret instanceof Error) {
    prepareError(ret, parser, d);
    freeParser(parser, req, socket);
    socket.removeListener('data', socketOnData);
    socket.removeListener('end', socketOnEnd);
    socket.destroy();
    req.socket._hadError = true;
    emitErrorEvent(req, ret);
  } else if (parser.incoming?.upgrade) {
    // Upgrade (if status code 101) or CONNECT
    const bytesParsed = ret;
    const res = parser.incoming;
    req.res = res;
    socket.removeListener('data', socketOnData);
    socket.removeListener('end', socketOnEnd);
    socket.removeListener('drain', ondrain);
    if (req.timeoutCb) socket.removeListener('timeout', req.timeoutCb);
    socket.removeListener('timeout', responseOnTimeout);
    parser.finish();
    freeParser(parser, req, socket);
    const bodyHead = d.slice(bytesParsed, d.length);
    const eventName = req.method === 'CONNECT' ? 'connect' : 'upgrade';
    if (req.listenerCount(eventName) > 0) {
      req.upgradeOrConnect = true;
      // detach the socket
      socket.emit('agentRemove');
      socket.removeListener('close', socketCloseListener);
      socket.removeListener('error', socketErrorListener);
      socket._httpMessage = null;
      socket.readableFlowing = null;
      req.emit(eventName, res, socket, bodyHead);
      req.destroyed = true;
      emitCloseOnce(req);
    } else {
      // Requested Upgrade or used CONNECT method, but have no handler.
      socket.destroy();
    }
  } else if (parser.incoming?.complete &&
             // When the status code is informational (100, 102-199), the server will send a final response after this
             // client sends a request body, so we must not free the parser. 101 (Switching Protocols) and all other
             // status codes should be processed normally.
             !statusIsInformational(parser.incoming.statusCode)) {
    socket.removeListener('data', socketOnData);
    socket.removeListener('end', socketOnEnd);
    socket.removeListener('drain', ondrain);
    freeParser(parser, req, socket);
  }
}

function statusIsInformational(status) { return status < 200 && status >= 100 && status !== 101; }

// A response's head has come in.
function parserOnIncomingClient(res, shouldKeepAlive) {
  const { socket } = this;
  const req = socket._httpMessage;
  if (req.res) {
    // We already have a response object, this means the server sent a double response.
    socket.destroy();
    return 0; // No special treatment.
  }
  req.res = res;
  // Skip body and treat as Upgrade.
  if (res.upgrade) return 2;
  // Responses to CONNECT request is handled as Upgrade.
  const { method } = req;
  if (method === 'CONNECT') {
    res.upgrade = true;
    return 2; // Skip body and treat as Upgrade.
  }
  if (statusIsInformational(res.statusCode)) {
    req.res = null; // Clear res so that we don't hit double-responses.
    // Maintain compatibility by sending 100-specific events
    if (res.statusCode === 100) req.emit('continue');
    // Send information events to all 1xx responses except 101 Upgrade.
    req.emit('information', {
      statusCode: res.statusCode,
      statusMessage: res.statusMessage,
      httpVersion: res.httpVersion,
      httpVersionMajor: res.httpVersionMajor,
      httpVersionMinor: res.httpVersionMinor,
      headers: res.headers,
      rawHeaders: res.rawHeaders,
    });
    return 1; // Skip body but don't treat as Upgrade.
  }
  if (req.shouldKeepAlive && !shouldKeepAlive && !req.upgradeOrConnect) {
    // Server MUST respond with Connection:keep-alive for us to enable it. If we've been upgraded (via WebSockets) we
    // also shouldn't try to keep the connection open.
    req.shouldKeepAlive = false;
  }
  const finished = channel('http.client.response.finish');
  if (finished !== undefined) finished.publish({ request: req, response: res });
  req.res = res;
  res.req = req;
  // Add our listener first, so that we guarantee socket cleanup
  res.on('end', responseOnEnd);
  req.on('finish', requestOnFinish);
  socket.on('timeout', responseOnTimeout);
  // If the user did not listen for the 'response' event, then they can't possibly read the data, so we ._dump() it into
  // the void so that the socket doesn't hang there in a paused state.
  if (req.aborted || !req.emit('response', res)) res._dump();
  if (method === 'HEAD') return 1; // Skip body but don't treat as Upgrade.
  if (res.statusCode === 304) {
    res.complete = true;
    return 1; // Skip body as there won't be any
  }
  return 0; // No special treatment.
}

function responseKeepAlive(req) {
  const { socket } = req;
  if (req.timeoutCb) {
    socket.setTimeout(0, req.timeoutCb);
    req.timeoutCb = null;
  }
  socket.removeListener('close', socketCloseListener);
  socket.removeListener('error', socketErrorListener);
  socket.removeListener('data', socketOnData);
  socket.removeListener('end', socketOnEnd);
  socket.removeListener('drain', ondrain);
  // Mark this socket as available, AFTER user-added end handlers have a chance to run.
  process.nextTick(emitFreeNT, req);
  req.destroyed = true;
  if (req.res) {
    // Detach socket from IncomingMessage to avoid destroying the freed socket in IncomingMessage.destroy.
    req.res.socket = null;
  }
}

function responseOnEnd() {
  const { req } = this;
  const { socket } = req;
  if (socket) {
    if (req.timeoutCb) socket.removeListener('timeout', emitRequestTimeout);
    socket.removeListener('timeout', responseOnTimeout);
  }
  req._ended = true;
  if (!req.shouldKeepAlive) {
    if (socket.writable) {
      if (typeof socket.destroySoon === 'function') socket.destroySoon();
      else socket.end();
    }
  } else if (req.writableFinished && !this.aborted) {
    // We can assume `req.finished` means all data has been written since: - `'responseOnEnd'` means we have been
    // assigned a socket. - when we have a socket we write directly to it without buffering. - `req.finished` means
    // `end()` has been called and no further data. can be written. In addition, `req.writableFinished` means all data
    // written has been accepted by the kernel. (i.e. the `req.socket` is drained). Without this constraint, we may
    // assign a non drained socket to a request.
    responseKeepAlive(req);
  }
}

function responseOnTimeout() {
  const req = this._httpMessage;
  if (!req) return;
  const { res } = req;
  if (!res) return;
  res.emit('timeout');
}

// This function is necessary in the case where we receive the entire response from the server before we finish sending
// out the request
function requestOnFinish() {
  const req = this;
  if (req.shouldKeepAlive && req._ended) responseKeepAlive(req);
}

function emitFreeNT(req) {
  emitCloseOnce(req);
  if (req.socket) req.socket.emit('free');
}

function tickOnSocket(req, socket) {
  const parser = parsers.alloc();
  req.socket = socket;
  const lenient = calculateLenientFlags(req.insecureHTTPParser, req.httpValidation);
  const resource = new HTTPClientAsyncResource('HTTPINCOMINGMESSAGE', req);
  parser.initialize(HTTPParser.RESPONSE, resource, req.maxHeaderSize || 0, lenient);
  // The response belongs to the request, not to the socket, which may be older.
  parser.asyncContext = asyncContext()?.capture('HTTPINCOMINGMESSAGE', resource);
  parser.socket = socket;
  parser.outgoing = req;
  req.parser = parser;
  socket.parser = parser;
  socket._httpMessage = req;
  // Propagate headers limit from request object to parser
  if (typeof req.maxHeadersCount === 'number') parser.maxHeaderPairs = req.maxHeadersCount << 1;
  parser.joinDuplicateHeaders = req.joinDuplicateHeaders;
  parser.onIncoming = parserOnIncomingClient;
  socket.on('error', socketErrorListener);
  socket.on('data', socketOnData);
  socket.on('end', socketOnEnd);
  socket.on('close', socketCloseListener);
  socket.on('drain', ondrain);
  if (req.timeout !== undefined || req.agent?.options?.timeout) listenSocketTimeout(req);
  req.emit('socket', socket);
}

function emitRequestTimeout() {
  const req = this._httpMessage;
  if (req) req.emit('timeout');
}

function listenSocketTimeout(req) {
  if (req.timeoutCb) return;
  // Set timeoutCb so it will get cleaned up on request end.
  req.timeoutCb = emitRequestTimeout;
  // Delegate socket timeout event.
  if (req.socket) req.socket.once('timeout', emitRequestTimeout);
  else req.on('socket', (socket) => { socket.once('timeout', emitRequestTimeout); });
}

ClientRequest.prototype.onSocket = function onSocket(socket, err) {
  // TODO(ronag): Between here and onSocketNT the socket has no error or close listener.
  process.nextTick(onSocketNT, this, socket, err);
};

function onSocketNT(req, socket, err) {
  if (!req.destroyed && !err) {
    tickOnSocket(req, socket);
    req._flush();
    return;
  }
  if (socket) {
    if (!err && req.agent && !socket.destroyed) {
      socket.emit('free');
    } else {
      require('stream').finished(socket.destroy(err || req[kError]), (er) => {
        if (er?.code === 'ERR_STREAM_PREMATURE_CLOSE') er = null;
        destroyRequest(req, er || err);
      });
      return;
    }
  }
  destroyRequest(req, err || req[kError]);
}

function destroyRequest(req, err) {
  if (!req.aborted && !err) err = connResetException('socket hang up');
  req.destroyed = true;
  if (err) emitErrorEvent(req, err);
  emitCloseOnce(req);
}

// This function is for calls that need to happen once the socket is assigned to this request and writable. It's an
// important promisy thing for all the socket calls that happen either now (when a socket is assigned) or in the future
// (when a socket gets assigned out of the pool and is eventually writable).
ClientRequest.prototype._deferToConnect = function _deferToConnect(method, arguments_) {
  const callSocketMethod = () => {
    if (method) Reflect.apply(this.socket[method], this.socket, arguments_);
  };
  const onSocket = () => {
    if (this.socket.writable) callSocketMethod();
    else this.socket.once('connect', callSocketMethod);
  };
  if (!this.socket) this.once('socket', onSocket);
  else onSocket();
};

ClientRequest.prototype.setTimeout = function setTimeout(msecs, callback) {
  if (this._ended) return this;
  listenSocketTimeout(this);
  msecs = getTimerDuration(msecs, 'msecs');
  if (callback) {
    this.once('timeout', callback); // which checks it
  }
  if (this.socket) {
    setSocketTimeout(this.socket, msecs);
  } else {
    this.once('socket', (sock) => { setSocketTimeout(sock, msecs); });
  }
  return this;
};

function setSocketTimeout(sock, msecs) {
  if (sock.connecting) {
    sock.once('connect', function() { this.setTimeout(msecs); });
  } else {
    sock.setTimeout(msecs);
  }
}

ClientRequest.prototype.setNoDelay = function setNoDelay(noDelay) {
  this._deferToConnect('setNoDelay', [noDelay]);
};

ClientRequest.prototype.setSocketKeepAlive = function setSocketKeepAlive(enable, initialDelay) {
  this._deferToConnect('setKeepAlive', [enable, initialDelay]);
};

ClientRequest.prototype.clearTimeout = function clearTimeout(cb) {
  this.setTimeout(0, cb);
};

module.exports = { ClientRequest };
