'use strict';
// Byte streams: ReadableByteStreamController, the BYOB reader and request,
// after the Streams standard.

const { codes } = require('internal/errors');
const { validateObject } = require('internal/validators');
const {
  Deferred, check, cloneBytes, copyBytes, customInspect, customInspectSymbol, finishClass, has,
  isDetached, kSecret, kState, method, nop, promiseCall, transfer,
} = require('internal/webstreams/util');
const { slot } = require('internal/webstreams/writablestream');
const {
  ReadableStream, ReadableStreamDefaultReader, State, genericCancel, genericRelease, isReadableStream,
  numReadRequests, readableStreamCancel, readableStreamClose, readableStreamError, readerRead, readerRelease,
  setupReader,
} = require('internal/webstreams/readablestream');

const invalidState = (text) => new codes.ERR_INVALID_STATE.TypeError(text);

function isBYOBReader(object) { return has(object, 'ReadableStreamBYOBReader'); }

function checkView(view, name) {
  if (!ArrayBuffer.isView(view)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], view);
  }
}

class PromiseReadIntoRequest {
  constructor() { this.deferred = new Deferred(); }
  chunk(value) { this.deferred.resolve({ value, done: false }); }
  close(value) { this.deferred.resolve({ value, done: true }); }
  error(err) { this.deferred.reject(err); }
}

class ReadableStreamBYOBReader {
  constructor(stream) {
    if (!isReadableStream(stream)) throw new codes.ERR_INVALID_ARG_TYPE('stream', 'ReadableStream', stream);
    if (stream[kState].reader !== undefined) throw invalidState('ReadableStream is locked');
    if (!has(stream[kState].controller, 'ReadableByteStreamController')) {
      throw new codes.ERR_INVALID_ARG_VALUE('stream', stream, 'must be a byte stream');
    }
    slot(this, 'ReadableStreamBYOBReader', { stream: undefined, close: undefined, readIntoRequests: [] });
    setupReader(this, stream);
  }

  async read(view, options = {}) {
    if (!isBYOBReader(this)) throw new codes.ERR_INVALID_THIS('ReadableStreamBYOBReader');
    checkView(view, 'view');
    validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
    const viewByteLength = view.byteLength;
    const { buffer } = view;
    if (isDetached(buffer)) throw invalidState('View or viewed buffer is zero-length or detached');
    if (viewByteLength === 0 || buffer.byteLength === 0) {
      throw invalidState('View or viewed buffer is zero-length or detached');
    }
    const min = options?.min ?? 1;
    if (typeof min !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('options.min', 'number', min);
    if (!Number.isInteger(min)) throw new codes.ERR_INVALID_ARG_VALUE('options.min', min, 'must be an integer');
    if (min <= 0) throw new codes.ERR_INVALID_ARG_VALUE('options.min', min, 'must be greater than 0');
    if (view.length !== undefined) {
      if (min > view.length) throw new codes.ERR_OUT_OF_RANGE('options.min', '<= view.length', min);
    } else if (min > viewByteLength) {
      throw new codes.ERR_OUT_OF_RANGE('options.min', '<= view.byteLength', min);
    }
    if (this[kState].stream === undefined) throw invalidState('The BYOB reader is not attached to a stream');
    const request = new PromiseReadIntoRequest();
    byobRead(this, view, min, request);
    return request.deferred.promise;
  }
  releaseLock() {
    check(this, 'ReadableStreamBYOBReader');
    if (this[kState].stream === undefined) return;
    byobRelease(this);
  }
  get closed() {
    if (!isBYOBReader(this)) return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamBYOBReader'));
    return this[kState].close.promise;
  }
  cancel(reason = undefined) {
    if (!isBYOBReader(this)) return Promise.reject(new codes.ERR_INVALID_THIS('ReadableStreamBYOBReader'));
    if (this[kState].stream === undefined) {
      return Promise.reject(invalidState('The BYOB reader is not attached to a stream'));
    }
    return genericCancel(this, reason);
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'ReadableStreamBYOBReader', {
      stream: this[kState].stream,
      readIntoRequests: this[kState].readIntoRequests.length,
      close: this[kState].close.promise,
    });
  }
}
finishClass(ReadableStreamBYOBReader, ['read', 'releaseLock', 'closed', 'cancel']);

