'use strict';

const b = internalBinding('zlib');
const constants = require('internal/zlib/constants');
const { codes } = require('internal/errors');
const { checkRangesOrGetDefault, validateFunction, validateUint32, validateNumber } = require('internal/validators');
const { viewKind } = internalBinding('buffer');
const { Transform, finished } = require('stream');
const { Buffer, kMaxLength } = require('buffer');

const {
  DEFLATE, DEFLATERAW, INFLATE, INFLATERAW, GZIP, GUNZIP, UNZIP, BROTLI_DECODE, BROTLI_ENCODE,
  ZSTD_COMPRESS, ZSTD_DECOMPRESS,
  Z_NO_FLUSH, Z_BLOCK, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH, Z_PARTIAL_FLUSH,
  Z_MIN_CHUNK, Z_DEFAULT_CHUNK, Z_MIN_WINDOWBITS, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS,
  Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION, Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL,
  Z_DEFAULT_STRATEGY, Z_FIXED,
  BROTLI_OPERATION_PROCESS, BROTLI_OPERATION_FLUSH, BROTLI_OPERATION_FINISH, BROTLI_OPERATION_EMIT_METADATA,
  ZSTD_e_continue, ZSTD_e_flush, ZSTD_e_end,
} = constants;

const kFlushFlag = Symbol('kFlushFlag');
const kError = Symbol('kError');
const kChunk = Symbol('kChunk');

const isView = (v) => viewKind(v) > 1;
const isArrayBuffer = (v) => viewKind(v) === 1;

// Chunks without data that tell _transform to flush.
const flushBuffers = [];
for (let i = 0; i <= Z_BLOCK; i++) {
  flushBuffers[i] = Buffer.alloc(0);
  flushBuffers[i][kFlushFlag] = i;
}

// Of two flush values the one that does more.
const flushOrder = [Z_NO_FLUSH, Z_BLOCK, Z_PARTIAL_FLUSH, Z_SYNC_FLUSH, Z_FULL_FLUSH, Z_FINISH];
function maxFlush(x, y) {
  return flushOrder.indexOf(x) > flushOrder.indexOf(y) ? x : y;
}

function checkFiniteNumber(number, name) {
  if (number === undefined) return false;
  if (Number.isFinite(number)) return true;
  if (Number.isNaN(number)) return false;
  validateNumber(number, name);
  throw new codes.ERR_OUT_OF_RANGE(name, 'a finite number', number);
}

function makeError(message, errno, code) {
  if (code === 'ERR_TRAILING_JUNK_AFTER_STREAM_END') return new codes.ERR_TRAILING_JUNK_AFTER_STREAM_END();
  const error = new Error(message);
  error.errno = errno;
  error.code = code;
  return error;
}

function ZlibBase(opts, mode, handle, { flush, finishFlush, fullFlush }) {
  let chunkSize = Z_DEFAULT_CHUNK;
  let maxOutputLength = kMaxLength;
  let low = Z_NO_FLUSH, high = Z_BLOCK;
  if (mode === BROTLI_ENCODE || mode === BROTLI_DECODE) {
    low = BROTLI_OPERATION_PROCESS;
    high = BROTLI_OPERATION_EMIT_METADATA;
  } else if (mode === ZSTD_COMPRESS || mode === ZSTD_DECOMPRESS) {
    low = ZSTD_e_continue;
    high = ZSTD_e_end;
  }
  if (opts) {
    chunkSize = opts.chunkSize;
    if (!checkFiniteNumber(chunkSize, 'options.chunkSize')) {
      chunkSize = Z_DEFAULT_CHUNK;
    } else if (chunkSize < Z_MIN_CHUNK) {
      throw new codes.ERR_OUT_OF_RANGE('options.chunkSize', `>= ${Z_MIN_CHUNK}`, chunkSize);
    }
    flush = checkRangesOrGetDefault(opts.flush, 'options.flush', low, high, flush);
    finishFlush = checkRangesOrGetDefault(opts.finishFlush, 'options.finishFlush', low, high, finishFlush);
    maxOutputLength = checkRangesOrGetDefault(opts.maxOutputLength, 'options.maxOutputLength', 1, kMaxLength, kMaxLength);
    if (opts.encoding || opts.objectMode || opts.writableObjectMode) {
      opts = { ...opts };
      opts.encoding = null;
      opts.objectMode = false;
      opts.writableObjectMode = false;
    }
  }
  Reflect.apply(Transform, this, [{ autoDestroy: true, ...opts }]);
  this._hadError = false;
  this.bytesWritten = 0;
  this._handle = handle();
  this._chunkSize = chunkSize;
  this._defaultFlushFlag = flush;
  this._finishFlushFlag = finishFlush;
  this._defaultFullFlushFlag = fullFlush;
  this._info = opts?.info;
  this._maxOutputLength = maxOutputLength;
  this[kChunk] = undefined;
}
Object.setPrototypeOf(ZlibBase.prototype, Transform.prototype);
Object.setPrototypeOf(ZlibBase, Transform);

