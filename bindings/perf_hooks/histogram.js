'use strict';
// Histogram, RecordableHistogram, and the one that watches the event loop.

const native = internalBinding('perf_hooks');
const { codes } = require('internal/errors');
const { customInspectSymbol, kEmptyObject } = require('internal/util');
const { validateInteger, validateNumber, validateObject } = require('internal/validators');

const kHandle = Symbol('kHandle');
const kSecret = Symbol('secret');

function handle(h, name = 'Histogram') {
  const it = h?.[kHandle];
  if (it === undefined) throw new codes.ERR_INVALID_THIS(name);
  return it;
}

class Histogram {
  constructor(secret) {
    if (secret !== kSecret) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    return `Histogram ${inspect({
      min: this.min,
      max: this.max,
      mean: this.mean,
      exceeds: this.exceeds,
      stddev: this.stddev,
      count: this.count,
      percentiles: this.percentiles,
    }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  get count() { return native.count(handle(this)); }
  get countBigInt() { return BigInt(native.count(handle(this))); }
  get min() { return native.min(handle(this)); }
  get minBigInt() { return BigInt(native.minText(handle(this))); }
  get max() { return native.max(handle(this)); }
  get maxBigInt() { return BigInt(native.max(handle(this))); }
  get mean() { return native.mean(handle(this)); }
  get exceeds() { return native.exceeds(handle(this)); }
  get exceedsBigInt() { return BigInt(native.exceeds(handle(this))); }
  get stddev() { return native.stddev(handle(this)); }

  percentile(percentile) {
    const h = handle(this);
    validateNumber(percentile, 'percentile');
    if (Number.isNaN(percentile) || percentile <= 0 || percentile > 100) {
      throw new codes.ERR_OUT_OF_RANGE('percentile', '> 0 && <= 100', percentile);
    }
    return native.percentile(h, percentile);
  }

  percentileBigInt(percentile) { return BigInt(this.percentile(percentile)); }

  get percentiles() {
    const list = native.percentiles(handle(this));
    const map = new Map();
    for (let i = 0; i < list.length; i += 2) map.set(list[i], list[i + 1]);
    return map;
  }

  get percentilesBigInt() {
    const list = native.percentiles(handle(this));
    const map = new Map();
    for (let i = 0; i < list.length; i += 2) map.set(list[i], BigInt(list[i + 1]));
    return map;
  }

  reset() { native.reset(handle(this)); }

  toJSON() {
    return {
      count: this.count,
      min: this.min,
      max: this.max,
      mean: this.mean,
      exceeds: this.exceeds,
      stddev: this.stddev,
      percentiles: Object.fromEntries(this.percentiles),
    };
  }
}

class RecordableHistogram extends Histogram {
  record(val) {
    const h = handle(this, 'RecordableHistogram');
    if (typeof val === 'bigint') {
      native.record(h, Number(val));
      return;
    }
    if (typeof val !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('val', ['integer', 'bigint'], val);
    if (!Number.isSafeInteger(val) || val < 1) throw new codes.ERR_OUT_OF_RANGE('val', 'a safe integer greater than 0', val);
    native.record(h, val);
  }

  recordDelta() { native.recordDelta(handle(this, 'RecordableHistogram')); }

  add(other) {
    const h = handle(this, 'RecordableHistogram');
    if (!(other instanceof RecordableHistogram)) throw new codes.ERR_INVALID_ARG_TYPE('other', 'RecordableHistogram', other);
    native.add(h, handle(other));
  }
}

class ELDHistogram extends Histogram {
  #resolution;

  constructor(secret, resolution) {
    super(secret);
    this.#resolution = resolution;
  }

  enable() { return native.enable(handle(this), this.#resolution); }
  disable() { return native.disable(handle(this)); }
  [Symbol.dispose]() { this.disable(); }
}

function make(C, lowest, highest, figures, extra) {
  const h = new C(kSecret, extra);
  h[kHandle] = native.newHistogram(lowest, highest, figures);
  return h;
}

function createHistogram(options = kEmptyObject) {
  validateObject(options, 'options');
  const { lowest = 1, highest = Number.MAX_SAFE_INTEGER, figures = 3 } = options;
  if (typeof lowest !== 'bigint') validateInteger(lowest, 'options.lowest', 1, Number.MAX_SAFE_INTEGER);
  if (typeof highest !== 'bigint') {
    validateInteger(highest, 'options.highest', 2 * Number(lowest), Number.MAX_SAFE_INTEGER);
  } else if (highest < 2n * BigInt(lowest)) {
    throw new codes.ERR_INVALID_ARG_VALUE.RangeError('options.highest', highest);
  }
  validateInteger(figures, 'options.figures', 1, 5);
  return make(RecordableHistogram, Number(lowest), Number(highest), figures);
}

function monitorEventLoopDelay(options = kEmptyObject) {
  validateObject(options, 'options');
  const { resolution = 10 } = options;
  validateInteger(resolution, 'options.resolution', 1);
  return make(ELDHistogram, 1, 3.6e12, 3, resolution);
}

module.exports = { Histogram, RecordableHistogram, createHistogram, monitorEventLoopDelay };
