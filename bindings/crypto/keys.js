'use strict';
// KeyObject, and what every function that takes a key makes of it.

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const {
  validateFunction, validateObject, validateOneOf,
} = require('internal/validators');
const { getArrayBufferOrView, isAnyArrayBuffer, isArrayBufferView, kHandle } = require('internal/crypto/util');
const { CryptoKey, isCryptoKey, slotsOf } = require('internal/crypto/cryptokey');

const kKeyType = Symbol('kKeyType');
const kClone = Symbol.for('messaging_clone_symbol');
const kDeserialize = Symbol.for('messaging_deserialize_symbol');
const kConsumePublic = 0;
const kConsumePrivate = 1;
const kCreatePublic = 2;
const kCreatePrivate = 3;

class KeyObject {
  constructor(type, handle) {
    if (type !== 'secret' && type !== 'public' && type !== 'private') {
      throw new codes.ERR_INVALID_ARG_VALUE('type', type);
    }
    if (typeof handle !== 'object' || !b.isKeyHandle(handle)) {
      throw new codes.ERR_INVALID_ARG_TYPE('handle', 'object', handle);
    }
    const hidden = { __proto__: null, enumerable: false, configurable: false, writable: false };
    Object.defineProperty(this, kKeyType, { ...hidden, value: type });
    Object.defineProperty(this, kHandle, { ...hidden, value: handle });
  }

  get type() { return this[kKeyType]; }

  static from(key) {
    if (!isCryptoKey(key)) throw new codes.ERR_INVALID_ARG_TYPE('key', 'CryptoKey', key);
    return slotsOf(key).keyObject;
  }

  equals(otherKeyObject) {
    if (!isKeyObject(otherKeyObject)) {
      throw new codes.ERR_INVALID_ARG_TYPE('otherKeyObject', 'KeyObject', otherKeyObject);
    }
    return otherKeyObject.type === this.type && b.keyEquals(this[kHandle], otherKeyObject[kHandle]);
  }

  toCryptoKey(algorithm, extractable, keyUsages) {
    return require('internal/crypto/subtle').toCryptoKey(this, algorithm, extractable, keyUsages);
  }

  [kClone]() {
    return { deserializeInfo: 'internal/crypto/keys:KeyObject', data: { type: this[kKeyType], key: b.encodeKey(this[kHandle]) } };
  }
}
Object.defineProperty(KeyObject.prototype, kClone, { __proto__: null, enumerable: false });
Object.defineProperty(KeyObject.prototype, Symbol.toStringTag,
  { __proto__: null, configurable: true, value: 'KeyObject' });

class SecretKeyObject extends KeyObject {
  constructor(handle) { super('secret', handle); }

  get symmetricKeySize() { return b.keySize(this[kHandle]); }

  export(options) {
    if (options !== undefined) {
      validateObject(options, 'options');
      validateOneOf(options.format, 'options.format', [undefined, 'buffer', 'jwk']);
      if (options.format === 'jwk') return b.exportJwk(this[kHandle], false);
    }
    return b.exportSecret(this[kHandle]);
  }
}

const kDetails = Symbol('kAsymmetricKeyDetails');

class AsymmetricKeyObject extends KeyObject {
  constructor(type, handle) {
    super(type, handle);
    Object.defineProperty(this, kDetails, { __proto__: null, value: undefined, enumerable: false, writable: true });
  }

  get asymmetricKeyType() { return b.asymmetricKeyType(this[kHandle]); }

  get asymmetricKeyDetails() {
    return { ...(this[kDetails] ??= b.keyDetails(this[kHandle])) };
  }
}

class PublicKeyObject extends AsymmetricKeyObject {
  constructor(handle) { super('public', handle); }

  export(options) {
    if (options?.format === 'jwk') return b.exportJwk(this[kHandle], false);
    const { format, type } = parsePublicKeyEncoding(options, this.asymmetricKeyType);
    return b.exportKey(this[kHandle], format, type);
  }
}

class PrivateKeyObject extends AsymmetricKeyObject {
  constructor(handle) { super('private', handle); }

  export(options) {
    if (options?.format === 'jwk') {
      if (options.passphrase !== undefined) {
        throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS('jwk', 'does not support encryption');
      }
      return b.exportJwk(this[kHandle], false);
    }
    const { format, type, cipher, passphrase } = parsePrivateKeyEncoding(options, this.asymmetricKeyType);
    return b.exportKey(this[kHandle], format, type, cipher, passphrase);
  }
}

function wrapHandle(handle) {
  switch (b.keyType(handle)) {
    case 'secret': return new SecretKeyObject(handle);
    case 'public': return new PublicKeyObject(handle);
    default: return new PrivateKeyObject(handle);
  }
}

function option(name, objName) {
  if (objName === null) return `key.${name}`; // what is parsed is itself the argument
  return objName === undefined ? `options.${name}` : `options.${objName}.${name}`;
}