Object.defineProperty(ZlibBase.prototype, '_closed', {
  __proto__: null, configurable: true, enumerable: true,
  get() { return !this._handle; },
});

ZlibBase.prototype.reset = function() {
  if (!this._handle) {
    require('assert')(false, 'zlib binding closed');
  }
  return b.reset(this._handle);
};

ZlibBase.prototype._flush = function(callback) { this._transform(Buffer.alloc(0), '', callback); };

ZlibBase.prototype._final = function(callback) { callback(); };

ZlibBase.prototype.flush = function(kind, callback) {
  if (typeof kind === 'function' || (kind === undefined && !callback)) {
    callback = kind;
    kind = this._defaultFullFlushFlag;
  }
  if (this.writableFinished) {
    if (callback) process.nextTick(callback);
  } else if (this.writableEnded) {
    if (callback) this.once('end', callback);
  } else {
    this.write(flushBuffers[kind], '', callback);
  }
};

ZlibBase.prototype.close = function(callback) {
  if (callback) finished(this, callback);
  this.destroy();
};

ZlibBase.prototype._destroy = function(err, callback) {
  closeHandle(this);
  callback(err);
};

ZlibBase.prototype._transform = function(chunk, encoding, cb) {
  let flushFlag = this._defaultFlushFlag;
  if (typeof chunk[kFlushFlag] === 'number') {
    flushFlag = chunk[kFlushFlag];
  } else if (this.writableEnded && this.writableLength === chunk.byteLength) {
    flushFlag = maxFlush(flushFlag, this._finishFlushFlag);
  }
  processChunk(this, chunk, flushFlag, cb);
};

ZlibBase.prototype._processChunk = function(chunk, flushFlag, cb) {
  if (typeof cb === 'function') processChunk(this, chunk, flushFlag, cb);
  else return processChunkSync(this, chunk, flushFlag);
};

function closeHandle(engine) {
  if (!engine._handle) return;
  b.close(engine._handle);
  engine._handle = null;
}

function fail(self, message, errno, code) {
  self._hadError = true;
  const error = makeError(message, errno, code);
  self.destroy(error);
  self[kError] = error;
}

function processChunk(self, chunk, flushFlag, cb) {
  if (!self._handle) return process.nextTick(cb);
  let offset = 0;
  const length = chunk.byteLength;
  const limit = self._chunkSize;

  function step() {
    b.write(self._handle, flushFlag, chunk, offset, limit, done);
  }

  function done(out, consumed, message, errno, code) {
    if (self.destroyed) {
      closeHandle(self);
      cb();
      return;
    }
    if (message !== undefined) {
      fail(self, message, errno, code);
      return;
    }
    offset += consumed;
    self.bytesWritten += consumed;
    let wait = false;
    if (out.length > 0) wait = !self.push(out);
    // A listener may have closed or destroyed the stream.
    if (self.destroyed) {
      closeHandle(self);
      cb();
      return;
    }
    if (out.length === limit) {
      if (!wait) {
        step();
      } else {
        const read = self._read;
        self._read = (n) => {
          self._read = read;
          step();
          self._read(n);
        };
      }
      return;
    }
    if (offset < length) {
      // The compressed stream has ended before its input: what is written now goes nowhere.
      self.push(null);
    }
    cb();
  }

  step();
}

function processChunkSync(self, chunk, flushFlag) {
  if (!self._handle) require('assert')(false, 'zlib binding closed');
  const r = b.all(self._handle, flushFlag, chunk, self._maxOutputLength);
  self.bytesWritten = r[1];
  if (r[2] !== undefined) {
    closeHandle(self);
    throw makeError(r[2], r[3], r[4]);
  }
  closeHandle(self);
  if (r[0].length > self._maxOutputLength) throw new codes.ERR_BUFFER_TOO_LARGE(self._maxOutputLength);
  return r[0];
}

// The convenience functions

