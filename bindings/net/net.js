'use strict';
// net.Server, and the module's face. Sockets are in internal/net/socket.

const EventEmitter = require('events');
const { TCP, constants: TCPConstants } = internalBinding('tcp_wrap');
const { Pipe, constants: PipeConstants } = internalBinding('pipe_wrap');
const { UV_EINVAL } = internalBinding('uv');
const { codes } = require('internal/errors');
const { validateAbortSignal, validateNumber, validatePort } = require('internal/validators');
const { isIP, isIPv4, isIPv6, owner_symbol, state } = require('internal/net');
const socket = require('internal/net/socket');
const { Socket, createHandle, isPipeName, kSetKeepAlive, kSetKeepAliveInitialDelay, kSetNoDelay, normalizeArgs, toNumber } = socket;
const { ErrnoException, ExceptionWithHostPort, UVExceptionWithHostPort } = require('internal/uv_errors');
const { defineLazy, publish, subscribed } = require('internal/util');

const DEFAULT_BACKLOG = 511;

function Server(options, connectionListener) {
  if (!(this instanceof Server)) return new Server(options, connectionListener);
  EventEmitter.call(this, options !== null && typeof options === 'object' ? options : undefined);
  if (typeof options === 'function') {
    connectionListener = options;
    options = {};
    this.on('connection', connectionListener);
  } else if (options == null || typeof options === 'object') {
    options ??= {};
    if (typeof connectionListener === 'function') this.on('connection', connectionListener);
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('options', 'Object', options);
  }
  let delay = options.keepAliveInitialDelay;
  if (delay !== undefined) {
    validateNumber(delay, 'options.keepAliveInitialDelay');
    if (delay < 0) delay = 0;
  }
  let { highWaterMark } = options;
  if (highWaterMark !== undefined) {
    validateNumber(highWaterMark, 'options.highWaterMark');
    if (highWaterMark < 0) highWaterMark = undefined;
  }
  this._connections = 0;
  this._handle = null;
  this._usingWorkers = false;
  this._workers = [];
  this._unref = false;
  this._listeningId = 1;
  this.allowHalfOpen = options.allowHalfOpen || false;
  this.pauseOnConnect = Boolean(options.pauseOnConnect);
  this.noDelay = Boolean(options.noDelay);
  this.keepAlive = Boolean(options.keepAlive);
  this.keepAliveInitialDelay = ~~(delay / 1000);
  this.highWaterMark = highWaterMark ?? require('stream').getDefaultHighWaterMark(false);
  if (options.blockList) {
    if (!require('internal/blocklist').BlockList.isBlockList(options.blockList)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.blockList', 'net.BlockList', options.blockList);
    }
    this.blockList = options.blockList;
  }
}
Object.setPrototypeOf(Server.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Server, EventEmitter);

// A bound handle, or an error number.
function createServerHandle(address, port, addressType, fd, flags) {
  let handle;
  if (typeof fd === 'number' && fd >= 0) {
    try {
      handle = createHandle(fd, true);
    } catch {
      return UV_EINVAL;
    }
    const err = handle.open(fd);
    return err || handle;
  }
  let err = 0;
  if (port === -1 && addressType === -1) {
    handle = new Pipe(PipeConstants.SERVER);
    if (address) err = handle.bind(address);
  } else {
    handle = new TCP(TCPConstants.SERVER);
    if (!address) {
      // Any address: IPv6's, which takes IPv4 too, if there is IPv6.
      err = handle.bind6('::', port, flags);
      if (err) {
        handle.close();
        return createServerHandle('0.0.0.0', port, 4, undefined, flags);
      }
    } else if (addressType === 6) {
      err = handle.bind6(address, port, flags);
    } else {
      err = handle.bind(address, port, flags);
    }
  }
  if (err) {
    handle.close();
    return err;
  }
  return handle;
}

function emitErrorNT(self, err) { self.emit('error', err); }
function emitListeningNT(self) { if (self._handle) self.emit('listening'); }

