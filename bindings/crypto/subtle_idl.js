'use strict';
// What Web Crypto's interface definitions ask of arguments: conversions,
// dictionaries, and which algorithm each operation knows.

const { viewKind } = internalBinding('buffer');
const { isSharedArrayBuffer } = require('internal/util/types');
const { isCryptoKey } = require('internal/crypto/cryptokey');

function typeError(message, code) {
  const err = new TypeError(message);
  err.code = code;
  return err;
}

function exception(message, name, cause) {
  const { DOMException } = require('internal/domexception');
  return new DOMException(message, cause === undefined ? name : { name, cause });
}

// Conversions take (value, what), what being how messages begin:
// "Failed to execute 'sign' on 'SubtleCrypto': 3rd argument".

function toDOMString(value, what) {
  if (typeof value === 'symbol') throw typeError(`${what} is a Symbol and cannot be converted to a string.`, 'ERR_INVALID_ARG_TYPE');
  return `${value}`;
}

function toBufferSource(value, what) {
  if (viewKind(value) === 0 || isSharedArrayBuffer(value) || isSharedArrayBuffer(value.buffer)) {
    throw typeError(`${what} is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.`, 'ERR_INVALID_ARG_TYPE');
  }
  return value;
}

function toBigInteger(value, what) {
  if (!(value instanceof Uint8Array)) {
    throw typeError(`${what} is not of type Uint8Array.`, 'ERR_INVALID_ARG_TYPE');
  }
  return value;
}

function toCryptoKey(value, what) {
  if (!isCryptoKey(value)) throw typeError(`${what} is not of type CryptoKey.`, 'ERR_INVALID_ARG_TYPE');
  return value;
}

function integer(max) {
  return (value, what) => {
    if (typeof value === 'bigint' || typeof value === 'symbol') {
      throw typeError(`${what} is a ${typeof value === 'bigint' ? 'BigInt' : 'Symbol'} and cannot be converted to a number.`,
                      'ERR_INVALID_ARG_TYPE');
    }
    const n = +value;
    if (!Number.isFinite(n)) throw typeError(`${what} is not a finite number.`, 'ERR_INVALID_ARG_TYPE');
    const i = Math.trunc(n);
    if (i < 0 || i > max) throw typeError(`${what} is outside the expected range of 0 to ${max}.`, 'ERR_OUT_OF_RANGE');
    return i + 0;
  };
}
const toOctet = integer(255);
const toUnsignedShort = integer(65535);
const toUnsignedLong = integer(4294967295);

function enumeration(name, values) {
  return (value, what) => {
    value = toDOMString(value, what);
    if (!values.includes(value)) {
      throw typeError(`${what} '${value}' is not a valid enum value of type ${name}.`, 'ERR_INVALID_ARG_VALUE');
    }
    return value;
  };
}
const formats = ['raw', 'pkcs8', 'spki', 'jwk', 'raw-public', 'raw-secret', 'raw-seed'];
// In the order in which a key shows its usages.
const usages = ['encrypt', 'decrypt', 'sign', 'verify', 'deriveKey', 'deriveBits', 'wrapKey', 'unwrapKey', 'encapsulateKey',
                'encapsulateBits', 'decapsulateKey', 'decapsulateBits'];
const toKeyFormat = enumeration('KeyFormat', formats);
const toKeyUsage = enumeration('KeyUsage', usages);

function toKeyUsages(value, what) {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null ||
      typeof value[Symbol.iterator] !== 'function') {
    throw typeError(`${what} cannot be converted to sequence.`, 'ERR_INVALID_ARG_TYPE');
  }
  const list = [];
  for (const usage of value) list.push(toKeyUsage(usage, `${what}[${list.length}]`));
  return list;
}

// An AlgorithmIdentifier is an object or a name.
function toAlgorithm(value, what) {
  if ((typeof value === 'object' || typeof value === 'function') && value !== null) return value;
  return toDOMString(value, what);
}

const jwkMembers = {
  __proto__: null, kty: 1, use: 1, alg: 1, crv: 1, x: 1, y: 1, d: 1, n: 1, e: 1, p: 1, q: 1, dp: 1, dq: 1, qi: 1, k: 1, pub: 1,
  priv: 1,
};
function toJsonWebKey(value, what) {
  if (value !== undefined && value !== null && typeof value !== 'object' && typeof value !== 'function') {
    throw typeError(`${what} cannot be converted to a dictionary.`, 'ERR_INVALID_ARG_TYPE');
  }
  const jwk = {};
  if (value == null) return jwk;
  for (const name in jwkMembers) {
    if (value[name] !== undefined) jwk[name] = toDOMString(value[name], `${what} ${name}`);
  }
  if (value.ext !== undefined) jwk.ext = !!value.ext;
  if (value.key_ops !== undefined) jwk.key_ops = Array.from(value.key_ops, (op) => toDOMString(op, what));
  return jwk;
}

