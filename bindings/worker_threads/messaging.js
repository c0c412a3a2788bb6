'use strict';
// MessagePort, MessageChannel, BroadcastChannel and MessageEvent.

const native = internalBinding('internal/messaging');
const { codes } = require('internal/errors');
const {
  Event, EventTarget, NodeEventTarget, defineEventHandler, initNodeEventTarget, kCreateEvent, kHybridDispatch,
  kNewListener, kRemoveListener,
} = require('internal/event_target');

const kId = Symbol('id');
// A TypeError with a text of its own for its code, as Node's native side has.
function nativeError(code, message) {
  const err = new TypeError(message);
  err.code = code;
  return err;
}

// The text of a value in a Web IDL conversion's error.
function shown(value) {
  if (typeof value === 'object' || typeof value === 'function') return require('internal/util/inspect').inspect(value);
  return typeof value === 'string' ? `"${value}"` : String(value);
}

const kTrusted = Symbol('init from the library');
const eventInitError = (text) => new TypeError(`MessageEvent constructor: ${text}`);
function domString(value, name) {
  if (typeof value === 'symbol') {
    throw eventInitError(`eventInitDict.${name} is a symbol, which cannot be converted to a DOMString.`);
  }
  return `${value}`;
}
function portOf(value, name) {
  if (!(value instanceof MessagePort)) {
    throw eventInitError(`Expected eventInitDict.${name} ("${shown(value)}") to be an instance of MessagePort.`);
  }
  return value;
}
function portsOf(value) {
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null || typeof value[Symbol.iterator] !== 'function') {
    throw eventInitError(`eventInitDict.ports (${shown(value)}) is not iterable.`);
  }
  const list = Array.from(value);
  for (let i = 0; i < list.length; i++) portOf(list[i], `ports[${i}]`);
  return Object.freeze(list);
}

