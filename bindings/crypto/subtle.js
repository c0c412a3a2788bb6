'use strict';
// SubtleCrypto's operations on the functions of node:crypto.

const b = internalBinding('crypto');
const { KeyObject, wrapHandle } = require('internal/crypto/keys');
const { createCryptoKey, isCryptoKey, slotsOf } = require('internal/crypto/cryptokey');
const { kHandle } = require('internal/crypto/util');
const idl = require('internal/crypto/subtle_idl');
const { exception, normalizeAlgorithm, typeError } = idl;

const kCreatePublic = 2;
const kCreatePrivate = 3;
// The format of KeyObject.toCryptoKey, which scripts cannot name.
const kKeyObjectFormat = 'KeyObject';

const dataError = (message, cause) => exception(message, 'DataError', cause);
const syntaxError = (message) => exception(message, 'SyntaxError');
const unsupported = (message) => exception(message, 'NotSupportedError');
const invalidAccess = (message) => exception(message, 'InvalidAccessError');
const operationError = (message) => exception(message, 'OperationError');
const failed = (cause) => exception('The operation failed for an operation-specific reason', 'OperationError', cause);

// Runs a native job: start(callback) calls back with (error, result).
function job(start) {
  return new Promise((resolve, reject) => {
    const done = (err, value) => {
      if (err) reject(failed(err));
      else resolve(value);
    };
    try {
      start(done);
    } catch (err) {
      reject(failed(err));
    }
  });
}