// The tracing channel net.server.listen, as far as its channels have names.
function traceListen(event, message) { subscribed(`tracing:net.server.listen:${event}`)?.publish(message); }
function listenFailed(server, error) {
  traceListen('error', { server, error });
  process.nextTick(emitErrorNT, server, error);
}
function emitCloseNT(self) { self.emit('close'); }

function setupListenHandle(address, port, addressType, backlog, fd, flags) {
  if (!this._handle) {
    let handle = null;
    if (!address && typeof fd !== 'number') {
      handle = createServerHandle('::', port, 6, fd, flags);
      if (typeof handle === 'number') {
        handle = null;
        address = '0.0.0.0';
        addressType = 4;
      } else {
        address = '::';
        addressType = 6;
      }
    }
    if (handle === null) handle = createServerHandle(address, port, addressType, fd, flags);
    if (typeof handle === 'number') {
      listenFailed(this, new UVExceptionWithHostPort(handle, 'listen', address, port));
      return;
    }
    this._handle = handle;
  }
  this._handle.onconnection = onconnection;
  this._handle[owner_symbol] = this;
  const err = this._handle.listen(backlog || DEFAULT_BACKLOG);
  if (err) {
    const ex = new UVExceptionWithHostPort(err, 'listen', address, port);
    this._handle.close();
    this._handle = null;
    listenFailed(this, ex);
    return;
  }
  // What cluster's primary tells one listener from another by.
  this._connectionKey = `${addressType}:${address}:${port}`;
  if (this._unref) this.unref();
  traceListen('asyncEnd', { server: this });
  process.nextTick(emitListeningNT, this);
}
Server.prototype._listen2 = setupListenHandle;

function listenInCluster(server, address, port, addressType, backlog, fd, exclusive, flags) {
  const cluster = state.cluster;
  if (cluster === undefined || exclusive) {
    server._listen2(address, port, addressType, backlog, fd, flags);
    return;
  }
  const listeningId = ++server._listeningId;
  cluster._getServer(server, { address, port, addressType, fd, flags, backlog }, (err, handle) => {
    // Closed, or listening to something else, by now.
    if (listeningId !== server._listeningId) {
      if (handle) handle.close();
      return;
    }
    if (!err && port && handle.getsockname) {
      const out = {};
      err = handle.getsockname(out);
      if (err === 0 && port !== out.port) err = internalBinding('uv').UV_EADDRINUSE;
    }
    if (err) {
      server.emit('error', new ExceptionWithHostPort(err, 'bind', address, port));
      return;
    }
    server._handle = handle;
    server._listen2(address, port, addressType, backlog, fd, flags);
  });
}

function listenFlags(options) {
  return (options.ipv6Only === true ? TCPConstants.UV_TCP_IPV6ONLY : 0) |
         (options.reusePort === true ? TCPConstants.UV_TCP_REUSEPORT : 0);
}

Server.prototype.listen = function() {
  const args = arguments;
  const normalized = normalizeArgs(args);
  let options = normalized[0];
  const cb = normalized[1];
  if (this._handle) throw new codes.ERR_SERVER_ALREADY_LISTEN();
  if (cb !== null) this.once('listening', cb);
  // (handle, backlog), (path, backlog), (port, backlog), (port, host, backlog)
  const backlogFromArgs = (args.length > 1 && toNumber(args[1])) || (args.length > 2 && toNumber(args[2])) || undefined;

  traceListen('asyncStart', { server: this, options });
  options = options._handle || options.handle || options;
  if (options instanceof TCP || options instanceof Pipe) {
    this._handle = options;
    listenInCluster(this, null, -1, -1, backlogFromArgs, undefined, true);
    return this;
  }
  const flags = listenFlags(options);
  addServerAbortSignal(this, options);
  if (typeof options.fd === 'number' && options.fd >= 0) {
    listenInCluster(this, null, null, null, backlogFromArgs, options.fd);
    return this;
  }
  const backlog = options.backlog || backlogFromArgs;
  let { port } = options;
  // listen(), listen(cb), listen(undefined), listen(null): any free port.
  if (args.length === 0 || typeof args[0] === 'function' || (port === undefined && 'port' in options) || port === null) port = 0;
  if (typeof port === 'number' || typeof port === 'string') {
    validatePort(port, 'options.port');
    const exclusive = options.exclusive || options.reusePort === true;
    if (options.host) lookupAndListen(this, port | 0, options.host, backlog, exclusive, flags);
    else listenInCluster(this, null, port | 0, 4, backlog, undefined, exclusive, flags);
    return this;
  }
  if (options.path && isPipeName(options.path)) {
    const name = this._pipeName = options.path;
    listenInCluster(this, name, -1, -1, backlog, undefined, options.exclusive);
    if (!this._handle) return this; // an error is on its way, or the cluster's answer
    const mode = (options.readableAll === true ? PipeConstants.UV_READABLE : 0) |
                 (options.writableAll === true ? PipeConstants.UV_WRITABLE : 0);
    if (mode !== 0) {
      const err = this._handle.fchmod(mode);
      if (err) {
        this._handle.close();
        this._handle = null;
        throw new ErrnoException(err, 'uv_pipe_chmod');
      }
    }
    return this;
  }
  if (!('port' in options || 'path' in options)) {
    throw new codes.ERR_INVALID_ARG_VALUE('options', options, 'must have the property "port" or "path"');
  }
  throw new codes.ERR_INVALID_ARG_VALUE('options', options);
};