class MessageEvent extends Event {
  #init; // { data, origin, lastEventId, source, ports }; ports may be missing
  constructor(type, init = undefined, trusted = undefined) {
    if (arguments.length === 0) throw eventInitError('1 argument required, but 0 found.');
    if (trusted === kTrusted) {
      super(type);
      this.#init = init;
      return;
    }
    if (init !== undefined && init !== null && typeof init !== 'object' && typeof init !== 'function') {
      throw eventInitError(`Expected ${shown(init)} to be one of: Null, Undefined, Object.`);
    }
    super(domString(type, 'type'), init ?? undefined);
    const { data = null, origin = '', lastEventId = '', source = null, ports } = init || {};
    this.#init = {
      data, origin: domString(origin, 'origin'), lastEventId: domString(lastEventId, 'lastEventId'),
      source: source === null ? null : portOf(source, 'source'), ports: portsOf(ports),
    };
  }
  static #of(event) {
    if (event === null || typeof event !== 'object' || !(#init in event)) throw nativeError('ERR_INVALID_THIS', 'Illegal invocation');
    return event.#init;
  }
  get data() { return MessageEvent.#of(this).data; }
  get origin() { return MessageEvent.#of(this).origin; }
  get lastEventId() { return MessageEvent.#of(this).lastEventId; }
  get source() { return MessageEvent.#of(this).source; }
  get ports() {
    const init = MessageEvent.#of(this);
    if (init.ports === undefined) init.ports = Object.freeze([]);
    return init.ports;
  }
  initMessageEvent(type, bubbles, cancelable, data = null, origin = '', lastEventId = '', source = null, ports = undefined) {
    MessageEvent.#of(this);
    this.initEvent(type, bubbles, cancelable);
    this.#init = {
      data, origin: domString(origin, 'origin'), lastEventId: domString(lastEventId, 'lastEventId'),
      source: source === null ? null : portOf(source, 'source'), ports: portsOf(ports),
    };
  }
}
for (const key of ['data', 'origin', 'lastEventId', 'source', 'ports', 'initMessageEvent']) {
  Object.defineProperty(MessageEvent.prototype, key, { __proto__: null, enumerable: true });
}
Object.defineProperty(MessageEvent.prototype, Symbol.toStringTag, { __proto__: null, value: 'MessageEvent', configurable: true });

// Only the runtime makes ports.
function MessagePort() {
  throw nativeError('ERR_CONSTRUCT_CALL_INVALID', 'Constructor cannot be called');
}
Object.setPrototypeOf(MessagePort, NodeEventTarget);
MessagePort.prototype = Object.create(NodeEventTarget.prototype, {
  constructor: { __proto__: null, value: MessagePort, writable: true, configurable: true, enumerable: false },
});

// postMessage(value, transferList) and postMessage(value, { transfer })
function transferOf(options) {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== 'object') throw notIterable('transferList');
  if (typeof options[Symbol.iterator] === 'function') return sequence(options, 'transferList');
  const { transfer } = options;
  if (transfer === undefined) return undefined;
  if (transfer === null || typeof transfer !== 'object' || typeof transfer[Symbol.iterator] !== 'function') {
    throw notIterable('options.transfer');
  }
  return sequence(transfer, 'options.transfer');
}
function notIterable(name) {
  return nativeError('ERR_INVALID_ARG_TYPE', `Optional ${name} argument must be an iterable`);
}
function sequence(iterable, name) {
  if (Array.isArray(iterable)) return iterable.slice();
  const iterator = iterable[Symbol.iterator]();
  if (typeof iterator?.next !== 'function') throw notIterable(name);
  const list = [];
  for (;;) {
    const result = iterator.next();
    if (result === null || typeof result !== 'object') throw notIterable(name);
    if (result.done) return list;
    list.push(result.value);
  }
}

// The id of a port that is open; 0 for one that is not.
function idOf(port) {
  if (port === null || typeof port !== 'object' || port[kId] === undefined) throw new TypeError('Illegal invocation');
  return port[kId];
}

const methods = {
  postMessage(message, options) {
    const id = idOf(this);
    if (arguments.length === 0) throw nativeError('ERR_MISSING_ARGS', 'Not enough arguments to MessagePort.postMessage');
    const result = native.post(id, message, options === undefined ? undefined : transferOf(options));
    if (result !== false) return result;
    process.emitWarning('The target port was posted to itself, and the communication channel was lost');
    return true;
  },
  start() { native.start(idOf(this)); },
  ref() { native.ref(idOf(this)); },
  unref() { native.unref(idOf(this)); },
  hasRef() { return native.hasRef(idOf(this)); },
};
for (const name of Object.keys(methods)) {
  Object.defineProperty(MessagePort.prototype, name, {
    __proto__: null, value: methods[name], writable: true, configurable: true, enumerable: true,
  });
}
defineEventHandler(MessagePort.prototype, 'message');
defineEventHandler(MessagePort.prototype, 'messageerror');
Object.defineProperty(MessagePort.prototype, 'close', {
  __proto__: null,
  writable: true,
  configurable: true,
  enumerable: true,
  value: function close(cb) {
    const id = idOf(this);
    if (typeof cb === 'function') this.once?.('close', cb);
    native.close(id);
  },
});
Object.defineProperty(MessagePort.prototype, Symbol.for('nodejs.util.inspect.custom'), {
  __proto__: null,
  enumerable: false,
  writable: true,
  configurable: true,
  value: function() {
    if (this[kId] === undefined) return this;
    const shape = Object.create(MessagePort.prototype);
    shape.active = native.isOpen(this[kId]);
    if (shape.active) shape.refed = native.hasRef(this[kId]);
    return Object.assign(shape, this);
  },
});

// A port with a listener for messages is started and keeps the loop alive.
function hidden(name, value) {
  Object.defineProperty(MessagePort.prototype, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
}
hidden(kNewListener, function(size, type, listener, once, capture, passive, weak) {
  NodeEventTarget.prototype[kNewListener].call(this, size, type, listener, once, capture, passive, weak);
  if (type === 'message' && size === 1) {
    native.ref(this[kId]);
    native.start(this[kId]);
  }
});
hidden(kRemoveListener, function(size, type, listener, capture) {
  NodeEventTarget.prototype[kRemoveListener].call(this, size, type, listener, capture);
  if (type === 'message' && size === 0) {
    native.unref(this[kId]);
    native.stop(this[kId]);
  }
});

// A port is made in two steps: async_hooks see it between them.
native.setHook('makePort', (id) => Object.create(MessagePort.prototype, {
  [kId]: { __proto__: null, value: id },
}));
native.setHook('initPort', initNodeEventTarget);

// A port in a vm context is no event target there: it has onmessage and
// onmessageerror, which begin to be called with start().
function moveMessagePortToContext(port, contextifiedSandbox) {
  if (port === null || typeof port !== 'object' || !(port instanceof MessagePort) || port[kId] === undefined) {
    throw nativeError('ERR_INVALID_ARG_TYPE', 'The "port" argument must be a MessagePort instance');
  }
  if (native.isClosed(port[kId])) {
    const err = new Error('Cannot send data on closed MessagePort');
    err.code = 'ERR_CLOSED_MESSAGE_PORT';
    throw err;
  }
  if (contextifiedSandbox === null || typeof contextifiedSandbox !== 'object' || !require('vm').isContext(contextifiedSandbox)) {
    throw nativeError('ERR_INVALID_ARG_TYPE', 'Invalid context argument');
  }
  return native.move(port[kId]);
}

const contextPort = {
  postMessage: methods.postMessage, start: methods.start, close: MessagePort.prototype.close, ref: methods.ref, unref: methods.unref,
  hasRef: methods.hasRef,
};
// The class is another one in each context; this one stands for all of them.
function ContextMessagePort() { return MessagePort(); }
Object.defineProperty(ContextMessagePort, 'name', { __proto__: null, value: 'MessagePort', configurable: true });
ContextMessagePort.prototype = contextPort;
Object.defineProperty(contextPort, 'constructor', {
  __proto__: null, writable: true, configurable: true, enumerable: false, value: ContextMessagePort,
});

native.setHook('makeContextPort', (id) => {
  const port = Object.create(contextPort, { [kId]: { __proto__: null, value: id } });
  Object.defineProperty(port, kReceiver, {
    __proto__: null,
    value(data, failed, ports = []) {
      const type = failed ? 'messageerror' : 'message';
      const handler = port[`on${type}`];
      if (typeof handler === 'function') handler.call(port, { data, target: port, type, ports });
    },
  });
  Object.defineProperty(port, kOnClose, { __proto__: null, value() {} });
  return port;
});
native.setHook('contextUnavailable', () => {
  const err = new Error('A message object could not be deserialized successfully in the target vm.Context');
  err.code = 'ERR_MESSAGE_TARGET_CONTEXT_UNAVAILABLE';
  return err;
});

// Listeners added with on() get the data, those of addEventListener an event.
const createEvent = MessagePort.prototype[kCreateEvent];
let arrived; // the ports that came with the message being emitted
hidden(kCreateEvent, function(type, data) {
  if (type !== 'message' && type !== 'messageerror') return createEvent.call(this, type, data);
  return new MessageEvent(type, { data, origin: '', lastEventId: '', source: null, ports: arrived }, kTrusted);
});

native.setHook('emitMessage', (port, data, failed, ports) => {
  const receiver = port[kReceiver];
  if (receiver !== undefined) return receiver(data, failed, ports);
  arrived = ports === undefined ? undefined : Object.freeze(ports.filter((p) => p instanceof MessagePort));
  try {
    port[kHybridDispatch](data, failed ? 'messageerror' : 'message', undefined);
  } finally {
    arrived = undefined;
  }
});
const kReceiver = Symbol('receiver');

native.setHook('emitClose', (port) => {
  const receiver = port[kOnClose];
  if (receiver !== undefined) return receiver();
  port.dispatchEvent(new Event('close'));
});
const kOnClose = Symbol('onclose');

// Objects of the library that can be cloned or transferred say how:
// [kClone]() and [kTransfer]() give { data, deserializeInfo: 'module:kind' },
// the latter with the ports in data as transfer, and the module's
// [kDeserialize](data, kind) makes the copy.
const kClone = Symbol.for('messaging_clone_symbol');
const kTransfer = Symbol.for('messaging_transfer_symbol');
const kDeserialize = Symbol.for('messaging_deserialize_symbol');
// Objects, or whole classes by their prototype, that can be neither.
const kUncloneable = Symbol.for('messaging_uncloneable_symbol');
native.setSymbols(kId, kClone, kTransfer, kUncloneable);

native.setHook('decodeHost', (info, data) => {
  const colon = info.lastIndexOf(':');
  const id = info.slice(0, colon);
  // A script can name what it likes: only modules of the library answer.
  const decode = internalBinding('runtime').hasBuiltin(id) ? require(id)[kDeserialize] : undefined;
  if (typeof decode !== 'function') throw new Error(`Missing internal module '${id}'`);
  return decode(data, info.slice(colon + 1));
});

function MessageChannel() {
  if (new.target === undefined) throw nativeError('ERR_CONSTRUCT_CALL_REQUIRED', 'Cannot call constructor without `new`');
  const ports = native.channel();
  this.port1 = ports[0];
  this.port2 = ports[1];
}

function receiveMessageOnPort(port) {
  const end = port instanceof BroadcastChannel ? port[kPort] : port;
  if (end === undefined) return undefined;
  if (end === null || typeof end !== 'object' || end[kId] === undefined) {
    throw nativeError('ERR_INVALID_ARG_TYPE', 'The "port" argument must be a MessagePort instance');
  }
  return native.receive(end[kId]);
}

function isObject(value) { return (typeof value === 'object' && value !== null) || typeof value === 'function'; }
const untransferable = new WeakSet();
const uncloneable = new WeakSet();
function markAsUntransferable(object) {
  if (!isObject(object)) return;
  native.hasMarks();
  untransferable.add(object);
}
function isMarkedAsUntransferable(object) { return isObject(object) && untransferable.has(object); }
function markAsUncloneable(object) {
  if (!isObject(object)) return;
  native.hasMarks();
  uncloneable.add(object);
}
native.setHook('isUntransferable', isMarkedAsUntransferable);
native.setHook('isUncloneable', (object) => uncloneable.has(object));

const kName = Symbol('name');
const kPort = Symbol('port');
function checkChannel(self) {
  if (!(self instanceof BroadcastChannel) || self[kName] === undefined) throw new codes.ERR_INVALID_THIS('BroadcastChannel');
}
class BroadcastChannel extends EventTarget {
  constructor(name) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    super();
    this[kName] = `${name}`;
    const port = native.broadcast(this[kName]);
    this[kPort] = port;
    port[kReceiver] = (data, failed) => {
      if (this[kPort] === undefined) return;
      this.dispatchEvent(new MessageEvent(failed ? 'messageerror' : 'message',
                                          { data, origin: '', lastEventId: '', source: null, ports: undefined }, kTrusted));
    };
    port[kOnClose] = () => {};
  }

  get name() {
    checkChannel(this);
    return this[kName];
  }

  close() {
    checkChannel(this);
    if (this[kPort] === undefined) return;
    native.close(this[kPort][kId]);
    this[kPort] = undefined;
  }

  postMessage(message) {
    checkChannel(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('message');
    if (this[kPort] === undefined) {
      const { DOMException } = require('internal/domexception');
      throw new DOMException('BroadcastChannel is closed.', 'InvalidStateError');
    }
    native.broadcastPost(this[kPort][kId], message);
  }

  ref() {
    checkChannel(this);
    if (this[kPort]) native.ref(this[kPort][kId]);
    return this;
  }

  unref() {
    checkChannel(this);
    if (this[kPort]) native.unref(this[kPort][kId]);
    return this;
  }

  [Symbol.for('nodejs.util.inspect.custom')](depth, options, inspect) {
    checkChannel(this);
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
  kDeserialize,
  kId,
  kOnClose,
  kReceiver,
  kTransfer,
  kUncloneable,
  markAsUncloneable,
  markAsUntransferable,
  moveMessagePortToContext,
  native,
  nativeError,
  receiveMessageOnPort,
  transferOf,
};
