'use strict';

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const { validateBoolean, validateFunction, validateNumber, validateObject } = require('internal/validators');
const { isAnyArrayBuffer, isArrayBufferView } = require('internal/crypto/util');
const { viewKind } = internalBinding('buffer');

const kMaxInt32 = 2 ** 31 - 1;
const RAND_MAX = 0xFFFF_FFFF_FFFF;

function assertOffset(offset, elementSize, length) {
  validateNumber(offset, 'offset');
  offset *= elementSize;
  const maxLength = Math.min(length, kMaxInt32);
  if (Number.isNaN(offset) || offset > maxLength || offset < 0) {
    throw new codes.ERR_OUT_OF_RANGE('offset', `>= 0 && <= ${maxLength}`, offset);
  }
  return offset >>> 0;
}

function assertSize(size, elementSize, offset, length) {
  validateNumber(size, 'size');
  size *= elementSize;
  if (Number.isNaN(size) || size > kMaxInt32 || size < 0) {
    throw new codes.ERR_OUT_OF_RANGE('size', `>= 0 && <= ${kMaxInt32}`, size);
  }
  if (size + offset > length) throw new codes.ERR_OUT_OF_RANGE('size + offset', `<= ${length}`, size + offset);
  return size >>> 0;
}

function randomBytes(size, callback) {
  size = assertSize(size, 1, 0, Infinity);
  if (callback !== undefined) validateFunction(callback, 'callback');
  const buf = require('buffer').Buffer.allocUnsafeSlow(size);
  if (callback === undefined) {
    b.randomFill(buf, 0, size);
    return buf;
  }
  randomFill(buf, 0, size, function(error) {
    if (error) return Reflect.apply(callback, this, [error]);
    Reflect.apply(callback, this, [null, buf]);
  });
}

function checkTarget(buf) {
  if (viewKind(buf) === 0) throw new codes.ERR_INVALID_ARG_TYPE('buf', ['ArrayBuffer', 'ArrayBufferView'], buf);
}

function randomFillSync(buf, offset = 0, size) {
  checkTarget(buf);
  const elementSize = buf.BYTES_PER_ELEMENT || 1;
  offset = assertOffset(offset, elementSize, buf.byteLength);
  if (size === undefined) size = buf.byteLength - offset;
  else size = assertSize(size, elementSize, offset, buf.byteLength);
  if (size !== 0) b.randomFill(buf, offset, size);
  return buf;
}

function randomFill(buf, offset, size, callback) {
  checkTarget(buf);
  const elementSize = buf.BYTES_PER_ELEMENT || 1;
  if (typeof offset === 'function') {
    callback = offset;
    offset = 0;
    size = buf.length;
  } else if (typeof size === 'function') {
    callback = size;
    size = buf.length - offset;
  } else {
    validateFunction(callback, 'callback');
  }
  offset = assertOffset(offset, elementSize, buf.byteLength);
  if (size === undefined) size = buf.byteLength - offset;
  else size = assertSize(size, elementSize, offset, buf.byteLength);
  if (size === 0) {
    callback(null, buf);
    return;
  }
  b.randomFill(buf, offset, size, function(err) {
    if (err) Reflect.apply(callback, this, [err]);
    else Reflect.apply(callback, this, [null, buf]);
  });
}

function randomInt(min, max, callback) {
  const minNotSpecified = max === undefined || typeof max === 'function';
  if (minNotSpecified) {
    callback = max;
    max = min;
    min = 0;
  }
  const isSync = callback === undefined;
  if (!isSync) validateFunction(callback, 'callback');
  if (!Number.isSafeInteger(min)) throw new codes.ERR_INVALID_ARG_TYPE('min', 'a safe integer', min);
  if (!Number.isSafeInteger(max)) throw new codes.ERR_INVALID_ARG_TYPE('max', 'a safe integer', max);
  if (max <= min) throw new codes.ERR_OUT_OF_RANGE('max', `greater than the value of "min" (${min})`, max);
  const range = max - min;
  if (!(range <= RAND_MAX)) {
    throw new codes.ERR_OUT_OF_RANGE(minNotSpecified ? 'max' : 'max - min', `<= ${RAND_MAX}`, range);
  }
  const n = b.randomInt(range) + min;
  if (isSync) return n;
  process.nextTick(callback, undefined, n);
}