function addServerAbortSignal(self, options) {
  if (options?.signal === undefined) return;
  const { signal } = options;
  validateAbortSignal(signal, 'options.signal');
  const onAborted = () => self.close();
  if (signal.aborted) {
    process.nextTick(onAborted);
  } else {
    signal.addEventListener('abort', onAborted, { once: true });
    self.once('close', () => signal.removeEventListener('abort', onAborted));
  }
}

function lookupAndListen(self, port, address, backlog, exclusive, flags) {
  const listeningId = ++self._listeningId;
  require('dns').lookup(address, { all: true }, (err, addresses) => {
    if (listeningId !== self._listeningId) return; // closed meanwhile
    if (err) {
      self.emit('error', err);
      return;
    }
    // A link-local address cannot be listened on without its interface.
    const found = addresses.find((a) => !(a.family === 6 && /^fe[89ab]/i.test(a.address))) ?? addresses[0];
    listenInCluster(self, found.address, port, found.family, backlog, undefined, exclusive, flags);
  });
}

Object.defineProperty(Server.prototype, 'listening', {
  __proto__: null,
  get() { return Boolean(this._handle); },
  configurable: true,
  enumerable: true,
});

Server.prototype.address = function() {
  if (this._handle?.getsockname) {
    const out = {};
    const err = this._handle.getsockname(out);
    if (err) throw new ErrnoException(err, 'address');
    return out;
  }
  return this._pipeName ? this._pipeName : null;
};

function onconnection(err, clientHandle) {
  const self = this[owner_symbol];
  if (err) {
    self.emit('error', new ErrnoException(err, 'accept'));
    return;
  }
  if (self.maxConnections != null && self._connections >= self.maxConnections) {
    const data = { __proto__: null };
    if (clientHandle.getsockname) {
      const local = { __proto__: null };
      if (clientHandle.getsockname(local) === 0) {
        data.localAddress = local.address;
        data.localPort = local.port;
        data.localFamily = local.family;
      }
    }
    if (clientHandle.getpeername) {
      const remote = { __proto__: null };
      if (clientHandle.getpeername(remote) === 0) {
        data.remoteAddress = remote.address;
        data.remotePort = remote.port;
        data.remoteFamily = remote.family;
      }
    }
    clientHandle.close();
    self.emit('drop', data);
    return;
  }
  if (self.blockList && clientHandle.getpeername) {
    const remote = { __proto__: null };
    if (clientHandle.getpeername(remote) === 0) {
      const type = isIP(remote.address);
      if (type && self.blockList.check(remote.address, `ipv${type}`)) {
        clientHandle.close();
        return;
      }
    }
  }
  const connection = new Socket({
    handle: clientHandle,
    allowHalfOpen: self.allowHalfOpen,
    pauseOnCreate: self.pauseOnConnect,
    readable: true,
    writable: true,
    readableHighWaterMark: self.highWaterMark,
    writableHighWaterMark: self.highWaterMark,
  });
  if (self.noDelay && clientHandle.setNoDelay) {
    connection[kSetNoDelay] = true;
    clientHandle.setNoDelay(true);
  }
  if (self.keepAlive && clientHandle.setKeepAlive) {
    connection[kSetKeepAlive] = true;
    connection[kSetKeepAliveInitialDelay] = self.keepAliveInitialDelay;
    clientHandle.setKeepAlive(true, self.keepAliveInitialDelay);
  }
  self._connections++;
  connection.server = self;
  connection._server = self;
  self.emit('connection', connection);
  publish('net.server.socket', 'socket', connection);
}