function zlibBuffer(engine, buffer, callback) {
  validateFunction(callback, 'callback');
  if (typeof buffer === 'string') {
    buffer = Buffer.from(buffer);
  } else if (viewKind(buffer) === 0) {
    // As with any stream: end() takes nothing, or a callback, for an empty end.
    if (buffer != null && typeof buffer !== 'function') {
      engine.end(buffer); // throws
      return;
    }
    buffer = Buffer.alloc(0);
  }
  b.all(engine._handle, engine._finishFlushFlag, buffer, engine._maxOutputLength,
        (out, consumed, message, errno, code) => {
          engine.bytesWritten = consumed;
          closeHandle(engine);
          if (message !== undefined) {
            callback(makeError(message, errno, code));
          } else if (out.length > engine._maxOutputLength) {
            callback(new codes.ERR_BUFFER_TOO_LARGE(engine._maxOutputLength));
          } else if (engine._info) {
            callback(null, { buffer: out, engine });
          } else {
            callback(null, out);
          }
          engine.destroy();
        });
}

function zlibBufferSync(engine, buffer) {
  if (typeof buffer === 'string') {
    buffer = Buffer.from(buffer);
  } else if (viewKind(buffer) === 0) {
    throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], buffer);
  }
  buffer = processChunkSync(engine, buffer, engine._finishFlushFlag);
  if (engine._info) return { buffer, engine };
  return buffer;
}

function convenience(ctor, sync) {
  if (sync) {
    return function(buffer, opts) { return zlibBufferSync(new ctor(opts), buffer); };
  }
  return function(buffer, opts, callback) {
    if (typeof opts === 'function') {
      callback = opts;
      opts = {};
    }
    return zlibBuffer(new ctor(opts), buffer, callback);
  };
}

// zlib

const zlibDefaults = { flush: Z_NO_FLUSH, finishFlush: Z_FINISH, fullFlush: Z_FULL_FLUSH };

function Zlib(opts, mode) {
  let windowBits = Z_DEFAULT_WINDOWBITS;
  let level = Z_DEFAULT_COMPRESSION;
  let memLevel = Z_DEFAULT_MEMLEVEL;
  let strategy = Z_DEFAULT_STRATEGY;
  let dictionary;
  let rejectGarbage = false;
  if (opts) {
    if ((opts.windowBits == null || opts.windowBits === 0) && (mode === INFLATE || mode === GUNZIP || mode === UNZIP)) {
      windowBits = 0;
    } else {
      const min = Z_MIN_WINDOWBITS + (mode === GZIP ? 1 : 0);
      windowBits = checkRangesOrGetDefault(opts.windowBits, 'options.windowBits', min, Z_MAX_WINDOWBITS, Z_DEFAULT_WINDOWBITS);
    }
    level = checkRangesOrGetDefault(opts.level, 'options.level', Z_MIN_LEVEL, Z_MAX_LEVEL, Z_DEFAULT_COMPRESSION);
    memLevel = checkRangesOrGetDefault(opts.memLevel, 'options.memLevel', Z_MIN_MEMLEVEL, Z_MAX_MEMLEVEL, Z_DEFAULT_MEMLEVEL);
    strategy = checkRangesOrGetDefault(opts.strategy, 'options.strategy', Z_DEFAULT_STRATEGY, Z_FIXED, Z_DEFAULT_STRATEGY);
    dictionary = opts.dictionary;
    if (dictionary !== undefined && !isView(dictionary)) {
      if (!isArrayBuffer(dictionary)) {
        throw new codes.ERR_INVALID_ARG_TYPE('options.dictionary', ['Buffer', 'TypedArray', 'DataView', 'ArrayBuffer'], dictionary);
      }
      dictionary = Buffer.from(dictionary);
    }
    rejectGarbage = opts.rejectGarbageAfterEnd === true;
  }
  Reflect.apply(ZlibBase, this, [opts, mode,
    () => b.create(mode, windowBits, level, memLevel, strategy, dictionary, rejectGarbage), zlibDefaults]);
  this._level = level;
  this._strategy = strategy;
  this._mode = mode;
}
Object.setPrototypeOf(Zlib.prototype, ZlibBase.prototype);
Object.setPrototypeOf(Zlib, ZlibBase);

