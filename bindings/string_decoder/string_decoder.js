'use strict';

const { codes } = require('internal/errors');
const { write, flush, canonical, kMissing, kBuffered } = internalBinding('string_decoder');

const kState = Symbol('kNativeDecoder');

function StringDecoder(encoding) {
  const name = encoding == null || encoding === '' ? 'utf8' : canonical(encoding);
  if (name === undefined) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  this.encoding = name;
  // Four bytes of the unfinished character, how many are missing, how many are there, the encoding.
  this[kState] = require('buffer').Buffer.alloc(7);
  this[kState][6] = canonical(name, true);
}

StringDecoder.prototype.write = function(buf) {
  if (typeof buf === 'string') return buf;
  if (!ArrayBuffer.isView(buf)) {
    throw new codes.ERR_INVALID_ARG_TYPE('buf', ['Buffer', 'TypedArray', 'DataView'], buf);
  }
  const state = this[kState];
  if (!state) throw new codes.ERR_INVALID_THIS('StringDecoder');
  return write(state, buf);
};

StringDecoder.prototype.end = function(buf) {
  const ret = buf === undefined ? '' : this.write(buf);
  const state = this[kState];
  return state[kBuffered] > 0 ? ret + flush(state) : ret;
};

StringDecoder.prototype.text = function(buf, offset) {
  this[kState][kMissing] = 0;
  this[kState][kBuffered] = 0;
  return this.write(buf.slice(offset));
};

Object.defineProperties(StringDecoder.prototype, {
  lastChar: {
    __proto__: null, configurable: true, enumerable: true,
    get() { return this[kState].subarray(0, 4); },
  },
  lastNeed: {
    __proto__: null, configurable: true, enumerable: true,
    get() { return this[kState][kMissing]; },
  },
  lastTotal: {
    __proto__: null, configurable: true, enumerable: true,
    get() { return this[kState][kBuffered] + this[kState][kMissing]; },
  },
});

module.exports = { StringDecoder };
