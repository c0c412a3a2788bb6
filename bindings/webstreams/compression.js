'use strict';
// CompressionStream and DecompressionStream, over node:zlib.

const { codes } = require('internal/errors');
const {
  check, customInspect, customInspectSymbol, finishClass, kState,
} = require('internal/webstreams/util');
const { slot } = require('internal/webstreams/writablestream');

function handleFor(className, format, names) {
  if (names[format] === undefined) {
    const err = new codes.ERR_INVALID_ARG_VALUE('format', format);
    err.message = `Failed to construct '${className}': 1st argument '${format}' is not a valid enum value of type CompressionFormat.`;
    throw err;
  }
  const handle = require('zlib')[names[format]]();
  return require('internal/webstreams/adapters').newReadableWritablePairFromDuplex(handle);
}

class CompressionStream {
  constructor(format) {
    const transform = handleFor('CompressionStream', `${format}`, {
      '__proto__': null, 'deflate': 'createDeflate', 'deflate-raw': 'createDeflateRaw', 'gzip': 'createGzip',
      'brotli': 'createBrotliCompress',
    });
    slot(this, 'CompressionStream', { transform });
  }
  get readable() {
    check(this, 'CompressionStream');
    return this[kState].transform.readable;
  }
  get writable() {
    check(this, 'CompressionStream');
    return this[kState].transform.writable;
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'CompressionStream', {
      readable: this[kState].transform.readable, writable: this[kState].transform.writable,
    });
  }
}
finishClass(CompressionStream, ['readable', 'writable']);

class DecompressionStream {
  constructor(format) {
    const transform = handleFor('DecompressionStream', `${format}`, {
      '__proto__': null, 'deflate': 'createInflate', 'deflate-raw': 'createInflateRaw', 'gzip': 'createGunzip',
      'brotli': 'createBrotliDecompress',
    });
    slot(this, 'DecompressionStream', { transform });
  }
  get readable() {
    check(this, 'DecompressionStream');
    return this[kState].transform.readable;
  }
  get writable() {
    check(this, 'DecompressionStream');
    return this[kState].transform.writable;
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'DecompressionStream', {
      readable: this[kState].transform.readable, writable: this[kState].transform.writable,
    });
  }
}
finishClass(DecompressionStream, ['readable', 'writable']);

module.exports = { CompressionStream, DecompressionStream };
