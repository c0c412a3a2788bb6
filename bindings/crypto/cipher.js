'use strict';

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const {
  checkData, getArrayBufferOrView, getStringOption, kHandle, prepareLazyTransform,
} = require('internal/crypto/util');
const { validateInt32, validateObject, validateString } = require('internal/validators');

const LazyTransform = prepareLazyTransform();
const kDecoder = Symbol('kDecoder');

function getUIntOption(options, key) {
  let value;
  if (options && (value = options[key]) != null) {
    if (value >>> 0 !== value) throw new codes.ERR_INVALID_ARG_VALUE(`options.${key}`, value);
    return value;
  }
  return -1;
}

function init(self, decrypt, cipher, key, iv, options) {
  validateString(cipher, 'cipher');
  const encoding = getStringOption(options, 'encoding');
  key = require('internal/crypto/keys').prepareSecretKey(key, encoding);
  iv = iv === null ? null : getArrayBufferOrView(iv, 'iv');
  const tagLength = getUIntOption(options, 'authTagLength');
  self[kHandle] = b.cipherInit(decrypt, cipher, key, iv, tagLength);
  self[kDecoder] = null;
  LazyTransform.call(self, options);
}

function getDecoder(self, encoding) {
  const { Buffer } = require('buffer');
  if (!Buffer.isEncoding(encoding)) throw new codes.ERR_UNKNOWN_ENCODING(encoding);
  const { StringDecoder } = require('string_decoder');
  if (self[kDecoder] === null) self[kDecoder] = new StringDecoder(encoding);
  else if (new StringDecoder(encoding).encoding !== self[kDecoder].encoding) {
    throw new codes.ERR_INTERNAL_ASSERTION('Cannot change encoding');
  }
  return self[kDecoder];
}

const methods = {
  _transform(chunk, encoding, callback) {
    this.push(b.cipherUpdate(this[kHandle], chunk, encoding));
    callback();
  },

  _flush(callback) {
    try {
      this.push(b.cipherFinal(this[kHandle]));
    } catch (e) {
      callback(e);
      return;
    }
    callback();
  },

  update(data, inputEncoding, outputEncoding) {
    checkData(data, inputEncoding);
    const ret = b.cipherUpdate(this[kHandle], data, inputEncoding);
    if (outputEncoding && outputEncoding !== 'buffer') return getDecoder(this, outputEncoding).write(ret);
    return ret;
  },

  final(outputEncoding) {
    const ret = b.cipherFinal(this[kHandle]);
    if (outputEncoding && outputEncoding !== 'buffer') return getDecoder(this, outputEncoding).end(ret);
    return ret;
  },

  setAutoPadding(ap) {
    if (!b.cipherSetAutoPadding(this[kHandle], ap === undefined || !!ap)) {
      throw new codes.ERR_CRYPTO_INVALID_STATE('setAutoPadding');
    }
    return this;
  },

  getAuthTag() {
    const ret = b.cipherGetAuthTag(this[kHandle]);
    if (ret === undefined) throw new codes.ERR_CRYPTO_INVALID_STATE('getAuthTag');
    return ret;
  },

  setAuthTag(tagbuf, encoding) {
    const buffer = getArrayBufferOrView(tagbuf, 'buffer', encoding);
    if (!b.cipherSetAuthTag(this[kHandle], buffer)) throw new codes.ERR_CRYPTO_INVALID_STATE('setAuthTag');
    return this;
  },

  setAAD(aadbuf, options) {
    const encoding = getStringOption(options, 'encoding');
    const plaintextLength = getUIntOption(options, 'plaintextLength');
    aadbuf = getArrayBufferOrView(aadbuf, 'aadbuf', encoding);
    if (!b.cipherSetAAD(this[kHandle], aadbuf, plaintextLength)) throw new codes.ERR_CRYPTO_INVALID_STATE('setAAD');
    return this;
  },
};

function Cipheriv(cipher, key, iv, options) {
  if (!new.target) return new Cipheriv(cipher, key, iv, options);
  init(this, false, cipher, key, iv, options);
}

function Decipheriv(cipher, key, iv, options) {
  if (!new.target) return new Decipheriv(cipher, key, iv, options);
  init(this, true, cipher, key, iv, options);
}

for (const C of [Cipheriv, Decipheriv]) {
  Object.setPrototypeOf(C.prototype, LazyTransform.prototype);
  Object.setPrototypeOf(C, LazyTransform);
  for (const name of ['_transform', '_flush', 'update', 'final', 'setAutoPadding', 'setAAD']) {
    C.prototype[name] = methods[name];
  }
}
Cipheriv.prototype.getAuthTag = methods.getAuthTag;
Decipheriv.prototype.setAuthTag = methods.setAuthTag;

function getCipherInfo(nameOrNid, options) {
  if (typeof nameOrNid !== 'string' && typeof nameOrNid !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('nameOrNid', ['string', 'number'], nameOrNid);
  }
  if (typeof nameOrNid === 'number') validateInt32(nameOrNid, 'nameOrNid');
  let keyLength, ivLength;
  if (options !== undefined) {
    validateObject(options, 'options');
    ({ keyLength, ivLength } = options);
    if (keyLength !== undefined) validateInt32(keyLength, 'options.keyLength');
    if (ivLength !== undefined) validateInt32(ivLength, 'options.ivLength');
  }
  return b.getCipherInfo(nameOrNid, keyLength, ivLength);
}

// RSA encryption

const { RSA_PKCS1_PADDING, RSA_PKCS1_OAEP_PADDING } = { RSA_PKCS1_PADDING: 1, RSA_PKCS1_OAEP_PADDING: 4 };

function rsaFunctionFor(method, defaultPadding, keyType) {
  return (options, buffer) => {
    const keys = require('internal/crypto/keys');
    const { oaepHash, encoding } = options ?? kEmptyObject;
    let { oaepLabel } = options ?? kEmptyObject;
    if (oaepHash !== undefined) validateString(oaepHash, 'key.oaepHash');
    if (oaepLabel !== undefined) oaepLabel = getArrayBufferOrView(oaepLabel, 'key.oaepLabel', encoding);
    if (oaepHash !== undefined && b.hashInfo(oaepHash) === undefined) {
      const err = new Error('Invalid digest used');
      err.code = 'ERR_OSSL_EVP_INVALID_DIGEST';
      throw err;
    }
    const key = keyType === 'private' ? keys.preparePrivateKey(options) : keys.preparePublicOrPrivateKey(options);
    const padding = options.padding || defaultPadding;
    buffer = getArrayBufferOrView(buffer, 'buffer', encoding);
    return b[method](key, buffer, padding, oaepHash, oaepLabel);
  };
}

module.exports = {
  Cipheriv,
  Decipheriv,
  createCipheriv(cipher, key, iv, options) { return new Cipheriv(cipher, key, iv, options); },
  createDecipheriv(cipher, key, iv, options) { return new Decipheriv(cipher, key, iv, options); },
  getCipherInfo,
  privateDecrypt: rsaFunctionFor('privateDecrypt', RSA_PKCS1_OAEP_PADDING, 'private'),
  privateEncrypt: rsaFunctionFor('privateEncrypt', RSA_PKCS1_PADDING, 'private'),
  publicDecrypt: rsaFunctionFor('publicDecrypt', RSA_PKCS1_PADDING, 'public'),
  publicEncrypt: rsaFunctionFor('publicEncrypt', RSA_PKCS1_OAEP_PADDING, 'public'),
};
