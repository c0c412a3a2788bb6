'use strict';
// node:crypto: what its parts export, each loaded when it is first used.

const b = internalBinding('crypto');
const { defineLazy, deprecate } = require('internal/util');

function lazy(id, names) {
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    defineLazy(module.exports, name, () => require(id)[name]);
  }
}

const order = [
  ['internal/crypto/kdf', ['argon2', 'argon2Sync']],
  ['internal/crypto/random', ['checkPrime', 'checkPrimeSync']],
  ['internal/crypto/cipher', ['createCipheriv', 'createDecipheriv']],
  ['internal/crypto/diffiehellman', ['createDiffieHellman', 'createDiffieHellmanGroup', 'createECDH']],
  ['internal/crypto/hash', ['createHash', 'createHmac']],
  ['internal/crypto/keys', ['createPrivateKey', 'createPublicKey', 'createSecretKey']],
  ['internal/crypto/sig', ['createSign', 'createVerify']],
  ['internal/crypto/diffiehellman', ['diffieHellman']],
  ['internal/crypto/random', ['generatePrime', 'generatePrimeSync']],
  [null, ['getCiphers']],
  ['internal/crypto/cipher', ['getCipherInfo']],
  [null, ['getCurves']],
  ['internal/crypto/diffiehellman', ['getDiffieHellman']],
  [null, ['getHashes']],
  ['internal/crypto/kdf', ['hkdf', 'hkdfSync', 'pbkdf2', 'pbkdf2Sync']],
  ['internal/crypto/keygen', ['generateKeyPair', 'generateKeyPairSync', 'generateKey', 'generateKeySync']],
  ['internal/crypto/cipher', ['privateDecrypt', 'privateEncrypt', 'publicDecrypt', 'publicEncrypt']],
  ['internal/crypto/random', ['randomBytes', 'randomFill', 'randomFillSync', 'randomInt', 'randomUUID', 'randomUUIDv7']],
  ['internal/crypto/kdf', ['scrypt', 'scryptSync']],
  ['internal/crypto/sig', ['sign']],
  [null, ['setEngine', 'timingSafeEqual', 'getFips', 'setFips']],
  ['internal/crypto/sig', ['verify']],
  ['internal/crypto/hash', ['hash']],
  ['internal/crypto/keys', ['encapsulate', 'decapsulate']],
  ['internal/crypto/certificate', ['Certificate']],
  ['internal/crypto/cipher', ['Cipheriv', 'Decipheriv']],
  ['internal/crypto/diffiehellman', ['DiffieHellman', 'DiffieHellmanGroup', 'ECDH']],
  ['internal/crypto/hash', ['Hash', 'Hmac']],
  ['internal/crypto/keys', ['KeyObject']],
  ['internal/crypto/sig', ['Sign', 'Verify']],
  ['internal/crypto/x509', ['X509Certificate']],
  [null, ['secureHeapUsed']],
];

function getFips() { return 0; }

const own = {
  getCiphers() { return b.getCiphers(); },
  getCurves() { return b.getCurves(); },
  getHashes() { return b.getHashes(); },
  timingSafeEqual: b.timingSafeEqual,
  getFips,
  setFips(value) {
    if (!value) return;
    const { codes } = require('internal/errors');
    throw new codes.ERR_CRYPTO_FIPS_UNAVAILABLE();
  },
  setEngine(id, flags) {
    const { validateString, validateNumber } = require('internal/validators');
    const { codes } = require('internal/errors');
    validateString(id, 'id');
    if (flags) validateNumber(flags, 'flags');
    throw new codes.ERR_CRYPTO_CUSTOM_ENGINE_NOT_SUPPORTED();
  },
  secureHeapUsed() { return { total: 0, used: 0, utilization: 0, min: 0 }; },
};

for (let i = 0; i < order.length; i++) {
  if (order[i][0] !== null) lazy(order[i][0], order[i][1]);
  else for (const name of order[i][1]) module.exports[name] = own[name];
}

