'use strict';
// ReadableStream, its default reader and its default controller, after the
// Streams standard. Byte streams are in bytestream.js, piping in pipe.js.

const { codes } = require('internal/errors');
const {
  kValidateObjectAllowObjects, kValidateObjectAllowObjectsAndNull, validateObject,
  validateAbortSignal,
} = require('internal/validators');
const {
  kIsClosedPromise, kIsDisturbed, kIsErrored, kIsReadable, kControllerErrorFunction,
} = require('internal/streams/utils');
const { AsyncIteratorPrototype } = require('internal/events/async_iterator');
const {
  Deferred, check, customInspect, customInspectSymbol, dequeueValue, enqueueValueWithSize, extractHighWaterMark,
  extractSizeAlgorithm, finishClass, has, kSecret, kState, makeTransferable, method, nop, promiseCall, queueLength, rejected,
  resetQueue, resolved, setHandled,
} = require('internal/webstreams/util');
const { slot } = require('internal/webstreams/writablestream');

const invalidState = (text) => new codes.ERR_INVALID_STATE.TypeError(text);

class State {
  constructor() { this.controller = undefined; }
}
Object.assign(State.prototype, {
  brand: 'ReadableStream', state: 'readable', storedError: undefined, reader: undefined, disturbed: false,
  closed: undefined,
});

function isReadableStream(object) { return has(object, 'ReadableStream'); }
function isDefaultReader(object) { return has(object, 'ReadableStreamDefaultReader'); }
function isByteController(controller) { return has(controller, 'ReadableByteStreamController'); }
function bytes() { return require('internal/webstreams/bytestream'); }

class ReadableStream {
  constructor(source = {}, strategy = {}) {
    validateObject(source, 'source', kValidateObjectAllowObjects);
    validateObject(strategy, 'strategy', kValidateObjectAllowObjectsAndNull);
    this[kState] = new State();
    const type = source.type;
    const size = strategy?.size;
    const highWaterMark = strategy?.highWaterMark;
    if (`${type}` === 'bytes') {
      if (size !== undefined) throw new codes.ERR_INVALID_ARG_VALUE.RangeError('strategy.size', size);
      bytes().setupFromSource(this, source, extractHighWaterMark(highWaterMark, 0));
      return;
    }
    if (type !== undefined) throw new codes.ERR_INVALID_ARG_VALUE('source.type', type);
    const sizeAlgorithm = extractSizeAlgorithm(size);
    setupFromSource(this, source, extractHighWaterMark(highWaterMark, 1), sizeAlgorithm);
  }

  static from(iterable) { return readableStreamFromIterable(iterable); }

