'use strict';

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const keys = require('internal/crypto/keys');
const { customPromisifyArgs, kEmptyObject } = require('internal/util');
const {
  validateBuffer, validateFunction, validateInt32, validateInteger, validateObject, validateOneOf, validateString,
  validateUint32,
} = require('internal/validators');

function parseEncodings(keyType, options = kEmptyObject) {
  const { publicKeyEncoding, privateKeyEncoding } = options;
  let pub, priv;
  if (publicKeyEncoding == null) pub = undefined;
  else if (typeof publicKeyEncoding === 'object') {
    pub = keys.parsePublicKeyEncoding(publicKeyEncoding, keyType, 'publicKeyEncoding');
  } else {
    throw new codes.ERR_INVALID_ARG_VALUE('options.publicKeyEncoding', publicKeyEncoding);
  }
  if (privateKeyEncoding == null) priv = undefined;
  else if (typeof privateKeyEncoding === 'object') {
    priv = keys.parsePrivateKeyEncoding(privateKeyEncoding, keyType, 'privateKeyEncoding');
  } else {
    throw new codes.ERR_INVALID_ARG_VALUE('options.privateKeyEncoding', privateKeyEncoding);
  }
  return { pub, priv };
}

function rsaPssOptions(options) {
  const { hash, mgf1Hash, hashAlgorithm, mgf1HashAlgorithm, saltLength } = options;
  if (saltLength !== undefined) validateInt32(saltLength, 'options.saltLength', 0);
  if (hashAlgorithm !== undefined) validateString(hashAlgorithm, 'options.hashAlgorithm');
  if (mgf1HashAlgorithm !== undefined) validateString(mgf1HashAlgorithm, 'options.mgf1HashAlgorithm');
  const old = (value, name, other) => {
    if (value === undefined) return;
    process.emitWarning(`"options.${name}" is deprecated, use "options.${name}Algorithm" instead.`,
                        'DeprecationWarning', 'DEP0154');
    validateString(value, `options.${name}`);
    if (other && value !== other) throw new codes.ERR_INVALID_ARG_VALUE(`options.${name}`, value);
  };
  old(hash, 'hash', hashAlgorithm);
  old(mgf1Hash, 'mgf1Hash', mgf1HashAlgorithm);
  return [hashAlgorithm || hash, mgf1HashAlgorithm || mgf1Hash, saltLength];
}

