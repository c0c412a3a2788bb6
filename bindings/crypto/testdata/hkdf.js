'use strict';
const crypto = require('crypto');
const { each } = require('./helper');
const hex = (ab) => Buffer.from(ab).toString('hex');
each([
  () => hex(crypto.hkdfSync('sha256', 'key', 'salt', 'info', 42)),
  () => hex(crypto.hkdfSync('sha512', Buffer.from('key'), new Uint8Array(0), '', 100)),
  () => hex(crypto.hkdfSync('sha1', crypto.createSecretKey(Buffer.from('key')), 's', 'i', 20)),
  () => hex(crypto.hkdfSync('sha3-256', 'k', 's', 'i', 3)),
  () => crypto.hkdfSync('sha256', '', '', '', 8) instanceof ArrayBuffer,
  () => crypto.hkdfSync('nope', 'k', 's', 'i', 5),
  () => crypto.hkdfSync('sha256', 'k', 's', 'i', 255 * 32 + 1),
  () => crypto.hkdfSync('sha256', 'k', 's', 'i', '5'),
  () => crypto.hkdfSync('sha256', 'k', 's', 'x'.repeat(1025), 5),
  () => crypto.hkdfSync('sha256', null, 's', 'i', 5),
  () => crypto.hkdfSync('sha256', 'k', 5, 'i', 5),
  () => crypto.hkdfSync('sha256', 'k', 's', {}, 5),
  () => crypto.hkdfSync(5, 'k', 's', 'i', 5),
  () => crypto.hkdf('sha256', 'k', 's', 'i', 5),
  () => crypto.hkdf('sha256', 'k', 's', 'i', 5, 'x'),
]);
crypto.hkdf('sha256', 'k', 's', 'i', 12, (err, key) => console.log('async', err, hex(key)));