  get locked() {
    check(this, 'ReadableStream');
    return this[kState].reader !== undefined;
  }
  cancel(reason = undefined) {
    if (!isReadableStream(this)) return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStream'));
    if (this[kState].reader !== undefined) return Promise.reject(invalidState('ReadableStream is locked'));
    return readableStreamCancel(this, reason);
  }
  getReader(options = {}) {
    check(this, 'ReadableStream');
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const mode = options?.mode;
    if (mode === undefined) return new ReadableStreamDefaultReader(this);
    if (`${mode}` !== 'byob') throw new codes.ERR_INVALID_ARG_VALUE('options.mode', mode);
    return new (bytes().ReadableStreamBYOBReader)(this);
  }
  pipeThrough(transform, options = {}) {
    check(this, 'ReadableStream');
    const readable = transform?.readable;
    if (!isReadableStream(readable)) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.readable', 'ReadableStream', readable);
    }
    const writable = transform?.writable;
    const { isWritableStream } = require('internal/webstreams/writablestream');
    if (!isWritableStream(writable)) {
      throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', writable);
    }
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const preventAbort = !!options?.preventAbort;
    const preventCancel = !!options?.preventCancel;
    const preventClose = !!options?.preventClose;
    const signal = options?.signal;
    validateAbortSignal(signal, 'options.signal');
    if (this[kState].reader !== undefined) throw invalidState('The ReadableStream is locked');
    if (writable.locked) throw invalidState('The WritableStream is locked');
    const promise = require('internal/webstreams/pipe')(this, writable, preventClose, preventAbort, preventCancel, signal);
    setHandled(promise);
    return readable;
  }
  pipeTo(destination, options = {}) {
    try {
      check(this, 'ReadableStream');
      const { isWritableStream } = require('internal/webstreams/writablestream');
      if (!isWritableStream(destination)) {
        throw new codes.ERR_INVALID_ARG_TYPE('transform.writable', 'WritableStream', destination);
      }
      validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
      const preventAbort = !!options?.preventAbort;
      const preventCancel = !!options?.preventCancel;
      const preventClose = !!options?.preventClose;
      const signal = options?.signal;
      validateAbortSignal(signal, 'options.signal');
      if (this[kState].reader !== undefined) throw invalidState('The ReadableStream is locked');
      if (destination.locked) throw invalidState('The WritableStream is locked');
      return require('internal/webstreams/pipe')(this, destination, preventClose, preventAbort, preventCancel, signal);
    } catch (err) {
      return Promise.reject(err);
    }
  }
  tee() {
    check(this, 'ReadableStream');
    return readableStreamTee(this, false);
  }
  values(options = {}) {
    check(this, 'ReadableStream');
    validateObject(options, 'options', kValidateObjectAllowObjectsAndNull);
    const preventCancel = !!options?.preventCancel;
    return makeIterator(new ReadableStreamDefaultReader(this), preventCancel);
  }

  get [kIsDisturbed]() { return this[kState].disturbed; }
  get [kIsErrored]() { return this[kState].state === 'errored'; }
  get [kIsReadable]() { return this[kState].state === 'readable'; }
  get [kIsClosedPromise]() { return closedDeferred(this[kState]); }
  [kControllerErrorFunction](error) { errorStreamsController(this, error); }

  [customInspectSymbol](depth, options) {
    const s = this[kState];
    return customInspect.call(this, depth, options, 'ReadableStream', {
      locked: s.reader !== undefined, state: s.state, supportsBYOB: isByteController(s.controller),
    });
  }
}
finishClass(ReadableStream, ['locked', 'cancel', 'getReader', 'pipeThrough', 'pipeTo', 'tee', 'values']);
makeTransferable(ReadableStream);
Object.defineProperty(ReadableStream.prototype, Symbol.asyncIterator, {
  __proto__: null, configurable: true, enumerable: false, writable: true, value: ReadableStream.prototype.values,
});
Object.defineProperty(ReadableStream, 'from', { __proto__: null, enumerable: true });

function closedDeferred(s) {
  if (s.closed === undefined) {
    s.closed = new Deferred();
    setHandled(s.closed.promise);
    if (s.state === 'closed') s.closed.resolve();
    else if (s.state === 'errored') s.closed.reject(s.storedError);
  }
  return s.closed;
}

function errorStreamsController(stream, error) {
  const { controller } = stream[kState];
  if (isByteController(controller)) bytes().controllerError(controller, error);
  else controllerError(controller, error);
}

// The async iterator: its requests follow each other.
const iteratorPrototype = {
  __proto__: AsyncIteratorPrototype,
  next: undefined,
  return: undefined,
};

function makeIterator(reader, preventCancel) {
  let current; // the request that is running
  let done = false;

  function nextSteps() {
    if (done) return Promise.resolve({ value: undefined, done: true });
    if (reader[kState].stream === undefined) {
      return Promise.reject(invalidState('The reader is not bound to a ReadableStream'));
    }
    const d = new Deferred();
    readerRead(reader, {
      chunk(value) {
        current = undefined;
        d.resolve({ value, done: false });
      },
      close() {
        current = undefined;
        done = true;
        readerRelease(reader);
        d.resolve({ value: undefined, done: true });
      },
      error(err) {
        current = undefined;
        done = true;
        readerRelease(reader);
        d.reject(err);
      },
    });
    return d.promise;
  }

  function returnSteps(value) {
    if (done) return Promise.resolve({ value, done: true });
    done = true;
    if (reader[kState].stream === undefined) {
      return Promise.reject(invalidState('The reader is not bound to a ReadableStream'));
    }
    if (!preventCancel) {
      const result = genericCancel(reader, value);
      readerRelease(reader);
      return result.then(() => ({ value, done: true }));
    }
    readerRelease(reader);
    return Promise.resolve({ value, done: true });
  }

  return {
    __proto__: iteratorPrototype,
    next() {
      current = current !== undefined ? current.then(nextSteps, nextSteps) : nextSteps();
      return current;
    },
    return(value) {
      return current !== undefined ? current.then(() => returnSteps(value), () => returnSteps(value)) :
        returnSteps(value);
    },
  };
}

