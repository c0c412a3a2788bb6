'use strict';
// Certificate: what is left of <keygen>, SPKAC.

const b = internalBinding('crypto');
const { getArrayBufferOrView } = require('internal/crypto/util');
const { codes } = require('internal/errors');

const maxLength = 2 ** 31 - 1;

function input(value, name, encoding) {
  value = getArrayBufferOrView(value, name, encoding);
  if (value.byteLength > maxLength) {
    throw new codes.ERR_OUT_OF_RANGE(name, `<= ${maxLength}`, value.byteLength);
  }
  return value;
}

function verifySpkac(spkac, encoding) { return b.verifySpkac(input(spkac, 'spkac', encoding)); }

function exportPublicKey(spkac, encoding) { return b.exportPublicKey(input(spkac, 'spkac', encoding)); }

function exportChallenge(spkac, encoding) { return b.exportChallenge(input(spkac, 'spkac', encoding)); }

// It can be called without new.
function Certificate() {
  if (!(this instanceof Certificate)) return new Certificate();
}
Object.assign(Certificate.prototype, { verifySpkac, exportPublicKey, exportChallenge });
Object.assign(Certificate, { exportChallenge, exportPublicKey, verifySpkac });

module.exports = { Certificate };
