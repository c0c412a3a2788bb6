'use strict';
// node:stream. What waits, joins and converts is loaded when it is touched.

const { Stream } = require('internal/streams/legacy');
module.exports = Stream;

Stream._isArrayBufferView = function isView(value) { return ArrayBuffer.isView(value); };
Stream._isUint8Array = function isUint8Array(value) { return value instanceof Uint8Array; };
Stream._uint8ArrayToBuffer = function _uint8ArrayToBuffer(chunk) {
  return require('buffer').Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
};
const internals = {
  _isArrayBufferView: Stream._isArrayBufferView,
  _isUint8Array: Stream._isUint8Array,
  _uint8ArrayToBuffer: Stream._uint8ArrayToBuffer,
};
for (const name of Object.keys(internals)) delete Stream[name]; // they come last in Node
const utils = () => require('internal/streams/utils');

Stream.isDestroyed = function isDestroyed(stream) { return utils().isDestroyed(stream); };
Stream.isDisturbed = function isDisturbed(stream) { return utils().isDisturbed(stream); };
Stream.isErrored = function isErrored(stream) { return utils().isErrored(stream); };
Stream.isReadable = function isReadable(stream) { return utils().isReadable(stream); };
Stream.isWritable = function isWritable(stream) { return utils().isWritable(stream); };
Stream.Readable = require('internal/streams/readable');
Stream.Writable = require('internal/streams/writable');
Stream.Duplex = require('internal/streams/duplex');
Stream.Transform = require('internal/streams/transform');
Stream.PassThrough = require('internal/streams/passthrough');
Stream.duplexPair = function duplexPair(options) { return require('internal/streams/duplexpair')(options); };
Stream.pipeline = function pipeline(...streams) {
  return require('internal/streams/pipeline').pipeline.apply(undefined, streams);
};
Stream.addAbortSignal = function addAbortSignal(signal, stream) {
  return require('internal/streams/add-abort-signal').addAbortSignal(signal, stream);
};
Stream.finished = function eos(stream, options, callback) {
  const impl = require('internal/streams/end-of-stream').eos;
  return arguments.length < 3 ? impl(stream, options) : impl(stream, options, callback);
};
Stream.destroy = function destroyer(stream, err) { return require('internal/streams/destroy').destroyer(stream, err); };
Stream.compose = function compose(...streams) { return require('internal/streams/compose').apply(undefined, streams); };
const { getDefaultHighWaterMark, setDefaultHighWaterMark } = require('internal/streams/state');
Stream.setDefaultHighWaterMark = setDefaultHighWaterMark;
Stream.getDefaultHighWaterMark = getDefaultHighWaterMark;

const promises = () => require('stream/promises');
Object.defineProperty(Stream, 'promises', { __proto__: null, configurable: true, enumerable: true, get: promises });
const { customPromisifySymbol } = require('internal/util');
Object.defineProperty(Stream.pipeline, customPromisifySymbol, {
  __proto__: null, enumerable: true, get() { return promises().pipeline; },
});
Object.defineProperty(Stream.finished, customPromisifySymbol, {
  __proto__: null, enumerable: true, get() { return promises().finished; },
});

Stream.Stream = Stream; // as in Node 0.4
Object.assign(Stream, internals);
