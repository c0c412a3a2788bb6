'use strict';
// MessagePort, MessageChannel, BroadcastChannel and MessageEvent.

const native = internalBinding('internal/messaging');
const { codes } = require('internal/errors');
const {
  Event, EventTarget, NodeEventTarget, defineEventHandler, initNodeEventTarget, kCreateEvent, kHybridDispatch,
  kNewListener, kRemoveListener,
} = require('internal/event_target');

const kId = Symbol('id');
const kListeners = Symbol('message listeners');
const kData = Symbol('data');
const kOrigin = Symbol('origin');
const kLastEventId = Symbol('lastEventId');
const kSource = Symbol('source');
const kPorts = Symbol('ports');
const kCurrentlyReceiving = Symbol('receiving');

class MessageEvent extends Event {
  constructor(type, init = undefined) {
    super(type, init);
    const { data = null, origin = '', lastEventId = '', source = null, ports = [] } = init || {};
    if (source !== null && !(source instanceof MessagePort)) {
      throw new codes.ERR_INVALID_ARG_TYPE('init.source', 'MessagePort', source);
    }
    this[kData] = data;
    this[kOrigin] = `${origin}`;
    this[kLastEventId] = `${lastEventId}`;
    this[kSource] = source;
    this[kPorts] = Object.freeze(Array.from(ports));
  }
  get data() { return this[kData]; }
  get origin() { return this[kOrigin]; }
  get lastEventId() { return this[kLastEventId]; }
  get source() { return this[kSource]; }
  get ports() { return this[kPorts]; }
  initMessageEvent(type, bubbles, cancelable, data = null, origin = '', lastEventId = '', source = null, ports = []) {
    this.initEvent?.(type, bubbles, cancelable);
    this[kData] = data;
    this[kOrigin] = `${origin}`;
    this[kLastEventId] = `${lastEventId}`;
    this[kSource] = source;
    this[kPorts] = Object.freeze(Array.from(ports));
  }
}
for (const key of ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent']) {
  Object.defineProperty(MessageEvent.prototype, key, { __proto__: null, enumerable: true });
}

// Only the runtime makes ports.
function MessagePort() {
  throw new TypeError('Illegal constructor');
}
Object.setPrototypeOf(MessagePort, NodeEventTarget);
MessagePort.prototype = Object.create(NodeEventTarget.prototype, {
  constructor: { __proto__: null, value: MessagePort, writable: true, configurable: true, enumerable: false },
});
delete MessagePort.prototype.ref;

// postMessage(value, transferList) and postMessage(value, { transfer })
function transferOf(options, name) {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== 'object') throw new TypeError('Optional transferList argument must be an iterable');
  if (typeof options[Symbol.iterator] === 'function') return Array.from(options);
  const { transfer } = options;
  if (transfer === undefined || transfer === null) return undefined;
  if (typeof transfer !== 'object' || typeof transfer[Symbol.iterator] !== 'function') {
    throw new TypeError('Optional options.transfer argument must be an iterable');
  }
  return Array.from(transfer);
}

const methods = {
  postMessage(message, options) {
    if (arguments.length === 0) throw new TypeError('Not enough arguments');
    checkThis(this);
    native.post(this[kId], message, transferOf(options));
  },
  start() { if (this instanceof MessagePort && this[kId] !== undefined) native.start(this[kId]); },
  close(cb) {
    if (typeof cb === 'function') this.once('close', cb);
    if (this[kId] !== undefined) native.close(this[kId]);
  },
  drain() { native.drain(this[kId]); },
  ref() { if (this[kId] !== undefined) native.ref(this[kId]); },
  unref() { if (this[kId] !== undefined) native.unref(this[kId]); },
  hasRef() { return native.hasRef(this[kId]); },
};
function checkThis(port) {
  if (port === null || typeof port !== 'object' || port[kId] === undefined) throw new TypeError('Illegal invocation');
}
for (const name of Object.keys(methods)) {
  Object.defineProperty(MessagePort.prototype, name, {
    __proto__: null, value: methods[name], writable: true, configurable: true, enumerable: name !== 'drain',
  });
}
Object.defineProperty(MessagePort.prototype, Symbol.toStringTag, { __proto__: null, value: 'MessagePort', configurable: true });
Object.defineProperty(MessagePort.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  __proto__: null, enumerable: false, writable: true, configurable: true,
  value: function(depth, options, inspect) {
    const ref = this[kId] !== undefined && native.hasRef(this[kId]);
    return `MessagePort ${inspect({ active: this[kId] !== undefined && !this[kClosed], refed: ref }, options)}`;
  },
});
const kClosed = Symbol('closed');

// A port with a listener for messages is started and keeps the loop alive.
MessagePort.prototype[kNewListener] = function(size, type, ...rest) {
  NodeEventTarget.prototype[kNewListener]?.call(this, size, type, ...rest);
  if (type === 'message') {
    if (this[kListeners]++ === 0) {
      native.ref(this[kId]);
      native.start(this[kId]);
    }
  }
};
MessagePort.prototype[kRemoveListener] = function(size, type, ...rest) {
  NodeEventTarget.prototype[kRemoveListener]?.call(this, size, type, ...rest);
  if (type === 'message') {
    if (--this[kListeners] === 0) {
      native.unref(this[kId]);
      native.stop(this[kId]);
    }
  }
};
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');

