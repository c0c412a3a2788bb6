'use strict';
const crypto = require('crypto');
const { each } = require('./helper');
each([
  () => crypto.scryptSync('', '', 64, { N: 16, p: 1, r: 1 }).toString('hex'),
  () => crypto.scryptSync('password', 'NaCl', 64, { N: 1024, p: 16, r: 8 }).toString('hex'),
  () => crypto.scryptSync('p', 's', 10, { cost: 16, blockSize: 2, parallelization: 3 }).toString('hex'),
  () => crypto.scryptSync(Buffer.from('p'), new Uint8Array(3), 10, { N: 16 }).toString('hex'),
  () => crypto.scryptSync('p', 's', 0),
  () => crypto.scryptSync('p', 's', 10, { N: 15 }),
  () => crypto.scryptSync('p', 's', 10, { N: 1 }),
  () => crypto.scryptSync('p', 's', 10, { N: 16, cost: 16 }),
  () => crypto.scryptSync('p', 's', 10, { p: 2, parallelization: 1 }),
  () => crypto.scryptSync('p', 's', 10, { r: 2, blockSize: 1 }),
  () => crypto.scryptSync('p', 's', 10, { N: -1 }),
  () => crypto.scryptSync('p', 's', 10, { N: '16' }),
  () => crypto.scryptSync('p', 's', 10, { N: 2 ** 20 }),
  () => crypto.scryptSync('p', 's', 10, { N: 16, maxmem: 1 }),
  () => crypto.scryptSync('p', 's', 10, { N: 16, maxmem: -1 }),
  () => crypto.scryptSync('p', 's', -1),
  () => crypto.scryptSync('p', 's', 1.5),
  () => crypto.scryptSync('p', 's', '1'),
  () => crypto.scryptSync('p', 's'),
  () => crypto.scryptSync(null, 's', 1),
  () => crypto.scryptSync('p', {}, 1),
  () => crypto.scrypt('p', 's', 1),
  () => crypto.scrypt('p', 's', 1, {}),
  () => crypto.scrypt('p', 's', 1, {}, null),
]);
crypto.scrypt('p', 's', 12, { N: 16 }, (err, key) => console.log('async', err, key.toString('hex')));