function randomUUID(options) {
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.disableEntropyCache !== undefined) {
      validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
    }
  }
  return b.randomUUID();
}

function randomUUIDv7(options) {
  if (options !== undefined) {
    validateObject(options, 'options');
    if (options.disableEntropyCache !== undefined) {
      validateBoolean(options.disableEntropyCache, 'options.disableEntropyCache');
    }
  }
  return b.randomUUIDv7();
}

const integerArrays = /^(?:Big)?(?:Int|Uint)(?:8|16|32|64)(?:Clamped)?Array$/;
const typedArrayTag = Object.getOwnPropertyDescriptor(
  Object.getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag).get;

function getRandomValues(data) {
  const tag = typedArrayTag.call(data);
  if (tag === undefined || !integerArrays.test(tag)) {
    const { DOMException } = require('internal/domexception');
    throw new DOMException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  }
  if (data.byteLength > 65536) {
    const { DOMException } = require('internal/domexception');
    throw new DOMException(`The requested length exceeds 65,536 bytes`, 'QuotaExceededError');
  }
  randomFillSync(data, 0);
  return data;
}

// Primes

function toBigInt(buffer) {
  const hex = require('buffer').Buffer.from(buffer).toString('hex');
  return BigInt(hex === '' ? '0x0' : `0x${hex}`);
}

function unsignedBytes(bigint, name) {
  if (bigint < 0) throw new codes.ERR_OUT_OF_RANGE(name, '>= 0', bigint);
  let hex = bigint.toString(16);
  if (hex.length % 2) hex = `0${hex}`;
  return require('buffer').Buffer.from(hex, 'hex');
}

function primeOptions(size, options) {
  const { validateInt32 } = require('internal/validators');
  validateInt32(size, 'size', 1);
  validateObject(options, 'options');
  const { safe = false, bigint = false } = options;
  let { add, rem } = options;
  validateBoolean(safe, 'options.safe');
  validateBoolean(bigint, 'options.bigint');
  const convert = (value, name) => {
    if (value === undefined) return undefined;
    if (typeof value === 'bigint') return unsignedBytes(value, name);
    if (!isAnyArrayBuffer(value) && !isArrayBufferView(value)) {
      throw new codes.ERR_INVALID_ARG_TYPE(name,
        ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'], value);
    }
    return value;
  };
  add = convert(add, 'options.add');
  rem = convert(rem, 'options.rem');
  return { safe, bigint, add, rem };
}

function generatePrime(size, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = kEmptyObject;
  }
  validateFunction(callback, 'callback');
  const o = primeOptions(size, options);
  b.generatePrime(size, o.safe, o.add, o.rem, (err, prime) => {
    if (err) return callback(err);
    callback(undefined, o.bigint ? toBigInt(prime) : prime);
  });
}

function generatePrimeSync(size, options = kEmptyObject) {
  const o = primeOptions(size, options);
  const prime = b.generatePrime(size, o.safe, o.add, o.rem);
  return o.bigint ? toBigInt(prime) : prime;
}

function candidateOf(candidate, options) {
  if (typeof candidate === 'bigint') candidate = unsignedBytes(candidate, 'candidate');
  if (!isAnyArrayBuffer(candidate) && !isArrayBufferView(candidate)) {
    throw new codes.ERR_INVALID_ARG_TYPE('candidate',
      ['ArrayBuffer', 'TypedArray', 'Buffer', 'DataView', 'bigint'], candidate);
  }
  validateObject(options, 'options');
  const { checks = 0 } = options;
  require('internal/validators').validateInt32(checks, 'options.checks', 0);
  return candidate;
}

function checkPrime(candidate, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = kEmptyObject;
  }
  validateFunction(callback, 'callback');
  candidate = candidateOf(candidate, options);
  b.checkPrime(candidate, options.checks ?? 0, (err, result) => callback(err ?? undefined, result));
}

function checkPrimeSync(candidate, options = kEmptyObject) {
  candidate = candidateOf(candidate, options);
  return b.checkPrime(candidate, options.checks ?? 0);
}

module.exports = {
  checkPrime, checkPrimeSync, generatePrime, generatePrimeSync, getRandomValues, randomBytes, randomFill,
  randomFillSync, randomInt, randomUUID, randomUUIDv7,
};