function parseKeyFormat(formatStr, defaultFormat, optionName) {
  if (formatStr === undefined && defaultFormat !== undefined) return defaultFormat;
  if (formatStr === 'pem' || formatStr === 'der' || formatStr === 'jwk') return formatStr;
  throw new codes.ERR_INVALID_ARG_VALUE(optionName, formatStr);
}

function parseKeyType(typeStr, required, keyType, isPublic, optionName) {
  if (typeStr === undefined && !required) return undefined;
  if (typeStr === 'pkcs1') {
    if (keyType !== undefined && keyType !== 'rsa') {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(typeStr, 'can only be used for RSA keys');
    }
    return typeStr;
  }
  if (typeStr === 'spki' && isPublic !== false) return typeStr;
  if (typeStr === 'pkcs8' && isPublic !== true) return typeStr;
  if (typeStr === 'sec1' && isPublic !== true) {
    if (keyType !== undefined && keyType !== 'ec') {
      throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(typeStr, 'can only be used for EC keys');
    }
    return typeStr;
  }
  throw new codes.ERR_INVALID_ARG_VALUE(optionName, typeStr);
}

function isStringOrBuffer(val) {
  return typeof val === 'string' || isArrayBufferView(val) || isAnyArrayBuffer(val);
}

function parseKeyEncoding(enc, keyType, isPublic, objName) {
  if (enc === null || typeof enc !== 'object') throw new codes.ERR_INVALID_ARG_TYPE('options', 'object', enc);
  const isInput = keyType === undefined;
  const format = parseKeyFormat(enc.format, isInput ? 'pem' : undefined, option('format', objName));
  const required = (!isInput || format === 'der') && format !== 'jwk';
  const type = parseKeyType(enc.type, required, keyType, isPublic, option('type', objName));
  let cipher, passphrase, encoding;
  if (isPublic !== true) {
    ({ cipher, passphrase, encoding } = enc);
    if (!isInput) {
      if (cipher != null) {
        if (typeof cipher !== 'string') throw new codes.ERR_INVALID_ARG_VALUE(option('cipher', objName), cipher);
        if (format === 'der' && (type === 'pkcs1' || type === 'sec1')) {
          throw new codes.ERR_CRYPTO_INCOMPATIBLE_KEY_OPTIONS(enc.type, 'does not support encryption');
        }
      } else if (passphrase !== undefined) {
        throw new codes.ERR_INVALID_ARG_VALUE(option('cipher', objName), cipher);
      }
    }
    if ((isInput && passphrase !== undefined && !isStringOrBuffer(passphrase)) ||
        (!isInput && cipher != null && !isStringOrBuffer(passphrase))) {
      throw new codes.ERR_INVALID_ARG_VALUE(option('passphrase', objName), passphrase);
    }
  }
  if (passphrase !== undefined) passphrase = getArrayBufferOrView(passphrase, 'key.passphrase', encoding);
  return { format, type, cipher, passphrase };
}

function parsePublicKeyEncoding(enc, keyType, objName) {
  return parseKeyEncoding(enc, keyType, keyType ? true : undefined, objName);
}

function parsePrivateKeyEncoding(enc, keyType, objName) {
  return parseKeyEncoding(enc, keyType, false, objName);
}

function getKeyTypes(allowKeyObject, bufferOnly = false) {
  const types = ['ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'string', 'KeyObject', 'CryptoKey'];
  if (bufferOnly) return types.slice(0, 4);
  return allowKeyObject ? types : types.slice(0, 5);
}

function getKeyObjectHandle(key, ctx) {
  if (ctx === kCreatePrivate) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', ['string', 'ArrayBuffer', 'Buffer', 'TypedArray', 'DataView', 'URL'], key);
  }
  if (key.type !== 'private') {
    if (ctx === kConsumePrivate || ctx === kCreatePublic) {
      throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private');
    }
    if (key.type !== 'public') {
      throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'private or public');
    }
  }
  return key[kHandle];
}

const jwkCurves = ['P-256', 'secp256k1', 'P-384', 'P-521'];
const jwkOkpCurves = ['Ed25519', 'Ed448', 'X25519', 'X448'];
const jwkPostQuantum =
  /^(?:ML-DSA-(?:44|65|87)|ML-KEM-(?:512|768|1024)|SLH-DSA-(?:SHA2|SHAKE)-(?:128|192|256)[fs])$/;
