'use strict';
// What the parts of crypto share.

const { codes } = require('internal/errors');
const { viewKind } = internalBinding('buffer');
const { validateString } = require('internal/validators');

const kHandle = Symbol('kHandle');

const isAnyArrayBuffer = (v) => viewKind(v) === 1;
const isArrayBufferView = (v) => viewKind(v) > 1;

const toBuf = (val, encoding) => {
  if (typeof val !== 'string') return val;
  if (encoding === 'buffer') encoding = 'utf8';
  return require('buffer').Buffer.from(val, encoding);
};

function getArrayBufferOrView(buffer, name, encoding) {
  if (typeof buffer === 'string') return toBuf(buffer, encoding);
  if (viewKind(buffer) === 0) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], buffer);
  }
  return buffer;
}

function validateByteSource(val, name) {
  val = toBuf(val);
  if (viewKind(val) !== 0) return val;
  throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'], val);
}

function getStringOption(options, key) {
  let value;
  if (options && (value = options[key]) != null) validateString(value, `options.${key}`);
  return value;
}

// Strings are hashed and encrypted in the encoding that is named: hex must come in pairs.
function checkData(data, encoding, name = 'data') {
  if (typeof data === 'string') {
    if (encoding !== undefined) require('internal/validators').validateEncoding(data, encoding);
  } else if (!isArrayBufferView(data)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['string', 'Buffer', 'TypedArray', 'DataView'], data);
  }
}

// A Transform that becomes a stream when it is first used as one.
function LazyTransform(options) { this._options = options; }

let prepared = false;
function prepareLazyTransform() {
  if (prepared) return LazyTransform;
  prepared = true;
  const stream = require('stream');
  Object.setPrototypeOf(LazyTransform.prototype, stream.Transform.prototype);
  Object.setPrototypeOf(LazyTransform, stream.Transform);
  const make = (name) => ({
    __proto__: null,
    get() {
      stream.Transform.call(this, this._options);
      this._writableState.decodeStrings = false;
      return this[name];
    },
    set(value) {
      Object.defineProperty(this, name,
        { __proto__: null, value, enumerable: true, configurable: true, writable: true });
    },
    configurable: true,
    enumerable: true,
  });
  Object.defineProperties(LazyTransform.prototype, {
    _readableState: make('_readableState'),
    _writableState: make('_writableState'),
  });
  return LazyTransform;
}

function lazyClass(make) {
  let value;
  return () => (value === undefined ? (value = make()) : value);
}

module.exports = {
  checkData,
  getArrayBufferOrView,
  getStringOption,
  isAnyArrayBuffer,
  isArrayBufferView,
  kHandle,
  lazyClass,
  prepareLazyTransform,
  toBuf,
  validateByteSource,
};
