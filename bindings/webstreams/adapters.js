'use strict';
// Between Node's streams and web streams.

const { AbortError, codes } = require('internal/errors');
const { validateBoolean, validateObject, validateOneOf } = require('internal/validators');
const { eos } = require('internal/streams/end-of-stream');
const { destroyer } = require('internal/streams/destroy');
const {
  isDestroyed, isReadable, isReadableNodeStream, isWritable, isWritableEnded, isWritableNodeStream,
} = require('internal/streams/utils');
const { Deferred, nop } = require('internal/webstreams/util');

function readables() { return require('internal/webstreams/readablestream'); }
function writables() { return require('internal/webstreams/writablestream'); }
function premature(err) { return err?.code === 'ERR_STREAM_PREMATURE_CLOSE' ? new AbortError(undefined, { cause: err }) : err; }

// A WritableStream that writes into a Writable.
function newWritableStreamFromStreamWritable(streamWritable) {
  if (typeof streamWritable?._writableState !== 'object' && !isWritableNodeStream(streamWritable)) {
    throw new codes.ERR_INVALID_ARG_TYPE('streamWritable', 'stream.Writable', streamWritable);
  }
  const { WritableStream } = writables();
  const { CountQueuingStrategy } = require('internal/webstreams/queuingstrategies');
  if (isDestroyed(streamWritable) || !isWritable(streamWritable)) {
    const writable = new WritableStream();
    writable.close();
    return writable;
  }

  const highWaterMark = streamWritable.writableHighWaterMark;
  const strategy = streamWritable.writableObjectMode ? new CountQueuingStrategy({ highWaterMark }) :
    { highWaterMark };
  let controller;
  let backpressure;
  let closed;

  function onDrain() {
    if (backpressure !== undefined) backpressure.resolve();
  }
  const cleanup = eos(streamWritable, (error) => {
    error = premature(error);
    cleanup();
    // It may still fail while it is closed: nobody is to hear of it.
    streamWritable.on('error', nop);
    if (error != null) {
      if (backpressure !== undefined) backpressure.reject(error);
      if (closed !== undefined) {
        closed.reject(error);
        closed = undefined;
      }
      controller.error(error);
      controller = undefined;
      return;
    }
    if (closed !== undefined) {
      closed.resolve();
      closed = undefined;
      return;
    }
    controller.error(new AbortError());
    controller = undefined;
  });
  streamWritable.on('drain', onDrain);

  return new WritableStream({
    start(c) { controller = c; },
    write(chunk) {
      if (streamWritable.writableNeedDrain || !streamWritable.write(chunk)) {
        backpressure = new Deferred();
        return backpressure.promise.finally(() => { backpressure = undefined; });
      }
      return undefined;
    },
    abort(reason) { destroyer(streamWritable, reason); },
    close() {
      if (closed === undefined && !isWritableEnded(streamWritable)) {
        closed = new Deferred();
      }
      const promise = closed?.promise;
      streamWritable.end();
      return promise;
    },
  }, strategy);
}

