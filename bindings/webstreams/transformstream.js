'use strict';
// TransformStream and its controller, after the Streams standard.

const { codes } = require('internal/errors');
const {
  kValidateObjectAllowObjects, kValidateObjectAllowObjectsAndNull, validateObject,
} = require('internal/validators');
const {
  Deferred, check, customInspect, customInspectSymbol, extractHighWaterMark, extractSizeAlgorithm, finishClass,
  kSecret, kState, makeTransferable, method, promiseCall,
} = require('internal/webstreams/util');
const readables = require('internal/webstreams/readablestream');
const writables = require('internal/webstreams/writablestream');

const { slot } = writables;

class TransformStream {
  constructor(transformer = {}, writableStrategy = {}, readableStrategy = {}) {
    validateObject(transformer, 'transformer', kValidateObjectAllowObjects);
    validateObject(writableStrategy, 'writableStrategy', kValidateObjectAllowObjectsAndNull);
    validateObject(readableStrategy, 'readableStrategy', kValidateObjectAllowObjectsAndNull);
    const readableType = transformer?.readableType;
    const writableType = transformer?.writableType;
    const start = method(transformer, 'start', 'transformer');
    if (readableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.readableType', readableType);
    }
    if (writableType !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE.RangeError('transformer.writableType', writableType);
    }
    const readableHighWaterMark = extractHighWaterMark(readableStrategy?.highWaterMark, 0);
    const readableSize = extractSizeAlgorithm(readableStrategy?.size);
    const writableHighWaterMark = extractHighWaterMark(writableStrategy?.highWaterMark, 1);
    const writableSize = extractSizeAlgorithm(writableStrategy?.size);
    const startDeferred = new Deferred();
    initialize(this, startDeferred, writableHighWaterMark, writableSize, readableHighWaterMark, readableSize);
    setupFromTransformer(this, transformer);
    if (start !== undefined) startDeferred.resolve(start.call(transformer, this[kState].controller));
    else startDeferred.resolve();
  }

  get readable() {
    check(this, 'TransformStream');
    return this[kState].readable;
  }
  get writable() {
    check(this, 'TransformStream');
    return this[kState].writable;
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'TransformStream', {
      readable: this[kState].readable,
      writable: this[kState].writable,
      backpressure: this[kState].backpressure,
    });
  }
}
finishClass(TransformStream, ['readable', 'writable']);
makeTransferable(TransformStream);

class TransformStreamDefaultController {
  constructor(secret = undefined) {
    if (secret !== kSecret) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }
  get desiredSize() {
    check(this, 'TransformStreamDefaultController');
    return readables.desiredSizeOf(readableController(this)[kState]);
  }
  enqueue(chunk = undefined) {
    check(this, 'TransformStreamDefaultController');
    controllerEnqueue(this, chunk);
  }
  error(reason = undefined) {
    check(this, 'TransformStreamDefaultController');
    transformStreamError(this[kState].stream, reason);
  }
  terminate() {
    check(this, 'TransformStreamDefaultController');
    controllerTerminate(this);
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'TransformStreamDefaultController', { stream: this[kState].stream });
  }
}
finishClass(TransformStreamDefaultController, ['desiredSize', 'enqueue', 'error', 'terminate']);

function readableController(controller) { return controller[kState].stream[kState].readable[kState].controller; }

function initialize(stream, startDeferred, writableHighWaterMark, writableSize, readableHighWaterMark, readableSize) {
  const t = {
    readable: undefined, writable: undefined, controller: undefined, backpressure: undefined, backpressureChange: undefined,
  };
  slot(stream, 'TransformStream', t);
  const start = () => startDeferred.promise;
  t.writable = writables.createWritableStream(
    start,
    (chunk) => sinkWrite(stream, chunk),
    () => sinkClose(stream),
    (reason) => sinkAbort(stream, reason),
    writableHighWaterMark, writableSize);
  t.readable = readables.createReadableStream(
    start,
    () => sourcePull(stream),
    (reason) => sourceCancel(stream, reason),
    readableHighWaterMark, readableSize);
  setBackpressure(stream, true);
}

function setBackpressure(stream, backpressure) {
  const t = stream[kState];
  if (t.backpressureChange !== undefined) t.backpressureChange.resolve();
  t.backpressureChange = new Deferred();
  t.backpressure = backpressure;
}

function setupFromTransformer(stream, transformer) {
  const controller = new TransformStreamDefaultController(kSecret);
  const transform = method(transformer, 'transform', 'transformer');
  const flush = method(transformer, 'flush', 'transformer');
  const cancel = method(transformer, 'cancel', 'transformer');
  slot(controller, 'TransformStreamDefaultController', {
    stream,
    transform: transform === undefined ? (chunk) => {
      try {
        controllerEnqueue(controller, chunk);
        return Promise.resolve();
      } catch (err) {
        return Promise.reject(err);
      }
    } : (chunk) => promiseCall(transform, transformer, chunk, controller),
    flush: flush === undefined ? () => Promise.resolve() : () => promiseCall(flush, transformer, controller),
    cancel: cancel === undefined ? () => Promise.resolve() : (reason) => promiseCall(cancel, transformer, reason),
    finish: undefined,
  });
  stream[kState].controller = controller;
}

