'use strict';
// X509Certificate: what a certificate says, read when it is first asked for.

const b = internalBinding('crypto');
const { codes } = require('internal/errors');
const { customInspectSymbol, kEmptyObject } = require('internal/util');
const { validateBoolean, validateObject, validateString } = require('internal/validators');
const { isArrayBufferView, kHandle } = require('internal/crypto/util');
const { isKeyObject, wrapHandle } = require('internal/crypto/keys');

const kInternalState = Symbol('kInternalState');
const kClone = Symbol.for('messaging_clone_symbol');
const kDeserialize = Symbol.for('messaging_deserialize_symbol');

function isX509Certificate(value) { return value?.[kInternalState] !== undefined; }

function infoOf(certificate) {
  if (!isX509Certificate(certificate)) throw new codes.ERR_INVALID_THIS('X509Certificate');
  const state = certificate[kInternalState];
  return state.info ??= b.x509Info(certificate[kHandle]);
}

// The members that are read as they are, in the order in which they are shown.
const shown = ['subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'validFromDate', 'validToDate', 'fingerprint',
               'fingerprint256', 'fingerprint512', 'keyUsage', 'serialNumber', 'signatureAlgorithm', 'signatureAlgorithmOid'];

function subjectOption(options) {
  const { subject = 'default' } = options;
  if (subject !== 'default' && subject !== 'always' && subject !== 'never') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.subject', subject);
  }
  return subject;
}

function flag(options, name, value) {
  if (options[name] === undefined) return value;
  validateBoolean(options[name], `options.${name}`);
  return options[name];
}

function keyArgument(pkey, type) {
  if (!isKeyObject(pkey)) throw new codes.ERR_INVALID_ARG_TYPE('pkey', 'KeyObject', pkey);
  if (pkey.type !== type) throw new codes.ERR_INVALID_ARG_VALUE('pkey', pkey);
  return pkey[kHandle];
}

// A name as an object; what occurs more than once becomes a list.
function legacyName(handle, issuer) {
  const flat = b.x509Name(handle, issuer);
  const name = { __proto__: null };
  for (let i = 0; i < flat.length; i += 2) {
    const old = name[flat[i]];
    if (old === undefined) name[flat[i]] = flat[i + 1];
    else if (Array.isArray(old)) old.push(flat[i + 1]);
    else name[flat[i]] = [old, flat[i + 1]];
  }
  return name;
}

function legacyInfoAccess(text) {
  if (text === undefined) return undefined;
  const info = { __proto__: null };
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const colon = lines[i].indexOf(':');
    const key = lines[i].slice(0, colon);
    (info[key] ??= []).push(lines[i].slice(colon + 1));
  }
  return info;
}