function byobRelease(reader) {
  genericRelease(reader);
  const r = reader[kState];
  const requests = r.readIntoRequests;
  r.readIntoRequests = [];
  for (let i = 0; i < requests.length; i++) requests[i].error(invalidState('Releasing reader'));
}

function byobRead(reader, view, min, request) {
  const { stream } = reader[kState];
  const s = stream[kState];
  s.disturbed = true;
  if (s.state === 'errored') request.error(s.storedError);
  else pullInto(s.controller, view, min, request);
}

class ReadableStreamBYOBRequest {
  constructor(secret = undefined) {
    if (secret !== kSecret) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get view() {
    check(this, 'ReadableStreamBYOBRequest');
    return this[kState].view;
  }
  respond(bytesWritten) {
    check(this, 'ReadableStreamBYOBRequest');
    const { view, controller } = this[kState];
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    const n = Number(bytesWritten);
    respond(controller, Number.isNaN(n) ? 0 : n);
  }
  respondWithNewView(view) {
    check(this, 'ReadableStreamBYOBRequest');
    checkView(view, 'view');
    const { controller } = this[kState];
    if (controller === undefined) throw invalidState('This BYOB request has been invalidated');
    if (isDetached(view.buffer)) throw invalidState('Viewed ArrayBuffer is detached');
    respondWithNewView(controller, view);
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'ReadableStreamBYOBRequest', {
      view: this[kState].view, controller: this[kState].controller,
    });
  }
}
finishClass(ReadableStreamBYOBRequest, ['view', 'respond', 'respondWithNewView']);

class ReadableByteStreamController {
  constructor(secret = undefined) {
    if (secret !== kSecret) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get byobRequest() {
    check(this, 'ReadableByteStreamController');
    return getBYOBRequest(this);
  }
  get desiredSize() {
    check(this, 'ReadableByteStreamController');
    return desiredSizeOf(this[kState]);
  }
  close() {
    check(this, 'ReadableByteStreamController');
    const c = this[kState];
    if (c.closeRequested) throw invalidState('Controller is already closed');
    if (c.stream[kState].state !== 'readable') throw invalidState('ReadableStream is already closed');
    controllerClose(this);
  }
  enqueue(chunk) {
    check(this, 'ReadableByteStreamController');
    checkView(chunk, 'buffer');
    const c = this[kState];
    if (chunk.byteLength === 0 || chunk.buffer.byteLength === 0) {
      throw invalidState('chunk ArrayBuffer is zero-length or detached');
    }
    if (c.closeRequested) throw invalidState('Controller is already closed');
    if (c.stream[kState].state !== 'readable') throw invalidState('ReadableStream is already closed');
    controllerEnqueue(this, chunk);
  }
  error(error = undefined) {
    check(this, 'ReadableByteStreamController');
    controllerError(this, error);
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'ReadableByteStreamController', {});
  }
}
finishClass(ReadableByteStreamController, ['byobRequest', 'desiredSize', 'close', 'enqueue', 'error']);

function setupFromSource(stream, source, highWaterMark) {
  const controller = new ReadableByteStreamController(kSecret);
  const start = method(source, 'start', 'source');
  const pull = method(source, 'pull', 'source');
  const cancel = method(source, 'cancel', 'source');
  const autoAllocateChunkSize = source.autoAllocateChunkSize;
  if (autoAllocateChunkSize === 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('source.autoAllocateChunkSize', autoAllocateChunkSize);
  }
  setupController(stream, controller,
                  start === undefined ? nop : () => start.call(source, controller),
                  pull === undefined ? () => Promise.resolve() : () => promiseCall(pull, source, controller),
                  cancel === undefined ? () => Promise.resolve() : (reason) => promiseCall(cancel, source, reason),
                  highWaterMark, autoAllocateChunkSize);
}

function createReadableByteStream(start, pull, cancel) {
  const stream = Object.create(ReadableStream.prototype);
  stream[kState] = new State();
  setupController(stream, new ReadableByteStreamController(kSecret), start, pull, cancel, 0, undefined);
  return stream;
}