Zlib.prototype.params = function params(level, strategy, callback) {
  checkRangesOrGetDefault(level, 'level', Z_MIN_LEVEL, Z_MAX_LEVEL);
  checkRangesOrGetDefault(strategy, 'strategy', Z_DEFAULT_STRATEGY, Z_FIXED);
  if (this._level !== level || this._strategy !== strategy) {
    this.flush(Z_SYNC_FLUSH, () => {
      if (!this._handle) require('assert')(false, 'zlib binding closed');
      b.params(this._handle, level, strategy);
      if (!this._hadError) {
        this._level = level;
        this._strategy = strategy;
        if (callback) callback();
      }
    });
  } else {
    process.nextTick(callback);
  }
};

function zlibClass(name, mode) {
  const C = {
    [name]: function(opts) {
      if (!(this instanceof C)) return require('internal/zlib/deprecated')(C, name, opts);
      if (mode === DEFLATERAW && opts && opts.windowBits === 8) opts = { ...opts, windowBits: 9 };
      Reflect.apply(Zlib, this, [opts, mode]);
    },
  }[name];
  Object.setPrototypeOf(C.prototype, Zlib.prototype);
  Object.setPrototypeOf(C, Zlib);
  return C;
}

// Brotli

const kMaxBrotliParam = 9;
const brotliDefaults = {
  flush: BROTLI_OPERATION_PROCESS, finishFlush: BROTLI_OPERATION_FINISH, fullFlush: BROTLI_OPERATION_FLUSH,
};

function Brotli(opts, mode) {
  const params = {};
  for (let i = 0; i <= kMaxBrotliParam; i++) params[i] = -1;
  if (opts?.params) {
    const keys = Object.keys(opts.params);
    for (let i = 0; i < keys.length; i++) {
      const key = +keys[i];
      if (Number.isNaN(key) || key < 0 || key > kMaxBrotliParam || params[key] !== -1) {
        throw new codes.ERR_BROTLI_INVALID_PARAM(keys[i]);
      }
      const value = opts.params[keys[i]];
      if (typeof value !== 'number' && typeof value !== 'boolean') {
        throw new codes.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
      }
      params[key] = Number(value);
    }
  }
  Reflect.apply(ZlibBase, this, [opts, mode, () => {
    const handle = b.createBrotli(mode, params);
    if (handle === undefined) throw new codes.ERR_ZLIB_INITIALIZATION_FAILED();
    return handle;
  }, brotliDefaults]);
}
Object.setPrototypeOf(Brotli.prototype, Zlib.prototype);
Object.setPrototypeOf(Brotli, Zlib);

// Zstandard

const zstdDefaults = { flush: ZSTD_e_continue, finishFlush: ZSTD_e_end, fullFlush: ZSTD_e_flush };

class ZstdBase extends ZlibBase {}

// The parameters' bounds; 0 is every one's default.
const zstdBounds = {
  100: [-131072, 22], 101: [10, 31], 102: [6, 30], 103: [6, 30], 104: [1, 30], 105: [3, 7], 106: [0, 131072], 107: [1, 9],
  160: [0, 1], 161: [6, 30], 162: [4, 4096], 163: [1, 8], 164: [0, 25], 200: [0, 1], 201: [0, 1], 202: [0, 1],
  400: [0, 0], 401: [0, 1 << 30], 402: [0, 9],
};

function zstdParamInRange(mode, key, value) {
  if (mode === ZSTD_DECOMPRESS) return key === 100 && (value === 0 || (value >= 10 && value <= 31));
  const range = zstdBounds[key];
  return range !== undefined && (value === 0 || (value >= range[0] && value <= range[1]));
}

function Zstd(opts, mode, maxParam, self) {
  const params = { __proto__: null };
  if (opts?.params) {
    const keys = Object.keys(opts.params);
    for (let i = 0; i < keys.length; i++) {
      const key = +keys[i];
      if (Number.isNaN(key) || key < 0 || key > maxParam || params[key] !== undefined) {
        throw new codes.ERR_ZSTD_INVALID_PARAM(keys[i]);
      }
      const value = opts.params[keys[i]];
      if (typeof value !== 'number' && typeof value !== 'boolean') {
        throw new codes.ERR_INVALID_ARG_TYPE('options.params[key]', 'number', value);
      }
      params[key] = Number(value);
    }
  }
  for (const key in params) {
    if (!zstdParamInRange(mode, +key, params[key])) {
      throw new codes.ERR_ZLIB_INITIALIZATION_FAILED('Setting parameter failed');
    }
  }
  const { pledgedSrcSize } = opts ?? {};
  if (pledgedSrcSize !== undefined) {
    require('internal/validators').validateInteger(pledgedSrcSize, 'options.pledgedSrcSize', 0);
  }
  Reflect.apply(ZlibBase, self, [opts, mode, () => {
    const level = params[constants.ZSTD_c_compressionLevel] ?? 3;
    const handle = b.createZstd(mode, level, Boolean(params[constants.ZSTD_c_checksumFlag]),
                                mode === ZSTD_COMPRESS ? params[constants.ZSTD_c_windowLog] ?? 0 : 0, opts?.dictionary, pledgedSrcSize ?? -1);
    if (handle === undefined) throw new codes.ERR_ZLIB_INITIALIZATION_FAILED('Setting parameter failed');
    return handle;
  }, zstdDefaults]);
}

