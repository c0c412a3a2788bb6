'use strict';

const EventEmitter = require('events');
const { SendWrap, constants: { UV_UDP_IPV6ONLY, UV_UDP_REUSEADDR, UV_UDP_REUSEPORT } } = internalBinding('udp_wrap');
const { codes } = require('internal/errors');
const {
  validateAbortSignal, validateNumber, validatePort, validateString, validateUint32,
} = require('internal/validators');
const { isIP, owner_symbol, state: netState } = require('internal/net');
const { ErrnoException, ExceptionWithHostPort, SystemError } = require('internal/uv_errors');
const { kStateSymbol, _createSocketHandle, guessHandleType, newHandle } = require('internal/dgram');
const { deprecate } = require('internal/util');

const UNBOUND = 0, BINDING = 1, BOUND = 2;
const DISCONNECTED = 0, CONNECTING = 1, CONNECTED = 2;
const RECV_BUFFER = true, SEND_BUFFER = false;

function checkBlockList(list, name) {
  if (list && !require('internal/blocklist').BlockList.isBlockList(list)) {
    throw new codes.ERR_INVALID_ARG_TYPE(`options.${name}`, 'net.BlockList', list);
  }
  return list || undefined;
}

function Socket(type, listener) {
  EventEmitter.call(this);
  let options;
  let lookup;
  if (type !== null && typeof type === 'object') {
    options = type;
    type = options.type;
    lookup = options.lookup;
    if (options.recvBufferSize) validateUint32(options.recvBufferSize, 'options.recvBufferSize');
    if (options.sendBufferSize) validateUint32(options.sendBufferSize, 'options.sendBufferSize');
  }
  const handle = newHandle(type, lookup);
  handle[owner_symbol] = this;
  this.type = type;
  if (typeof listener === 'function') this.on('message', listener);
  this[kStateSymbol] = {
    handle,
    receiving: false,
    bindState: UNBOUND,
    connectState: DISCONNECTED,
    queue: undefined,
    reuseAddr: options?.reuseAddr,
    reusePort: options?.reusePort,
    ipv6Only: options?.ipv6Only,
    recvBufferSize: options?.recvBufferSize,
    sendBufferSize: options?.sendBufferSize,
    receiveBlockList: checkBlockList(options?.receiveBlockList, 'receiveBlockList'),
    sendBlockList: checkBlockList(options?.sendBlockList, 'sendBlockList'),
  };
  if (options?.signal !== undefined) {
    const { signal } = options;
    validateAbortSignal(signal, 'options.signal');
    const onAborted = () => { if (this[kStateSymbol].handle) this.close(); };
    if (signal.aborted) {
      onAborted();
    } else {
      signal.addEventListener('abort', onAborted, { once: true });
      this.once('close', () => signal.removeEventListener('abort', onAborted));
    }
  }
  require('internal/util').publish('udp.socket', 'socket', this);
}
Object.setPrototypeOf(Socket.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Socket, EventEmitter);

function createSocket(type, listener) { return new Socket(type, listener); }

function healthCheck(socket) {
  if (!socket[kStateSymbol].handle) throw new codes.ERR_SOCKET_DGRAM_NOT_RUNNING();
}

function startListening(socket) {
  const state = socket[kStateSymbol];
  state.handle.onmessage = onMessage;
  state.handle.onerror = onError;
  state.handle.recvStart();
  state.receiving = true;
  state.bindState = BOUND;
  if (state.recvBufferSize) bufferSize(socket, state.recvBufferSize, RECV_BUFFER);
  if (state.sendBufferSize) bufferSize(socket, state.sendBufferSize, SEND_BUFFER);
  socket.emit('listening');
}

function replaceHandle(self, handle) {
  const state = self[kStateSymbol];
  const old = state.handle;
  handle.lookup = old.lookup;
  handle.bind = old.bind;
  handle.send = old.send;
  handle.connect = old.connect;
  handle[owner_symbol] = self;
  old.close();
  state.handle = handle;
}