function setupController(stream, controller, start, pull, cancel, highWaterMark, autoAllocateChunkSize) {
  slot(controller, 'ReadableByteStreamController', {
    stream, pullAgain: false, pulling: false, byobRequest: null, queue: [], queueTotalSize: 0, closeRequested: false,
    started: false, highWaterMark, pull, cancel, autoAllocateChunkSize, pendingPullIntos: [],
  });
  const c = controller[kState];
  stream[kState].controller = controller;
  const startResult = start();
  // A new promise: one that start returned is waited for like any thenable.
  new Promise((resolve) => resolve(startResult)).then(() => {
    c.started = true;
    pullIfNeeded(controller);
  }, (err) => { controllerError(controller, err); });
}

function desiredSizeOf(c) {
  switch (c.stream[kState].state) {
    case 'errored': return null;
    case 'closed': return 0;
  }
  return c.highWaterMark - c.queueTotalSize;
}

function resetByteQueue(c) {
  c.queue = [];
  c.queueTotalSize = 0;
}

function hasBYOBReader(stream) { return isBYOBReader(stream[kState].reader); }
function hasDefaultReader(stream) { return has(stream[kState].reader, 'ReadableStreamDefaultReader'); }
function numReadIntoRequests(stream) {
  return hasBYOBReader(stream) ? stream[kState].reader[kState].readIntoRequests.length : 0;
}

function shouldPull(c) {
  const { stream } = c;
  if (stream[kState].state !== 'readable' || c.closeRequested || !c.started) return false;
  if (numReadRequests(stream) > 0 || numReadIntoRequests(stream) > 0) return true;
  return desiredSizeOf(c) > 0;
}

function pullIfNeeded(controller) {
  const c = controller[kState];
  if (!shouldPull(c)) return;
  if (c.pulling) {
    c.pullAgain = true;
    return;
  }
  c.pulling = true;
  (0, c.pull)().then(() => {
    c.pulling = false;
    if (c.pullAgain) {
      c.pullAgain = false;
      pullIfNeeded(controller);
    }
  }, (err) => { controllerError(controller, err); });
}

function clearAlgorithms(c) { c.pull = c.cancel = undefined; }

function invalidateBYOBRequest(c) {
  if (c.byobRequest === null) return;
  const b = c.byobRequest[kState];
  b.controller = undefined;
  b.view = null;
  c.byobRequest = null;
}

function getBYOBRequest(controller) {
  const c = controller[kState];
  if (c.byobRequest === null && c.pendingPullIntos.length > 0) {
    const first = c.pendingPullIntos[0];
    const view = new Uint8Array(first.buffer, first.byteOffset + first.bytesFilled,
                                first.byteLength - first.bytesFilled);
    const request = new ReadableStreamBYOBRequest(kSecret);
    slot(request, 'ReadableStreamBYOBRequest', { controller, view });
    c.byobRequest = request;
  }
  return c.byobRequest;
}

function controllerClose(controller) {
  const c = controller[kState];
  if (c.closeRequested || c.stream[kState].state !== 'readable') return;
  if (c.queueTotalSize > 0) {
    c.closeRequested = true;
    return;
  }
  if (c.pendingPullIntos.length > 0) {
    const first = c.pendingPullIntos[0];
    if (first.bytesFilled % first.elementSize !== 0) {
      const error = invalidState('Partial read');
      controllerError(controller, error);
      throw error;
    }
  }
  clearAlgorithms(c);
  readableStreamClose(c.stream);
}

function controllerError(controller, error) {
  const c = controller[kState];
  if (c.stream[kState].state !== 'readable') return;
  invalidateBYOBRequest(c);
  c.pendingPullIntos = [];
  resetByteQueue(c);
  clearAlgorithms(c);
  readableStreamError(c.stream, error);
}

