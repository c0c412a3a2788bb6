'use strict';

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const keys = require('internal/crypto/keys');
const { getArrayBufferOrView, isAnyArrayBuffer, isArrayBufferView, kHandle, toBuf } = require('internal/crypto/util');
const { deprecate } = require('internal/util');
const { validateFunction, validateInt32, validateObject, validateString } = require('internal/validators');

const kGenerator = 2;

function encode(buffer, encoding) {
  return encoding && encoding !== 'buffer' ? buffer.toString(encoding) : buffer;
}

function DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
  if (!(this instanceof DiffieHellman)) return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  if (typeof sizeOrKey !== 'number' && typeof sizeOrKey !== 'string' && !isArrayBufferView(sizeOrKey) &&
      !isAnyArrayBuffer(sizeOrKey)) {
    throw new codes.ERR_INVALID_ARG_TYPE('sizeOrKey',
      ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], sizeOrKey);
  }
  if (typeof sizeOrKey === 'number') validateInt32(sizeOrKey, 'sizeOrKey');
  const { Buffer } = require('buffer');
  if (keyEncoding && !Buffer.isEncoding(keyEncoding) && keyEncoding !== 'buffer') {
    genEncoding = generator;
    generator = keyEncoding;
    keyEncoding = false;
  }
  if (typeof sizeOrKey !== 'number') sizeOrKey = toBuf(sizeOrKey, keyEncoding || 'buffer');
  if (!generator) {
    generator = kGenerator;
  } else if (typeof generator === 'number') {
    validateInt32(generator, 'generator');
  } else if (typeof generator === 'string') {
    generator = toBuf(generator, genEncoding || 'buffer');
  } else if (!isArrayBufferView(generator) && !isAnyArrayBuffer(generator)) {
    throw new codes.ERR_INVALID_ARG_TYPE('generator',
      ['number', 'string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView'], generator);
  }
  setup(this, b.dhInit(sizeOrKey, generator));
}

function setup(self, handle) {
  self[kHandle] = handle;
  Object.defineProperty(self, 'verifyError',
    { __proto__: null, enumerable: true, value: b.dhVerifyError(handle), writable: false });
}

function DiffieHellmanGroup(name) {
  if (!(this instanceof DiffieHellmanGroup)) return new DiffieHellmanGroup(name);
  const handle = b.dhGroupInit(`${name}`);
  if (handle === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_DH_GROUP();
  setup(this, handle);
}

const shared = {
  generateKeys(encoding) { return encode(b.dhGenerateKeys(this[kHandle]), encoding); },
  computeSecret(otherPublicKey, inEncoding, outEncoding) {
    otherPublicKey = getArrayBufferOrView(otherPublicKey, 'otherPublicKey', inEncoding);
    return encode(b.dhComputeSecret(this[kHandle], otherPublicKey), outEncoding);
  },
  getPrime(encoding) { return encode(b.dhGet(this[kHandle], 'prime'), encoding); },
  getGenerator(encoding) { return encode(b.dhGet(this[kHandle], 'generator'), encoding); },
  getPublicKey(encoding) { return encode(b.dhGet(this[kHandle], 'public'), encoding); },
  getPrivateKey(encoding) { return encode(b.dhGet(this[kHandle], 'private'), encoding); },
};
for (const name of Object.keys(shared)) {
  DiffieHellman.prototype[name] = shared[name];
  DiffieHellmanGroup.prototype[name] = shared[name];
}

DiffieHellman.prototype.setPublicKey = function setPublicKey(key, encoding) {
  b.dhSet(this[kHandle], 'public', getArrayBufferOrView(key, 'key', encoding));
  return this;
};

DiffieHellman.prototype.setPrivateKey = function setPrivateKey(key, encoding) {
  b.dhSet(this[kHandle], 'private', getArrayBufferOrView(key, 'key', encoding));
  return this;
};

function ECDH(curve) {
  if (!(this instanceof ECDH)) return new ECDH(curve);
  validateString(curve, 'curve');
  this[kHandle] = b.ecdhInit(curve);
}

function pointFormat(format) {
  if (format) {
    if (format === 'compressed') return 2;
    if (format === 'hybrid') return 6;
    if (format !== 'uncompressed') throw new codes.ERR_CRYPTO_ECDH_INVALID_FORMAT(format);
  }
  return 4;
}

ECDH.prototype.computeSecret = function computeSecret(otherPublicKey, inEncoding, outEncoding) {
  otherPublicKey = getArrayBufferOrView(otherPublicKey, 'otherPublicKey', inEncoding);
  const ret = b.ecdhComputeSecret(this[kHandle], otherPublicKey);
  if (ret === undefined) throw new codes.ERR_CRYPTO_ECDH_INVALID_PUBLIC_KEY();
  return encode(ret, outEncoding);
};

ECDH.prototype.generateKeys = function generateKeys(encoding, format) {
  b.ecdhGenerateKeys(this[kHandle]);
  return this.getPublicKey(encoding, format);
};

ECDH.prototype.getPublicKey = function getPublicKey(encoding, format) {
  return encode(b.ecdhGetPublic(this[kHandle], pointFormat(format)), encoding);
};

ECDH.prototype.getPrivateKey = function getPrivateKey(encoding) {
  return encode(b.ecdhGetPrivate(this[kHandle]), encoding);
};

ECDH.prototype.setPrivateKey = function setPrivateKey(key, encoding) {
  b.ecdhSetPrivate(this[kHandle], getArrayBufferOrView(key, 'key', encoding));
  return this;
};

ECDH.prototype.setPublicKey = deprecate(function setPublicKey(key, encoding) {
  b.ecdhSetPublic(this[kHandle], getArrayBufferOrView(key, 'key', encoding));
  return this;
}, 'ecdh.setPublicKey() is deprecated.', 'DEP0031');

ECDH.convertKey = function convertKey(key, curve, inEnc, outEnc, format) {
  validateString(curve, 'curve');
  key = getArrayBufferOrView(key, 'key', inEnc);
  return encode(b.ecdhConvertKey(key, curve, pointFormat(format)), outEnc);
};

const dhTypes = ['dh', 'ec', 'x448', 'x25519'];

function diffieHellman(options, callback) {
  validateObject(options, 'options');
  if (callback !== undefined) validateFunction(callback, 'callback');
  const { privateKey, publicKey } = options;
  if (!keys.isKeyObject(privateKey)) throw new codes.ERR_INVALID_ARG_VALUE('options.privateKey', privateKey);
  if (!keys.isKeyObject(publicKey)) throw new codes.ERR_INVALID_ARG_VALUE('options.publicKey', publicKey);
  if (privateKey.type !== 'private') {
    throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(privateKey.type, 'private');
  }
  if (publicKey.type !== 'public' && publicKey.type !== 'private') {
    throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(publicKey.type, 'private or public');
  }
  const privateType = privateKey.asymmetricKeyType;
  const publicType = publicKey.asymmetricKeyType;
  if (privateType !== publicType || !dhTypes.includes(privateType)) {
    throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY('key types for Diffie-Hellman', `${privateType} and ${publicType}`);
  }
  return b.statelessDH(privateKey[kHandle], publicKey[kHandle], callback);
}

module.exports = {
  DiffieHellman,
  DiffieHellmanGroup,
  ECDH,
  createDiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding) {
    return new DiffieHellman(sizeOrKey, keyEncoding, generator, genEncoding);
  },
  createDiffieHellmanGroup(name) { return new DiffieHellmanGroup(name); },
  createECDH(curve) { return new ECDH(curve); },
  diffieHellman,
  getDiffieHellman(name) { return new DiffieHellmanGroup(name); },
};
