'use strict';
const crypto = require('crypto');
const { each, show } = require('./helper');
const data = Buffer.from('some data to sign');
const pairs = {
  'rsa': crypto.generateKeyPairSync('rsa', { modulusLength: 1024 }),
  'rsa-pss': crypto.generateKeyPairSync('rsa-pss', { modulusLength: 1024 }),
  'ec': crypto.generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  'k1': crypto.generateKeyPairSync('ec', { namedCurve: 'secp256k1' }),
  'ed25519': crypto.generateKeyPairSync('ed25519'),
  'ed448': crypto.generateKeyPairSync('ed448'),
  'x25519': crypto.generateKeyPairSync('x25519'),
};
for (const [name, { publicKey, privateKey }] of Object.entries(pairs)) {
  for (const digest of ['sha256', null]) {
    show(`${name} ${digest}`, () => {
      const s = crypto.sign(digest, data, privateKey);
      return [/rsa|ed/.test(name) ? s.length : s.length > 60, crypto.verify(digest, data, publicKey, s),
              crypto.verify(digest, Buffer.from('other'), publicKey, s), crypto.verify(digest, data, publicKey, s.subarray(1))];
    });
  }
  show(`${name} createSign`, () => {
    const s = crypto.createSign('SHA256').update(data).sign(privateKey, 'base64');
    return crypto.createVerify('SHA256').update(data).verify(publicKey, s, 'base64');
  });
}
const { publicKey, privateKey } = pairs.ec;
each([
  () => crypto.sign('sha256', data, { key: privateKey, dsaEncoding: 'ieee-p1363' }).length,
  () => crypto.sign('sha256', data, { key: privateKey, dsaEncoding: 'x' }),
  () => crypto.sign('sha256', data, { key: pairs.rsa.privateKey, padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 200 }),
  () => crypto.sign('sha256', data, { key: pairs.rsa.privateKey, padding: 99 }),
  () => crypto.sign('sha256', data, { key: pairs.rsa.privateKey, padding: 'x' }),
  () => crypto.sign('nope', data, privateKey),
  () => crypto.sign('sha256', data, publicKey),
  () => crypto.sign('sha256', 5, privateKey),
  () => crypto.sign('sha256', data),
  () => crypto.sign('sha256', data, 'key'),
  () => crypto.sign(5, data, privateKey),
  () => crypto.sign('sha256', data, privateKey, 5),
  () => crypto.verify('sha256', data, publicKey, 'x'),
  () => crypto.verify('sha256', data, publicKey),
  () => crypto.createSign('nope'),
  () => crypto.createSign('sha256').sign(),
  () => crypto.createSign('sha256').update(5),
  () => { const s = crypto.createSign('sha256'); s.sign(privateKey); return s.sign(privateKey); },
  () => crypto.createVerify('sha256').verify(publicKey, 5),
]);
crypto.sign('sha256', data, privateKey, (err, s) => {
  crypto.verify('sha256', data, publicKey, s, (e, ok) => console.log('async', err, e, ok));
});