function controllerEnqueue(controller, chunk) {
  const c = controller[kState];
  const { stream } = c;
  if (c.closeRequested || stream[kState].state !== 'readable') return;
  const { byteOffset, byteLength } = chunk;
  if (isDetached(chunk.buffer)) throw invalidState('chunk ArrayBuffer is detached');
  const buffer = transfer(chunk.buffer);
  if (c.pendingPullIntos.length > 0) {
    const first = c.pendingPullIntos[0];
    if (isDetached(first.buffer)) throw invalidState('Destination ArrayBuffer is detached');
    invalidateBYOBRequest(c);
    first.buffer = transfer(first.buffer);
    if (first.readerType === 'none') enqueueDetachedPullInto(controller, first);
  }
  if (hasDefaultReader(stream)) {
    processReadRequestsUsingQueue(controller);
    if (numReadRequests(stream) === 0) {
      enqueueChunkToQueue(c, buffer, byteOffset, byteLength);
    } else {
      if (c.pendingPullIntos.length > 0) c.pendingPullIntos.shift();
      const view = new Uint8Array(buffer, byteOffset, byteLength);
      stream[kState].reader[kState].readRequests.shift().chunk(view);
    }
  } else if (hasBYOBReader(stream)) {
    enqueueChunkToQueue(c, buffer, byteOffset, byteLength);
    const filled = processPullIntosUsingQueue(controller);
    for (let i = 0; i < filled.length; i++) commitPullInto(stream, filled[i]);
  } else {
    enqueueChunkToQueue(c, buffer, byteOffset, byteLength);
  }
  pullIfNeeded(controller);
}

function enqueueChunkToQueue(c, buffer, byteOffset, byteLength) {
  c.queue.push({ buffer, byteOffset, byteLength });
  c.queueTotalSize += byteLength;
}

function enqueueClonedChunk(controller, buffer, byteOffset, byteLength) {
  let clone;
  try {
    clone = cloneBytes(new Uint8Array(buffer, byteOffset, byteLength));
  } catch (err) {
    controllerError(controller, err);
    throw err;
  }
  enqueueChunkToQueue(controller[kState], clone, 0, byteLength);
}

function enqueueDetachedPullInto(controller, descriptor) {
  if (descriptor.bytesFilled > 0) {
    enqueueClonedChunk(controller, descriptor.buffer, descriptor.byteOffset, descriptor.bytesFilled);
  }
  controller[kState].pendingPullIntos.shift();
}

function commitPullInto(stream, descriptor) {
  const done = stream[kState].state === 'closed';
  const view = convertPullInto(descriptor);
  const r = stream[kState].reader[kState];
  if (descriptor.readerType === 'default') {
    const request = r.readRequests.shift();
    if (done) request.close();
    else request.chunk(view);
  } else {
    const request = r.readIntoRequests.shift();
    if (done) request.close(view);
    else request.chunk(view);
  }
}

function convertPullInto(d) { return makeView(d, transfer(d.buffer), d.bytesFilled / d.elementSize); }

function makeView(d, buffer, length) {
  const C = d.viewConstructor;
  // Buffer's constructor is deprecated.
  if (typeof C.from === 'function' && C.poolSize !== undefined) return C.from(buffer, d.byteOffset, length);
  return new C(buffer, d.byteOffset, length);
}

// Moves bytes from the queue into the descriptor; true when it has enough.
function fillPullIntoFromQueue(c, d) {
  const maxBytesToCopy = Math.min(c.queueTotalSize, d.byteLength - d.bytesFilled);
  const maxBytesFilled = d.bytesFilled + maxBytesToCopy;
  let left = maxBytesToCopy;
  let ready = false;
  const maxAligned = maxBytesFilled - maxBytesFilled % d.elementSize;
  if (maxAligned >= d.minimumFill) {
    left = maxAligned - d.bytesFilled;
    ready = true;
  }
  const { queue } = c;
  while (left > 0) {
    const head = queue[0];
    const n = Math.min(left, head.byteLength);
    copyBytes(d.buffer, d.byteOffset + d.bytesFilled, head.buffer, head.byteOffset, n);
    if (head.byteLength === n) {
      queue.shift();
    } else {
      head.byteOffset += n;
      head.byteLength -= n;
    }
    c.queueTotalSize -= n;
    fillHeadPullInto(c, n, d);
    left -= n;
  }
  return ready;
}

function fillHeadPullInto(c, size, d) {
  invalidateBYOBRequest(c);
  d.bytesFilled += size;
}

function handleQueueDrain(controller) {
  const c = controller[kState];
  if (c.queueTotalSize === 0 && c.closeRequested) {
    clearAlgorithms(c);
    readableStreamClose(c.stream);
  } else {
    pullIfNeeded(controller);
  }
}