function bufferSize(self, size, buffer) {
  if (size >>> 0 !== size) throw new codes.ERR_SOCKET_BAD_BUFFER_SIZE();
  const ctx = {};
  const handle = self[kStateSymbol].handle;
  healthCheck(self);
  const ret = handle.bufferSize(size, buffer, ctx);
  if (ret === undefined) throw SystemError('ERR_SOCKET_BUFFER_SIZE', 'Could not get or set buffer size', ctx);
  return ret;
}

Socket.prototype.bind = function(port_, address_ /* , callback */) {
  let port = port_;
  healthCheck(this);
  const state = this[kStateSymbol];
  if (state.bindState !== UNBOUND) throw new codes.ERR_SOCKET_ALREADY_BOUND();
  state.bindState = BINDING;

  const cb = arguments.length > 0 ? arguments[arguments.length - 1] : undefined;
  if (typeof cb === 'function') {
    const removeListeners = () => {
      this.removeListener('error', removeListeners);
      this.removeListener('listening', onListening);
    };
    const onListening = () => {
      removeListeners();
      cb.call(this);
    };
    this.on('error', removeListeners);
    this.on('listening', onListening);
  }

  if (port !== null && typeof port === 'object') {
    if (typeof port.recvStart === 'function') {
      replaceHandle(this, port);
      startListening(this);
      return this;
    }
    if ((port.fd | 0) === port.fd && port.fd > 0) {
      const { cluster } = netState;
      if (cluster !== undefined && !port.exclusive) { // the number is the primary's
        bindServerHandle(this, cluster, { address: null, port: null, addressType: this.type, fd: port.fd, flags: null });
        return this;
      }
      const type = guessHandleType(port.fd);
      if (type !== 'UDP') throw new codes.ERR_INVALID_FD_TYPE(type);
      const err = state.handle.open(port.fd);
      if (err) throw new ErrnoException(err, 'open');
      startListening(this);
      return this;
    }
  }

  let address;
  let exclusive;
  if (port !== null && typeof port === 'object') {
    address = port.address || '';
    exclusive = Boolean(port.exclusive);
    port = port.port;
  } else {
    address = typeof address_ === 'function' ? '' : address_;
    exclusive = false;
  }
  if (!address) address = this.type === 'udp4' ? '0.0.0.0' : '::';

  state.handle.lookup(address, (err, ip) => {
    if (!state.handle) return; // closed meanwhile
    if (err) {
      state.bindState = UNBOUND;
      this.emit('error', err);
      return;
    }
    let flags = 0;
    if (state.reuseAddr) flags |= UV_UDP_REUSEADDR;
    if (state.ipv6Only) flags |= UV_UDP_IPV6ONLY;
    if (state.reusePort) {
      exclusive = true;
      flags |= UV_UDP_REUSEPORT;
    }
    const cluster = netState.cluster;
    if (cluster !== undefined && !exclusive) {
      bindServerHandle(this, cluster, { address: ip, port, addressType: this.type, fd: -1, flags });
      return;
    }
    const code = state.handle.bind(ip, port || 0, flags);
    if (code) {
      state.bindState = UNBOUND;
      this.emit('error', new ExceptionWithHostPort(code, 'bind', ip, port));
      return;
    }
    startListening(this);
  });
  return this;
};

function bindServerHandle(self, cluster, options) {
  const state = self[kStateSymbol];
  cluster._getServer(self, options, (err, handle) => {
    if (err) {
      self.emit('error', new ExceptionWithHostPort(err, 'bind', options.address, options.port));
      state.bindState = UNBOUND;
      return;
    }
    if (!state.handle) { // closed meanwhile
      handle.close();
      return;
    }
    replaceHandle(self, handle);
    startListening(self);
  });
}

Socket.prototype.connect = function(port, address, callback) {
  port = validatePort(port, 'Port', false);
  if (typeof address === 'function') {
    callback = address;
    address = '';
  } else if (address === undefined) {
    address = '';
  }
  validateString(address, 'address');
  const state = this[kStateSymbol];
  if (state.connectState !== DISCONNECTED) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
  state.connectState = CONNECTING;
  if (state.bindState === UNBOUND) this.bind({ port: 0, exclusive: true }, null);
  if (state.bindState !== BOUND) {
    enqueue(this, () => connectNow(this, port, address, callback));
    return;
  }
  connectNow(this, port, address, callback);
};