// Checks the arguments and returns a function that starts the work.
function createJob(type, options) {
  validateString(type, 'type');
  const encoding = parseEncodings(type, options);
  if (options !== undefined) validateObject(options, 'options');
  let run;
  switch (type) {
    case 'rsa':
    case 'rsa-pss': {
      validateObject(options, 'options');
      const { modulusLength } = options;
      validateUint32(modulusLength, 'options.modulusLength');
      let { publicExponent } = options;
      if (publicExponent == null) publicExponent = 0x10001;
      else validateUint32(publicExponent, 'options.publicExponent');
      const pss = type === 'rsa-pss';
      const o = pss ? rsaPssOptions(options) : [];
      run = (cb) => b.generateRSA(modulusLength, publicExponent, pss, o[0], o[1], o[2], cb);
      break;
    }
    case 'dsa': {
      validateObject(options, 'options');
      const { modulusLength } = options;
      validateUint32(modulusLength, 'options.modulusLength');
      let { divisorLength } = options;
      if (divisorLength == null) divisorLength = -1;
      else validateInt32(divisorLength, 'options.divisorLength', 0);
      run = (cb) => b.generateDSA(modulusLength, divisorLength, cb);
      break;
    }
    case 'ec': {
      validateObject(options, 'options');
      const { namedCurve, paramEncoding } = options;
      validateString(namedCurve, 'options.namedCurve');
      if (paramEncoding != null && paramEncoding !== 'named' && paramEncoding !== 'explicit') {
        throw new codes.ERR_INVALID_ARG_VALUE('options.paramEncoding', paramEncoding);
      }
      run = (cb) => b.generateEC(namedCurve, paramEncoding === 'explicit', cb);
      break;
    }
    case 'ed25519':
    case 'ed448':
    case 'x25519':
    case 'x448':
      run = (cb) => b.generateOKP(type, cb);
      break;
    case 'dh': {
      validateObject(options, 'options');
      const { group, primeLength, prime } = options;
      let { generator } = options;
      if (group != null) {
        if (prime != null) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', 'prime');
        if (primeLength != null) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', 'primeLength');
        if (generator != null) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('group', 'generator');
        validateString(group, 'options.group');
        const p = b.dhGroup(group);
        if (p === undefined) throw new codes.ERR_CRYPTO_UNKNOWN_DH_GROUP();
        run = (cb) => b.generateDH(p, 2, cb);
        break;
      }
      if (prime != null) {
        if (primeLength != null) throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('prime', 'primeLength');
        validateBuffer(prime, 'options.prime');
      } else if (primeLength != null) {
        validateInt32(primeLength, 'options.primeLength', 0);
      } else {
        throw new codes.ERR_MISSING_OPTION('At least one of the group, prime, or primeLength options');
      }
      if (generator != null) validateInt32(generator, 'options.generator', 0);
      else generator = 2;
      run = (cb) => b.generateDH(prime != null ? prime : primeLength, generator, cb);
      break;
    }
    default:
      if (!/^(?:ml-dsa-(?:44|65|87)|ml-kem-(?:512|768|1024)|slh-dsa-(?:sha2|shake)-(?:128|192|256)[fs])$/.test(type)) {
        throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
      }
      run = (cb) => b.generateOKP(type, cb);
  }
  return { run, encoding };
}

function encode(handle, e) {
  if (e === undefined) return keys.wrapHandle(handle);
  if (e.format === 'jwk') return b.exportJwk(handle, false);
  return b.exportKey(handle, e.format, e.type, e.cipher, e.passphrase);
}

function generateKeyPair(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const { run, encoding } = createJob(type, options);
  run((err, pair) => {
    if (err) return Reflect.apply(callback, undefined, [err]);
    let pub, priv;
    try {
      pub = encode(pair[0], encoding.pub);
      priv = encode(pair[1], encoding.priv);
    } catch (e) {
      return Reflect.apply(callback, undefined, [e]);
    }
    Reflect.apply(callback, undefined, [null, pub, priv]);
  });
}
Object.defineProperty(generateKeyPair, customPromisifyArgs,
  { __proto__: null, value: ['publicKey', 'privateKey'], enumerable: false });

function generateKeyPairSync(type, options) {
  const { run, encoding } = createJob(type, options);
  const pair = run();
  return { publicKey: encode(pair[0], encoding.pub), privateKey: encode(pair[1], encoding.priv) };
}

function secretJob(type, options) {
  validateString(type, 'type');
  validateObject(options, 'options');
  const { length } = options;
  switch (type) {
    case 'hmac':
      validateInteger(length, 'options.length', 8, 2 ** 31 - 1);
      break;
    case 'aes':
      validateOneOf(length, 'options.length', [128, 192, 256]);
      break;
    default:
      throw new codes.ERR_INVALID_ARG_VALUE('type', type, 'must be a supported key type');
  }
  return Math.floor(length / 8);
}

function generateKey(type, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'callback');
  const length = secretJob(type, options);
  b.generateSecret(length, (err, handle) => {
    if (err) Reflect.apply(callback, undefined, [err]);
    else Reflect.apply(callback, undefined, [null, keys.wrapHandle(handle)]);
  });
}

function generateKeySync(type, options) {
  return keys.wrapHandle(b.generateSecret(secretJob(type, options)));
}

module.exports = { generateKey, generateKeyPair, generateKeyPairSync, generateKeySync };