function fillReadRequestFromQueue(controller, request) {
  const c = controller[kState];
  const entry = c.queue.shift();
  c.queueTotalSize -= entry.byteLength;
  handleQueueDrain(controller);
  request.chunk(new Uint8Array(entry.buffer, entry.byteOffset, entry.byteLength));
}

function processReadRequestsUsingQueue(controller) {
  const c = controller[kState];
  const { readRequests } = c.stream[kState].reader[kState];
  while (readRequests.length > 0) {
    if (c.queueTotalSize === 0) return;
    fillReadRequestFromQueue(controller, readRequests.shift());
  }
}

function processPullIntosUsingQueue(controller) {
  const c = controller[kState];
  const filled = [];
  while (c.pendingPullIntos.length > 0) {
    if (c.queueTotalSize === 0) break;
    const d = c.pendingPullIntos[0];
    if (fillPullIntoFromQueue(c, d)) {
      c.pendingPullIntos.shift();
      filled.push(d);
    }
  }
  return filled;
}

function pullInto(controller, view, min, request) {
  const c = controller[kState];
  const { stream } = c;
  let elementSize = 1;
  let viewConstructor = DataView;
  if (!(view instanceof DataView)) {
    elementSize = view.constructor.BYTES_PER_ELEMENT;
    viewConstructor = view.constructor;
  }
  const minimumFill = min * elementSize;
  const { byteOffset, byteLength } = view;
  let buffer;
  try {
    buffer = transfer(view.buffer);
  } catch (err) {
    request.error(err);
    return;
  }
  const d = {
    buffer, bufferByteLength: buffer.byteLength, byteOffset, byteLength, bytesFilled: 0, minimumFill, elementSize,
    viewConstructor, readerType: 'byob',
  };
  const requests = stream[kState].reader[kState].readIntoRequests;
  if (c.pendingPullIntos.length > 0) {
    c.pendingPullIntos.push(d);
    requests.push(request);
    return;
  }
  if (stream[kState].state === 'closed') {
    request.close(makeView(d, d.buffer, 0));
    return;
  }
  if (c.queueTotalSize > 0) {
    if (fillPullIntoFromQueue(c, d)) {
      const filled = convertPullInto(d);
      handleQueueDrain(controller);
      request.chunk(filled);
      return;
    }
    if (c.closeRequested) {
      const error = invalidState('ReadableStream closed');
      controllerError(controller, error);
      request.error(error);
      return;
    }
  }
  c.pendingPullIntos.push(d);
  requests.push(request);
  pullIfNeeded(controller);
}

function respond(controller, bytesWritten) {
  const c = controller[kState];
  const first = c.pendingPullIntos[0];
  if (c.stream[kState].state === 'closed') {
    if (bytesWritten !== 0) throw invalidState('Controller is closed');
  } else {
    if (bytesWritten === 0) throw invalidState('Must respond with a non-zero number of bytes');
    if (first.bytesFilled + bytesWritten > first.byteLength || bytesWritten < 0) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('bytesWritten', bytesWritten);
    }
  }
  first.buffer = transfer(first.buffer);
  respondInternal(controller, bytesWritten);
}

function respondWithNewView(controller, view) {
  const c = controller[kState];
  const first = c.pendingPullIntos[0];
  const { byteOffset, byteLength } = view;
  if (c.stream[kState].state === 'closed') {
    if (byteLength !== 0) throw invalidState('View is not zero-length');
  } else if (byteLength === 0) {
    throw invalidState('View is zero-length');
  }
  if (first.byteOffset + first.bytesFilled !== byteOffset) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
  }
  if (first.bufferByteLength !== view.buffer.byteLength) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
  }
  if (first.bytesFilled + byteLength > first.byteLength) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('view', view);
  }
  first.buffer = transfer(view.buffer);
  respondInternal(controller, byteLength);
}

function respondInternal(controller, bytesWritten) {
  const c = controller[kState];
  const first = c.pendingPullIntos[0];
  invalidateBYOBRequest(c);
  if (c.stream[kState].state === 'closed') respondInClosedState(controller, first);
  else respondInReadableState(controller, bytesWritten, first);
  pullIfNeeded(controller);
}