// What read() hands on to a promise.
class PromiseReadRequest {
  constructor() { this.deferred = new Deferred(); }
  chunk(value) { this.deferred.resolve({ value, done: false }); }
  close() { this.deferred.resolve({ value: undefined, done: true }); }
  error(err) { this.deferred.reject(err); }
}

class ReadableStreamDefaultReader {
  constructor(stream) {
    if (!isReadableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
    const r = { stream: undefined, close: undefined, readRequests: [] };
    slot(this, 'ReadableStreamDefaultReader', r);
    setupReader(this, stream);
  }

  read() {
    if (!isDefaultReader(this)) return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    const { stream } = this[kState];
    if (stream === undefined) return Promise.reject(invalidState('The reader is not attached to a stream'));
    // A chunk in the queue needs no request.
    const s = stream[kState];
    const c = s.controller[kState];
    if (s.state === 'readable' && c.brand === 'ReadableStreamDefaultController' && c.queue.length > 0) {
      s.disturbed = true;
      const value = dequeueValue(c);
      if (c.closeRequested && queueLength(c) === 0) {
        clearAlgorithms(c);
        readableStreamClose(stream);
      } else {
        pullIfNeeded(s.controller);
      }
      return Promise.resolve({ value, done: false });
    }
    const request = new PromiseReadRequest();
    readerRead(this, request);
    return request.deferred.promise;
  }
  releaseLock() {
    check(this, 'ReadableStreamDefaultReader');
    if (this[kState].stream === undefined) return;
    readerRelease(this);
  }
  get closed() {
    if (!isDefaultReader(this)) return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    return this[kState].close.promise;
  }
  cancel(reason = undefined) {
    if (!isDefaultReader(this)) return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamDefaultReader'));
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('The reader is not attached to a stream'));
    }
    return genericCancel(this, reason);
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'ReadableStreamDefaultReader', {
      stream: this[kState].stream,
      readRequests: this[kState].readRequests.length,
      close: this[kState].close.promise,
    });
  }
}
finishClass(ReadableStreamDefaultReader, ['read', 'releaseLock', 'closed', 'cancel']);

function setupReader(reader, stream) {
  const s = stream[kState];
  if (s.reader !== undefined) throw invalidState('ReadableStream is locked');
  const r = reader[kState];
  r.stream = stream;
  s.reader = reader;
  if (s.state === 'readable') {
    r.close = new Deferred();
    setHandled(r.close.promise);
  } else if (s.state === 'closed') {
    r.close = resolved();
  } else {
    r.close = rejected(s.storedError);
  }
}

function genericCancel(reader, reason) { return readableStreamCancel(reader[kState].stream, reason); }

// ReadableStreamReaderGenericRelease
function genericRelease(reader) {
  const r = reader[kState];
  const s = r.stream[kState];
  const error = invalidState('Reader released');
  if (s.state === 'readable' && r.close.reject !== undefined) {
    r.close.reject(error);
    setHandled(r.close.promise);
  } else {
    r.close = rejected(error);
  }
  if (isByteController(s.controller)) bytes().releaseSteps(s.controller);
  s.reader = undefined;
  r.stream = undefined;
}

function readerRelease(reader) {
  genericRelease(reader);
  const r = reader[kState];
  const requests = r.readRequests;
  r.readRequests = [];
  if (requests.length === 0) return;
  const error = invalidState('Releasing reader');
  for (let i = 0; i < requests.length; i++) requests[i].error(error);
}

