'use strict';
// WritableStream, its writer and its controller, after the Streams standard.

const { codes } = require('internal/errors');
const {
  kValidateObjectAllowObjects, kValidateObjectAllowObjectsAndNull, validateObject,
} = require('internal/validators');
const { kIsClosedPromise, kIsErrored, kIsWritable, kControllerErrorFunction } = require('internal/streams/utils');
const {
  Deferred, check, customInspect, customInspectSymbol, dequeueValue, enqueueValueWithSize, extractHighWaterMark,
  extractSizeAlgorithm, finishClass, has, kSecret, kState, makeTransferable, method, nop, peekQueueValue, promiseCall, queueLength,
  rejected, resetQueue, resolved, setHandled,
} = require('internal/webstreams/util');

const kCloseSentinel = Symbol('close');
const invalidState = (text) => new codes.ERR_INVALID_STATE.TypeError(text);

// Slots that most streams never touch are on the prototype.
class State {
  constructor() { this.controller = undefined; }
}
Object.assign(State.prototype, {
  brand: 'WritableStream', state: 'writable', storedError: undefined, writer: undefined, backpressure: false,
  closeRequest: undefined, inFlightWriteRequest: undefined, inFlightCloseRequest: undefined,
  pendingAbortRequest: undefined, writeRequests: undefined, closed: undefined,
});

function isWritableStream(object) { return has(object, 'WritableStream'); }
function isWritableStreamDefaultWriter(object) { return has(object, 'WritableStreamDefaultWriter'); }

class WritableStream {
  constructor(sink = {}, strategy = {}) {
    validateObject(sink, 'sink', kValidateObjectAllowObjects);
    validateObject(strategy, 'strategy', kValidateObjectAllowObjectsAndNull);
    const type = sink?.type;
    if (type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('type', type);
    this[kState] = new State();
    const size = extractSizeAlgorithm(strategy?.size);
    const highWaterMark = extractHighWaterMark(strategy?.highWaterMark, 1);
    setupFromSink(this, sink, highWaterMark, size);
  }

  get locked() {
    check(this, 'WritableStream');
    return this[kState].writer !== undefined;
  }
  abort(reason = undefined) {
    if (!isWritableStream(this)) return Promise.reject(new codes.ERR_INVALID_THIS('WritableStream'));
    if (this[kState].writer !== undefined) return Promise.reject(invalidState('WritableStream is locked'));
    return writableStreamAbort(this, reason);
  }
  close() {
    if (!isWritableStream(this)) return Promise.reject(new codes.ERR_INVALID_THIS('WritableStream'));
    if (this[kState].writer !== undefined) return Promise.reject(invalidState('WritableStream is locked'));
    if (closeQueuedOrInFlight(this[kState])) return Promise.reject(invalidState('Failure closing WritableStream'));
    return writableStreamClose(this);
  }
  getWriter() {
    check(this, 'WritableStream');
    return new WritableStreamDefaultWriter(this);
  }

  get [kIsErrored]() { return this[kState].state === 'errored'; }
  get [kIsWritable]() { return this[kState].state === 'writable'; }
  get [kIsClosedPromise]() { return closedDeferred(this[kState]); }
  [kControllerErrorFunction](error) { controllerErrorIfNeeded(this[kState].controller, error); }

  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'WritableStream', { locked: this.locked, state: this[kState].state });
  }
}
finishClass(WritableStream, ['locked', 'abort', 'close', 'getWriter']);
makeTransferable(WritableStream);

// Settled when the stream is closed or errored; made when somebody asks.
function closedDeferred(s) {
  if (s.closed === undefined) {
    s.closed = new Deferred();
    setHandled(s.closed.promise);
    if (s.state === 'closed') s.closed.resolve();
    else if (s.state === 'errored') s.closed.reject(s.storedError);
  }
  return s.closed;
}

function slot(object, brand, fields) {
  fields.brand = brand;
  object[kState] = fields;
}

class WritableStreamDefaultWriter {
  constructor(stream) {
    if (!isWritableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'WritableStream', stream);
    const s = stream[kState];
    if (s.writer !== undefined) throw invalidState('WritableStream is locked');
    const w = { stream, ready: undefined, close: undefined };
    slot(this, 'WritableStreamDefaultWriter', w);
    s.writer = this;
    switch (s.state) {
      case 'writable':
        w.ready = !closeQueuedOrInFlight(s) && s.backpressure ? new Deferred() : resolved();
        w.close = new Deferred();
        setHandled(w.close.promise);
        break;
      case 'erroring':
        w.ready = rejected(s.storedError);
        w.close = new Deferred();
        setHandled(w.close.promise);
        break;
      case 'closed':
        w.ready = resolved();
        w.close = resolved();
        break;
      default:
        w.ready = rejected(s.storedError);
        w.close = rejected(s.storedError);
    }
  }

