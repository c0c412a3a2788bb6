'use strict';
// CompressionStream and DecompressionStream, over node:zlib.

const { codes } = require('internal/errors');
const { customInspect, customInspectSymbol, finishClass } = require('internal/webstreams/util');

// Why a stream cannot be decompressed is a TypeError here, with zlib's error as its cause.
function asTypeError(cause) {
  if (cause instanceof TypeError) return cause;
  const err = new TypeError(undefined, { cause });
  err.code = cause.code;
  return err;
}

function handleFor(className, format, names, options) {
  if (names[format] === undefined) {
    const err = new codes.ERR_INVALID_ARG_VALUE('format', format);
    err.message = `Failed to construct '${className}': 1st argument '${format}' is not a valid enum value of type CompressionFormat.`;
    throw err;
  }
  const handle = require('zlib')[names[format]](options);
  if (options !== undefined) {
    const destroy = handle._destroy;
    handle._destroy = function(err, callback) { destroy.call(this, err && asTypeError(err), callback); };
  }
  return require('internal/webstreams/adapters').newReadableWritablePairFromDuplex(handle);
}

class CompressionStream {
  #transform;
  constructor(format) {
    const transform = handleFor('CompressionStream', `${format}`, {
      '__proto__': null, 'deflate': 'createDeflate', 'deflate-raw': 'createDeflateRaw', 'gzip': 'createGzip',
      'brotli': 'createBrotliCompress',
    });
    this.#transform = transform;
  }
  get readable() {
    return this.#transform.readable;
  }
  get writable() {
    return this.#transform.writable;
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'CompressionStream', {
      readable: this.#transform.readable, writable: this.#transform.writable,
    });
  }
}
finishClass(CompressionStream, ['readable', 'writable']);

class DecompressionStream {
  #transform;
  constructor(format) {
    const transform = handleFor('DecompressionStream', `${format}`, {
      '__proto__': null, 'deflate': 'createInflate', 'deflate-raw': 'createInflateRaw', 'gzip': 'createGunzip',
      'brotli': 'createBrotliDecompress',
    }, { rejectGarbageAfterEnd: true });
    this.#transform = transform;
  }
  get readable() {
    return this.#transform.readable;
  }
  get writable() {
    return this.#transform.writable;
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'DecompressionStream', {
      readable: this.#transform.readable, writable: this.#transform.writable,
    });
  }
}
finishClass(DecompressionStream, ['readable', 'writable']);

module.exports = { CompressionStream, DecompressionStream };
