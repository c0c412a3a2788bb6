'use strict';

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const { Writable } = require('stream');
const { checkData, getArrayBufferOrView, isArrayBufferView, kHandle } = require('internal/crypto/util');
const keys = require('internal/crypto/keys');
const { validateFunction, validateString } = require('internal/validators');

function getIntOption(name, options) {
  const value = options[name];
  if (value === undefined) return undefined;
  if (value === value >> 0) return value;
  throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, value);
}

function dsaEncoding(options) {
  if (typeof options === 'object') {
    const { dsaEncoding: value = 'der' } = options;
    if (value === 'der') return 0;
    if (value === 'ieee-p1363') return 1;
    throw new codes.ERR_INVALID_ARG_VALUE('options.dsaEncoding', value);
  }
  return 0;
}

function contextOf(options) {
  const { context } = options;
  if (context === undefined) return undefined;
  if (!isArrayBufferView(context)) {
    throw new codes.ERR_INVALID_ARG_TYPE('context', ['Buffer', 'TypedArray', 'DataView'], context);
  }
  return context;
}

function init(self, algorithm, options) {
  validateString(algorithm, 'algorithm');
  self[kHandle] = b.signInit(algorithm);
  Reflect.apply(Writable, self, [options]);
}

function Sign(algorithm, options) {
  if (!(this instanceof Sign)) return new Sign(algorithm, options);
  init(this, algorithm, options);
}
Object.setPrototypeOf(Sign.prototype, Writable.prototype);
Object.setPrototypeOf(Sign, Writable);

function write(chunk, encoding, callback) {
  this.update(chunk, encoding);
  callback();
}

function update(data, encoding) {
  checkData(data, encoding);
  b.signUpdate(this[kHandle], data, encoding);
  return this;
}

Sign.prototype._write = write;
Sign.prototype.update = update;

Sign.prototype.sign = function sign(options, encoding) {
  if (!options) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const key = keys.preparePrivateKey(options);
  const padding = getIntOption('padding', options);
  const saltLength = getIntOption('saltLength', options);
  const ret = b.signFinal(this[kHandle], key, padding, saltLength, dsaEncoding(options));
  return encoding && encoding !== 'buffer' ? ret.toString(encoding) : ret;
};

function Verify(algorithm, options) {
  if (!(this instanceof Verify)) return new Verify(algorithm, options);
  init(this, algorithm, options);
}
Object.setPrototypeOf(Verify.prototype, Writable.prototype);
Object.setPrototypeOf(Verify, Writable);
Verify.prototype._write = write;
Verify.prototype.update = update;

Verify.prototype.verify = function verify(options, signature, sigEncoding) {
  const key = keys.preparePublicOrPrivateKey(options);
  const padding = getIntOption('padding', options);
  const saltLength = getIntOption('saltLength', options);
  const dsa = dsaEncoding(options);
  signature = getArrayBufferOrView(signature, 'signature', sigEncoding);
  return b.verifyFinal(this[kHandle], key, signature, padding, saltLength, dsa);
};

function signOneShot(algorithm, data, key, callback) {
  if (algorithm != null) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  data = getArrayBufferOrView(data, 'data');
  if (!key) throw new codes.ERR_CRYPTO_SIGN_KEY_REQUIRED();
  const padding = getIntOption('padding', key);
  const saltLength = getIntOption('saltLength', key);
  const dsa = dsaEncoding(key);
  const context = contextOf(key);
  const handle = keys.preparePrivateKey(key);
  return b.signOneShot(handle, data, algorithm, padding, saltLength, dsa, context, callback);
}

function verifyOneShot(algorithm, data, key, signature, callback) {
  if (algorithm != null) validateString(algorithm, 'algorithm');
  if (callback !== undefined) validateFunction(callback, 'callback');
  data = getArrayBufferOrView(data, 'data');
  if (!isArrayBufferView(data) && !(data instanceof ArrayBuffer)) {
    throw new codes.ERR_INVALID_ARG_TYPE('data', ['Buffer', 'TypedArray', 'DataView'], data);
  }
  const options = key ?? {};
  const padding = getIntOption('padding', options);
  const saltLength = getIntOption('saltLength', options);
  const dsa = dsaEncoding(options);
  const context = contextOf(options);
  signature = getArrayBufferOrView(signature, 'signature');
  const handle = keys.preparePublicOrPrivateKey(key);
  return b.verifyOneShot(handle, data, algorithm, signature, padding, saltLength, dsa, context, callback);
}

module.exports = {
  Sign,
  Verify,
  createSign(algorithm, options) { return new Sign(algorithm, options); },
  createVerify(algorithm, options) { return new Verify(algorithm, options); },
  sign: signOneShot,
  verify: verifyOneShot,
};
