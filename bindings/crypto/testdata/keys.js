'use strict';
const crypto = require('crypto');
const { each, show } = require('./helper');
for (const [type, options] of [['ec', { namedCurve: 'P-256' }], ['ec', { namedCurve: 'secp256k1' }], ['ed25519'], ['ed448'], ['x25519'], ['x448'],
                               ['rsa', { modulusLength: 1024 }], ['rsa-pss', { modulusLength: 1024, hashAlgorithm: 'sha256', saltLength: 20 }]]) {
  const { publicKey, privateKey } = crypto.generateKeyPairSync(type, options);
  console.log(type, publicKey, privateKey.type, publicKey.asymmetricKeyType, publicKey.asymmetricKeyDetails);
  for (const format of ['pem', 'der', 'jwk']) {
    show(format, () => {
      const pub = publicKey.export({ format, type: 'spki' });
      const priv = privateKey.export({ format, type: 'pkcs8' });
      const a = crypto.createPublicKey({ key: pub, format, type: 'spki' });
      const b = crypto.createPrivateKey({ key: priv, format, type: 'pkcs8' });
      return [a.equals(publicKey), b.equals(privateKey), crypto.createPublicKey(b).equals(publicKey), a.equals(b),
              format === 'jwk' ? Object.keys(priv).sort().join() : typeof priv];
    });
  }
  show('encrypted', () => {
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'secret' });
    return [pem.split('\n')[0], crypto.createPrivateKey({ key: pem, passphrase: 'secret' }).equals(privateKey)];
  });
}
const { publicKey, privateKey } = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const encrypted = privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-128-cbc', passphrase: 'x' });
const secret = crypto.createSecretKey(Buffer.from('0123456789abcdef'));
each([
  () => secret,
  () => [secret.type, secret.symmetricKeySize, secret.export().toString(), secret.export({ format: 'jwk' })],
  () => secret.export({ format: 'pem' }),
  () => secret.equals(crypto.createSecretKey('0123456789abcdef', 'utf8')),
  () => secret.equals({}),
  () => crypto.createSecretKey('x'),
  () => crypto.createSecretKey(),
  () => crypto.createSecretKey(Buffer.alloc(0)).symmetricKeySize,
  () => crypto.createPrivateKey(encrypted),
  () => crypto.createPrivateKey({ key: encrypted, passphrase: 'wrong' }),
  () => crypto.createPrivateKey('not pem'),
  () => crypto.createPublicKey('not pem'),
  () => crypto.createPrivateKey(publicKey),
  () => crypto.createPublicKey(publicKey),
  () => crypto.createPublicKey(secret),
  () => crypto.createPrivateKey({ key: Buffer.alloc(4), format: 'der', type: 'pkcs8' }),
  () => crypto.createPrivateKey({ key: Buffer.from('0203010203', 'hex'), format: 'der', type: 'pkcs8' }),
  () => crypto.createPrivateKey({ key: Buffer.alloc(0), format: 'der', type: 'pkcs8' }),
  () => crypto.createPrivateKey({ key: Buffer.from('30', 'hex'), format: 'der', type: 'pkcs8' }),
  () => crypto.createPrivateKey({ key: Buffer.alloc(4), format: 'der', type: 'sec1' }),
  () => crypto.createPrivateKey({ key: Buffer.alloc(4), format: 'der', type: 'pkcs1' }),
  () => crypto.createPublicKey({ key: Buffer.alloc(4), format: 'der', type: 'spki' }),
  () => crypto.createPublicKey({ key: Buffer.alloc(4), format: 'der' }),
  () => crypto.createPublicKey({ key: 'x', format: 'nope' }),
  () => crypto.createPublicKey({ key: {}, format: 'jwk' }),
  () => crypto.createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: '', y: '' }, format: 'jwk' }),
  () => crypto.createPublicKey(5),
  () => crypto.createPublicKey(),
  () => publicKey.export(),
  () => publicKey.export({ format: 'pem' }),
  () => publicKey.export({ format: 'pem', type: 'pkcs8' }),
  () => publicKey.export({ format: 'pem', type: 'pkcs1' }),
  () => privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-128-cbc' }),
  () => privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'nope', passphrase: 'x' }),
  () => privateKey.export({ format: 'der', type: 'sec1', cipher: 'aes-128-cbc', passphrase: 'x' }),
  () => new crypto.KeyObject('secret', {}),
  () => new crypto.KeyObject('x', {}),
  () => crypto.KeyObject.from({}),
  () => crypto.generateKeyPairSync('nope'),
  () => crypto.generateKeyPairSync('rsa'),
  () => crypto.generateKeyPairSync('rsa', {}),
  () => crypto.generateKeyPairSync('rsa', { modulusLength: 'x' }),
  () => crypto.generateKeyPairSync('ec', { namedCurve: 'nope' }),
  () => crypto.generateKeyPairSync('dh', {}),
  () => crypto.generateKeySync('aes', { length: 128 }).symmetricKeySize,
  () => crypto.generateKeySync('aes', { length: 100 }),
  () => crypto.generateKeySync('hmac', { length: 77 }).symmetricKeySize,
]);