// Dictionaries: [member, conversion, required], inherited members first.
const hash = ['hash', (value) => normalizeAlgorithm(value, 'digest'), true];
const required = (name, convert) => [name, convert, true];
const optional = (name, convert) => [name, convert, false];
const rsaKeyGen = [required('modulusLength', toUnsignedLong), required('publicExponent', toBigInteger)];
const dictionaries = {
  AesCbcParams: [required('iv', toBufferSource)],
  AesCtrParams: [required('counter', toBufferSource), required('length', toOctet)],
  AeadParams: [optional('additionalData', toBufferSource), required('iv', toBufferSource), optional('tagLength', toOctet)],
  AesDerivedKeyParams: [required('length', toUnsignedShort)],
  AesKeyGenParams: [required('length', toUnsignedShort)],
  Argon2Params: [optional('associatedData', toBufferSource), required('memory', toUnsignedLong), required('nonce', toBufferSource),
                 required('parallelism', toUnsignedLong), required('passes', toUnsignedLong),
                 optional('secretValue', toBufferSource), optional('version', toOctet)],
  CShakeParams: [optional('customization', toBufferSource), optional('functionName', toBufferSource),
                 required('outputLength', toUnsignedLong)],
  ContextParams: [optional('context', toBufferSource)],
  EcKeyGenParams: [required('namedCurve', toDOMString)],
  EcKeyImportParams: [required('namedCurve', toDOMString)],
  EcdhKeyDeriveParams: [required('public', toCryptoKey)],
  EcdsaParams: [hash],
  HkdfParams: [hash, required('info', toBufferSource), required('salt', toBufferSource)],
  HmacImportParams: [hash, optional('length', toUnsignedLong)],
  HmacKeyGenParams: [hash, optional('length', toUnsignedLong)],
  KmacImportParams: [optional('length', toUnsignedLong)],
  KmacKeyGenParams: [optional('length', toUnsignedLong)],
  KmacParams: [optional('customization', toBufferSource), required('outputLength', toUnsignedLong)],
  Pbkdf2Params: [hash, required('iterations', toUnsignedLong), required('salt', toBufferSource)],
  RsaHashedImportParams: [hash],
  RsaHashedKeyGenParams: [...rsaKeyGen, hash],
  RsaOaepParams: [optional('label', toBufferSource)],
  RsaPssParams: [required('saltLength', toUnsignedLong)],
};

const each = (names, dictionary) => Object.fromEntries(names.map((name) => [name, dictionary]));
const aes = ['AES-CBC', 'AES-CTR', 'AES-GCM', 'AES-OCB'];
const rsa = ['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'];
const okp = ['Ed25519', 'Ed448', 'X25519', 'X448'];
const kmac = ['KMAC128', 'KMAC256'];
const mlDsa = ['ML-DSA-44', 'ML-DSA-65', 'ML-DSA-87'];
const mlKem = ['ML-KEM-512', 'ML-KEM-768', 'ML-KEM-1024'];
const argon2 = ['Argon2d', 'Argon2i', 'Argon2id'];

