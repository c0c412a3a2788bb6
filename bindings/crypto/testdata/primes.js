'use strict';
const crypto = require('crypto');
const { each } = require('./helper');
each([
  () => crypto.checkPrimeSync(7n),
  () => crypto.checkPrimeSync(9n),
  () => crypto.checkPrimeSync(Buffer.from([0x0d])),
  () => crypto.checkPrimeSync(2n ** 127n - 1n),
  () => crypto.checkPrimeSync('7'),
  () => crypto.checkPrimeSync(7n, { checks: -1 }),
  () => crypto.generatePrimeSync(32).byteLength,
  () => typeof crypto.generatePrimeSync(32, { bigint: true }),
  () => crypto.generatePrimeSync(3, { bigint: true, safe: true }),
  () => crypto.generatePrimeSync(8, { add: 12n, rem: 11n, bigint: true }) % 12n,
  () => crypto.generatePrimeSync(0),
  () => crypto.generatePrimeSync('8'),
  () => crypto.generatePrimeSync(8, 5),
  () => crypto.generatePrimeSync(8, { add: 1000n }),
  () => crypto.generatePrime(8),
]);
crypto.generatePrime(16, { bigint: true }, (err, p) => console.log(err, p > 0n));
crypto.checkPrime(11n, (err, is) => console.log(err, is));
