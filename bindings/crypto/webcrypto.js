'use strict';
// The Web Crypto objects. SubtleCrypto's methods are loaded when one is called.

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { CryptoKey } = require('internal/crypto/cryptokey');

// SubtleCrypto's methods and how many arguments each needs.
const methods = {
  encrypt: 3, decrypt: 3, sign: 3, verify: 4, digest: 2, generateKey: 3, deriveKey: 5, deriveBits: 2, importKey: 5,
  exportKey: 2, wrapKey: 4, unwrapKey: 7, getPublicKey: 2, encapsulateBits: 2, encapsulateKey: 5, decapsulateBits: 3,
  decapsulateKey: 6,
};

class SubtleCrypto {
  constructor() { throw new codes.ERR_ILLEGAL_CONSTRUCTOR(); }

  static supports(operation, algorithm, lengthOrAdditionalAlgorithm = null) {
    if (this !== SubtleCrypto) throw new codes.ERR_INVALID_THIS('SubtleCrypto constructor');
    return require('internal/crypto/subtle').supports(arguments);
  }

  [customInspectSymbol]() { return 'SubtleCrypto {}'; }
}

function defineMethod(name, length) {
  const method = {
    async [name]() {
      if (this !== subtle) throw new codes.ERR_INVALID_THIS('SubtleCrypto');
      return require('internal/crypto/subtle').call(name, length, arguments);
    },
  }[name];
  Object.defineProperty(method, 'length', { __proto__: null, value: length, configurable: true });
  Object.defineProperty(SubtleCrypto.prototype, name,
    { __proto__: null, value: method, writable: true, enumerable: true, configurable: true });
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

const enumerable = { __proto__: null, enumerable: true };
Object.defineProperties(Crypto.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'Crypto' },
  subtle: enumerable, getRandomValues: enumerable, randomUUID: enumerable,
});
for (const name in methods) defineMethod(name, methods[name]);
Object.defineProperties(SubtleCrypto, { supports: enumerable });
Object.defineProperty(SubtleCrypto.prototype, Symbol.toStringTag,
  { __proto__: null, configurable: true, value: 'SubtleCrypto' });

const subtle = Object.create(SubtleCrypto.prototype);
const crypto = Object.create(Crypto.prototype);

module.exports = { Crypto, CryptoKey, SubtleCrypto, crypto };