function readerRead(reader, request) {
  const { stream } = reader[kState];
  const s = stream[kState];
  s.disturbed = true;
  if (s.state === 'closed') request.close();
  else if (s.state === 'errored') request.error(s.storedError);
  else if (isByteController(s.controller)) bytes().pullSteps(s.controller, request);
  else pullSteps(s.controller, request);
}

function readableStreamCancel(stream, reason) {
  const s = stream[kState];
  s.disturbed = true;
  if (s.state === 'closed') return Promise.resolve();
  if (s.state === 'errored') return Promise.reject(s.storedError);
  readableStreamClose(stream);
  const { reader } = s;
  if (reader !== undefined && reader[kState].brand === 'ReadableStreamBYOBReader') {
    const r = reader[kState];
    const requests = r.readIntoRequests;
    r.readIntoRequests = [];
    for (let i = 0; i < requests.length; i++) requests[i].close(undefined);
  }
  const promise = isByteController(s.controller) ? bytes().cancelSteps(s.controller, reason) :
    cancelSteps(s.controller, reason);
  return promise.then(nop);
}

function readableStreamClose(stream) {
  const s = stream[kState];
  s.state = 'closed';
  s.closed?.resolve();
  const { reader } = s;
  if (reader === undefined) return;
  const r = reader[kState];
  r.close.resolve?.();
  if (r.brand === 'ReadableStreamDefaultReader') {
    const requests = r.readRequests;
    r.readRequests = [];
    for (let i = 0; i < requests.length; i++) requests[i].close();
  }
}

function readableStreamError(stream, error) {
  const s = stream[kState];
  s.state = 'errored';
  s.storedError = error;
  s.closed?.reject(error);
  const { reader } = s;
  if (reader === undefined) return;
  const r = reader[kState];
  r.close.reject(error);
  setHandled(r.close.promise);
  const name = r.brand === 'ReadableStreamDefaultReader' ? 'readRequests' : 'readIntoRequests';
  const requests = r[name];
  r[name] = [];
  for (let i = 0; i < requests.length; i++) requests[i].error(error);
}

function numReadRequests(stream) {
  const { reader } = stream[kState];
  return reader !== undefined && reader[kState].brand === 'ReadableStreamDefaultReader' ?
    reader[kState].readRequests.length : 0;
}

class ReadableStreamDefaultController {
  constructor(secret = undefined) {
    if (secret !== kSecret) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get desiredSize() {
    check(this, 'ReadableStreamDefaultController');
    return desiredSizeOf(this[kState]);
  }
  close() {
    check(this, 'ReadableStreamDefaultController');
    if (!canCloseOrEnqueue(this[kState])) throw invalidState('Controller is already closed');
    controllerClose(this);
  }
  enqueue(chunk = undefined) {
    check(this, 'ReadableStreamDefaultController');
    if (!canCloseOrEnqueue(this[kState])) throw invalidState('Controller is already closed');
    controllerEnqueue(this, chunk);
  }
  error(error = undefined) {
    check(this, 'ReadableStreamDefaultController');
    controllerError(this, error);
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'ReadableStreamDefaultController', {});
  }
}
finishClass(ReadableStreamDefaultController, ['desiredSize', 'close', 'enqueue', 'error']);

function createReadableStream(start, pull, cancel, highWaterMark = 1, size = undefined) {
  const stream = Object.create(ReadableStream.prototype);
  stream[kState] = new State();
  const controller = new ReadableStreamDefaultController(kSecret);
  setupController(stream, controller, start, pull, cancel, highWaterMark, size);
  return stream;
}

function setupFromSource(stream, source, highWaterMark, size) {
  const controller = new ReadableStreamDefaultController(kSecret);
  const start = method(source, 'start', 'source');
  const pull = method(source, 'pull', 'source');
  const cancel = method(source, 'cancel', 'source');
  setupController(stream, controller,
                  start === undefined ? nop : () => start.call(source, controller),
                  pull === undefined ? undefined : () => promiseCall(pull, source, controller),
                  cancel === undefined ? undefined : (reason) => promiseCall(cancel, source, reason),
                  highWaterMark, size);
}

