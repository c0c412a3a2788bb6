'use strict';
// The Web Crypto object: random values and digests.

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { viewKind } = internalBinding('buffer');

const digests = { '__proto__': null, 'SHA-1': 'sha1', 'SHA-256': 'sha256', 'SHA-384': 'sha384', 'SHA-512': 'sha512',
                  'SHA3-256': 'sha3-256', 'SHA3-384': 'sha3-384', 'SHA3-512': 'sha3-512' };

class SubtleCrypto {
  constructor() { throw new codes.ERR_ILLEGAL_CONSTRUCTOR(); }

  async digest(algorithm, data) {
    if (this !== subtle) throw new codes.ERR_INVALID_THIS('SubtleCrypto');
    if (arguments.length < 2) {
      throw new TypeError(`Failed to execute 'digest' on 'SubtleCrypto': 2 arguments required, but only ${arguments.length} present.`);
    }
    const name = `${typeof algorithm === 'object' && algorithm !== null ? algorithm.name : algorithm}`.toUpperCase();
    if (digests[name] === undefined) {
      const { DOMException } = require('internal/domexception');
      throw new DOMException('Unrecognized algorithm name', 'NotSupportedError');
    }
    if (viewKind(data) === 0) {
      const err = new TypeError("Failed to execute 'digest' on 'SubtleCrypto': 2nd argument is not instance of " +
        'ArrayBuffer, Buffer, TypedArray, or DataView.');
      err.code = 'ERR_INVALID_ARG_TYPE';
      throw err;
    }
    const bytes = b.oneShotDigest(digests[name], data, 'buffer');
    return bytes.buffer.byteLength === bytes.length ? bytes.buffer :
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
  }
}

class Crypto {
  constructor() { throw new codes.ERR_ILLEGAL_CONSTRUCTOR(); }

  get subtle() {
    if (this !== crypto) throw new codes.ERR_INVALID_THIS('Crypto');
    return subtle;
  }

  getRandomValues(array) {
    if (this !== crypto) throw new codes.ERR_INVALID_THIS('Crypto');
    if (arguments.length === 0) {
      const err = new TypeError("Failed to execute 'getRandomValues' on 'Crypto': 1 argument required, but only 0 present.");
      err.code = 'ERR_MISSING_ARGS';
      throw err;
    }
    return require('internal/crypto/random').getRandomValues(array);
  }

  randomUUID() {
    if (this !== crypto) throw new codes.ERR_INVALID_THIS('Crypto');
    return b.randomUUID();
  }

  [customInspectSymbol]() { return 'Crypto {}'; }
}

class CryptoKey {
  constructor() { throw new codes.ERR_ILLEGAL_CONSTRUCTOR(); }
}

const enumerable = { __proto__: null, enumerable: true };
Object.defineProperties(Crypto.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'Crypto' },
  subtle: enumerable, getRandomValues: enumerable, randomUUID: enumerable,
});
Object.defineProperties(SubtleCrypto.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'SubtleCrypto' },
  digest: enumerable,
});
Object.defineProperty(CryptoKey.prototype, Symbol.toStringTag,
  { __proto__: null, configurable: true, value: 'CryptoKey' });

const subtle = Object.create(SubtleCrypto.prototype);
const crypto = Object.create(Crypto.prototype);

module.exports = { Crypto, CryptoKey, SubtleCrypto, crypto };