class X509Certificate {
  constructor(buffer) {
    if (typeof buffer === 'string') buffer = require('buffer').Buffer.from(buffer);
    if (!isArrayBufferView(buffer)) {
      throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['string', 'Buffer', 'TypedArray', 'DataView'], buffer);
    }
    Object.defineProperty(this, kInternalState, { __proto__: null, value: { info: undefined, key: undefined } });
    Object.defineProperty(this, kHandle, { __proto__: null, value: b.parseX509(buffer) });
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    const members = {};
    for (let i = 0; i < shown.length; i++) members[shown[i]] = this[shown[i]];
    return `X509Certificate ${require('internal/util/inspect').inspect(members, opts)}`;
  }

  [kClone]() {
    infoOf(this);
    return { data: { raw: this.raw }, deserializeInfo: 'internal/crypto/x509:X509Certificate' };
  }

  get subject() { return infoOf(this).subject; }

  get subjectAltName() { return infoOf(this).subjectAltName; }

  get issuer() { return infoOf(this).issuer; }

  get issuerCertificate() {
    infoOf(this);
    return undefined; // only a TLS connection knows it
  }

  get infoAccess() { return infoOf(this).infoAccess; }

  get validFrom() { return infoOf(this).validFrom; }

  get validTo() { return infoOf(this).validTo; }

  get validFromDate() { return new Date(infoOf(this).validFromTime); }

  get validToDate() { return new Date(infoOf(this).validToTime); }

  get fingerprint() { return infoOf(this).fingerprint; }

  get fingerprint256() { return infoOf(this).fingerprint256; }

  get fingerprint512() { return infoOf(this).fingerprint512; }

  get keyUsage() { return infoOf(this).keyUsage; }

  get serialNumber() { return infoOf(this).serialNumber; }

  get signatureAlgorithm() { return infoOf(this).signatureAlgorithm; }

  get signatureAlgorithmOid() { return infoOf(this).signatureAlgorithmOid; }

  get raw() {
    infoOf(this);
    return b.x509Raw(this[kHandle]);
  }

  get publicKey() {
    infoOf(this);
    return this[kInternalState].key ??= wrapHandle(b.x509Key(this[kHandle]));
  }

  toString() {
    infoOf(this);
    return b.x509Pem(this[kHandle]);
  }

  toJSON() { return this.toString(); }

  get ca() { return infoOf(this).ca; }

  checkHost(name, options = kEmptyObject) {
    validateString(name, 'name');
    validateObject(options, 'options');
    const subject = subjectOption(options);
    const wildcards = flag(options, 'wildcards', true);
    const partial = flag(options, 'partialWildcards', true);
    const multi = flag(options, 'multiLabelWildcards', false);
    const single = flag(options, 'singleLabelSubdomains', false);
    return b.x509CheckHost(this[kHandle], name, subject === 'always', subject === 'never', wildcards, partial, multi, single);
  }

  checkEmail(email, options = kEmptyObject) {
    validateString(email, 'email');
    validateObject(options, 'options');
    const subject = subjectOption(options);
    return b.x509CheckEmail(this[kHandle], email, subject === 'always', subject === 'never');
  }

  checkIP(ip) {
    validateString(ip, 'ip');
    return b.x509CheckIP(this[kHandle], ip);
  }

  checkIssued(otherCert) {
    if (!isX509Certificate(otherCert)) throw new codes.ERR_INVALID_ARG_TYPE('otherCert', 'X509Certificate', otherCert);
    return b.x509CheckIssued(this[kHandle], otherCert[kHandle]);
  }

  checkPrivateKey(pkey) { return b.x509CheckPrivateKey(this[kHandle], keyArgument(pkey, 'private')); }

  verify(pkey) { return b.x509Verify(this[kHandle], keyArgument(pkey, 'public')); }

  toLegacyObject() {
    const info = infoOf(this);
    const { publicKey } = this;
    const { modulusLength, publicExponent, namedCurve } = publicKey.asymmetricKeyDetails;
    const rsa = publicKey.asymmetricKeyType === 'rsa';
    const { Buffer } = require('buffer');
    const jwk = rsa ? publicKey.export({ format: 'jwk' }) : undefined;
    const nist = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' }[namedCurve];
    const bits = { prime256v1: 256, secp384r1: 384, secp521r1: 521 }[namedCurve];
    return {
      subject: legacyName(this[kHandle], false),
      issuer: legacyName(this[kHandle], true),
      subjectaltname: info.subjectAltName,
      infoAccess: legacyInfoAccess(info.infoAccess),
      ca: info.ca,
      modulus: rsa ? Buffer.from(jwk.n, 'base64url').toString('hex').toUpperCase() : undefined,
      exponent: rsa ? `0x${publicExponent.toString(16)}` : undefined,
      pubkey: rsa ? publicKey.export({ format: 'der', type: 'spki' }) :
        namedCurve === undefined ? undefined : b.rawPublicKey(publicKey[kHandle]),
      bits: rsa ? modulusLength : bits,
      valid_from: info.validFrom,
      valid_to: info.validTo,
      fingerprint: info.fingerprint,
      fingerprint256: info.fingerprint256,
      fingerprint512: info.fingerprint512,
      ext_key_usage: info.keyUsage,
      serialNumber: info.serialNumber,
      raw: this.raw,
      asn1Curve: namedCurve,
      nistCurve: nist,
    };
  }
}
Object.defineProperties(X509Certificate.prototype, {
  [kClone]: { __proto__: null, enumerable: false },
  [customInspectSymbol]: { __proto__: null, enumerable: false },
});

module.exports = {
  X509Certificate,
  isX509Certificate,
  [kDeserialize]({ raw }) { return new X509Certificate(raw); },
};
