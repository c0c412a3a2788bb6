'use strict';
// node:stream/web. Each class is loaded when it is touched.

const from = {
  ReadableStream: 'readablestream',
  ReadableStreamDefaultReader: 'readablestream',
  ReadableStreamBYOBReader: 'bytestream',
  ReadableStreamBYOBRequest: 'bytestream',
  ReadableByteStreamController: 'bytestream',
  ReadableStreamDefaultController: 'readablestream',
  TransformStream: 'transformstream',
  TransformStreamDefaultController: 'transformstream',
  WritableStream: 'writablestream',
  WritableStreamDefaultWriter: 'writablestream',
  WritableStreamDefaultController: 'writablestream',
  ByteLengthQueuingStrategy: 'queuingstrategies',
  CountQueuingStrategy: 'queuingstrategies',
  TextEncoderStream: 'encoding',
  TextDecoderStream: 'encoding',
  CompressionStream: 'compression',
  DecompressionStream: 'compression',
};
const { defineLazy } = require('internal/util');
for (const name of Object.keys(from)) {
  defineLazy(exports, name, () => require(`internal/webstreams/${from[name]}`)[name]);
}