const constants = {
  __proto__: null,
  OPENSSL_VERSION_NUMBER: 810549376,
  SSL_OP_ALL: 2147485776, SSL_OP_ALLOW_NO_DHE_KEX: 1024, SSL_OP_ALLOW_UNSAFE_LEGACY_RENEGOTIATION: 262144,
  SSL_OP_CIPHER_SERVER_PREFERENCE: 4194304, SSL_OP_CISCO_ANYCONNECT: 32768, SSL_OP_COOKIE_EXCHANGE: 8192,
  SSL_OP_CRYPTOPRO_TLSEXT_BUG: 2147483648, SSL_OP_DONT_INSERT_EMPTY_FRAGMENTS: 2048, SSL_OP_LEGACY_SERVER_CONNECT: 4,
  SSL_OP_NO_COMPRESSION: 131072, SSL_OP_NO_ENCRYPT_THEN_MAC: 524288, SSL_OP_NO_QUERY_MTU: 4096,
  SSL_OP_NO_RENEGOTIATION: 1073741824, SSL_OP_NO_SESSION_RESUMPTION_ON_RENEGOTIATION: 65536, SSL_OP_NO_SSLv2: 0,
  SSL_OP_NO_SSLv3: 33554432, SSL_OP_NO_TICKET: 16384, SSL_OP_NO_TLSv1: 67108864, SSL_OP_NO_TLSv1_1: 268435456,
  SSL_OP_NO_TLSv1_2: 134217728, SSL_OP_NO_TLSv1_3: 536870912, SSL_OP_PRIORITIZE_CHACHA: 2097152,
  SSL_OP_TLS_ROLLBACK_BUG: 8388608,
  ENGINE_METHOD_RSA: 1, ENGINE_METHOD_DSA: 2, ENGINE_METHOD_DH: 4, ENGINE_METHOD_RAND: 8, ENGINE_METHOD_EC: 2048,
  ENGINE_METHOD_CIPHERS: 64, ENGINE_METHOD_DIGESTS: 128, ENGINE_METHOD_PKEY_METHS: 512,
  ENGINE_METHOD_PKEY_ASN1_METHS: 1024, ENGINE_METHOD_ALL: 65535, ENGINE_METHOD_NONE: 0,
  DH_CHECK_P_NOT_SAFE_PRIME: 2, DH_CHECK_P_NOT_PRIME: 1, DH_UNABLE_TO_CHECK_GENERATOR: 4,
  DH_NOT_SUITABLE_GENERATOR: 8,
  RSA_PKCS1_PADDING: 1, RSA_SSLV23_PADDING: 2, RSA_NO_PADDING: 3, RSA_PKCS1_OAEP_PADDING: 4, RSA_X931_PADDING: 5,
  RSA_PKCS1_PSS_PADDING: 6, RSA_PSS_SALTLEN_DIGEST: -1, RSA_PSS_SALTLEN_MAX_SIGN: -2, RSA_PSS_SALTLEN_AUTO: -2,
  defaultCoreCipherList: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:' +
    'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:' +
    'ECDHE-ECDSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-SHA256:DHE-RSA-AES128-SHA256:' +
    'ECDHE-RSA-AES256-SHA384:DHE-RSA-AES256-SHA384:ECDHE-RSA-AES256-SHA256:DHE-RSA-AES256-SHA256:HIGH:!aNULL:' +
    '!eNULL:!EXPORT:!DES:!RC4:!MD5:!PSK:!SRP:!CAMELLIA',
  TLS1_VERSION: 769, TLS1_1_VERSION: 770, TLS1_2_VERSION: 771, TLS1_3_VERSION: 772,
  POINT_CONVERSION_COMPRESSED: 2, POINT_CONVERSION_UNCOMPRESSED: 4, POINT_CONVERSION_HYBRID: 6,
};
let defaultCipherList;
Object.defineProperty(constants, 'defaultCipherList', {
  __proto__: null, enumerable: true, configurable: true,
  get() {
    if (defaultCipherList === undefined) defaultCipherList = constants.defaultCoreCipherList;
    return defaultCipherList;
  },
  set(value) { defaultCipherList = value; },
});

Object.defineProperties(module.exports, {
  constants: { __proto__: null, enumerable: true, configurable: false, value: constants },
  fips: {
    __proto__: null, enumerable: false, configurable: true,
    get: deprecate(getFips, 'crypto.fips is deprecated. Please use crypto.getFips()', 'DEP0093'),
    set: deprecate(own.setFips, 'crypto.fips is deprecated. Please use crypto.setFips()', 'DEP0093'),
  },
  webcrypto: {
    __proto__: null, enumerable: true, configurable: false,
    get() { return require('internal/crypto/webcrypto').crypto; },
    set: undefined,
  },
  subtle: {
    __proto__: null, enumerable: true, configurable: false,
    get() { return require('internal/crypto/webcrypto').crypto.subtle; },
    set: undefined,
  },
  getRandomValues: {
    __proto__: null, enumerable: true, configurable: false,
    get() {
      const { getRandomValues } = require('internal/crypto/webcrypto').crypto;
      return function(array) { return getRandomValues.call(require('internal/crypto/webcrypto').crypto, array); };
    },
    set: undefined,
  },
});
for (const name of ['pseudoRandomBytes', 'prng', 'rng']) {
  const fn = { [name]: function(size, callback) { return module.exports.randomBytes(size, callback); } }[name];
  Object.defineProperty(module.exports, name, {
    __proto__: null, enumerable: false, configurable: true, writable: true,
    value: name === 'pseudoRandomBytes' ?
      deprecate(fn, 'crypto.pseudoRandomBytes is deprecated.', 'DEP0115') : fn,
  });
}