const cipher = {
  'RSA-OAEP': 'RsaOaepParams', 'AES-CBC': 'AesCbcParams', 'AES-CTR': 'AesCtrParams',
  ...each(['AES-GCM', 'AES-OCB', 'ChaCha20-Poly1305'], 'AeadParams'),
};
const signature = {
  'RSASSA-PKCS1-v1_5': null, 'RSA-PSS': 'RsaPssParams', 'ECDSA': 'EcdsaParams', 'HMAC': null, 'Ed25519': null,
  ...each(['Ed448', ...mlDsa], 'ContextParams'), ...each(kmac, 'KmacParams'),
};
const keys = [...mlDsa, ...mlKem, ...rsa, ...aes, ...okp, ...kmac, 'ECDSA', 'ECDH', 'HMAC', 'AES-KW', 'ChaCha20-Poly1305'];
const operations = {
  'encrypt': cipher,
  'decrypt': cipher,
  'sign': signature,
  'verify': signature,
  'digest': {
    ...each(['SHA-1', 'SHA-256', 'SHA-384', 'SHA-512', 'SHA3-256', 'SHA3-384', 'SHA3-512'], null),
    ...each(['cSHAKE128', 'cSHAKE256'], 'CShakeParams'),
  },
  'generateKey': {
    ...each(rsa, 'RsaHashedKeyGenParams'), ...each(['ECDSA', 'ECDH'], 'EcKeyGenParams'),
    ...each([...aes, 'AES-KW'], 'AesKeyGenParams'), 'HMAC': 'HmacKeyGenParams', ...each(kmac, 'KmacKeyGenParams'),
    ...each([...okp, ...mlDsa, ...mlKem, 'ChaCha20-Poly1305'], null),
  },
  'importKey': {
    ...each(rsa, 'RsaHashedImportParams'), ...each(['ECDSA', 'ECDH'], 'EcKeyImportParams'), 'HMAC': 'HmacImportParams',
    ...each(kmac, 'KmacImportParams'), ...each([...aes, 'AES-KW', ...okp, ...mlDsa, ...mlKem, ...argon2, 'ChaCha20-Poly1305', 'HKDF', 'PBKDF2'], null),
  },
  'exportKey': each(keys, null),
  'deriveBits': {
    'HKDF': 'HkdfParams', 'PBKDF2': 'Pbkdf2Params', ...each(['ECDH', 'X25519', 'X448'], 'EcdhKeyDeriveParams'),
    ...each(argon2, 'Argon2Params'),
  },
  'get key length': {
    ...each([...aes, 'AES-KW'], 'AesDerivedKeyParams'), 'HMAC': 'HmacImportParams', ...each(kmac, 'KmacImportParams'),
    ...each([...argon2, 'ChaCha20-Poly1305', 'HKDF', 'PBKDF2'], null),
  },
  'wrapKey': { 'AES-KW': null },
  'unwrapKey': { 'AES-KW': null },
  'encapsulate': each(mlKem, null),
  'decapsulate': each(mlKem, null),
};

const experimental = /^(?:AES-OCB|ChaCha20|cSHAKE|KMAC|Argon2|SHA3|ML-)/;
const warned = new Set();
function warnExperimental(feature) {
  if (warned.has(feature)) return;
  warned.add(feature);
  process.emitWarning(`The ${feature} is an experimental feature and might change at any time`, 'ExperimentalWarning');
}

// The algorithm as an operation wants it: its proper name and its dictionary's members.
function normalizeAlgorithm(algorithm, operation) {
  if (typeof algorithm !== 'object' && typeof algorithm !== 'function') algorithm = { name: algorithm === undefined ? 'undefined' : algorithm };
  const given = algorithm?.name;
  if (given === undefined) {
    throw typeError("Failed to normalize algorithm: passed algorithm cannot be converted to 'Algorithm' because " +
      "'name' is required in 'Algorithm'.", 'ERR_MISSING_OPTION');
  }
  const upper = toDOMString(given, 'Failed to normalize algorithm: name in passed algorithm').toUpperCase();
  const known = operations[operation];
  let name;
  for (const key in known) {
    if (key.toUpperCase() === upper) name = key;
  }
  if (name === undefined) throw exception('Unrecognized algorithm name', 'NotSupportedError');
  if (experimental.test(name)) warnExperimental(`${name} Web Crypto API algorithm`);
  const result = { name };
  const dictionary = known[name];
  if (dictionary === null) return result;
  const members = dictionaries[dictionary];
  for (let i = 0; i < members.length; i++) {
    const member = members[i][0];
    const value = algorithm[member];
    if (value !== undefined) {
      result[member] = members[i][1](value, `Failed to normalize algorithm: ${member} in passed algorithm`);
    } else if (members[i][2]) {
      throw typeError(`Failed to normalize algorithm: passed algorithm cannot be converted to '${dictionary}' because ` +
        `'${member}' is required in '${dictionary}'.`, 'ERR_MISSING_OPTION');
    }
  }
  return result;
}

module.exports = {
  exception,
  normalizeAlgorithm,
  toAlgorithm,
  toBufferSource,
  toCryptoKey,
  toJsonWebKey,
  toKeyFormat,
  toKeyUsages,
  toUnsignedLong,
  typeError,
  usages,
  warnExperimental,
};