native.setHook('makePort', (id) => {
  const port = Object.create(MessagePort.prototype);
  initNodeEventTarget(port);
  Object.defineProperty(port, kId, { __proto__: null, value: id, writable: true });
  Object.defineProperty(port, kListeners, { __proto__: null, value: 0, writable: true });
  return port;
});

// Listeners added with on() get the data, those of addEventListener an event.
const createEvent = MessagePort.prototype[kCreateEvent];
MessagePort.prototype[kCreateEvent] = function(type, data) {
  if (type !== 'message' && type !== 'messageerror') return createEvent.call(this, type, data);
  return new MessageEvent(type, { data, ports: portsIn(data) });
};

function portsIn(data) {
  if (data instanceof MessagePort) return [data];
  return [];
}

native.setHook('emitMessage', (port, data, failed) => {
  const receiver = port[kReceiver];
  if (receiver !== undefined) return receiver(data, failed);
  port[kHybridDispatch](data, failed ? 'messageerror' : 'message', undefined);
});
const kReceiver = Symbol('receiver');

native.setHook('emitClose', (port) => {
  port[kClosed] = true;
  const receiver = port[kOnClose];
  if (receiver !== undefined) return receiver();
  port.dispatchEvent(new Event('close'));
});
const kOnClose = Symbol('onclose');

// What JavaScript objects encode themselves: [kClone]() gives { data, module },
// and the module's [kDeserialize](data) makes the copy.
const kClone = Symbol.for('gonode.messaging.clone');
native.setHook('cloneHost', (object) => {
  const clone = object[kClone];
  return typeof clone === 'function' ? clone.call(object) : undefined;
});
native.setHook('decodeHost', (module, data) => require(module)[kClone](data));

// What can be transferred and is no port: [kTransfer]() gives { data, module,
// transfer }, the last being the ports in data; decoding is as above.
const kTransfer = Symbol.for('gonode.messaging.transfer');
native.setTransferSymbol(kTransfer);

class MessageChannel {
  constructor() {
    const ports = native.channel();
    this.port1 = ports[0];
    this.port2 = ports[1];
  }
}

function receiveMessageOnPort(port) {
  if (port === null || typeof port !== 'object' || port[kId] === undefined) {
    throw new codes.ERR_INVALID_ARG_TYPE('port', 'MessagePort', port);
  }
  return native.receive(port[kId]);
}

const untransferable = new WeakSet();
function markAsUntransferable(object) {
  if ((typeof object === 'object' && object !== null) || typeof object === 'function') untransferable.add(object);
}
function isMarkedAsUntransferable(object) {
  return ((typeof object === 'object' && object !== null) || typeof object === 'function') && untransferable.has(object);
}
native.setHook('untransferable', isMarkedAsUntransferable);

const kName = Symbol('name');
const kPort = Symbol('port');
class BroadcastChannel extends EventTarget {
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    this[kName] = `${name}`;
    const port = native.broadcast(this[kName]);
    this[kPort] = port;
    port[kReceiver] = (data, failed) => {
      this.dispatchEvent(new MessageEvent(failed ? 'messageerror' : 'message', { data }));
    };
    port[kOnClose] = () => {};
  }

  get name() {
    if (!(this instanceof BroadcastChannel) || this[kName] === undefined) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
    return this[kName];
  }

  close() {
    if (!(this instanceof BroadcastChannel) || this[kName] === undefined) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
    if (this[kPort] === undefined) return;
    native.close(this[kPort][kId]);
    this[kPort] = undefined;
  }

  postMessage(message) {
    if (!(this instanceof BroadcastChannel) || this[kName] === undefined) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (this[kPort] === undefined) {
      const { DOMException } = require('internal/domexception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    native.broadcastPost(this[kPort][kId], message);
  }

  ref() {
    if (this[kPort]) native.ref(this[kPort][kId]);
    return this;
  }

  unref() {
    if (this[kPort]) native.unref(this[kPort][kId]);
    return this;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    if (!(this instanceof BroadcastChannel) || this[kName] === undefined) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
    if (depth < 0) return 'BroadcastChannel';
    return `BroadcastChannel ${inspect({ name: this[kName], active: this[kPort] !== undefined }, {
      ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}
for (const key of ['name', 'close', 'postMessage']) {
  Object.defineProperty(BroadcastChannel.prototype, key, { __proto__: null, enumerable: true });
}
defineEventHandler(BroadcastChannel.prototype, 'message');
defineEventHandler(BroadcastChannel.prototype, 'messageerror');

module.exports = {
  BroadcastChannel,
  MessageChannel,
  MessageEvent,
  MessagePort,
  isMarkedAsUntransferable,
  kClone,
  kId,
  kOnClose,
  kReceiver,
  kTransfer,
  markAsUntransferable,
  native,
  receiveMessageOnPort,
  transferOf,
};