function transformStreamError(stream, error) {
  readables.controllerError(stream[kState].readable[kState].controller, error);
  errorWritableAndUnblock(stream, error);
}

function errorWritableAndUnblock(stream, error) {
  const t = stream[kState];
  clearAlgorithms(t.controller[kState]);
  writables.controllerErrorIfNeeded(t.writable[kState].controller, error);
  if (t.backpressure) setBackpressure(stream, false);
}

function clearAlgorithms(c) { c.transform = c.flush = c.cancel = undefined; }

function controllerEnqueue(controller, chunk) {
  const { stream } = controller[kState];
  const t = stream[kState];
  const rc = t.readable[kState].controller;
  if (!readables.canCloseOrEnqueue(rc[kState])) throw new codes.ERR_INVALID_STATE.TypeError('Unable to enqueue');
  try {
    readables.controllerEnqueue(rc, chunk);
  } catch (err) {
    errorWritableAndUnblock(stream, err);
    throw t.readable[kState].storedError;
  }
  const backpressure = readables.hasBackpressure(rc);
  if (backpressure !== t.backpressure) setBackpressure(stream, true);
}

function controllerTerminate(controller) {
  const { stream } = controller[kState];
  readables.controllerClose(readableController(controller));
  errorWritableAndUnblock(stream, new codes.ERR_INVALID_STATE.TypeError('TransformStream has been terminated'));
}

function performTransform(controller, chunk) {
  const c = controller[kState];
  if (c.transform === undefined) return Promise.resolve(); // errored meanwhile
  return (0, c.transform)(chunk).then(undefined, (err) => {
    transformStreamError(c.stream, err);
    throw err;
  });
}

function sinkWrite(stream, chunk) {
  const t = stream[kState];
  if (!t.backpressure) return performTransform(t.controller, chunk);
  return t.backpressureChange.promise.then(() => {
    const w = t.writable[kState];
    if (w.state === 'erroring') throw w.storedError;
    return performTransform(t.controller, chunk);
  });
}

// Abort, close and cancel: whichever comes first decides for the others.
function sinkAbort(stream, reason) {
  const t = stream[kState];
  const c = t.controller[kState];
  if (c.finish !== undefined) return c.finish.promise;
  c.finish = new Deferred();
  const cancel = c.cancel;
  clearAlgorithms(c);
  const promise = cancel === undefined ? Promise.resolve() : cancel(reason);
  promise.then(() => {
    const r = t.readable[kState];
    if (r.state === 'errored') {
      c.finish.reject(r.storedError);
    } else {
      readables.controllerError(r.controller, reason);
      c.finish.resolve();
    }
  }, (err) => {
    readables.controllerError(t.readable[kState].controller, err);
    c.finish.reject(err);
  });
  return c.finish.promise;
}

function sinkClose(stream) {
  const t = stream[kState];
  const c = t.controller[kState];
  if (c.finish !== undefined) return c.finish.promise;
  c.finish = new Deferred();
  const flush = c.flush;
  clearAlgorithms(c);
  const promise = flush === undefined ? Promise.resolve() : flush();
  promise.then(() => {
    const r = t.readable[kState];
    if (r.state === 'errored') {
      c.finish.reject(r.storedError);
    } else {
      readables.controllerClose(r.controller);
      c.finish.resolve();
    }
  }, (err) => {
    readables.controllerError(t.readable[kState].controller, err);
    c.finish.reject(err);
  });
  return c.finish.promise;
}

function sourcePull(stream) {
  setBackpressure(stream, false);
  return stream[kState].backpressureChange.promise;
}

function sourceCancel(stream, reason) {
  const t = stream[kState];
  const c = t.controller[kState];
  if (c.finish !== undefined) return c.finish.promise;
  c.finish = new Deferred();
  const cancel = c.cancel;
  clearAlgorithms(c);
  const promise = cancel === undefined ? Promise.resolve() : cancel(reason);
  const unblock = () => {
    if (t.backpressure) setBackpressure(stream, false);
  };
  promise.then(() => {
    const w = t.writable[kState];
    if (w.state === 'errored') {
      c.finish.reject(w.storedError);
    } else {
      writables.controllerErrorIfNeeded(w.controller, reason);
      unblock();
      c.finish.resolve();
    }
  }, (err) => {
    writables.controllerErrorIfNeeded(t.writable[kState].controller, err);
    unblock();
    c.finish.reject(err);
  });
  return c.finish.promise;
}

module.exports = { TransformStream, TransformStreamDefaultController };
