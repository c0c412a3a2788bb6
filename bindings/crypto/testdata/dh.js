'use strict';
const crypto = require('crypto');
const { each, show } = require('./helper');
for (const name of ['modp1', 'modp2', 'modp5', 'modp14']) {
  show(name, () => {
    const a = crypto.getDiffieHellman(name);
    const b = crypto.createDiffieHellmanGroup(name);
    a.generateKeys(); b.generateKeys();
    return [a.getPrime('hex').slice(0, 40), a.getGenerator('hex'), a.verifyError, a.computeSecret(b.getPublicKey()).equals(b.computeSecret(a.getPublicKey()))];
  });
}
for (const curve of ['prime256v1', 'secp384r1', 'secp521r1', 'secp256k1', 'brainpoolP256r1']) {
  show(curve, () => {
    const a = crypto.createECDH(curve);
    const b = crypto.createECDH(curve);
    a.generateKeys(); b.generateKeys();
    const compressed = a.getPublicKey(null, 'compressed');
    return [a.getPublicKey().length, compressed.length, a.computeSecret(b.getPublicKey('hex'), 'hex').equals(b.computeSecret(a.getPublicKey())),
            crypto.ECDH.convertKey(compressed, curve).equals(a.getPublicKey()), a.getPublicKey('hex', 'hybrid').slice(0, 1)];
  });
}
for (const type of ['x25519', 'x448']) {
  const a = crypto.generateKeyPairSync(type);
  const b = crypto.generateKeyPairSync(type);
  show(type, () => crypto.diffieHellman({ privateKey: a.privateKey, publicKey: b.publicKey })
    .equals(crypto.diffieHellman({ privateKey: b.privateKey, publicKey: a.publicKey })));
}
const ec = crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' });
const x = crypto.generateKeyPairSync('x25519');
each([
  () => crypto.getDiffieHellman('nope'),
  () => crypto.createDiffieHellman(),
  () => crypto.createDiffieHellman(-1),
  () => crypto.createDiffieHellman(1),
  () => crypto.createDiffieHellman('abcd', 'hex', 0).verifyError,
  () => crypto.createDiffieHellman(Buffer.from([7])).verifyError,
  () => crypto.createDiffieHellman('dead', 'hex').getPrime('hex'),
  () => crypto.createDiffieHellman('dead', 'hex', 5).getGenerator(),
  () => crypto.createDiffieHellman('dead', 'hex').getPublicKey(),
  () => crypto.createDiffieHellman('dead', 'hex').computeSecret(''),
  () => crypto.createECDH('nope'),
  () => crypto.createECDH('prime256v1').getPublicKey(),
  () => crypto.createECDH('prime256v1').getPrivateKey(),
  () => crypto.createECDH('prime256v1').computeSecret(Buffer.alloc(3)),
  () => crypto.createECDH('prime256v1').setPrivateKey(Buffer.alloc(32)),
  () => crypto.createECDH('prime256v1').setPrivateKey(5),
  () => { const e = crypto.createECDH('prime256v1'); e.setPrivateKey('01'.repeat(32), 'hex'); return e.getPublicKey('hex'); },
  () => crypto.createECDH('prime256v1').getPublicKey('hex', 'nope'),
  () => crypto.diffieHellman({ privateKey: ec.privateKey, publicKey: x.publicKey }),
  () => crypto.diffieHellman({ privateKey: ec.publicKey, publicKey: ec.privateKey }),
  () => crypto.diffieHellman({}),
  () => crypto.diffieHellman(),
]);