// A Writable that writes into a WritableStream.
function newStreamWritableFromWritableStream(writableStream, options = {}) {
  if (!writables().isWritableStream(writableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('writableStream', 'WritableStream', writableStream);
  }
  validateObject(options, 'options');
  const { highWaterMark, decodeStrings = true, objectMode = false, signal } = options;
  validateBoolean(objectMode, 'options.objectMode');
  validateBoolean(decodeStrings, 'options.decodeStrings');
  const Writable = require('internal/streams/writable');
  const writer = writableStream.getWriter();
  let closed = false;

  const writable = new Writable({
    highWaterMark,
    objectMode,
    decodeStrings,
    signal,
    writev(chunks, callback) { writeAll(writer, writable, chunks, callback); },
    write(chunk, encoding, callback) {
      if (typeof chunk === 'string' && decodeStrings && !objectMode) {
        chunk = require('buffer').Buffer.from(chunk, encoding);
      }
      writeOne(writer, writable, chunk, callback);
    },
    destroy(error, callback) { destroyWriter(writer, closed, error, callback); },
    final(callback) { finalWriter(writer, writable, closed, callback); },
  });
  writer.closed.then(() => { closed = true; }, (error) => {
    closed = true;
    destroyer(writable, error);
  });
  return writable;
}

function writeOne(writer, stream, chunk, callback) {
  const done = (error) => {
    try {
      callback(error);
    } catch (err) {
      process.nextTick(() => destroyer(stream, err));
    }
  };
  writer.ready.then(() => writer.write(chunk).then(() => done(), done), done);
}

function writeAll(writer, stream, chunks, callback) {
  const done = (error) => {
    const errors = error?.filter?.((e) => e) ?? error;
    try {
      callback(Array.isArray(errors) ? errors[0] : errors);
    } catch (err) {
      process.nextTick(() => destroyer(stream, err));
    }
  };
  writer.ready.then(() => Promise.all(chunks.map((data) => writer.write(data.chunk))).then(() => done(), done), done);
}

function destroyWriter(writer, closed, error, callback) {
  const done = () => {
    try {
      callback(error);
    } catch (err) {
      // Too late for the stream: it is destroyed already.
      process.nextTick(() => { throw err; });
    }
  };
  if (!closed) {
    if (error != null) writer.abort(error).then(done, done);
    else writer.close().then(done, done);
    return;
  }
  done();
}

function finalWriter(writer, stream, closed, callback) {
  const done = (error) => {
    try {
      callback(error);
    } catch (err) {
      process.nextTick(() => destroyer(stream, err));
    }
  };
  if (!closed) writer.close().then(() => done(), done);
  else done();
}

// A ReadableStream that reads from a Readable.
function newReadableStreamFromStreamReadable(streamReadable, options = {}) {
  if (typeof streamReadable?._readableState !== 'object' && !isReadableNodeStream(streamReadable)) {
    throw new codes.ERR_INVALID_ARG_TYPE('streamReadable', 'stream.Readable', streamReadable);
  }
  validateObject(options, 'options');
  if (options.type !== undefined) validateOneOf(options.type, 'options.type', ['bytes', undefined]);
  const isBytes = options.type === 'bytes';
  const { ReadableStream } = readables();
  const { CountQueuingStrategy, ByteLengthQueuingStrategy } = require('internal/webstreams/queuingstrategies');

  if (isDestroyed(streamReadable) || !isReadable(streamReadable)) {
    const readable = new ReadableStream(isBytes ? { type: 'bytes' } : {});
    readable.cancel();
    return readable;
  }
  const { readableObjectMode: objectMode, readableHighWaterMark: highWaterMark } = streamReadable;
  let strategy;
  if (!isBytes) {
    if (options.strategy) strategy = options.strategy;
    else if (objectMode) strategy = new CountQueuingStrategy({ highWaterMark });
    else strategy = new ByteLengthQueuingStrategy({ highWaterMark });
  }
  let controller;
  let wasCanceled = false;

  function onData(chunk) {
    // Web streams have Uint8Arrays.
    if (typeof chunk !== 'string' && ArrayBuffer.isView(chunk) && !objectMode) {
      // A copy, if the memory belongs to a pool: byte streams take it over.
      chunk = isBytes ? new Uint8Array(chunk) : new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    }
    controller.enqueue(chunk);
    if (controller.desiredSize <= 0) streamReadable.pause();
  }
  streamReadable.pause();
  const cleanup = eos(streamReadable, (error) => {
    error = premature(error);
    cleanup();
    streamReadable.on('error', nop); // as above
    if (error) return controller.error(error);
    if (wasCanceled) return undefined;
    controller.close();
    return undefined;
  });
  streamReadable.on('data', onData);
  // on('data') has set it flowing.
  streamReadable.pause();

  return new ReadableStream({
    type: isBytes ? 'bytes' : undefined,
    start(c) { controller = c; },
    pull() { streamReadable.resume(); },
    cancel(reason) {
      wasCanceled = true;
      destroyer(streamReadable, reason);
    },
  }, strategy);
}

// A Readable that reads from a ReadableStream.
function newStreamReadableFromReadableStream(readableStream, options = {}) {
  if (!readables().isReadableStream(readableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('readableStream', 'ReadableStream', readableStream);
  }
  validateObject(options, 'options');
  const { highWaterMark, encoding, objectMode = false, signal } = options;
  if (encoding !== undefined && !require('buffer').Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE(encoding, 'options.encoding');
  }
  validateBoolean(objectMode, 'options.objectMode');
  const Readable = require('internal/streams/readable');
  const reader = readableStream.getReader();
  let closed = false;

  const readable = new Readable({
    objectMode,
    highWaterMark,
    encoding,
    signal,
    read() {
      reader.read().then((chunk) => {
        if (chunk.done) readable.push(null);
        else readable.push(chunk.value);
      }, (error) => { destroyer(readable, error); });
    },
    destroy(error, callback) {
      const done = () => {
        try {
          callback(error);
        } catch (err) {
          process.nextTick(() => { throw err; });
        }
      };
      if (!closed) {
        reader.cancel(error).then(done, done);
        return;
      }
      done();
    },
  });
  reader.closed.then(() => { closed = true; }, (error) => {
    closed = true;
    destroyer(readable, error);
  });
  return readable;
}

function newReadableWritablePairFromDuplex(duplex, options = {}) {
  if (typeof duplex?._writableState !== 'object' || typeof duplex?._readableState !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('duplex', 'stream.Duplex', duplex);
  }
  validateObject(options, 'options');
  const readableOptions = { ...options };
  if (options.readableType !== undefined && options.type === undefined) readableOptions.type = options.readableType;
  delete readableOptions.readableType;
  if (isDestroyed(duplex)) {
    const { WritableStream } = writables();
    const { ReadableStream } = readables();
    const writable = new WritableStream();
    const readable = new ReadableStream({ type: readableOptions.type });
    writable.close();
    readable.cancel();
    return { readable, writable };
  }
  const { WritableStream } = writables();
  const writable = isWritable(duplex) ? newWritableStreamFromStreamWritable(duplex) : new WritableStream();
  if (!isWritable(duplex)) writable.close();
  const { ReadableStream } = readables();
  const readable = isReadable(duplex) ? newReadableStreamFromStreamReadable(duplex, readableOptions) :
    new ReadableStream({ type: readableOptions.type });
  if (!isReadable(duplex)) readable.cancel();
  return { writable, readable };
}

function newStreamDuplexFromReadableWritablePair(pair = {}, options = {}) {
  validateObject(pair, 'pair');
  const { readable: readableStream, writable: writableStream } = pair;
  if (!readables().isReadableStream(readableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('pair.readable', 'ReadableStream', readableStream);
  }
  if (!writables().isWritableStream(writableStream)) {
    throw new codes.ERR_INVALID_ARG_TYPE('pair.writable', 'WritableStream', writableStream);
  }
  validateObject(options, 'options');
  const {
    allowHalfOpen = false, objectMode = false, encoding, decodeStrings = true, highWaterMark, signal,
  } = options;
  validateBoolean(objectMode, 'options.objectMode');
  if (encoding !== undefined && !require('buffer').Buffer.isEncoding(encoding)) {
    throw new codes.ERR_INVALID_ARG_VALUE(encoding, 'options.encoding');
  }
  const Duplex = require('internal/streams/duplex');
  const writer = writableStream.getWriter();
  const reader = readableStream.getReader();
  let writableClosed = false;
  let readableClosed = false;

  const duplex = new Duplex({
    allowHalfOpen,
    highWaterMark,
    objectMode,
    encoding,
    decodeStrings,
    signal,
    writev(chunks, callback) { writeAll(writer, duplex, chunks, callback); },
    write(chunk, encoding, callback) {
      if (typeof chunk === 'string' && decodeStrings && !objectMode) {
        chunk = require('buffer').Buffer.from(chunk, encoding);
      }
      writeOne(writer, duplex, chunk, callback);
    },
    final(callback) { finalWriter(writer, duplex, writableClosed, callback); },
    read() {
      reader.read().then((chunk) => {
        if (chunk.done) duplex.push(null);
        else duplex.push(chunk.value);
      }, (error) => { destroyer(duplex, error); });
    },
    destroy(error, callback) {
      const done = () => {
        try {
          callback(error);
        } catch (err) {
          process.nextTick(() => { throw err; });
        }
      };
      const closeWriter = async () => {
        if (!writableClosed) await writer.abort(error);
      };
      const closeReader = async () => {
        if (!readableClosed) await reader.cancel(error);
      };
      if (!writableClosed || !readableClosed) {
        Promise.all([closeWriter(), closeReader()]).then(done, done);
        return;
      }
      done();
    },
  });
  writer.closed.then(() => { writableClosed = true; }, (error) => {
    writableClosed = true;
    readableClosed = true;
    destroyer(duplex, error);
  });
  reader.closed.then(() => { readableClosed = true; }, (error) => {
    writableClosed = true;
    readableClosed = true;
    destroyer(duplex, error);
  });
  return duplex;
}

module.exports = {
  newReadableStreamFromStreamReadable,
  newReadableWritablePairFromDuplex,
  newStreamDuplexFromReadableWritablePair,
  newStreamReadableFromReadableStream,
  newStreamWritableFromWritableStream,
  newWritableStreamFromStreamWritable,
};
