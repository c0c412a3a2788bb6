'use strict';

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const {
  validateFunction, validateInt32, validateInteger, validateObject, validateOneOf, validateString, validateUint32,
} = require('internal/validators');
const { getArrayBufferOrView, kHandle, toBuf, validateByteSource } = require('internal/crypto/util');
const { viewKind } = internalBinding('buffer');

// PBKDF2

function pbkdf2Args(password, salt, iterations, keylen, digest) {
  validateString(digest, 'digest');
  password = getArrayBufferOrView(password, 'password', 'buffer');
  salt = getArrayBufferOrView(salt, 'salt', 'buffer');
  validateInt32(iterations, 'iterations', 1);
  validateInt32(keylen, 'keylen', 0);
  return { password, salt, iterations, keylen, digest };
}

function pbkdf2(password, salt, iterations, keylen, digest, callback) {
  if (typeof digest === 'function') {
    callback = digest;
    digest = undefined;
  }
  const a = pbkdf2Args(password, salt, iterations, keylen, digest);
  validateFunction(callback, 'callback');
  b.pbkdf2(a.password, a.salt, iterations, keylen, digest, callback);
}

function pbkdf2Sync(password, salt, iterations, keylen, digest) {
  const a = pbkdf2Args(password, salt, iterations, keylen, digest);
  return b.pbkdf2(a.password, a.salt, iterations, keylen, digest);
}

// scrypt

const scryptDefaults = { N: 16384, r: 8, p: 1, maxmem: 32 << 20 };

function scryptArgs(password, salt, keylen, options) {
  password = getArrayBufferOrView(password, 'password');
  salt = getArrayBufferOrView(salt, 'salt');
  validateInt32(keylen, 'keylen', 0);
  let { N, r, p, maxmem } = scryptDefaults;
  if (options && options !== scryptDefaults) {
    const pick = (short, long, value) => {
      const hasShort = options[short] !== undefined;
      if (hasShort) {
        value = options[short];
        validateUint32(value, short);
      }
      if (options[long] !== undefined) {
        if (hasShort) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR(short, long);
        value = options[long];
        validateUint32(value, long);
      }
      return value || scryptDefaults[short];
    };
    N = pick('N', 'cost', N);
    r = pick('r', 'blockSize', r);
    p = pick('p', 'parallelization', p);
    if (options.maxmem !== undefined) {
      maxmem = options.maxmem;
      validateInteger(maxmem, 'maxmem', 0);
      if (maxmem === 0) maxmem = scryptDefaults.maxmem;
    }
  }
  return { password, salt, keylen, N, r, p, maxmem };
}

function scrypt(password, salt, keylen, options, callback = scryptDefaults) {
  if (callback === scryptDefaults) {
    callback = options;
    options = scryptDefaults;
  }
  const a = scryptArgs(password, salt, keylen, options);
  validateFunction(callback, 'callback');
  b.scrypt(a.password, a.salt, keylen, a.N, a.r, a.p, a.maxmem, callback);
}

function scryptSync(password, salt, keylen, options = scryptDefaults) {
  const a = scryptArgs(password, salt, keylen, options);
  return b.scrypt(a.password, a.salt, keylen, a.N, a.r, a.p, a.maxmem);
}

// HKDF

function hkdfArgs(hash, key, salt, info, length) {
  validateString(hash, 'digest');
  const keys = require('internal/crypto/keys');
  if (keys.isKeyObject(key) || keys.isCryptoKey(key)) {
    key = keys.prepareSecretKey(key);
  } else {
    key = toBuf(key);
    if (viewKind(key) === 0) {
      throw new codes.ERR_INVALID_ARG_TYPE('ikm',
        ['string', 'SecretKeyObject', 'ArrayBuffer', 'TypedArray', 'DataView', 'Buffer'], key);
    }
  }
  salt = validateByteSource(salt, 'salt');
  info = validateByteSource(info, 'info');
  validateInteger(length, 'length', 0, 2147483647);
  if (info.byteLength > 1024) {
    throw new codes.ERR_OUT_OF_RANGE('info', 'must not contain more than 1024 bytes', info.byteLength);
  }
  return { key, salt, info };
}

function hkdf(hash, key, salt, info, length, callback) {
  const a = hkdfArgs(hash, key, salt, info, length);
  validateFunction(callback, 'callback');
  b.hkdf(hash, a.key, a.salt, a.info, length, callback);
}

function hkdfSync(hash, key, salt, info, length) {
  const a = hkdfArgs(hash, key, salt, info, length);
  return b.hkdf(hash, a.key, a.salt, a.info, length);
}

// Argon2

function argon2Args(algorithm, parameters) {
  validateString(algorithm, 'algorithm');
  validateOneOf(algorithm, 'algorithm', ['argon2d', 'argon2i', 'argon2id']);
  validateObject(parameters, 'parameters');
  const { parallelism, tagLength, memory, passes } = parameters;
  const MAX = 2 ** 32 - 1;
  const message = getArrayBufferOrView(parameters.message, 'parameters.message');
  validateInteger(message.byteLength, 'parameters.message.byteLength', 0, MAX);
  const nonce = getArrayBufferOrView(parameters.nonce, 'parameters.nonce');
  validateInteger(nonce.byteLength, 'parameters.nonce.byteLength', 8, MAX);
  validateInteger(parallelism, 'parameters.parallelism', 1, 2 ** 24 - 1);
  validateInteger(tagLength, 'parameters.tagLength', 4, MAX);
  validateInteger(memory, 'parameters.memory', 8 * parallelism, MAX);
  validateInteger(passes, 'parameters.passes', 1, MAX);
  const secret = parameters.secret === undefined ? undefined : getArrayBufferOrView(parameters.secret, 'parameters.secret');
  const data = parameters.associatedData === undefined ? undefined :
    getArrayBufferOrView(parameters.associatedData, 'parameters.associatedData');
  return [algorithm, message, nonce, parallelism, tagLength, memory, passes, secret, data];
}

function argon2(algorithm, parameters, callback) {
  const args = argon2Args(algorithm, parameters);
  validateFunction(callback, 'callback');
  args.push(callback);
  b.argon2.apply(b, args);
}

function argon2Sync(algorithm, parameters) {
  return b.argon2.apply(b, argon2Args(algorithm, parameters));
}

module.exports = { argon2, argon2Sync, hkdf, hkdfSync, kHandle, pbkdf2, pbkdf2Sync, scrypt, scryptSync };