function connectNow(self, port, address, callback) {
  const state = self[kStateSymbol];
  if (callback) self.once('connect', callback);
  state.handle.lookup(address, (ex, ip) => {
    if (!state.handle) return; // closed meanwhile
    if (!ex && state.sendBlockList?.check(ip, `ipv${isIP(ip)}`)) ex = new codes.ERR_IP_BLOCKED(ip);
    if (!ex) {
      const err = state.handle.connect(ip, port);
      if (err) ex = new ExceptionWithHostPort(err, 'connect', address, port);
    }
    if (ex) {
      state.connectState = DISCONNECTED;
      process.nextTick(() => {
        if (callback) {
          self.removeListener('connect', callback);
          callback(ex);
        } else {
          self.emit('error', ex);
        }
      });
      return;
    }
    state.connectState = CONNECTED;
    process.nextTick(() => self.emit('connect'));
  });
}

Socket.prototype.disconnect = function() {
  const state = this[kStateSymbol];
  if (state.connectState !== CONNECTED) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
  const err = state.handle.disconnect();
  if (err) throw new ErrnoException(err, 'connect');
  state.connectState = DISCONNECTED;
};

// The old name of send, all arguments given.
Socket.prototype.sendto = function(buffer, offset, length, port, address, callback) {
  validateNumber(offset, 'offset');
  validateNumber(length, 'length');
  validateNumber(port, 'port');
  validateString(address, 'address');
  this.send(buffer, offset, length, port, address, callback);
};