  get closed() {
    if (!isWritableStreamDefaultWriter(this)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    return this[kState].close.promise;
  }
  get desiredSize() {
    check(this, 'WritableStreamDefaultWriter');
    if (this[kState].stream === undefined) throw invalidState('Writer is not bound to a WritableStream');
    return desiredSizeOf(this[kState].stream[kState]);
  }
  get ready() {
    if (!isWritableStreamDefaultWriter(this)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    return this[kState].ready.promise;
  }
  abort(reason = undefined) {
    if (!isWritableStreamDefaultWriter(this)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    const { stream } = this[kState];
    if (stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    return writableStreamAbort(stream, reason);
  }
  close() {
    if (!isWritableStreamDefaultWriter(this)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    const { stream } = this[kState];
    if (stream === undefined) return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    if (closeQueuedOrInFlight(stream[kState])) {
      return Promise.reject(invalidState('Failure to close WritableStream'));
    }
    return writableStreamClose(stream);
  }
  releaseLock() {
    check(this, 'WritableStreamDefaultWriter');
    if (this[kState].stream === undefined) return;
    writerRelease(this);
  }
  write(chunk = undefined) {
    if (!isWritableStreamDefaultWriter(this)) {
      return Promise.reject(new codes.ERR_INVALID_THIS('WritableStreamDefaultWriter'));
    }
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('Writer is not bound to a WritableStream'));
    }
    return writerWrite(this, chunk);
  }

  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'WritableStreamDefaultWriter', {
      stream: this[kState].stream,
      close: this[kState].close.promise,
      ready: this[kState].ready.promise,
      desiredSize: this.desiredSize,
    });
  }
}
finishClass(WritableStreamDefaultWriter,
            ['closed', 'desiredSize', 'ready', 'abort', 'close', 'releaseLock', 'write']);

class WritableStreamDefaultController {
  constructor(secret = undefined) {
    if (secret !== kSecret) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get signal() {
    check(this, 'WritableStreamDefaultController');
    return abortControllerOf(this[kState]).signal;
  }
  error(error = undefined) {
    check(this, 'WritableStreamDefaultController');
    if (this[kState].stream[kState].state !== 'writable') return;
    controllerError(this, error);
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'WritableStreamDefaultController', { stream: this[kState].stream });
  }
}
finishClass(WritableStreamDefaultController, ['signal', 'error']);

function abortControllerOf(c) { return c.abortController ??= new AbortController(); }

// Streams that other parts make: algorithms in place of a sink.
function createWritableStream(start, write, close, abort, highWaterMark = 1, size = undefined) {
  const stream = Object.create(WritableStream.prototype);
  stream[kState] = new State();
  const controller = new WritableStreamDefaultController(kSecret);
  setupController(stream, controller, start, write, close, abort, highWaterMark, size);
  return stream;
}

function setupFromSink(stream, sink, highWaterMark, size) {
  const controller = new WritableStreamDefaultController(kSecret);
  const start = method(sink, 'start', 'sink');
  const write = method(sink, 'write', 'sink');
  const close = method(sink, 'close', 'sink');
  const abort = method(sink, 'abort', 'sink');
  setupController(stream, controller,
                  start === undefined ? nop : () => start.call(sink, controller),
                  write === undefined ? () => Promise.resolve() : (chunk) => promiseCall(write, sink, chunk, controller),
                  close === undefined ? () => Promise.resolve() : () => promiseCall(close, sink),
                  abort === undefined ? () => Promise.resolve() : (reason) => promiseCall(abort, sink, reason),
                  highWaterMark, size);
}

function setupController(stream, controller, start, write, close, abort, highWaterMark, size) {
  const s = stream[kState];
  const c = {
    stream, queue: [], queueHead: 0, queueTotalSize: 0, started: false, highWaterMark, size,
    write, close, abort, abortController: undefined,
  };
  slot(controller, 'WritableStreamDefaultController', c);
  s.controller = controller;
  updateBackpressure(stream, s, backpressureOf(c));
  const startResult = start();
  // A new promise: one that start returned is waited for like any thenable.
  new Promise((resolve) => resolve(startResult)).then(() => {
    c.started = true;
    advanceQueueIfNeeded(controller);
  }, (err) => {
    c.started = true;
    dealWithRejection(stream, err);
  });
}

function writableStreamAbort(stream, reason) {
  const s = stream[kState];
  if (s.state === 'closed' || s.state === 'errored') return Promise.resolve();
  abortControllerOf(s.controller[kState]).abort(reason);
  // The signal's listeners may have changed it.
  if (s.state === 'closed' || s.state === 'errored') return Promise.resolve();
  if (s.pendingAbortRequest !== undefined) return s.pendingAbortRequest.deferred.promise;
  let wasAlreadyErroring = false;
  if (s.state === 'erroring') {
    wasAlreadyErroring = true;
    reason = undefined;
  }
  const deferred = new Deferred();
  s.pendingAbortRequest = { deferred, reason, wasAlreadyErroring };
  if (!wasAlreadyErroring) startErroring(stream, reason);
  return deferred.promise;
}

function writableStreamClose(stream) {
  const s = stream[kState];
  if (s.state === 'closed' || s.state === 'errored') {
    return Promise.reject(invalidState('WritableStream is closed'));
  }
  const deferred = new Deferred();
  s.closeRequest = deferred;
  const { writer } = s;
  if (writer !== undefined && s.backpressure && s.state === 'writable') resolveReady(writer[kState]);
  enqueueValueWithSize(s.controller[kState], kCloseSentinel, 0);
  advanceQueueIfNeeded(s.controller);
  return deferred.promise;
}

function resolveReady(w) {
  if (w.ready.resolve !== undefined) {
    w.ready.resolve();
    w.ready.resolve = w.ready.reject = undefined;
  }
}

// Rejects the ready promise, a new one if it is settled already.
function rejectReady(w, error) {
  if (w.ready.reject !== undefined) {
    w.ready.reject(error);
    w.ready.resolve = w.ready.reject = undefined;
    setHandled(w.ready.promise);
  } else {
    w.ready = rejected(error);
  }
}

function rejectClosed(w, error) {
  if (w.close.reject !== undefined) {
    w.close.reject(error);
    w.close.resolve = w.close.reject = undefined;
    setHandled(w.close.promise);
  } else {
    w.close = rejected(error);
  }
}

function closeQueuedOrInFlight(s) {
  return s.closeRequest !== undefined || s.inFlightCloseRequest !== undefined;
}

function dealWithRejection(stream, error) {
  if (stream[kState].state === 'writable') startErroring(stream, error);
  else finishErroring(stream);
}

function startErroring(stream, reason) {
  const s = stream[kState];
  s.state = 'erroring';
  s.storedError = reason;
  if (s.writer !== undefined) rejectReady(s.writer[kState], reason);
  if (!hasOperationInFlight(s) && s.controller[kState].started) finishErroring(stream);
}

function hasOperationInFlight(s) {
  return s.inFlightWriteRequest !== undefined || s.inFlightCloseRequest !== undefined;
}

function finishErroring(stream) {
  const s = stream[kState];
  s.state = 'errored';
  const c = s.controller[kState];
  resetQueue(c); // the controller's error steps
  const error = s.storedError;
  const requests = s.writeRequests;
  s.writeRequests = undefined;
  if (requests !== undefined) for (let i = 0; i < requests.length; i++) requests[i].reject(error);
  const abort = s.pendingAbortRequest;
  if (abort === undefined) {
    rejectCloseAndClosed(s);
    return;
  }
  s.pendingAbortRequest = undefined;
  if (abort.wasAlreadyErroring) {
    abort.deferred.reject(error);
    rejectCloseAndClosed(s);
    return;
  }
  const algorithm = c.abort;
  clearAlgorithms(c);
  algorithm(abort.reason).then(() => {
    abort.deferred.resolve();
    rejectCloseAndClosed(s);
  }, (err) => {
    abort.deferred.reject(err);
    rejectCloseAndClosed(s);
  });
}

function rejectCloseAndClosed(s) {
  if (s.closeRequest !== undefined) {
    s.closeRequest.reject(s.storedError);
    s.closeRequest = undefined;
  }
  s.closed?.reject(s.storedError);
  if (s.writer !== undefined) rejectClosed(s.writer[kState], s.storedError);
}

function finishInFlightClose(stream) {
  const s = stream[kState];
  s.inFlightCloseRequest.resolve();
  s.inFlightCloseRequest = undefined;
  if (s.state === 'erroring') {
    s.storedError = undefined;
    if (s.pendingAbortRequest !== undefined) {
      s.pendingAbortRequest.deferred.resolve();
      s.pendingAbortRequest = undefined;
    }
  }
  s.state = 'closed';
  s.closed?.resolve();
  if (s.writer !== undefined) s.writer[kState].close.resolve?.();
}

function finishInFlightCloseWithError(stream, error) {
  const s = stream[kState];
  s.inFlightCloseRequest.reject(error);
  s.inFlightCloseRequest = undefined;
  if (s.pendingAbortRequest !== undefined) {
    s.pendingAbortRequest.deferred.reject(error);
    s.pendingAbortRequest = undefined;
  }
  dealWithRejection(stream, error);
}

function updateBackpressure(stream, s, backpressure) {
  const { writer } = s;
  if (writer !== undefined && backpressure !== s.backpressure) {
    const w = writer[kState];
    if (backpressure) w.ready = new Deferred();
    else resolveReady(w);
  }
  s.backpressure = backpressure;
}

function desiredSizeOf(s) {
  switch (s.state) {
    case 'erroring':
    case 'errored': return null;
    case 'closed': return 0;
  }
  const c = s.controller[kState];
  return c.highWaterMark - c.queueTotalSize;
}

function backpressureOf(c) { return c.highWaterMark - c.queueTotalSize <= 0; }

function writerRelease(writer) {
  const w = writer[kState];
  const error = invalidState('Writer has been released');
  rejectReady(w, error);
  rejectClosed(w, error);
  w.stream[kState].writer = undefined;
  w.stream = undefined;
}

function writerWrite(writer, chunk) {
  const { stream } = writer[kState];
  const s = stream[kState];
  const c = s.controller[kState];
  let size = 1;
  if (c.size !== undefined) {
    try {
      size = (0, c.size)(chunk);
    } catch (err) {
      controllerErrorIfNeeded(s.controller, err);
    }
  }
  if (stream !== writer[kState].stream) return Promise.reject(invalidState('Mismatched WritableStreams'));
  if (s.state === 'errored') return Promise.reject(s.storedError);
  if (closeQueuedOrInFlight(s) || s.state === 'closed') {
    return Promise.reject(invalidState('WritableStream is closed'));
  }
  if (s.state === 'erroring') return Promise.reject(s.storedError);
  const deferred = new Deferred();
  if (s.writeRequests === undefined) s.writeRequests = [deferred];
  else s.writeRequests.push(deferred);
  controllerWrite(s.controller, chunk, size);
  return deferred.promise;
}

function controllerWrite(controller, chunk, size) {
  const c = controller[kState];
  const s = c.stream[kState];
  try {
    enqueueValueWithSize(c, chunk, size);
  } catch (err) {
    controllerErrorIfNeeded(controller, err);
    return;
  }
  if (!closeQueuedOrInFlight(s) && s.state === 'writable') updateBackpressure(c.stream, s, backpressureOf(c));
  advanceQueueIfNeeded(controller);
}

function writerCloseWithErrorPropagation(writer) {
  const { stream } = writer[kState];
  const s = stream[kState];
  if (closeQueuedOrInFlight(s) || s.state === 'closed') return Promise.resolve();
  if (s.state === 'errored') return Promise.reject(s.storedError);
  return writableStreamClose(stream);
}

function clearAlgorithms(c) {
  c.write = c.close = c.abort = c.size = undefined;
}

function advanceQueueIfNeeded(controller) {
  const c = controller[kState];
  const { stream } = c;
  const s = stream[kState];
  if (!c.started || s.inFlightWriteRequest !== undefined) return;
  if (s.state === 'erroring') {
    finishErroring(stream);
    return;
  }
  if (queueLength(c) === 0) return;
  const value = peekQueueValue(c);
  if (value === kCloseSentinel) processClose(controller, c, stream, s);
  else processWrite(controller, c, stream, s, value);
}

function processClose(controller, c, stream, s) {
  s.inFlightCloseRequest = s.closeRequest;
  s.closeRequest = undefined;
  dequeueValue(c);
  const promise = (0, c.close)();
  clearAlgorithms(c);
  promise.then(() => { finishInFlightClose(stream); }, (err) => { finishInFlightCloseWithError(stream, err); });
}

function processWrite(controller, c, stream, s, chunk) {
  s.inFlightWriteRequest = s.writeRequests.shift();
  (0, c.write)(chunk).then(() => {
    s.inFlightWriteRequest.resolve();
    s.inFlightWriteRequest = undefined;
    const { state } = s;
    dequeueValue(c);
    if (!closeQueuedOrInFlight(s) && state === 'writable') updateBackpressure(stream, s, backpressureOf(c));
    advanceQueueIfNeeded(controller);
  }, (err) => {
    if (s.state === 'writable') clearAlgorithms(c);
    s.inFlightWriteRequest.reject(err);
    s.inFlightWriteRequest = undefined;
    dealWithRejection(stream, err);
  });
}

function controllerErrorIfNeeded(controller, error) {
  if (controller[kState].stream[kState].state === 'writable') controllerError(controller, error);
}

function controllerError(controller, error) {
  const c = controller[kState];
  clearAlgorithms(c);
  startErroring(c.stream, error);
}

module.exports = {
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
  closeQueuedOrInFlight,
  controllerErrorIfNeeded,
  createWritableStream,
  isWritableStream,
  slot,
  startErroring,
  writableStreamAbort,
  writerCloseWithErrorPropagation,
  writerRelease,
  writerWrite,
};