function derived(name, Base, make) {
  const C = {
    [name]: function(opts) {
      if (!(this instanceof C)) return require('internal/zlib/deprecated')(C, name, opts);
      make(this, opts);
    },
  }[name];
  Object.setPrototypeOf(C.prototype, Base.prototype);
  Object.setPrototypeOf(C, Base);
  return C;
}

const classes = {
  Deflate: zlibClass('Deflate', DEFLATE),
  Inflate: zlibClass('Inflate', INFLATE),
  Gzip: zlibClass('Gzip', GZIP),
  Gunzip: zlibClass('Gunzip', GUNZIP),
  DeflateRaw: zlibClass('DeflateRaw', DEFLATERAW),
  InflateRaw: zlibClass('InflateRaw', INFLATERAW),
  Unzip: zlibClass('Unzip', UNZIP),
  BrotliCompress: derived('BrotliCompress', Brotli, (self, opts) => Reflect.apply(Brotli, self, [opts, BROTLI_ENCODE])),
  BrotliDecompress: derived('BrotliDecompress', Brotli, (self, opts) => Reflect.apply(Brotli, self, [opts, BROTLI_DECODE])),
  ZstdCompress: derived('ZstdCompress', ZstdBase, (self, opts) => Zstd(opts, ZSTD_COMPRESS, 500, self)),
  ZstdDecompress: derived('ZstdDecompress', ZstdBase, (self, opts) => Zstd(opts, ZSTD_DECOMPRESS, 100, self)),
};

function crc32(data, value = 0) {
  if (typeof data !== 'string' && !isView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView', 'string'], data);
  }
  validateUint32(value, 'value');
  return b.crc32(data, value);
}

module.exports = { crc32 };
Object.assign(module.exports, classes);
for (const [name, C] of [['deflate', 'Deflate'], ['gzip', 'Gzip'], ['deflateRaw', 'DeflateRaw'], ['unzip', 'Unzip'],
                         ['inflate', 'Inflate'], ['gunzip', 'Gunzip'], ['inflateRaw', 'InflateRaw'],
                         ['brotliCompress', 'BrotliCompress'], ['brotliDecompress', 'BrotliDecompress'],
                         ['zstdCompress', 'ZstdCompress'], ['zstdDecompress', 'ZstdDecompress']]) {
  module.exports[name] = convenience(classes[C], false);
  module.exports[`${name}Sync`] = convenience(classes[C], true);
}

const codeTable = {
  Z_OK: 0, Z_STREAM_END: 1, Z_NEED_DICT: 2, Z_ERRNO: -1, Z_STREAM_ERROR: -2, Z_DATA_ERROR: -3, Z_MEM_ERROR: -4,
  Z_BUF_ERROR: -5, Z_VERSION_ERROR: -6,
};
for (const key of Object.keys(codeTable)) codeTable[codeTable[key]] = key;
Object.freeze(codeTable);

for (const name of ['Deflate', 'Inflate', 'DeflateRaw', 'InflateRaw', 'Gzip', 'Gunzip', 'Unzip',
                    'BrotliCompress', 'BrotliDecompress', 'ZstdCompress', 'ZstdDecompress']) {
  const C = classes[name];
  Object.defineProperty(module.exports, `create${name}`, {
    __proto__: null, configurable: true, enumerable: true,
    value: { [`create${name}`]: function(options) { return new C(options); } }[`create${name}`],
  });
}
Object.defineProperties(module.exports, {
  constants: { __proto__: null, configurable: false, enumerable: true, value: constants },
  codes: { __proto__: null, enumerable: true, writable: false, value: codeTable },
});
// The constants are the module's own, too, as they were at first; brotli's are younger than that.
for (const name of Object.keys(constants)) {
  if (name.startsWith('BROTLI')) continue;
  Object.defineProperty(module.exports, name, { __proto__: null, enumerable: false, value: constants[name] });
}