const jwkMembers = {
  __proto__: null,
  EC: { public: ['crv', 'x', 'y'], private: ['crv', 'x', 'y', 'd'] },
  OKP: { public: ['x'], private: ['x', 'd'] },
  AKP: { public: ['alg', 'pub'], private: ['alg', 'pub', 'priv'] },
  RSA: { public: ['n', 'e'], private: ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'] },
};

function jwkError(message, code = 'ERR_CRYPTO_INVALID_JWK') {
  const err = new TypeError(message);
  err.code = code;
  return err;
}

function handleFromJwk(key, ctx) {
  validateObject(key, 'key');
  const { kty, crv } = key;
  if (typeof kty !== 'string') throw jwkError('Invalid JWK format');
  const isPublic = ctx === kConsumePublic || ctx === kCreatePublic;
  const members = jwkMembers[kty];
  if (members === undefined) throw jwkError(`${kty} is not a supported JWK key type`);
  const bad = () => jwkError(`Invalid JWK ${kty} key`);
  if (kty === 'EC' && typeof crv === 'string' && !jwkCurves.includes(crv)) {
    throw jwkError('Invalid EC curve name', 'ERR_CRYPTO_INVALID_CURVE');
  }
  if (kty === 'OKP' && !jwkOkpCurves.includes(crv)) throw bad();
  if (kty === 'AKP' && !jwkPostQuantum.test(key.alg)) throw jwkError('Unsupported JWK AKP "alg"');
  const names = isPublic && (kty !== 'RSA' || key.d === undefined) ? members.public : members.private;
  for (let i = 0; i < names.length; i++) {
    if (typeof key[names[i]] !== 'string') throw bad();
  }
  const handle = b.keyFromJwk(key, isPublic);
  if (handle === undefined) throw bad();
  return handle;
}

// The native key of an argument that may be a KeyObject, PEM, DER or JWK.
function prepareAsymmetricKey(key, ctx) {
  if (isKeyObject(key)) return getKeyObjectHandle(key, ctx);
  if (isCryptoKey(key)) return getKeyObjectHandle(slotsOf(key).keyObject, ctx);
  if (isStringOrBuffer(key)) return b.parseKey(ctx, getArrayBufferOrView(key, 'key'), 'pem');
  if (typeof key === 'object' && key !== null) {
    const { key: data, encoding, format } = key;
    if (isKeyObject(data)) return getKeyObjectHandle(data, ctx);
    if (isCryptoKey(data)) return getKeyObjectHandle(slotsOf(data).keyObject, ctx);
    if (format === 'jwk') {
      validateObject(data, 'key.key');
      return handleFromJwk(data, ctx);
    }
    if (!isStringOrBuffer(data)) {
      throw new codes.ERR_INVALID_ARG_TYPE('key.key', getKeyTypes(ctx !== kCreatePrivate), data);
    }
    const isPublic = ctx === kConsumePrivate || ctx === kCreatePrivate ? false : undefined;
    const e = parseKeyEncoding(key, undefined, isPublic, null);
    return b.parseKey(ctx, getArrayBufferOrView(data, 'key', encoding), e.format, e.type, e.passphrase);
  }
  throw new codes.ERR_INVALID_ARG_TYPE('key', getKeyTypes(ctx !== kCreatePrivate), key);
}

function preparePrivateKey(key) { return prepareAsymmetricKey(key, kConsumePrivate); }

function preparePublicOrPrivateKey(key) { return prepareAsymmetricKey(key, kConsumePublic); }

function prepareSecretKey(key, encoding, bufferOnly = false) {
  if (!bufferOnly) {
    if (isKeyObject(key)) {
      if (key.type !== 'secret') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'secret');
      return key[kHandle];
    }
    if (isCryptoKey(key)) {
      if (key.type !== 'secret') throw new codes.ERR_CRYPTO_INVALID_KEY_OBJECT_TYPE(key.type, 'secret');
      return slotsOf(key).keyObject[kHandle];
    }
  }
  if (typeof key !== 'string' && !isArrayBufferView(key) && !isAnyArrayBuffer(key)) {
    throw new codes.ERR_INVALID_ARG_TYPE('key', getKeyTypes(!bufferOnly, bufferOnly), key);
  }
  return getArrayBufferOrView(key, 'key', encoding);
}

function createSecretKey(key, encoding) {
  return new SecretKeyObject(b.makeSecret(prepareSecretKey(key, encoding, true)));
}

function createPublicKey(key) {
  return new PublicKeyObject(b.toPublic(prepareAsymmetricKey(key, kCreatePublic)));
}

function createPrivateKey(key) {
  return new PrivateKeyObject(prepareAsymmetricKey(key, kCreatePrivate));
}

function isKeyObject(obj) {
  return obj != null && obj[kKeyType] !== undefined;
}

function encapsulate(key, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  return b.encapsulate(preparePublicOrPrivateKey(key), callback);
}

function decapsulate(key, ciphertext, callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
  const handle = preparePrivateKey(key);
  return b.decapsulate(handle, getArrayBufferOrView(ciphertext, 'ciphertext'), callback);
}

module.exports = {
  CryptoKey,
  KeyObject,
  PrivateKeyObject,
  PublicKeyObject,
  SecretKeyObject,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  decapsulate,
  encapsulate,
  handleFromJwk,
  isCryptoKey,
  isKeyObject,
  kConsumePrivate,
  kConsumePublic,
  kCreatePrivate,
  kCreatePublic,
  kEmptyObject,
  parsePrivateKeyEncoding,
  parsePublicKeyEncoding,
  prepareAsymmetricKey,
  preparePrivateKey,
  preparePublicOrPrivateKey,
  prepareSecretKey,
  wrapHandle,
  [kDeserialize]({ type, key }) { return wrapHandle(b.decodeKey(type, key)); },
};