function respondInClosedState(controller, first) {
  const c = controller[kState];
  if (first.readerType === 'none') c.pendingPullIntos.shift();
  const { stream } = c;
  if (!hasBYOBReader(stream)) return;
  const filled = [];
  while (filled.length < numReadIntoRequests(stream)) filled.push(c.pendingPullIntos.shift());
  for (let i = 0; i < filled.length; i++) commitPullInto(stream, filled[i]);
}

function respondInReadableState(controller, bytesWritten, d) {
  const c = controller[kState];
  fillHeadPullInto(c, bytesWritten, d);
  if (d.readerType === 'none') {
    enqueueDetachedPullInto(controller, d);
    const filled = processPullIntosUsingQueue(controller);
    for (let i = 0; i < filled.length; i++) commitPullInto(c.stream, filled[i]);
    return;
  }
  if (d.bytesFilled < d.minimumFill) return;
  c.pendingPullIntos.shift();
  const remainder = d.bytesFilled % d.elementSize;
  if (remainder > 0) {
    const end = d.byteOffset + d.bytesFilled;
    enqueueClonedChunk(controller, d.buffer, end - remainder, remainder);
  }
  d.bytesFilled -= remainder;
  const filled = processPullIntosUsingQueue(controller);
  commitPullInto(c.stream, d);
  for (let i = 0; i < filled.length; i++) commitPullInto(c.stream, filled[i]);
}

function cancelSteps(controller, reason) {
  const c = controller[kState];
  c.pendingPullIntos = [];
  resetByteQueue(c);
  const { cancel } = c;
  clearAlgorithms(c);
  return cancel(reason);
}

function pullSteps(controller, request) {
  const c = controller[kState];
  const { stream } = c;
  if (c.queueTotalSize > 0) {
    fillReadRequestFromQueue(controller, request);
    return;
  }
  const size = c.autoAllocateChunkSize;
  if (size !== undefined) {
    let buffer;
    try {
      buffer = new ArrayBuffer(size);
    } catch (err) {
      request.error(err);
      return;
    }
    c.pendingPullIntos.push({
      buffer, bufferByteLength: size, byteOffset: 0, byteLength: size, bytesFilled: 0, minimumFill: 1, elementSize: 1,
      viewConstructor: Uint8Array, readerType: 'default',
    });
  }
  stream[kState].reader[kState].readRequests.push(request);
  pullIfNeeded(controller);
}

function releaseSteps(controller) {
  const c = controller[kState];
  if (c.pendingPullIntos.length > 0) {
    const first = c.pendingPullIntos[0];
    first.readerType = 'none';
    c.pendingPullIntos = [first];
  }
}

