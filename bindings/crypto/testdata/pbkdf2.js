'use strict';
const crypto = require('crypto');
const { each } = require('./helper');
each([
  () => crypto.pbkdf2Sync('password', 'salt', 1, 20, 'sha1').toString('hex'),
  () => crypto.pbkdf2Sync('password', 'salt', 4096, 20, 'sha1').toString('hex'),
  () => crypto.pbkdf2Sync('password', 'salt', 10, 64, 'sha512').toString('hex'),
  () => crypto.pbkdf2Sync(Buffer.from('pä'), new Uint8Array([1, 2]), 3, 33, 'SHA256').toString('hex'),
  () => crypto.pbkdf2Sync('', '', 1, 8, 'sha3-256').toString('hex'),
  () => crypto.pbkdf2Sync('p', 's', 1, 0, 'sha1'),
  () => crypto.pbkdf2Sync('p', 's', 0, 20, 'sha1'),
  () => crypto.pbkdf2Sync('p', 's', -1, 20, 'sha1'),
  () => crypto.pbkdf2Sync('p', 's', 1.5, 20, 'sha1'),
  () => crypto.pbkdf2Sync('p', 's', '1', 20, 'sha1'),
  () => crypto.pbkdf2Sync('p', 's', 1, -1, 'sha1'),
  () => crypto.pbkdf2Sync('p', 's', 1, 2 ** 31, 'sha1'),
  () => crypto.pbkdf2Sync('p', 's', 1, Infinity, 'sha1'),
  () => crypto.pbkdf2Sync('p', 's', 1, 20, 'nope'),
  () => crypto.pbkdf2Sync('p', 's', 1, 20),
  () => crypto.pbkdf2Sync(5, 's', 1, 20, 'sha1'),
  () => crypto.pbkdf2Sync('p', null, 1, 20, 'sha1'),
  () => crypto.pbkdf2('p', 's', 1, 20, 'sha1'),
  () => crypto.pbkdf2('p', 's', 1, 20, 'sha1', 'x'),
  () => crypto.pbkdf2('p', 's', 1, 20, () => {}),
  () => crypto.pbkdf2('p', 's', 1, 20, 'nope', () => {}),
]);
crypto.pbkdf2('password', 'salt', 2, 20, 'sha1', (err, key) => {
  console.log('async', err, key.toString('hex'));
});