function setupController(stream, controller, start, pull, cancel, highWaterMark, size) {
  const c = {
    stream, queue: [], queueHead: 0, queueTotalSize: 0, started: false, closeRequested: false, pullAgain: false,
    pulling: false, highWaterMark, size, pull, cancel,
  };
  slot(controller, 'ReadableStreamDefaultController', c);
  stream[kState].controller = controller;
  const startResult = start();
  // A new promise: one that start returned is waited for like any thenable.
  new Promise((resolve) => resolve(startResult)).then(() => {
    c.started = true;
    pullIfNeeded(controller);
  }, (err) => { controllerError(controller, err); });
}

function pullIfNeeded(controller) {
  const c = controller[kState];
  if (!shouldPull(c)) return;
  if (c.pulling) {
    c.pullAgain = true;
    return;
  }
  if (c.pull === undefined) return; // nothing would come of it
  c.pulling = true;
  (0, c.pull)().then(() => {
    c.pulling = false;
    if (c.pullAgain) {
      c.pullAgain = false;
      pullIfNeeded(controller);
    }
  }, (err) => { controllerError(controller, err); });
}

function shouldPull(c) {
  if (!c.started || !canCloseOrEnqueue(c)) return false;
  const s = c.stream[kState];
  if (s.reader !== undefined && numReadRequests(c.stream) > 0) return true;
  return c.highWaterMark - c.queueTotalSize > 0;
}

function desiredSizeOf(c) {
  switch (c.stream[kState].state) {
    case 'errored': return null;
    case 'closed': return 0;
  }
  return c.highWaterMark - c.queueTotalSize;
}

function canCloseOrEnqueue(c) { return !c.closeRequested && c.stream[kState].state === 'readable'; }

function hasBackpressure(controller) { return !shouldPull(controller[kState]); }

function clearAlgorithms(c) { c.pull = c.cancel = c.size = undefined; }

function controllerClose(controller) {
  const c = controller[kState];
  if (!canCloseOrEnqueue(c)) return;
  c.closeRequested = true;
  if (c.queue.length === 0) {
    clearAlgorithms(c);
    readableStreamClose(c.stream);
  }
}

function controllerEnqueue(controller, chunk) {
  const c = controller[kState];
  if (!canCloseOrEnqueue(c)) return;
  const { stream } = c;
  if (numReadRequests(stream) > 0) {
    stream[kState].reader[kState].readRequests.shift().chunk(chunk);
  } else {
    let size = 1;
    try {
      if (c.size !== undefined) size = (0, c.size)(chunk);
      enqueueValueWithSize(c, chunk, size);
    } catch (err) {
      controllerError(controller, err);
      throw err;
    }
  }
  pullIfNeeded(controller);
}

function controllerError(controller, error) {
  const c = controller[kState];
  if (c.stream[kState].state !== 'readable') return;
  resetQueue(c);
  clearAlgorithms(c);
  readableStreamError(c.stream, error);
}

function cancelSteps(controller, reason) {
  const c = controller[kState];
  resetQueue(c);
  const { cancel } = c;
  clearAlgorithms(c);
  return cancel === undefined ? Promise.resolve() : cancel(reason);
}

function pullSteps(controller, request) {
  const c = controller[kState];
  if (c.queue.length > 0) {
    const chunk = dequeueValue(c);
    if (c.closeRequested && c.queue.length === 0) {
      clearAlgorithms(c);
      readableStreamClose(c.stream);
    } else {
      pullIfNeeded(controller);
    }
    request.chunk(chunk);
    return;
  }
  c.stream[kState].reader[kState].readRequests.push(request);
  pullIfNeeded(controller);
}

