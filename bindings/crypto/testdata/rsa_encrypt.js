'use strict';
const crypto = require('crypto');
const { each } = require('./helper');
const { publicKey, privateKey } = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 });
const { RSA_NO_PADDING, RSA_PKCS1_PADDING, RSA_PKCS1_OAEP_PADDING } = crypto.constants;
const round = (o) => crypto.privateDecrypt({ key: privateKey, ...o }, crypto.publicEncrypt({ key: publicKey, ...o }, Buffer.from('text'))).toString();
each([
  () => round({}),
  () => round({ padding: RSA_PKCS1_PADDING }),
  () => round({ padding: RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256', oaepLabel: Buffer.from('label') }),
  () => crypto.publicDecrypt(publicKey, crypto.privateEncrypt(privateKey, Buffer.from('text'))).toString(),
  () => crypto.publicEncrypt({ key: publicKey, padding: RSA_NO_PADDING }, Buffer.alloc(128)).length,
  () => crypto.publicEncrypt({ key: publicKey, padding: RSA_NO_PADDING }, Buffer.alloc(1)),
  () => crypto.publicEncrypt(publicKey, Buffer.alloc(200)),
  () => crypto.publicEncrypt(publicKey, 5),
  () => crypto.publicEncrypt(publicKey),
  () => crypto.publicEncrypt({ key: publicKey, oaepHash: 'nope' }, Buffer.alloc(2)),
  () => crypto.publicEncrypt({ key: publicKey, oaepHash: 5 }, Buffer.alloc(2)),
  () => crypto.publicEncrypt({ key: publicKey, oaepLabel: 5 }, Buffer.alloc(2)),
  () => crypto.publicEncrypt({ key: publicKey, padding: 77 }, Buffer.alloc(2)),
  () => crypto.privateDecrypt(privateKey, Buffer.alloc(128)),
  () => crypto.privateDecrypt(privateKey, Buffer.alloc(200)),
  () => crypto.privateDecrypt(publicKey, Buffer.alloc(128)),
  () => crypto.publicDecrypt(publicKey, Buffer.alloc(128)),
]);