// ReadableByteStreamTee
function tee(stream) {
  let reader = new ReadableStreamDefaultReader(stream);
  let reading = false;
  let readAgain1 = false, readAgain2 = false;
  let canceled1 = false, canceled2 = false;
  let reason1, reason2;
  const cancelDeferred = new Deferred();

  function forwardReaderError(thisReader) {
    thisReader[kState].close.promise.then(undefined, (err) => {
      if (thisReader !== reader) return;
      controllerError(branch1[kState].controller, err);
      controllerError(branch2[kState].controller, err);
      if (!canceled1 || !canceled2) cancelDeferred.resolve();
    });
  }
  function next() {
    if (readAgain1) pull1();
    else if (readAgain2) pull2();
  }

  function pullWithDefaultReader() {
    if (isBYOBReader(reader)) {
      byobRelease(reader);
      reader = new ReadableStreamDefaultReader(stream);
      forwardReaderError(reader);
    }
    readerRead(reader, {
      chunk(chunk) {
        queueMicrotask(() => {
          readAgain1 = readAgain2 = false;
          let chunk2 = chunk;
          if (!canceled1 && !canceled2) {
            try {
              chunk2 = new Uint8Array(cloneBytes(chunk));
            } catch (err) {
              controllerError(branch1[kState].controller, err);
              controllerError(branch2[kState].controller, err);
              cancelDeferred.resolve(readableStreamCancel(stream, err));
              return;
            }
          }
          if (!canceled1) controllerEnqueue(branch1[kState].controller, chunk);
          if (!canceled2) controllerEnqueue(branch2[kState].controller, chunk2);
          reading = false;
          next();
        });
      },
      close() {
        reading = false;
        if (!canceled1) controllerClose(branch1[kState].controller);
        if (!canceled2) controllerClose(branch2[kState].controller);
        if (branch1[kState].controller[kState].pendingPullIntos.length > 0) respond(branch1[kState].controller, 0);
        if (branch2[kState].controller[kState].pendingPullIntos.length > 0) respond(branch2[kState].controller, 0);
        if (!canceled1 || !canceled2) cancelDeferred.resolve();
      },
      error() { reading = false; },
    });
  }

  function pullWithBYOBReader(view, forBranch2) {
    if (!isBYOBReader(reader)) {
      readerRelease(reader);
      reader = new ReadableStreamBYOBReader(stream);
      forwardReaderError(reader);
    }
    const byobBranch = forBranch2 ? branch2 : branch1;
    const otherBranch = forBranch2 ? branch1 : branch2;
    byobRead(reader, view, 1, {
      chunk(chunk) {
        queueMicrotask(() => {
          readAgain1 = readAgain2 = false;
          const byobCanceled = forBranch2 ? canceled2 : canceled1;
          const otherCanceled = forBranch2 ? canceled1 : canceled2;
          if (!otherCanceled) {
            let clone;
            try {
              clone = new Uint8Array(cloneBytes(chunk));
            } catch (err) {
              controllerError(byobBranch[kState].controller, err);
              controllerError(otherBranch[kState].controller, err);
              cancelDeferred.resolve(readableStreamCancel(stream, err));
              return;
            }
            if (!byobCanceled) respondWithNewView(byobBranch[kState].controller, chunk);
            controllerEnqueue(otherBranch[kState].controller, clone);
          } else if (!byobCanceled) {
            respondWithNewView(byobBranch[kState].controller, chunk);
          }
          reading = false;
          next();
        });
      },
      close(chunk) {
        reading = false;
        const byobCanceled = forBranch2 ? canceled2 : canceled1;
        const otherCanceled = forBranch2 ? canceled1 : canceled2;
        if (!byobCanceled) controllerClose(byobBranch[kState].controller);
        if (!otherCanceled) controllerClose(otherBranch[kState].controller);
        if (chunk !== undefined) {
          if (!byobCanceled) respondWithNewView(byobBranch[kState].controller, chunk);
          if (!otherCanceled && otherBranch[kState].controller[kState].pendingPullIntos.length > 0) {
            respond(otherBranch[kState].controller, 0);
          }
        }
        if (!byobCanceled || !otherCanceled) cancelDeferred.resolve();
      },
      error() { reading = false; },
    });
  }

  function pull1() {
    if (reading) {
      readAgain1 = true;
      return Promise.resolve();
    }
    reading = true;
    const request = getBYOBRequest(branch1[kState].controller);
    if (request === null) pullWithDefaultReader();
    else pullWithBYOBReader(request[kState].view, false);
    return Promise.resolve();
  }
  function pull2() {
    if (reading) {
      readAgain2 = true;
      return Promise.resolve();
    }
    reading = true;
    const request = getBYOBRequest(branch2[kState].controller);
    if (request === null) pullWithDefaultReader();
    else pullWithBYOBReader(request[kState].view, true);
    return Promise.resolve();
  }
  function cancel1(reason) {
    canceled1 = true;
    reason1 = reason;
    if (canceled2) cancelDeferred.resolve(readableStreamCancel(stream, [reason1, reason2]));
    return cancelDeferred.promise;
  }
  function cancel2(reason) {
    canceled2 = true;
    reason2 = reason;
    if (canceled1) cancelDeferred.resolve(readableStreamCancel(stream, [reason1, reason2]));
    return cancelDeferred.promise;
  }
  const branch1 = createReadableByteStream(nop, pull1, cancel1);
  const branch2 = createReadableByteStream(nop, pull2, cancel2);
  forwardReaderError(reader);
  return [branch1, branch2];
}

module.exports = {
  ReadableByteStreamController,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  cancelSteps,
  controllerError,
  createReadableByteStream,
  pullSteps,
  releaseSteps,
  setupFromSource,
  tee,
};
