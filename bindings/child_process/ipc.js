'use strict';
// The IPC channel, which is the same on both sides: process in a child, a
// ChildProcess in its parent.

const EventEmitter = require('events');
const native = internalBinding('child_process');
const { codes } = require('internal/errors');
const { socketList } = require('internal/child_process/socket_list');

const INTERNAL_PREFIX = 'NODE_';

function isInternal(message) {
  return message !== null && typeof message === 'object' && typeof message.cmd === 'string' &&
         message.cmd.length > INTERNAL_PREFIX.length && message.cmd.startsWith(INTERNAL_PREFIX);
}
const kChannel = Symbol('kChannel');
const kPendingMessages = Symbol('kPendingMessages');

// The object that process.channel and subprocess.channel are.
class Control extends EventEmitter {
  #id;
  #refs = 0;
  #explicit = false;
  constructor(id) {
    super();
    this.#id = id;
    this[kPendingMessages] = [];
  }
  get id() { return this.#id; }
  refCounted() {
    if (++this.#refs === 1 && !this.#explicit) native.refChannel(this.#id, true);
  }
  unrefCounted() {
    if (--this.#refs === 0 && !this.#explicit) {
      native.refChannel(this.#id, false);
      this.emit('unref');
    }
  }
  ref() {
    this.#explicit = true;
    native.refChannel(this.#id, true);
  }
  unref() {
    this.#explicit = true;
    native.refChannel(this.#id, false);
    this.emit('unref');
  }
  get fd() { return native.channelFD(this.#id); }
  hasRef() { return this.#refs > 0; }
}

// How each kind of handle crosses: what is sent, and what the other side makes of it.
const kinds = {
  'net.Native': {
    simple: true,
    send(message, handle) { return handle; },
    got(message, handle, emit) { emit(handle); },
  },
  'net.Server': {
    send(message, server) { return server._handle; },
    got(message, handle, emit) {
      const net = require('net');
      const server = new net.Server();
      server.listen(handle, () => emit(server));
    },
  },
  'net.Socket': {
    send(message, socket, options, target) {
      if (!socket._handle) return undefined;
      const { server } = socket;
      const handle = socket._handle;
      if (server && typeof server._setupWorker === 'function') {
        // It counts as the other side's connection from here on.
        message.key = server._connectionKey;
        const list = socketList(target, 'send', message.key);
        if (!server._workers.includes(list)) server._setupWorker(list);
        if (!options.keepOpen) server._connections--;
      }
      if (!options.keepOpen) {
        handle.onread = () => {};
        socket._handle = null;
        socket.setTimeout(0);
      }
      return handle;
    },
    postSend(message, handle, options) {
      if (handle && !options.keepOpen) handle.close();
    },
    got(message, handle, emit, target) {
      const net = require('net');
      const socket = new net.Socket({ handle, readable: true, writable: true });
      if (message.key) socketList(target, 'got', message.key).add(socket);
      emit(socket);
    },
  },
  'dgram.Native': {
    simple: true,
    send(message, handle) { return handle; },
    got(message, handle, emit) { emit(handle); },
  },
  'dgram.Socket': {
    send(message, socket) {
      message.dgramType = socket.type;
      const state = Object.getOwnPropertySymbols(socket).find((s) => s.description === 'state symbol');
      return state ? socket[state].handle : socket._handle;
    },
    got(message, handle, emit) {
      const dgram = require('dgram');
      const socket = new dgram.Socket(message.dgramType);
      socket.bind(handle, () => emit(socket));
    },
  },
};

function kindOf(handle) {
  const net = require('net');
  if (handle instanceof net.Socket) return 'net.Socket';
  if (handle instanceof net.Server) return 'net.Server';
  const { TCP } = internalBinding('tcp_wrap');
  const { Pipe } = internalBinding('pipe_wrap');
  if (handle instanceof TCP || handle instanceof Pipe) return 'net.Native';
  const { hasBuiltin } = internalBinding('runtime');
  if (hasBuiltin('dgram') && handle instanceof require('dgram').Socket) return 'dgram.Socket';
  if (typeof handle.fd === 'number' && typeof handle.recvStart === 'function') return 'dgram.Native';
  throw new codes.ERR_INVALID_HANDLE_TYPE();
}

// Makes a native handle of a descriptor that came with a message.
function adopt(native, fd) {
  if (native === 'tcp-server' || native === 'tcp') {
    const { TCP, constants } = internalBinding('tcp_wrap');
    const handle = new TCP(native === 'tcp' ? constants.SOCKET : constants.SERVER);
    handle.open(fd);
    return handle;
  }
  if (native === 'pipe-server' || native === 'pipe') {
    const { Pipe, constants } = internalBinding('pipe_wrap');
    const handle = new Pipe(native === 'pipe' ? constants.SOCKET : constants.SERVER);
    handle.open(fd);
    return handle;
  }
  if (native === 'udp') {
    const { UDP } = internalBinding('udp_wrap');
    const handle = new UDP();
    handle.open(fd);
    return handle;
  }
  return undefined;
}

function nativeKind(handle, type) {
  const { TCP } = internalBinding('tcp_wrap');
  const { Pipe } = internalBinding('pipe_wrap');
  const server = type === 'net.Server' || handle.server === true || typeof handle.onconnection === 'function';
  if (handle instanceof TCP) return server ? 'tcp-server' : 'tcp';
  if (handle instanceof Pipe) return server ? 'pipe-server' : 'pipe';
  return 'udp';
}

// The advanced form: V8's, where what is no view is written as a plain object.
let classes;
function advancedClasses() {
  if (classes !== undefined) return classes;
  const { DefaultSerializer, DefaultDeserializer } = require('v8');
  const isView = 0, isNoView = 1;
  class Serializer extends DefaultSerializer {
    _writeHostObject(object) {
      if (ArrayBuffer.isView(object)) {
        this.writeUint32(isView);
        super._writeHostObject(object);
        return;
      }
      this.writeUint32(isNoView);
      this.writeValue({ ...object });
    }
  }
  class Deserializer extends DefaultDeserializer {
    _readHostObject() { return this.readUint32() === isView ? super._readHostObject() : this.readValue(); }
  }
  classes = {
    serialize(message) {
      const serializer = new Serializer();
      serializer.writeHeader();
      serializer.writeValue(message);
      return serializer.releaseBuffer();
    },
    deserialize(body) {
      const deserializer = new Deserializer(body);
      deserializer.readHeader();
      return deserializer.readValue();
    },
  };
  return classes;
}

function setupChannel(target, fd, serialization) {
  const advanced = serialization === 'advanced';
  const v8 = advanced ? advancedClasses() : null;
  const waiting = []; // messages that came before somebody listened
  const id = native.openChannel(fd, advanced, onMessage, onClose);
  const control = new Control(id);
  if (target !== process) control.refCounted();
  else native.refChannel(id, false);
  target.channel = control;
  Object.defineProperty(target, '_channel', {
    __proto__: null, configurable: true, enumerable: false,
    get() { return target.channel; },
    set(value) { target.channel = value; },
  });
  target._handleQueue = null;
  target._pendingMessage = null;
  target[kChannel] = control;
  target.connected = true;

  function onMessage(body, fd) {
    let message;
    try {
      message = advanced ? v8.deserialize(body) : JSON.parse(body);
    } catch (err) {
      if (fd >= 0) native.closeFD(fd);
      throw err;
    }
    if (message !== null && typeof message === 'object' && typeof message.cmd === 'string') {
      if (message.cmd === 'NODE_HANDLE') return gotHandle(message, fd);
      if (message.cmd === 'NODE_HANDLE_ACK' || message.cmd === 'NODE_HANDLE_NACK') return gotAck();
      if (isInternal(message)) {
        let handle;
        if (fd >= 0) handle = adopt(message.native || 'tcp-server', fd);
        return emit('internalMessage', message, handle);
      }
    }
    emit('message', message, undefined);
  }

  function gotHandle(message, fd) {
    sendRaw({ cmd: 'NODE_HANDLE_ACK' });
    const handle = fd >= 0 ? adopt(message.native, fd) : undefined;
    if (handle === undefined) return emit('message', message.msg, undefined);
    const kind = kinds[message.type];
    kind.got(message, handle, (object) => {
      const inner = message.msg;
      emit(isInternal(inner) ? 'internalMessage' : 'message', inner, object);
    }, target);
  }

  // The other side has the descriptor: ours may be closed, and the next message may go.
  function gotAck() {
    const pending = target._pendingMessage;
    if (pending) {
      target._pendingMessage = null;
      pending.kind.postSend?.(pending.message, pending.native, pending.options);
    }
    const queue = target._handleQueue;
    target._handleQueue = null;
    if (queue) {
      for (let i = 0; i < queue.length; i++) {
        const { message, handle, options, callback } = queue[i];
        target._send(message, handle, options, callback);
      }
    }
    if (!target.connected && target.channel && !target._handleQueue) target._disconnect();
  }

  function emit(event, message, handle) {
    if (event === 'internalMessage' || target.listenerCount('message') > 0 || !(target === process)) {
      target.emit(event, message, handle);
      return;
    }
    waiting.push([event, message, handle]);
  }
  control.emitPending = () => {
    const list = waiting.splice(0);
    for (let i = 0; i < list.length; i++) process.nextTick(() => target.emit(list[i][0], list[i][1], list[i][2]));
  };

  function onClose() {
    finish();
  }
  function finish() {
    if (target.channel === null || target.channel === undefined) return;
    target.channel = null;
    native.closeChannel(id);
    if (target._pendingMessage) {
      const pending = target._pendingMessage;
      target._pendingMessage = null;
      pending.kind.postSend?.(pending.message, pending.native, pending.options);
    }
    target.connected = false;
    process.nextTick(() => target.emit('disconnect'));
  }

  function encode(message) { return advanced ? v8.serialize(message) : JSON.stringify(message); }

  function sendRaw(message, nativeHandle, callback) {
    const req = callback === undefined ? undefined : callback;
    const fd = nativeHandle === undefined ? -1 : nativeHandle.fd;
    return native.sendChannel(id, encode(message), fd, req);
  }

  target.on('newListener', function() {
    process.nextTick(() => {
      if (!target.channel || target.listenerCount('message') === 0) return;
      control.emitPending();
    });
  });

  target.send = function(message, handle, options, callback) {
    if (typeof handle === 'function') {
      callback = handle;
      handle = undefined;
      options = undefined;
    } else if (typeof options === 'function') {
      callback = options;
      options = undefined;
    } else if (options !== undefined) {
      require('internal/validators').validateObject(options, 'options');
    }
    options = { swallowErrors: false, ...options };
    if (target.connected) return target._send(message, handle, options, callback);
    const ex = new codes.ERR_IPC_CHANNEL_CLOSED();
    if (typeof callback === 'function') process.nextTick(callback, ex);
    else process.nextTick(() => target.emit('error', ex));
    return false;
  };

  target._send = function(message, handle, options, callback) {
    if (message === undefined) throw new codes.ERR_MISSING_ARGS('message');
    if (typeof message !== 'string' && typeof message !== 'object' && typeof message !== 'number' &&
        typeof message !== 'boolean') {
      throw new codes.ERR_INVALID_ARG_TYPE('message', ['string', 'object', 'number', 'boolean'], message);
    }
    if (typeof options === 'boolean') options = { swallowErrors: options };
    options ||= {};
    let nativeHandle, kind, envelope;
    if (handle) {
      const type = kindOf(handle);
      // One descriptor at a time is on its way; what comes behind it waits.
      if (target._handleQueue) {
        target._handleQueue.push({ message, handle, options, callback });
        return target._handleQueue.length === 1;
      }
      kind = kinds[type];
      envelope = { cmd: 'NODE_HANDLE', type, msg: message };
      nativeHandle = kind.send(envelope, handle, options, target);
      if (!nativeHandle) {
        envelope = undefined;
        nativeHandle = undefined;
      } else {
        envelope.native = nativeKind(nativeHandle, type);
      }
    } else if (target._handleQueue &&
               !(message !== null && typeof message === 'object' &&
                 (message.cmd === 'NODE_HANDLE_ACK' || message.cmd === 'NODE_HANDLE_NACK'))) {
      target._handleQueue.push({ message, handle: null, options, callback });
      return target._handleQueue.length === 1;
    }
    const refed = target !== process || typeof callback === 'function';
    const withHandle = nativeHandle !== undefined;
    let code = sendRaw(envelope || message, nativeHandle, (failed) => {
      if (typeof callback !== 'function') return;
      callback(failed && !withHandle ? require('internal/child_process').makeErrno(-32, 'write') : null);
    });
    // Whether a handle has arrived is for its acknowledgement to say.
    if (code < 0 && withHandle) code = 0;
    if (code < 0) {
      if (!options.swallowErrors) {
        const ex = require('internal/child_process').makeErrno(require('internal/child_process').errno('EPIPE'), 'write');
        if (typeof callback === 'function') process.nextTick(callback, ex);
        else process.nextTick(() => target.emit('error', ex));
      }
      return false;
    }
    if (code === 0 && typeof callback === 'function') {
      control.refCounted();
      process.nextTick(() => {
        control.unrefCounted();
        callback(null);
      });
    }
    if (envelope !== undefined && nativeHandle !== undefined) {
      target._handleQueue = [];
      target._pendingMessage = { message: envelope, native: nativeHandle, kind, options };
    }
    return native.queuedChannel(id) < 65536 * 2 && refed !== undefined;
  };

  target.disconnect = function() {
    if (!this.connected) {
      this.emit('error', new codes.ERR_IPC_DISCONNECTED());
      return;
    }
    this._disconnect();
  };
  target._disconnect = function() {
    target.connected = false;
    if (target._handleQueue !== null && target._pendingMessage) return; // when it has been acknowledged
    process.nextTick(finish);
  };

  native.readChannel(id);
  return control;
}

// In a child: the channel whose descriptor the environment names. It keeps the
// loop alive while somebody listens for messages.
function setupFromEnvironment() {
  const fd = Number.parseInt(process.env.NODE_CHANNEL_FD, 10);
  const mode = process.env.NODE_CHANNEL_SERIALIZATION_MODE || 'json';
  delete process.env.NODE_CHANNEL_FD;
  delete process.env.NODE_CHANNEL_SERIALIZATION_MODE;
  if (!(fd >= 0)) return;
  const control = setupChannel(process, fd, mode);
  process.on('newListener', function(name) {
    if (name === 'message' || name === 'disconnect') control.refCounted();
  });
  process.on('removeListener', function(name) {
    if (name === 'message' || name === 'disconnect') control.unrefCounted();
  });
}

module.exports = { setupChannel, setupFromEnvironment };
