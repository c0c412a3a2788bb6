'use strict';

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const { checkData, getStringOption, kHandle, prepareLazyTransform, isArrayBufferView } = require('internal/crypto/util');
const { deprecate } = require('internal/util');
const { validateString, validateUint32 } = require('internal/validators');

const LazyTransform = prepareLazyTransform();
const kFinalized = Symbol('kFinalized');

function Hash(algorithm, options) {
  if (!new.target) return new Hash(algorithm, options);
  const copy = algorithm instanceof Hash;
  if (!copy) validateString(algorithm, 'algorithm');
  const length = typeof options === 'object' && options !== null ? options.outputLength : undefined;
  if (length !== undefined) validateUint32(length, 'options.outputLength');
  this[kHandle] = b.hashInit(copy ? algorithm[kHandle] : algorithm, length);
  this[kFinalized] = false;
  LazyTransform.call(this, options);
}
Object.setPrototypeOf(Hash.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Hash, LazyTransform);

Hash.prototype.copy = function copy(options) {
  if (this[kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  return new Hash(this, options);
};

Hash.prototype._transform = function _transform(chunk, encoding, callback) {
  b.hashUpdate(this[kHandle], chunk, encoding);
  callback();
};

Hash.prototype._flush = function _flush(callback) {
  this.push(b.hashDigest(this[kHandle]));
  callback();
};

function update(data, encoding) {
  if (this[kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  checkData(data, encoding);
  b.hashUpdate(this[kHandle], data, encoding);
  return this;
}
Hash.prototype.update = update;

Hash.prototype.digest = function digest(outputEncoding) {
  if (this[kFinalized]) throw new codes.ERR_CRYPTO_HASH_FINALIZED();
  const result = b.hashDigest(this[kHandle], outputEncoding && `${outputEncoding}`);
  this[kFinalized] = true;
  return result;
};

function Hmac(hmac, key, options) {
  if (!new.target) return new Hmac(hmac, key, options);
  validateString(hmac, 'hmac');
  const encoding = getStringOption(options, 'encoding');
  const { prepareSecretKey } = require('internal/crypto/keys');
  this[kHandle] = b.hmacInit(hmac, prepareSecretKey(key, encoding));
  this[kFinalized] = false;
  LazyTransform.call(this, options);
}
Object.setPrototypeOf(Hmac.prototype, LazyTransform.prototype);
Object.setPrototypeOf(Hmac, LazyTransform);

Hmac.prototype.update = update;
Hmac.prototype._transform = Hash.prototype._transform;

Hmac.prototype.digest = function digest(outputEncoding) {
  if (this[kFinalized]) {
    return outputEncoding && outputEncoding !== 'buffer' ? '' : require('buffer').Buffer.from('');
  }
  const result = b.hmacDigest(this[kHandle], outputEncoding && `${outputEncoding}`);
  this[kFinalized] = true;
  return result;
};

Hmac.prototype._flush = function _flush(callback) {
  this.push(this.digest());
  callback();
};

function hash(algorithm, input, options) {
  validateString(algorithm, 'algorithm');
  if (typeof input !== 'string' && !isArrayBufferView(input)) {
    throw new codes.ERR_INVALID_ARG_TYPE('input', ['string', 'Buffer', 'TypedArray', 'DataView'], input);
  }
  let outputEncoding, outputLength;
  if (typeof options === 'string') {
    outputEncoding = options;
  } else if (options !== undefined) {
    require('internal/validators').validateObject(options, 'options');
    ({ outputEncoding, outputLength } = options);
  }
  outputEncoding ??= 'hex';
  let normalized = outputEncoding;
  if (normalized !== 'hex') {
    validateString(outputEncoding, 'outputEncoding');
    normalized = normalizeEncoding(outputEncoding);
    if (normalized === undefined) {
      if (outputEncoding.toLowerCase() === 'buffer') normalized = 'buffer';
      else throw new codes.ERR_INVALID_ARG_VALUE('outputEncoding', outputEncoding);
    }
  }
  if (outputLength !== undefined) validateUint32(outputLength, 'outputLength');
  return b.oneShotDigest(algorithm, input, normalized, outputLength);
}

function normalizeEncoding(name) {
  return require('buffer').Buffer.isEncoding(name) ? name.toLowerCase() : undefined;
}

module.exports = {
  Hash: deprecate(Hash, 'crypto.Hash constructor is deprecated.', 'DEP0179'),
  Hmac: deprecate(Hmac, 'crypto.Hmac constructor is deprecated.', 'DEP0181'),
  createHash(algorithm, options) { return new Hash(algorithm, options); },
  createHmac(hmac, key, options) { return new Hmac(hmac, key, options); },
  hash,
};
