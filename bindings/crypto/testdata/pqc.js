'use strict';
const crypto = require('crypto');
const { each, show } = require('./helper');
const data = Buffer.from('data');
for (const type of ['ml-dsa-44', 'ml-dsa-65', 'ml-dsa-87', 'slh-dsa-sha2-128f', 'slh-dsa-shake-128f']) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type);
  show(type, () => {
    const s = crypto.sign(null, data, privateKey);
    return [publicKey, privateKey.asymmetricKeyType, publicKey.asymmetricKeyDetails, s.length, crypto.verify(null, data, publicKey, s),
            crypto.verify(null, Buffer.from('other'), publicKey, s), crypto.verify(null, data, publicKey, s.subarray(1))];
  });
  for (const format of ['der', 'pem', 'jwk']) {
    show(`${type} ${format}`, () => {
      const pub = publicKey.export({ format, type: 'spki' });
      const priv = privateKey.export({ format, type: 'pkcs8' });
      return [pub.length ?? Object.keys(pub), priv.length ?? Object.keys(priv),
              crypto.createPublicKey({ key: pub, format, type: 'spki' }).equals(publicKey),
              crypto.createPrivateKey({ key: priv, format, type: 'pkcs8' }).equals(privateKey)];
    });
  }
  show(`${type} digest`, () => crypto.sign('sha256', data, privateKey));
}
const kems = { 'ml-kem-512': [], 'ml-kem-768': [], 'ml-kem-1024': [], 'x25519': [], 'x448': [], 'ec': [{ namedCurve: 'P-256' }],
               'rsa': [{ modulusLength: 1024 }] };
for (const type in kems) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, ...kems[type]);
  show(type, () => {
    const { sharedKey, ciphertext } = crypto.encapsulate(publicKey);
    return [sharedKey.length, ciphertext.length, crypto.decapsulate(privateKey, ciphertext).equals(sharedKey)];
  });
  show(`${type} short`, () => crypto.decapsulate(privateKey, Buffer.alloc(3)));
}
each([
  () => crypto.encapsulate(),
  () => crypto.createPublicKey({ key: { kty: 'AKP', alg: 'x', pub: '' }, format: 'jwk' }),
  () => crypto.createPublicKey({ key: { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA' }, format: 'jwk' }),
  () => crypto.createPrivateKey({ key: { kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA' }, format: 'jwk' }),
]);