function sliceBuffer(buffer, offset, length) {
  if (typeof buffer === 'string') {
    buffer = Buffer.from(buffer);
  } else if (!ArrayBuffer.isView(buffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView', 'string'], buffer);
  }
  offset >>>= 0;
  length >>>= 0;
  if (offset > buffer.byteLength) throw outOfBounds('offset');
  if (offset + length > buffer.byteLength) throw outOfBounds('length');
  return Buffer.from(buffer.buffer, buffer.byteOffset + offset, length);
}

function outOfBounds(name) {
  return new codes.ERR_BUFFER_OUT_OF_BOUNDS(name);
}

function fixBufferList(list) {
  const out = new Array(list.length);
  for (let i = 0, l = list.length; i < l; i++) {
    const buf = list[i];
    if (typeof buf === 'string') out[i] = Buffer.from(buf);
    else if (!ArrayBuffer.isView(buf)) return null;
    else out[i] = Buffer.from(buf.buffer, buf.byteOffset, buf.byteLength);
  }
  return out;
}

function enqueue(self, fn) {
  const state = self[kStateSymbol];
  // The first waiting call listens for what comes of the binding.
  if (state.queue === undefined) {
    state.queue = [];
    self.once(EventEmitter.errorMonitor, onListenError);
    self.once('listening', onListenSuccess);
  }
  state.queue.push(fn);
}

function onListenSuccess() {
  this.removeListener(EventEmitter.errorMonitor, onListenError);
  const { queue } = this[kStateSymbol];
  this[kStateSymbol].queue = undefined;
  for (let i = 0; i < queue.length; i++) queue[i]();
}

function onListenError() {
  this.removeListener('listening', onListenSuccess);
  this[kStateSymbol].queue = undefined;
}

// send(msg[, offset, length][, port][, address][, callback]); port and address
// only where the socket is not connected.
Socket.prototype.send = function(buffer, offset, length, port, address, callback) {
  let list;
  const state = this[kStateSymbol];
  const connected = state.connectState === CONNECTED;
  if (!connected) {
    if (address || (port && typeof port !== 'function')) {
      buffer = sliceBuffer(buffer, offset, length);
    } else {
      callback = port;
      port = offset;
      address = length;
    }
  } else {
    if (typeof length === 'number') {
      buffer = sliceBuffer(buffer, offset, length);
      if (typeof port === 'function') {
        callback = port;
        port = null;
      }
    } else {
      callback = offset;
    }
    if (port || address) throw new codes.ERR_SOCKET_DGRAM_IS_CONNECTED();
  }

  if (!Array.isArray(buffer)) {
    if (typeof buffer === 'string') {
      list = [Buffer.from(buffer)];
    } else if (!ArrayBuffer.isView(buffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView', 'string'], buffer);
    } else {
      list = [buffer];
    }
  } else if ((list = fixBufferList(buffer)) === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer list arguments', ['Buffer', 'TypedArray', 'DataView', 'string'], buffer);
  }

  if (!connected) port = validatePort(port, 'Port', false);
  if (typeof callback !== 'function') callback = undefined;
  if (typeof address === 'function') {
    callback = address;
    address = undefined;
  } else if (address != null) {
    validateString(address, 'address');
  }

  healthCheck(this);
  if (state.bindState === UNBOUND) this.bind({ port: 0, exclusive: true }, null);
  if (list.length === 0) list.push(Buffer.alloc(0));
  if (state.bindState !== BOUND) {
    enqueue(this, () => this.send(list, port, address, callback));
    return;
  }
  if (connected) {
    doSend(null, this, null, list, address, port, callback);
  } else {
    state.handle.lookup(address, (ex, ip) => doSend(ex, this, ip, list, address, port, callback));
  }
};

function doSend(ex, self, ip, list, address, port, callback) {
  const state = self[kStateSymbol];
  if (!ex && state.handle && ip && state.sendBlockList?.check(ip, `ipv${isIP(ip)}`)) ex = new codes.ERR_IP_BLOCKED(ip);
  if (ex) {
    if (typeof callback === 'function') process.nextTick(callback, ex);
    else process.nextTick(() => self.emit('error', ex));
    return;
  }
  if (!state.handle) return;
  const req = new SendWrap();
  req.list = list;
  req.address = address;
  req.port = port;
  if (callback) {
    req.callback = callback;
    req.oncomplete = afterSend;
  }
  const err = port ? state.handle.send(req, list, list.length, port, ip, Boolean(callback)) :
    state.handle.send(req, list, list.length, Boolean(callback));
  if (err >= 1) { // sent at once: the number is the size and one
    if (callback) process.nextTick(callback, null, err - 1);
    return;
  }
  if (err && callback) process.nextTick(callback, new ExceptionWithHostPort(err, 'send', address, port));
}

function afterSend(err, sent) {
  if (err) err = new ExceptionWithHostPort(err, 'send', this.address, this.port);
  else err = null;
  this.callback(err, sent);
}

Socket.prototype.close = function(callback) {
  const state = this[kStateSymbol];
  if (typeof callback === 'function') this.on('close', callback);
  if (state.queue !== undefined) {
    state.queue.push(() => this.close());
    return this;
  }
  healthCheck(this);
  stopReceiving(this);
  state.handle.close();
  state.handle = null;
  process.nextTick(socketCloseNT, this);
  return this;
};

function socketCloseNT(self) { self.emit('close'); }

Socket.prototype[Symbol.asyncDispose] = function() {
  if (!this[kStateSymbol].handle) return Promise.resolve();
  return new Promise((resolve) => this.close(() => resolve()));
};

Socket.prototype.address = function() {
  healthCheck(this);
  const out = {};
  const err = this[kStateSymbol].handle.getsockname(out);
  if (err) throw new ErrnoException(err, 'getsockname');
  return out;
};

Socket.prototype.remoteAddress = function() {
  healthCheck(this);
  const state = this[kStateSymbol];
  if (state.connectState !== CONNECTED) throw new codes.ERR_SOCKET_DGRAM_NOT_CONNECTED();
  const out = {};
  const err = state.handle.getpeername(out);
  if (err) throw new ErrnoException(err, 'getpeername');
  return out;
};

function check(err, syscall) {
  if (err) throw new ErrnoException(err, syscall);
}

// The handle, which a closed socket has no more.
function handleOf(self) {
  healthCheck(self);
  return self[kStateSymbol].handle;
}

Socket.prototype.setBroadcast = function(arg) {
  check(handleOf(this).setBroadcast(arg ? 1 : 0), 'setBroadcast');
};
Socket.prototype.setTTL = function(ttl) {
  validateNumber(ttl, 'ttl');
  check(handleOf(this).setTTL(ttl), 'setTTL');
  return ttl;
};
Socket.prototype.setMulticastTTL = function(ttl) {
  validateNumber(ttl, 'ttl');
  check(handleOf(this).setMulticastTTL(ttl), 'setMulticastTTL');
  return ttl;
};
Socket.prototype.setMulticastLoopback = function(arg) {
  check(handleOf(this).setMulticastLoopback(arg ? 1 : 0), 'setMulticastLoopback');
  return arg;
};
Socket.prototype.setMulticastInterface = function(interfaceAddress) {
  const handle = handleOf(this);
  validateString(interfaceAddress, 'interfaceAddress');
  check(handle.setMulticastInterface(interfaceAddress), 'setMulticastInterface');
};
function membership(name) {
  return function(multicastAddress, interfaceAddress) {
    const handle = handleOf(this);
    if (!multicastAddress) throw new codes.ERR_MISSING_ARGS('multicastAddress');
    check(handle[name](multicastAddress, interfaceAddress), name);
  };
}
Socket.prototype.addMembership = membership('addMembership');
Socket.prototype.dropMembership = membership('dropMembership');
function sourceMembership(name) {
  return function(sourceAddress, groupAddress, interfaceAddress) {
    const handle = handleOf(this);
    validateString(sourceAddress, 'sourceAddress');
    validateString(groupAddress, 'groupAddress');
    check(handle[name](sourceAddress, groupAddress, interfaceAddress), name);
  };
}
Socket.prototype.addSourceSpecificMembership = sourceMembership('addSourceSpecificMembership');
Socket.prototype.dropSourceSpecificMembership = sourceMembership('dropSourceSpecificMembership');

function stopReceiving(socket) {
  const state = socket[kStateSymbol];
  if (!state.receiving) return;
  state.handle.recvStop();
  state.receiving = false;
}

function onMessage(nread, handle, buf, rinfo) {
  const self = handle[owner_symbol];
  if (nread < 0) {
    self.emit('error', new ErrnoException(nread, 'recvmsg'));
    return;
  }
  if (self[kStateSymbol].receiveBlockList?.check(rinfo.address, rinfo.family.toLowerCase())) return;
  self.emit('message', buf, rinfo);
}

function onError(nread, handle, error) { handle[owner_symbol].emit('error', error); }

Socket.prototype.ref = function() {
  this[kStateSymbol].handle?.ref();
  return this;
};
Socket.prototype.unref = function() {
  this[kStateSymbol].handle?.unref();
  return this;
};

Socket.prototype.setRecvBufferSize = function(size) { bufferSize(this, size, RECV_BUFFER); };
Socket.prototype.setSendBufferSize = function(size) { bufferSize(this, size, SEND_BUFFER); };
Socket.prototype.getRecvBufferSize = function() { return bufferSize(this, 0, RECV_BUFFER); };
Socket.prototype.getSendBufferSize = function() { return bufferSize(this, 0, SEND_BUFFER); };
Socket.prototype.getSendQueueSize = function() { return this[kStateSymbol].handle.getSendQueueSize(); };
Socket.prototype.getSendQueueCount = function() { return this[kStateSymbol].handle.getSendQueueCount(); };

// Private properties that were public once.
function deprecatedProperty(name, key, settable) {
  const message = `Socket.prototype.${name} is deprecated`;
  Object.defineProperty(Socket.prototype, name, {
    __proto__: null,
    get: deprecate(function() { return this[kStateSymbol][key]; }, message, 'DEP0112'),
    set: settable ? deprecate(function(v) { this[kStateSymbol][key] = v; }, message, 'DEP0112') : undefined,
  });
}
deprecatedProperty('_handle', 'handle', true);
deprecatedProperty('_receiving', 'receiving', true);
deprecatedProperty('_bindState', 'bindState', true);
deprecatedProperty('_queue', 'queue', true);
deprecatedProperty('_reuseAddr', 'reuseAddr', true);
Socket.prototype._healthCheck = deprecate(function() { healthCheck(this); }, 'Socket.prototype._healthCheck() is deprecated', 'DEP0112');
Socket.prototype._stopReceiving = deprecate(function() { stopReceiving(this); }, 'Socket.prototype._stopReceiving() is deprecated', 'DEP0112');

module.exports = {
  _createSocketHandle: deprecate(_createSocketHandle, 'dgram._createSocketHandle() is deprecated', 'DEP0112'),
  createSocket,
  Socket,
};
