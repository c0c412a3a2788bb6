'use strict';
// CryptoKey: a KeyObject with what Web Crypto allows it. Its state is in a
// WeakMap, so that scripts see no own properties and can forge none.

const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');

const kClone = Symbol.for('messaging_clone_symbol');
const kDeserialize = Symbol.for('messaging_deserialize_symbol');
const slots = new WeakMap();

function slotsOf(key) {
  const s = slots.get(key);
  if (s === undefined) throw new codes.ERR_INVALID_THIS('CryptoKey');
  return s;
}

function cloneAlgorithm(algorithm) {
  const copy = { ...algorithm };
  if (copy.hash !== undefined) copy.hash = { ...copy.hash };
  if (copy.publicExponent !== undefined) copy.publicExponent = new Uint8Array(copy.publicExponent);
  return copy;
}

class CryptoKey {
  constructor() { throw new codes.ERR_ILLEGAL_CONSTRUCTOR(); }

  get type() { return slotsOf(this).keyObject.type; }

  get extractable() { return slotsOf(this).extractable; }

  // Scripts get copies, always the same: what they change does not count.
  get algorithm() {
    const s = slotsOf(this);
    return s.algorithmView ??= cloneAlgorithm(s.algorithm);
  }

  get usages() {
    const s = slotsOf(this);
    return s.usagesView ??= s.usages.slice();
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const s = slotsOf(this);
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `CryptoKey ${require('internal/util/inspect').inspect({
      type: s.keyObject.type,
      extractable: s.extractable,
      algorithm: cloneAlgorithm(s.algorithm),
      usages: s.usages.slice(),
    }, opts)}`;
  }

  [kClone]() {
    const { keyObject, algorithm, usages, extractable } = slotsOf(this);
    return { deserializeInfo: 'internal/crypto/cryptokey:CryptoKey', data: { keyObject, algorithm, usages, extractable } };
  }
}
const enumerable = { __proto__: null, enumerable: true };
Object.defineProperties(CryptoKey.prototype, {
  type: enumerable,
  extractable: enumerable,
  algorithm: enumerable,
  usages: enumerable,
  [customInspectSymbol]: { __proto__: null, enumerable: false },
  [kClone]: { __proto__: null, enumerable: false },
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'CryptoKey' },
});

function createCryptoKey(keyObject, algorithm, usages, extractable) {
  const key = Object.create(CryptoKey.prototype);
  slots.set(key, { keyObject, algorithm, usages, extractable, algorithmView: undefined, usagesView: undefined });
  return key;
}

function isCryptoKey(value) {
  return typeof value === 'object' && value !== null && slots.has(value);
}

// Whether two keys are the same for assert.deepStrictEqual.
function cryptoKeysEqual(a, b) {
  if (!isCryptoKey(a) || !isCryptoKey(b)) return false;
  const x = slots.get(a);
  const y = slots.get(b);
  const { isDeepStrictEqual } = require('util');
  return x.extractable === y.extractable && isDeepStrictEqual(x.algorithm, y.algorithm) &&
    isDeepStrictEqual(x.usages, y.usages) && x.keyObject.equals(y.keyObject);
}

module.exports = {
  CryptoKey,
  createCryptoKey,
  cryptoKeysEqual,
  isCryptoKey,
  slotsOf,
  [kDeserialize](data) { return createCryptoKey(data.keyObject, data.algorithm, data.usages, data.extractable); },
};