function readableStreamFromIterable(iterable) {
  let getIterator = iterable?.[Symbol.asyncIterator];
  let isAsync = true;
  if (getIterator === undefined || getIterator === null) {
    isAsync = false;
    getIterator = iterable?.[Symbol.iterator];
  }
  if (typeof getIterator !== 'function') {
    let text;
    try { text = require('internal/util/inspect').inspect(iterable); } catch { text = String(iterable); }
    throw new codes.ERR_ARG_NOT_ITERABLE(text);
  }
  const iterator = getIterator.call(iterable);
  if (iterator === null || (typeof iterator !== 'object' && typeof iterator !== 'function')) {
    throw new codes.ERR_INVALID_STATE.TypeError('The iterator method must return an object');
  }
  const next = iterator.next;

  async function pull() {
    let result = next.call(iterator);
    if (isAsync) result = await result;
    if (result === null || typeof result !== 'object') {
      throw invalidState('The promise returned by the iterator.next() method must fulfill with an object');
    }
    if (result.done) {
      controllerClose(stream[kState].controller);
      return;
    }
    const value = isAsync ? result.value : await result.value;
    controllerEnqueue(stream[kState].controller, value);
  }
  async function cancel(reason) {
    const fn = iterator.return;
    if (fn === undefined || fn === null) return undefined;
    let result = fn.call(iterator, reason);
    if (isAsync) result = await result;
    if (result === null || typeof result !== 'object') {
      throw invalidState('The promise returned by the iterator.return() method must fulfill with an object');
    }
    return undefined;
  }
  const stream = createReadableStream(nop, pull, cancel, 0);
  return stream;
}

function readableStreamTee(stream, cloneForBranch2) {
  if (isByteController(stream[kState].controller)) return bytes().tee(stream);
  return defaultTee(stream, cloneForBranch2);
}

function defaultTee(stream, cloneForBranch2) {
  const reader = new ReadableStreamDefaultReader(stream);
  let reading = false;
  let readAgain = false;
  let canceled1 = false, canceled2 = false;
  let reason1, reason2;
  const cancelDeferred = new Deferred();

  async function pull() {
    if (reading) {
      readAgain = true;
      return;
    }
    reading = true;
    readerRead(reader, {
      chunk(value) {
        queueMicrotask(() => {
          readAgain = false;
          const value1 = value;
          let value2 = value;
          if (!canceled2 && cloneForBranch2) {
            try {
              value2 = structuredClone(value);
            } catch (err) {
              controllerError(branch1[kState].controller, err);
              controllerError(branch2[kState].controller, err);
              cancelDeferred.resolve(readableStreamCancel(stream, err));
              return;
            }
          }
          if (!canceled1) controllerEnqueue(branch1[kState].controller, value1);
          if (!canceled2) controllerEnqueue(branch2[kState].controller, value2);
          reading = false;
          if (readAgain) pull();
        });
      },
      close() {
        // After the chunks that are still in the microtask queue.
        queueMicrotask(() => {
          reading = false;
          if (!canceled1) controllerClose(branch1[kState].controller);
          if (!canceled2) controllerClose(branch2[kState].controller);
          if (!canceled1 || !canceled2) cancelDeferred.resolve();
        });
      },
      error() { reading = false; },
    });
  }
  async function cancel1(reason) {
    canceled1 = true;
    reason1 = reason;
    if (canceled2) cancelDeferred.resolve(readableStreamCancel(stream, [reason1, reason2]));
    return cancelDeferred.promise;
  }
  async function cancel2(reason) {
    canceled2 = true;
    reason2 = reason;
    if (canceled1) cancelDeferred.resolve(readableStreamCancel(stream, [reason1, reason2]));
    return cancelDeferred.promise;
  }
  const branch1 = createReadableStream(nop, pull, cancel1);
  const branch2 = createReadableStream(nop, pull, cancel2);
  reader[kState].close.promise.then(undefined, (err) => {
    controllerError(branch1[kState].controller, err);
    controllerError(branch2[kState].controller, err);
    if (!canceled1 || !canceled2) cancelDeferred.resolve();
  });
  return [branch1, branch2];
}

module.exports = {
  ReadableStream,
  ReadableStreamDefaultController,
  ReadableStreamDefaultReader,
  State,
  canCloseOrEnqueue,
  controllerClose,
  controllerEnqueue,
  controllerError,
  createReadableStream,
  defaultTee,
  desiredSizeOf,
  genericCancel,
  genericRelease,
  hasBackpressure,
  isReadableStream,
  numReadRequests,
  readableStreamCancel,
  readableStreamClose,
  readableStreamError,
  readerRead,
  readerRelease,
  setupReader,
};
