'use strict';
const crypto = require('crypto');
const { each, show } = require('./helper');
for (const name of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256', 'sha3-256', 'ripemd160', 'blake2b512']) {
  for (const key of ['', 'key', 'k'.repeat(200)]) {
    show(`${name} ${key.length}`, () => crypto.createHmac(name, key).update('some ').update(Buffer.from('data')).digest('hex'));
  }
}
each([
  () => crypto.createHmac('sha1', Buffer.from('key')).update('x').digest('base64'),
  () => crypto.createHmac('sha1', crypto.createSecretKey(Buffer.from('key'))).update('x').digest('base64'),
  () => { const h = crypto.createHmac('sha1', 'k'); h.digest(); return h.digest(); },
  () => { const h = crypto.createHmac('sha1', 'k'); h.digest(); return h.update('x'); },
  () => crypto.createHmac('nope', 'key'),
  () => crypto.createHmac('sha1', null),
  () => crypto.createHmac('sha1'),
  () => crypto.createHmac(null, 'key'),
  () => crypto.createHmac('sha1', 'key').update(5),
  () => crypto.createHmac('shake128', 'key'),
  () => crypto.createHmac('sha1', crypto.generateKeyPairSync('ed25519').publicKey),
]);
