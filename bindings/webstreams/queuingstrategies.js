'use strict';
const { codes } = require('internal/errors');
const { check, customInspect, customInspectSymbol, finishClass, kState } = require('internal/webstreams/util');
const { validateObject } = require('internal/validators');

function highWaterMarkOf(init) {
  validateObject(init, 'init');
  if (init.highWaterMark === undefined) throw new codes.ERR_MISSING_OPTION('init.highWaterMark');
  return +init.highWaterMark;
}

// One function each for the whole realm.
const countSize = { size() { return 1; } }.size;
const byteSize = { size(chunk) { return chunk.byteLength; } }.size;
for (const fn of [countSize, byteSize]) {
  Object.defineProperty(fn, 'name', { __proto__: null, value: 'size', configurable: true });
}

class ByteLengthQueuingStrategy {
  constructor(init) {
    this[kState] = { brand: 'ByteLengthQueuingStrategy', highWaterMark: highWaterMarkOf(init) };
  }
  get highWaterMark() {
    check(this, 'ByteLengthQueuingStrategy');
    return this[kState].highWaterMark;
  }
  get size() {
    check(this, 'ByteLengthQueuingStrategy');
    return byteSize;
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'ByteLengthQueuingStrategy', { highWaterMark: this.highWaterMark });
  }
}
finishClass(ByteLengthQueuingStrategy, ['highWaterMark', 'size']);

class CountQueuingStrategy {
  constructor(init) {
    this[kState] = { brand: 'CountQueuingStrategy', highWaterMark: highWaterMarkOf(init) };
  }
  get highWaterMark() {
    check(this, 'CountQueuingStrategy');
    return this[kState].highWaterMark;
  }
  get size() {
    check(this, 'CountQueuingStrategy');
    return countSize;
  }
  [customInspectSymbol](depth, options) {
    return customInspect.call(this, depth, options, 'CountQueuingStrategy', { highWaterMark: this.highWaterMark });
  }
}
finishClass(CountQueuingStrategy, ['highWaterMark', 'size']);

module.exports = { ByteLengthQueuingStrategy, CountQueuingStrategy };