Server.prototype.getConnections = function(cb) {
  const self = this;
  if (!this._usingWorkers) {
    process.nextTick(cb, null, this._connections);
    return this;
  }
  // Sockets that were handed to child processes count too.
  let left = this._workers.length;
  let total = this._connections;
  function oncount(err, count) {
    if (err) {
      left = -1;
      return process.nextTick(cb, err);
    }
    total += count;
    if (--left === 0) process.nextTick(cb, null, total);
  }
  for (let i = 0; i < self._workers.length; i++) self._workers[i].getConnections(oncount);
  return this;
};

Server.prototype.close = function(cb) {
  this._listeningId++;
  if (typeof cb === 'function') {
    if (!this._handle) {
      this.once('close', function close() { cb(new codes.ERR_SERVER_NOT_RUNNING()); });
    } else {
      this.once('close', cb);
    }
  }
  if (this._handle) {
    this._handle.close();
    this._handle = null;
  }
  if (this._usingWorkers) {
    let left = this._workers.length;
    const onWorkerClose = () => {
      if (--left === 0) {
        this._connections--;
        this._emitCloseIfDrained();
      }
    };
    this._connections++; // until all workers have closed theirs
    for (let i = 0; i < this._workers.length; i++) this._workers[i].close(onWorkerClose);
  } else {
    this._emitCloseIfDrained();
  }
  return this;
};

Server.prototype[Symbol.asyncDispose] = function() {
  if (!this._handle) return Promise.resolve();
  return new Promise((resolve, reject) => this.close((err) => (err ? reject(err) : resolve())));
};

Server.prototype._emitCloseIfDrained = function() {
  if (this._handle || this._connections) return;
  process.nextTick(emitCloseNT, this);
};

Server.prototype[EventEmitter.captureRejectionSymbol] = function(err, event, sock) {
  if (event === 'connection') sock.destroy(err);
  else this.emit('error', err);
};

Server.prototype._setupWorker = function(socketList) {
  this._usingWorkers = true;
  this._workers.push(socketList);
  socketList.once('exit', (list) => {
    this._workers.splice(this._workers.indexOf(list), 1);
  });
};

Server.prototype.ref = function() {
  this._unref = false;
  if (this._handle) this._handle.ref();
  return this;
};

Server.prototype.unref = function() {
  this._unref = true;
  if (this._handle) this._handle.unref();
  return this;
};

function createServer(options, connectionListener) { return new Server(options, connectionListener); }

module.exports = {
  _createServerHandle: createServerHandle,
  _normalizeArgs: normalizeArgs,
  connect: socket.connect,
  createConnection: socket.connect,
  createServer,
  isIP,
  isIPv4,
  isIPv6,
  Server,
  Socket,
  Stream: Socket, // the old name
  getDefaultAutoSelectFamily: socket.getDefaultAutoSelectFamily,
  setDefaultAutoSelectFamily: socket.setDefaultAutoSelectFamily,
  getDefaultAutoSelectFamilyAttemptTimeout: socket.getDefaultAutoSelectFamilyAttemptTimeout,
  setDefaultAutoSelectFamilyAttemptTimeout: socket.setDefaultAutoSelectFamilyAttemptTimeout,
};
defineLazy(module.exports, 'BlockList', () => require('internal/blocklist').BlockList);
defineLazy(module.exports, 'SocketAddress', () => require('internal/blocklist').SocketAddress);