function toArrayBuffer(bytes) {
  if (bytes instanceof ArrayBuffer) return bytes;
  return bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer :
    bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

const bytesOf = (source) => (source === undefined ? new Uint8Array(0) : source);
const nodeHash = (hash) => hash.name.toLowerCase().replace(/^sha-/, 'sha');
const blockSizes = {
  '__proto__': null, 'SHA-1': 512, 'SHA-256': 512, 'SHA-384': 1024, 'SHA-512': 1024, 'SHA3-256': 1088, 'SHA3-384': 832,
  'SHA3-512': 576,
};

// The first bits of a result: whole bytes, the last one's rest cleared.
function truncate(buffer, bits) {
  const out = buffer.slice(0, Math.ceil(bits / 8));
  if (bits % 8 !== 0) {
    const view = new Uint8Array(out);
    view[view.length - 1] &= 0xff << (8 - bits % 8);
  }
  return out;
}

// Families of algorithms and what their keys may be used for

const rsaUses = { public: ['verify'], private: ['sign'], use: 'sig', kty: 'RSA' };
const secretUses = (...names) => ({ secret: names, use: names[0] === 'sign' ? 'sig' : 'enc', kty: 'oct' });
const aesUses = secretUses('encrypt', 'decrypt', 'wrapKey', 'unwrapKey');
const agreement = { public: [], private: ['deriveKey', 'deriveBits'], use: 'enc' };
const signing = { public: ['verify'], private: ['sign'], use: 'sig' };
const encapsulating = {
  public: ['encapsulateKey', 'encapsulateBits'], private: ['decapsulateKey', 'decapsulateBits'], use: 'enc', kty: 'AKP',
};
const families = {
  '__proto__': null,
  'RSASSA-PKCS1-v1_5': rsaUses,
  'RSA-PSS': rsaUses,
  'RSA-OAEP': { public: ['encrypt', 'wrapKey'], private: ['decrypt', 'unwrapKey'], use: 'enc', kty: 'RSA' },
  'ECDSA': { ...signing, kty: 'EC' },
  'ECDH': { ...agreement, kty: 'EC' },
  'Ed25519': { ...signing, kty: 'OKP' },
  'Ed448': { ...signing, kty: 'OKP' },
  'X25519': { ...agreement, kty: 'OKP' },
  'X448': { ...agreement, kty: 'OKP' },
  'ML-DSA-44': { ...signing, kty: 'AKP' },
  'ML-DSA-65': { ...signing, kty: 'AKP' },
  'ML-DSA-87': { ...signing, kty: 'AKP' },
  'ML-KEM-512': encapsulating,
  'ML-KEM-768': encapsulating,
  'ML-KEM-1024': encapsulating,
  'HMAC': secretUses('sign', 'verify'),
  'KMAC128': secretUses('sign', 'verify'),
  'KMAC256': secretUses('sign', 'verify'),
  'AES-CBC': aesUses,
  'AES-CTR': aesUses,
  'AES-GCM': aesUses,
  'AES-OCB': aesUses,
  'AES-KW': secretUses('wrapKey', 'unwrapKey'),
  'ChaCha20-Poly1305': aesUses,
};
const isKDF = (name) => name === 'HKDF' || name === 'PBKDF2' || name.startsWith('Argon2');

const curves = { '__proto__': null, 'P-256': 'prime256v1', 'P-384': 'secp384r1', 'P-521': 'secp521r1' };
const coordinateSize = { '__proto__': null, 'P-256': 32, 'P-384': 48, 'P-521': 66 };

function jwkAlgorithm(algorithm) {
  const { name, length, hash } = algorithm;
  if (hash?.name.startsWith('SHA3')) return undefined; // has no names in JWK
  const bits = hash?.name.slice(4);
  switch (name) {
    case 'RSASSA-PKCS1-v1_5': return `RS${bits}`;
    case 'RSA-PSS': return `PS${bits}`;
    case 'RSA-OAEP': return bits === '1' ? 'RSA-OAEP' : `RSA-OAEP-${bits}`;
    case 'HMAC': return `HS${bits}`;
    case 'KMAC128': return 'K128';
    case 'KMAC256': return 'K256';
    case 'ChaCha20-Poly1305': return 'C20P';
    case 'Ed25519':
    case 'Ed448': return name;
    default: return name.startsWith('AES-') ? `A${length}${name.slice(4)}` : undefined;
  }
}

function sortUsages(list) { return idl.usages.filter((usage) => list.includes(usage)); }

function checkUsages(usages, allowed, name) {
  for (let i = 0; i < usages.length; i++) {
    if (!allowed.includes(usages[i])) throw syntaxError(`Unsupported key usage for ${name} key`);
  }
}

// generateKey

function checkAesLength(length) {
  if (length !== 128 && length !== 192 && length !== 256) {
    throw operationError('AES key length must be 128, 192, or 256 bits');
  }
}

function checkCurve(namedCurve) {
  if (curves[namedCurve] === undefined) throw unsupported('Unrecognized namedCurve');
}

function exponent(bytes) {
  let value = 0;
  for (let i = 0; i < bytes.length; i++) value = value * 256 + bytes[i];
  return value;
}

function generateSecret(algorithm, bits, usages, extractable) {
  return job((done) => b.generateSecret(Math.ceil(bits / 8), done)).then((handle) => {
    if (bits % 8 !== 0) handle = b.makeSecret(truncate(toArrayBuffer(b.exportSecret(handle)), bits));
    return createCryptoKey(wrapHandle(handle), algorithm, usages, extractable);
  });
}

function generatePair(start, algorithm, family, usages, extractable) {
  return job(start).then((pair) => ({
    publicKey: createCryptoKey(wrapHandle(pair[0]), algorithm, usages.filter((u) => family.public.includes(u)), true),
    privateKey: createCryptoKey(wrapHandle(pair[1]), algorithm, usages.filter((u) => family.private.includes(u)), extractable),
  }));
}

// Checks what generateKey is asked for and returns a function that does it.
function prepareGenerate(algorithm, extractable, usages) {
  const { name } = algorithm;
  const family = families[name];
  if (family.kty === 'EC') checkCurve(algorithm.namedCurve);
  if (family.secret === undefined) checkUsages(usages, family.public.concat(family.private), name);
  else checkUsages(usages, family.secret, name);
  usages = sortUsages(usages);
  const effective = family.secret === undefined ? usages.filter((u) => family.private.includes(u)) : usages;
  let run;
  switch (family.kty) {
    case 'RSA': {
      const e = exponent(algorithm.publicExponent);
      if (e < 3 || e % 2 === 0 || e > 0xffffffff) throw failed();
      const { modulusLength, publicExponent, hash } = algorithm;
      run = () => generatePair((done) => b.generateRSA(modulusLength, e, false, undefined, undefined, undefined, done),
                               { name, modulusLength, publicExponent: new Uint8Array(publicExponent), hash },
                               family, usages, extractable);
      break;
    }
    case 'EC':
      run = () => generatePair((done) => b.generateEC(curves[algorithm.namedCurve], false, done), algorithm, family, usages,
                               extractable);
      break;
    case 'OKP':
    case 'AKP':
      run = () => generatePair((done) => b.generateOKP(name.toLowerCase(), done), { name }, family, usages, extractable);
      break;
    default: {
      let { length } = algorithm;
      if (name.startsWith('AES-')) checkAesLength(length);
      else if (name === 'ChaCha20-Poly1305') length = 256;
      else if (length === 0) throw operationError(`${name === 'HMAC' ? 'Hmac' : 'Kmac'}KeyGenParams.length cannot be 0`);
      else if (name === 'HMAC') length ??= blockSizes[algorithm.hash.name];
      else length ??= +name.slice(4);
      const result = { name };
      if (name !== 'ChaCha20-Poly1305') result.length = length;
      if (algorithm.hash !== undefined) result.hash = algorithm.hash;
      run = () => generateSecret(result, length, usages, extractable);
    }
  }
  if (effective.length === 0) throw syntaxError('Usages cannot be empty when creating a key.');
  return run;
}

// importKey

function checkJwk(jwk, family, usages, extractable, members) {
  if (jwk === null || typeof jwk !== 'object' || jwk.kty === undefined) throw dataError('Invalid keyData');
  if (jwk.kty !== family.kty) throw dataError('Invalid JWK "kty" Parameter');
  for (let i = 0; i < members.length; i++) {
    if (typeof jwk[members[i]] !== 'string') throw dataError('Invalid keyData');
  }
  if (usages.length > 0 && jwk.use !== undefined && jwk.use !== family.use) throw dataError('Invalid JWK "use" Parameter');
  if (jwk.key_ops !== undefined) {
    if (new Set(jwk.key_ops).size !== jwk.key_ops.length) throw dataError('Duplicate key operation');
    for (let i = 0; i < usages.length; i++) {
      if (!jwk.key_ops.includes(usages[i])) throw dataError('Key operations and usage mismatch');
    }
  }
  if (jwk.ext === false && extractable) throw dataError('JWK "ext" Parameter and extractable mismatch');
}

function cannotImport(name, format) { return unsupported(`Unable to import ${name} using ${format} format`); }

// The bytes of a secret key, from any format that holds one.
function secretBytes(format, data, algorithm, family, usages, extractable) {
  const { name } = algorithm;
  switch (format) {
    case kKeyObjectFormat:
      return toArrayBuffer(data.export());
    case 'raw':
      if (name === 'ChaCha20-Poly1305' || name === 'AES-OCB' || name.startsWith('KMAC')) throw cannotImport(name, format);
      return toArrayBuffer(new Uint8Array(toView(data)));
    case 'raw-secret':
      return toArrayBuffer(new Uint8Array(toView(data)));
    case 'jwk': {
      checkJwk(data, family, usages, extractable, ['k']);
      const { Buffer } = require('buffer');
      return toArrayBuffer(new Uint8Array(Buffer.from(data.k, 'base64url')));
    }
    default:
      throw cannotImport(name, format);
  }
}

function toView(source) {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return new Uint8Array(source);
}

function importSecret(format, data, algorithm, family, extractable, usages) {
  const { name } = algorithm;
  checkUsages(usages, family.secret, name);
  let bytes = secretBytes(format, data, algorithm, family, usages, extractable);
  const bits = bytes.byteLength * 8;
  const result = { name };
  if (name === 'HMAC' || name.startsWith('KMAC')) {
    if (bits === 0) throw dataError('Zero-length key is not supported');
    const { length } = algorithm;
    if (length !== undefined) {
      if (length > bits || length <= bits - 8) throw dataError('Invalid key length');
      bytes = truncate(bytes, length);
    }
    result.length = length ?? bits;
    if (algorithm.hash !== undefined) result.hash = algorithm.hash;
  } else if (name === 'ChaCha20-Poly1305') {
    if (bits !== 256) throw dataError('Invalid key length');
  } else {
    if (bits !== 128 && bits !== 192 && bits !== 256) throw dataError('Invalid key length');
    result.length = bits;
  }
  const alg = jwkAlgorithm(result);
  if (format === 'jwk' && data.alg !== undefined && alg !== undefined && data.alg !== alg) {
    throw dataError('JWK "alg" does not match the requested algorithm');
  }
  if (usages.length === 0) throw syntaxError('Usages cannot be empty when importing a secret key.');
  return createCryptoKey(wrapHandle(b.makeSecret(bytes)), result, sortUsages(usages), extractable);
}

function importKDF(format, data, { name }, extractable, usages) {
  if (format !== kKeyObjectFormat && format !== 'raw-secret' && (format !== 'raw' || name.startsWith('Argon2'))) {
    throw cannotImport(name, format);
  }
  for (let i = 0; i < usages.length; i++) {
    if (usages[i] !== 'deriveKey' && usages[i] !== 'deriveBits') throw syntaxError(`Unsupported key usage for a ${name} key`);
  }
  if (extractable) throw syntaxError(`${name} keys are not extractable`);
  if (usages.length === 0) throw syntaxError('Usages cannot be empty when importing a secret key.');
  const keyObject = format === kKeyObjectFormat ? data : wrapHandle(b.makeSecret(data));
  return createCryptoKey(keyObject, { name }, sortUsages(usages), false);
}

function parseDer(context, data, type) {
  try {
    const handle = b.parseKey(context, data, 'der', type);
    return wrapHandle(context === kCreatePublic ? b.toPublic(handle) : handle);
  } catch (err) {
    throw dataError('Invalid keyData', err);
  }
}

function keyOf(handle) {
  if (handle === undefined) throw dataError('Invalid keyData', typeError('Invalid key data', 'ERR_INVALID_ARG_VALUE'));
  return wrapHandle(handle);
}

function fromJwk(jwk, isPublic) {
  const { handleFromJwk, kConsumePrivate } = require('internal/crypto/keys');
  try {
    return wrapHandle(handleFromJwk(jwk, isPublic ? kCreatePublic : kConsumePrivate));
  } catch (err) {
    throw dataError('Invalid keyData', err);
  }
}

const jwkMembers = { EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'], RSA: ['n', 'e'], AKP: ['alg', 'pub'] };
const jwkRsaPrivate = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'];

function checkJwkAlgorithm(jwk, algorithm) {
  const { alg } = jwk;
  if (alg === undefined) return;
  const { name } = algorithm;
  let ok = true;
  if (name === 'ECDSA') ok = alg === { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[jwk.crv];
  else if (name === 'Ed25519' || name === 'Ed448') ok = alg === name || alg === 'EdDSA';
  else if (jwk.kty === 'RSA') ok = alg === (jwkAlgorithm(algorithm) ?? alg);
  if (!ok) throw dataError('JWK "alg" does not match the requested algorithm');
}

function importJwkPair(jwk, algorithm, family, extractable, usages) {
  const { name } = algorithm;
  const isPublic = (family.kty === 'AKP' ? jwk?.priv : jwk?.d) === undefined;
  checkJwk(jwk, family, usages, extractable, family.kty === 'RSA' && !isPublic ? jwkRsaPrivate : jwkMembers[family.kty]);
  checkUsages(usages, isPublic ? family.public : family.private, name);
  if (family.kty === 'EC' && jwk.crv !== algorithm.namedCurve) {
    throw dataError('JWK "crv" does not match the requested algorithm');
  }
  if (family.kty === 'AKP' && jwk.alg !== name) throw dataError('JWK "alg" Parameter and algorithm name mismatch');
  if (family.kty === 'OKP' && jwk.crv !== name) throw dataError('JWK "crv" Parameter and algorithm name mismatch');
  if (family.kty === 'EC') {
    const size = Math.ceil(coordinateSize[jwk.crv] * 4 / 3);
    if (jwk.x.length !== size || jwk.y.length !== size) throw dataError('Invalid keyData');
  }
  checkJwkAlgorithm(jwk, algorithm);
  return fromJwk(jwk, isPublic);
}

function importPair(format, data, algorithm, family, extractable, usages) {
  const { name } = algorithm;
  if (family.kty === 'EC') checkCurve(algorithm.namedCurve);
  let keyObject;
  switch (format) {
    case kKeyObjectFormat:
      checkUsages(usages, family[data.type] ?? [], name);
      keyObject = data;
      break;
    case 'spki':
      checkUsages(usages, family.public, name);
      keyObject = parseDer(kCreatePublic, data, 'spki');
      break;
    case 'pkcs8':
      checkUsages(usages, family.private, name);
      keyObject = parseDer(kCreatePrivate, data, 'pkcs8');
      break;
    case 'jwk':
      keyObject = importJwkPair(data, algorithm, family, extractable, usages);
      break;
    case 'raw-seed':
      if (family.kty !== 'AKP') throw cannotImport(name, format);
      checkUsages(usages, family.private, name);
      keyObject = keyOf(b.keyFromSeed(name.toLowerCase(), data));
      break;
    case 'raw':
    case 'raw-public':
      if (family.kty === 'RSA' || (family.kty === 'AKP' && format === 'raw')) throw cannotImport(name, format);
      checkUsages(usages, family.public, name);
      keyObject = keyOf(b.keyFromRaw(family.kty === 'EC' ? curves[algorithm.namedCurve] : name.toLowerCase(), data));
      break;
    default:
      throw cannotImport(name, format);
  }
  const kind = { EC: 'ec', RSA: 'rsa' }[family.kty] ?? name.toLowerCase();
  if (keyObject.asymmetricKeyType !== kind) throw dataError('Invalid key type');
  const result = { name };
  if (family.kty === 'EC') {
    if (keyObject.asymmetricKeyDetails.namedCurve !== curves[algorithm.namedCurve]) throw dataError('Named curve mismatch');
    result.namedCurve = algorithm.namedCurve;
  } else if (family.kty === 'RSA') {
    const { modulusLength, publicExponent } = keyObject.asymmetricKeyDetails;
    result.modulusLength = modulusLength;
    result.publicExponent = exponentBytes(publicExponent);
    result.hash = algorithm.hash;
  }
  if (keyObject.type === 'private' && usages.length === 0) {
    throw syntaxError('Usages cannot be empty when importing a private key.');
  }
  return createCryptoKey(keyObject, result, sortUsages(usages), extractable);
}

function exponentBytes(value) {
  let hex = value.toString(16);
  if (hex.length % 2 !== 0) hex = `0${hex}`;
  return new Uint8Array(require('buffer').Buffer.from(hex, 'hex'));
}

function importKey(format, data, algorithm, extractable, usages) {
  const { name } = algorithm;
  if (isKDF(name)) return importKDF(format, data, algorithm, extractable, usages);
  const family = families[name];
  const load = family.secret === undefined ? importPair : importSecret;
  return load(format, data, algorithm, family, extractable, usages);
}

function toCryptoKey(keyObject, algorithm, extractable, usages) {
  algorithm = normalizeAlgorithm(algorithm, 'importKey');
  usages = idl.toKeyUsages(usages, 'keyUsages');
  const family = families[algorithm.name];
  if (isKDF(algorithm.name) || family.secret !== undefined ? keyObject.type !== 'secret' : keyObject.type === 'secret') {
    throw dataError('Invalid key type');
  }
  return importKey(kKeyObjectFormat, keyObject, algorithm, !!extractable, usages);
}

// exportKey

// What is exported by its seed needs to have one.
function seedBytes(bytes) {
  if (bytes === undefined) throw operationError('key does not have an available seed');
  return toArrayBuffer(bytes);
}

function exportKey(format, key) {
  const { keyObject, algorithm, usages, extractable } = slotsOf(key);
  const { name } = algorithm;
  const family = families[name];
  if (family === undefined) throw unsupported(`${name} key export is not supported`);
  if (!extractable) throw invalidAccess('key is not extractable');
  const { type } = keyObject;
  const handle = keyObject[kHandle];
  switch (format) {
    case 'jwk': {
      const jwk = { key_ops: usages.slice(), ext: extractable };
      const alg = jwkAlgorithm(algorithm);
      if (alg !== undefined) jwk.alg = alg;
      return Object.assign(jwk, b.exportJwk(handle, false));
    }
    case 'spki':
      if (type === 'public') return toArrayBuffer(b.exportKey(handle, 'der', 'spki'));
      break;
    case 'pkcs8':
      if (type === 'private' && family.kty === 'AKP') return seedBytes(b.exportSeedKey(handle));
      if (type === 'private') return toArrayBuffer(b.exportKey(handle, 'der', 'pkcs8'));
      break;
    case 'raw':
    case 'raw-secret':
      if (type === 'secret' && (format === 'raw-secret' || name.startsWith('HMAC') ||
          (name.startsWith('AES-') && name !== 'AES-OCB'))) {
        return toArrayBuffer(b.exportSecret(handle));
      }
      if (format === 'raw-secret' || family.kty === 'AKP') break;
    // fall through
    case 'raw-public':
      if (type === 'public' && family.kty !== 'RSA') return toArrayBuffer(b.rawPublicKey(handle));
      break;
    case 'raw-seed':
      if (type === 'private' && family.kty === 'AKP') return seedBytes(b.seedOf(handle));
  }
  throw unsupported(`Unable to export ${name} ${type} key using ${format} format`);
}

// encrypt, decrypt

const tagLengths = { '__proto__': null, 'AES-GCM': [32, 64, 96, 104, 112, 120, 128], 'AES-OCB': [64, 96, 128],
                     'ChaCha20-Poly1305': [128] };

function checkCipher(algorithm) {
  const { name, iv } = algorithm;
  switch (name) {
    case 'AES-CBC':
      if (iv.byteLength !== 16) throw operationError('algorithm.iv must contain exactly 16 bytes');
      break;
    case 'AES-CTR':
      if (algorithm.counter.byteLength !== 16) throw operationError('algorithm.counter must contain exactly 16 bytes');
      if (algorithm.length === 0 || algorithm.length > 128) {
        throw operationError('AES-CTR algorithm.length must be between 1 and 128');
      }
      break;
    case 'AES-GCM':
    case 'AES-OCB':
    case 'ChaCha20-Poly1305': {
      const { tagLength } = algorithm;
      if (tagLength !== undefined && !tagLengths[name].includes(tagLength)) {
        throw operationError(`${tagLength} is not a valid ${name} tag length`);
      }
      if (name === 'AES-OCB' && (iv.byteLength === 0 || iv.byteLength > 15)) {
        throw operationError('AES-OCB algorithm.iv must be between 1 and 15 bytes');
      }
      if (name === 'ChaCha20-Poly1305' && iv.byteLength !== 12) {
        throw operationError('algorithm.iv must contain exactly 12 bytes');
      }
    }
  }
}

function crypt(decrypt, algorithm, key, data) {
  checkCipher(algorithm);
  const { keyObject, algorithm: keyAlgorithm } = slotsOf(key);
  const { name } = algorithm;
  const handle = keyObject[kHandle];
  if (name === 'RSA-OAEP') {
    if (keyObject.type !== (decrypt ? 'private' : 'public')) {
      throw invalidAccess(`The requested operation is not valid for the provided key`);
    }
    const run = decrypt ? b.privateDecrypt : b.publicEncrypt;
    const padding = 4; // RSA_PKCS1_OAEP_PADDING
    return job((done) => run(handle, data, padding, nodeHash(keyAlgorithm.hash), bytesOf(algorithm.label), done))
      .then(toArrayBuffer);
  }
  const cipher = name === 'ChaCha20-Poly1305' ? 'chacha20-poly1305' : `aes-${keyAlgorithm.length}-${name.slice(4).toLowerCase()}`;
  const ctr = name === 'AES-CTR';
  const tag = tagLengths[name] === undefined ? 0 : (algorithm.tagLength ?? 128) / 8;
  return job((done) => b.webCipher(decrypt, cipher, handle, ctr ? algorithm.counter : algorithm.iv, ctr ? algorithm.length : 0,
                                   bytesOf(algorithm.additionalData), tag, data, done)).then(toArrayBuffer);
}

// sign, verify

function mac(algorithm, key, data) {
  const { keyObject, algorithm: { hash } } = slotsOf(key);
  const handle = keyObject[kHandle];
  return job((done) => {
    if (hash !== undefined) return b.webHmac(nodeHash(hash), handle, data, done);
    b.webKmac(+algorithm.name.slice(4), handle, bytesOf(algorithm.customization), algorithm.outputLength, data, done);
  });
}

// The arguments of signOneShot that an algorithm stands for.
function signatureOptions(algorithm, key) {
  const { name } = algorithm;
  const { hash } = slotsOf(key).algorithm;
  switch (name) {
    case 'RSASSA-PKCS1-v1_5': return { digest: nodeHash(hash), padding: 1, dsa: 0 };
    case 'RSA-PSS': return { digest: nodeHash(hash), padding: 6, salt: algorithm.saltLength, dsa: 0 };
    case 'ECDSA': return { digest: nodeHash(algorithm.hash), dsa: 1 };
    default: return { dsa: 0, context: algorithm.context };
  }
}

function checkSignature(algorithm) {
  if (algorithm.name === 'ECDSA' && blockSizes[algorithm.hash.name] === undefined) {
    throw unsupported('Only SHA hashes are supported in EcdsaParams');
  }
}

function sign(algorithm, key, data) {
  if (families[algorithm.name].secret !== undefined) return mac(algorithm, key, data).then(toArrayBuffer);
  const o = signatureOptions(algorithm, key);
  const handle = slotsOf(key).keyObject[kHandle];
  return job((done) => b.signOneShot(handle, data, o.digest, o.padding, o.salt, o.dsa, o.context, done)).then(toArrayBuffer);
}

function verify(algorithm, key, signature, data) {
  if (families[algorithm.name].secret !== undefined) {
    return mac(algorithm, key, data).then((expected) => expected.byteLength === signature.byteLength &&
      b.timingSafeEqual(expected, toView(signature)));
  }
  const o = signatureOptions(algorithm, key);
  const handle = slotsOf(key).keyObject[kHandle];
  return job((done) => b.verifyOneShot(handle, data, o.digest, signature, o.padding, o.salt, o.dsa, o.context, done));
}

// deriveBits, deriveKey

function checkDerivedLength(length) {
  if (length === null) throw operationError('length cannot be null');
  if (length % 8 !== 0) throw operationError('length must be a multiple of 8');
}

function checkDerive(algorithm, length) {
  const { name } = algorithm;
  switch (name) {
    case 'PBKDF2':
      if (algorithm.iterations === 0) throw operationError('iterations cannot be zero');
    // fall through
    case 'HKDF':
      checkDerivedLength(length);
      break;
    case 'ECDH':
    case 'X25519':
    case 'X448':
      if (algorithm.public.type !== 'public') throw invalidAccess('algorithm.public must be a public key');
      break;
    default: // Argon2
      checkDerivedLength(length);
      if (length < 32) throw operationError('length must be at least 32');
      if (algorithm.version !== undefined && algorithm.version !== 0x13) throw operationError('Argon2 version must be 0x13');
      if (algorithm.parallelism === 0 || algorithm.parallelism > 2 ** 24 - 1) {
        throw operationError('parallelism must be > 0 and < 16777215');
      }
      if (algorithm.memory < 8 * algorithm.parallelism) throw operationError('memory must be at least 8 times the degree of parallelism');
      if (algorithm.passes === 0) throw operationError('passes must be > 0');
      if (algorithm.nonce.byteLength < 8) throw operationError('nonce must be at least 8 bytes');
  }
}

function agree(algorithm, key, length) {
  const mine = slotsOf(key);
  const theirs = slotsOf(algorithm.public);
  if (mine.algorithm.name !== theirs.algorithm.name) throw invalidAccess('key algorithm mismatch');
  if (mine.algorithm.namedCurve !== theirs.algorithm.namedCurve) throw invalidAccess('Named curve mismatch');
  return job((done) => b.statelessDH(mine.keyObject[kHandle], theirs.keyObject[kHandle], done)).then((secret) => {
    const bits = toArrayBuffer(secret);
    if (length === null) return bits;
    if (bits.byteLength * 8 < length) throw operationError('derived bit length is too small');
    return truncate(bits, length);
  });
}

function deriveBits(algorithm, key, length) {
  checkDerive(algorithm, length);
  const { name } = algorithm;
  const secret = slotsOf(key).keyObject[kHandle];
  switch (name) {
    case 'HKDF':
      return job((done) => b.hkdf(nodeHash(algorithm.hash), secret, algorithm.salt, algorithm.info, length / 8, done))
        .then(toArrayBuffer);
    case 'PBKDF2':
      return job((done) => b.pbkdf2(secret, algorithm.salt, algorithm.iterations, length / 8, nodeHash(algorithm.hash), done))
        .then(toArrayBuffer);
    case 'ECDH':
    case 'X25519':
    case 'X448':
      return agree(algorithm, key, length);
    default:
      return job((done) => b.argon2(name.toLowerCase(), secret, algorithm.nonce, algorithm.parallelism, length / 8,
                                    algorithm.memory, algorithm.passes, algorithm.secretValue, algorithm.associatedData, done))
        .then(toArrayBuffer);
  }
}

// How many bits deriveKey has to derive; null for all there are.
function keyLength(algorithm) {
  const { name, length } = algorithm;
  if (name.startsWith('AES-')) {
    checkAesLength(length);
    return length;
  }
  if (name === 'ChaCha20-Poly1305') return 256;
  if (isKDF(name)) return null;
  if (length === 0) throw typeError('Invalid key length', 'ERR_INVALID_ARG_VALUE');
  return length ?? (name === 'HMAC' ? blockSizes[algorithm.hash.name] : +name.slice(4));
}

function checkKey(algorithm, key, usage, what) {
  const slots = slotsOf(key);
  if (slots.algorithm.name !== algorithm.name) throw invalidAccess('Key algorithm mismatch');
  if (!slots.usages.includes(usage)) {
    throw invalidAccess(what === undefined ? `Unable to use this key to ${usage}` : `${what} does not have ${usage} usage`);
  }
}

// wrapKey, unwrapKey

function wrapOperation(algorithm, operation, fallback) {
  try {
    return normalizeAlgorithm(algorithm, operation);
  } catch (err) {
    if (err.name !== 'NotSupportedError') throw err;
    return normalizeAlgorithm(algorithm, fallback);
  }
}

function wrapBytes(algorithm, key, unwrap, data) {
  if (algorithm.name !== 'AES-KW') return crypt(unwrap, algorithm, key, data);
  const handle = slotsOf(key).keyObject[kHandle];
  return job((done) => b.webWrap(unwrap, handle, data, done)).then(toArrayBuffer);
}

// A wrapped JWK is JSON, padded with spaces to what AES-KW takes.
function jwkBytes(jwk, algorithm) {
  let text = JSON.stringify(jwk);
  if (algorithm.name === 'AES-KW' && text.length % 8 !== 0) text = text.slice(0, -1) + ' '.repeat(8 - text.length % 8) + '}';
  return new Uint8Array(require('buffer').Buffer.from(text));
}

function parseJwk(bytes) {
  let jwk;
  try {
    jwk = JSON.parse(new (require('internal/encoding').TextDecoder)('utf-8', { fatal: true }).decode(bytes));
  } catch (err) {
    throw dataError('Invalid wrapped JWK key', err);
  }
  if (jwk === null || typeof jwk !== 'object' || jwk.kty === undefined) throw dataError('Invalid wrapped JWK key');
  return idl.toJsonWebKey(jwk, 'wrapped key');
}

// The methods, each with its arguments converted in order

const argument = (method, i) => {
  const ordinals = ['1st', '2nd', '3rd'];
  return `Failed to execute '${method}' on 'SubtleCrypto': ${ordinals[i] ?? `${i + 1}th`} argument`;
};

const algorithmArgument = (method, args, i) => idl.toAlgorithm(args[i], argument(method, i));
const keyArgument = (method, args, i) => idl.toCryptoKey(args[i], argument(method, i));
const bytesArgument = (method, args, i) => idl.toBufferSource(args[i], argument(method, i));
const usagesArgument = (method, args, i) => idl.toKeyUsages(args[i], argument(method, i));
const lengthArgument = (method, args, i) => (args[i] == null ? null : idl.toUnsignedLong(args[i], argument(method, i)));
// What is given must not change while a job runs.
const copyOf = (source) => new Uint8Array(toView(source));

function cipherMethod(name, decrypt) {
  return (args) => {
    let algorithm = algorithmArgument(name, args, 0);
    const key = keyArgument(name, args, 1);
    const data = bytesArgument(name, args, 2);
    algorithm = normalizeAlgorithm(algorithm, name);
    checkKey(algorithm, key, name);
    return crypt(decrypt, algorithm, key, data);
  };
}

const methods = {
  encrypt: cipherMethod('encrypt', false),
  decrypt: cipherMethod('decrypt', true),

  sign(args) {
    let algorithm = algorithmArgument('sign', args, 0);
    const key = keyArgument('sign', args, 1);
    const data = bytesArgument('sign', args, 2);
    algorithm = normalizeAlgorithm(algorithm, 'sign');
    checkSignature(algorithm);
    checkKey(algorithm, key, 'sign');
    return sign(algorithm, key, data);
  },

  verify(args) {
    let algorithm = algorithmArgument('verify', args, 0);
    const key = keyArgument('verify', args, 1);
    const signature = bytesArgument('verify', args, 2);
    const data = bytesArgument('verify', args, 3);
    algorithm = normalizeAlgorithm(algorithm, 'verify');
    checkSignature(algorithm);
    checkKey(algorithm, key, 'verify');
    return verify(algorithm, key, copyOf(signature), data);
  },

  digest(args) {
    let algorithm = algorithmArgument('digest', args, 0);
    const data = bytesArgument('digest', args, 1);
    algorithm = normalizeAlgorithm(algorithm, 'digest');
    const { name } = algorithm;
    if (name.startsWith('cSHAKE')) {
      return job((done) => b.webCShake(+name.slice(6), bytesOf(algorithm.functionName), bytesOf(algorithm.customization),
                                       algorithm.outputLength, data, done)).then(toArrayBuffer);
    }
    return job((done) => b.webDigest(nodeHash(algorithm), data, done)).then(toArrayBuffer);
  },

  generateKey(args) {
    let algorithm = algorithmArgument('generateKey', args, 0);
    const extractable = !!args[1];
    const usages = usagesArgument('generateKey', args, 2);
    algorithm = normalizeAlgorithm(algorithm, 'generateKey');
    return prepareGenerate(algorithm, extractable, usages)();
  },

  importKey(args) {
    const format = idl.toKeyFormat(args[0], argument('importKey', 0));
    const data = format === 'jwk' && !ArrayBuffer.isView(args[1]) && !(args[1] instanceof ArrayBuffer) ?
      idl.toJsonWebKey(args[1], argument('importKey', 1)) : bytesArgument('importKey', args, 1);
    let algorithm = algorithmArgument('importKey', args, 2);
    const extractable = !!args[3];
    const usages = usagesArgument('importKey', args, 4);
    algorithm = normalizeAlgorithm(algorithm, 'importKey');
    return importKey(format, data, algorithm, extractable, usages);
  },

  exportKey(args) {
    const format = idl.toKeyFormat(args[0], argument('exportKey', 0));
    return exportKey(format, keyArgument('exportKey', args, 1));
  },

  deriveBits(args) {
    let algorithm = algorithmArgument('deriveBits', args, 0);
    const key = keyArgument('deriveBits', args, 1);
    const length = lengthArgument('deriveBits', args, 2);
    algorithm = normalizeAlgorithm(algorithm, 'deriveBits');
    checkKey(algorithm, key, 'deriveBits', 'baseKey');
    return deriveBits(algorithm, key, length);
  },

  deriveKey(args) {
    let algorithm = algorithmArgument('deriveKey', args, 0);
    const key = keyArgument('deriveKey', args, 1);
    const derived = algorithmArgument('deriveKey', args, 2);
    const extractable = !!args[3];
    const usages = usagesArgument('deriveKey', args, 4);
    algorithm = normalizeAlgorithm(algorithm, 'deriveBits');
    const imported = normalizeAlgorithm(derived, 'importKey');
    const length = keyLength(normalizeAlgorithm(derived, 'get key length'));
    checkKey(algorithm, key, 'deriveKey', 'baseKey');
    return deriveBits(algorithm, key, length)
      .then((bits) => importKey('raw-secret', bits, imported, extractable, usages));
  },

  wrapKey(args) {
    const format = idl.toKeyFormat(args[0], argument('wrapKey', 0));
    const key = keyArgument('wrapKey', args, 1);
    const wrapping = keyArgument('wrapKey', args, 2);
    const algorithm = wrapOperation(algorithmArgument('wrapKey', args, 3), 'wrapKey', 'encrypt');
    checkKey(algorithm, wrapping, 'wrapKey');
    const exported = exportKey(format, key);
    return wrapBytes(algorithm, wrapping, false, format === 'jwk' ? jwkBytes(exported, algorithm) : exported);
  },

  unwrapKey(args) {
    const format = idl.toKeyFormat(args[0], argument('unwrapKey', 0));
    const data = bytesArgument('unwrapKey', args, 1);
    const wrapping = keyArgument('unwrapKey', args, 2);
    const given = algorithmArgument('unwrapKey', args, 3);
    const unwrapped = algorithmArgument('unwrapKey', args, 4);
    const extractable = !!args[5];
    const usages = usagesArgument('unwrapKey', args, 6);
    const algorithm = wrapOperation(given, 'unwrapKey', 'decrypt');
    const imported = normalizeAlgorithm(unwrapped, 'importKey');
    checkKey(algorithm, wrapping, 'unwrapKey');
    return wrapBytes(algorithm, wrapping, true, data)
      .then((bytes) => importKey(format, format === 'jwk' ? parseJwk(bytes) : bytes, imported, extractable, usages));
  },

  getPublicKey(args) {
    const key = keyArgument('getPublicKey', args, 0);
    const usages = usagesArgument('getPublicKey', args, 1);
    const { keyObject, algorithm } = slotsOf(key);
    if (keyObject.type === 'secret') throw unsupported('key must be a private key');
    if (keyObject.type === 'public') throw invalidAccess('key must be a private key');
    return toCryptoKey(wrapHandle(b.toPublic(keyObject[kHandle])), algorithm, true, usages);
  },

  encapsulateBits(args) {
    const algorithm = algorithmArgument('encapsulateBits', args, 0);
    const key = keyArgument('encapsulateBits', args, 1);
    checkKey(normalizeAlgorithm(algorithm, 'encapsulate'), key, 'encapsulateBits');
    return encapsulate(key);
  },

  encapsulateKey(args) {
    const algorithm = algorithmArgument('encapsulateKey', args, 0);
    const key = keyArgument('encapsulateKey', args, 1);
    const shared = sharedKeyArguments('encapsulateKey', args, 2);
    checkKey(normalizeAlgorithm(algorithm, 'encapsulate'), key, 'encapsulateKey');
    return encapsulate(key).then(({ sharedKey, ciphertext }) => ({ sharedKey: shared(sharedKey), ciphertext }));
  },

  decapsulateBits(args) {
    const algorithm = algorithmArgument('decapsulateBits', args, 0);
    const key = keyArgument('decapsulateBits', args, 1);
    const ciphertext = bytesArgument('decapsulateBits', args, 2);
    checkKey(normalizeAlgorithm(algorithm, 'decapsulate'), key, 'decapsulateBits');
    return decapsulate(key, ciphertext);
  },

  decapsulateKey(args) {
    const algorithm = algorithmArgument('decapsulateKey', args, 0);
    const key = keyArgument('decapsulateKey', args, 1);
    const ciphertext = bytesArgument('decapsulateKey', args, 2);
    const shared = sharedKeyArguments('decapsulateKey', args, 3);
    checkKey(normalizeAlgorithm(algorithm, 'decapsulate'), key, 'decapsulateKey');
    return decapsulate(key, ciphertext).then(shared);
  },
};

function encapsulate(key) {
  return job((done) => b.encapsulate(slotsOf(key).keyObject[kHandle], done))
    .then(({ sharedKey, ciphertext }) => ({ sharedKey: toArrayBuffer(sharedKey), ciphertext: toArrayBuffer(ciphertext) }));
}

function decapsulate(key, ciphertext) {
  return job((done) => b.decapsulate(slotsOf(key).keyObject[kHandle], ciphertext, done)).then(toArrayBuffer);
}

// The last three arguments of those that give keys: what makes a key of the bits.
function sharedKeyArguments(method, args, i) {
  const algorithm = algorithmArgument(method, args, i);
  const extractable = !!args[i + 1];
  const usages = usagesArgument(method, args, i + 2);
  const normalized = normalizeAlgorithm(algorithm, 'importKey');
  return (bits) => importKey('raw-secret', bits, normalized, extractable, usages);
}

const experimentalMethod = /^(?:getPublicKey|encapsulate|decapsulate)/;

function checkCount(name, needed, given) {
  if (given >= needed) return;
  throw typeError(`Failed to execute '${name}' on 'SubtleCrypto': ${needed} argument${needed === 1 ? '' : 's'} required, ` +
    `but only ${given} present.`, 'ERR_MISSING_ARGS');
}

// Calls a method of SubtleCrypto.
function call(name, needed, args) {
  if (experimentalMethod.test(name)) idl.warnExperimental(`${name} Web Crypto API method`);
  checkCount(name, needed, args.length);
  return methods[name](args);
}

// SubtleCrypto.supports

function check(operation, algorithm, extra) {
  const lengthOf = () => (extra == null ? null : idl.toUnsignedLong(extra, argument('supports', 2)));
  switch (operation) {
    case 'encrypt':
    case 'decrypt':
      return checkCipher(normalizeAlgorithm(algorithm, operation));
    case 'sign':
    case 'verify':
      return checkSignature(normalizeAlgorithm(algorithm, operation));
    case 'generateKey': {
      const normalized = normalizeAlgorithm(algorithm, operation);
      const { secret, private: pair } = families[normalized.name];
      prepareGenerate(normalized, true, secret ?? pair);
      return;
    }
    case 'importKey': {
      const { name, namedCurve, length, hash } = normalizeAlgorithm(algorithm, operation);
      if (namedCurve !== undefined) checkCurve(namedCurve);
      if (hash !== undefined && length !== undefined && (length === 0 || length % 8 !== 0)) throw dataError('Invalid key length');
      return name;
    }
    case 'deriveBits':
      return checkDerive(normalizeAlgorithm(algorithm, operation), lengthOf());
    case 'deriveKey': {
      normalizeAlgorithm(extra, 'importKey');
      const normalized = normalizeAlgorithm(algorithm, 'deriveBits');
      return checkDerive(normalized, keyLength(normalizeAlgorithm(extra, 'get key length')));
    }
    case 'wrapKey':
      normalizeAlgorithm(extra, 'exportKey');
      return wrapOperation(algorithm, operation, 'encrypt');
    case 'unwrapKey':
      normalizeAlgorithm(extra, 'importKey');
      return wrapOperation(algorithm, operation, 'decrypt');
    case 'getPublicKey': {
      const { name } = normalizeAlgorithm(algorithm, 'exportKey');
      if (families[name].secret !== undefined) throw unsupported('no public key');
      return;
    }
    case 'encapsulateBits':
    case 'encapsulateKey':
      return normalizeAlgorithm(algorithm, 'encapsulate');
    case 'decapsulateBits':
    case 'decapsulateKey':
      return normalizeAlgorithm(algorithm, 'decapsulate');
    case 'digest':
    case 'exportKey':
      return normalizeAlgorithm(algorithm, operation);
    default:
      throw unsupported('unknown operation');
  }
}

function supports(args) {
  idl.warnExperimental('supports Web Crypto API method');
  checkCount('supports', 2, args.length);
  const operation = `${args[0]}`;
  const algorithm = idl.toAlgorithm(args[1], argument('supports', 1));
  try {
    check(operation, algorithm, args[2]);
    return true;
  } catch {
    return false;
  }
}

module.exports = { call, supports, toCryptoKey };
