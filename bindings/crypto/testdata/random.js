'use strict';
const crypto = require('crypto');
const { each, show } = require('./helper');
each([
  () => crypto.randomBytes(8).length,
  () => crypto.randomBytes(0),
  () => crypto.randomBytes(-1),
  () => crypto.randomBytes(2 ** 31),
  () => crypto.randomBytes('1'),
  () => crypto.randomBytes(1.9).length,
  () => crypto.randomBytes(NaN),
  () => crypto.randomBytes(1, 'x'),
  () => crypto.randomFillSync(Buffer.alloc(4)).length,
  () => crypto.randomFillSync(Buffer.alloc(4), 5),
  () => crypto.randomFillSync(Buffer.alloc(4), 2, 3),
  () => crypto.randomFillSync(Buffer.alloc(4), '1'),
  () => crypto.randomFillSync(Buffer.alloc(4), -1),
  () => crypto.randomFillSync(Buffer.alloc(4), 0, '1'),
  () => crypto.randomFillSync('abcd'),
  () => crypto.randomFillSync(Buffer.alloc(4, 7), 4),
  () => crypto.randomFillSync(Buffer.alloc(4, 7), 2).subarray(0, 2),
  () => crypto.randomFillSync(new Float64Array(2)).constructor.name,
  () => crypto.randomFillSync(new ArrayBuffer(3)).byteLength,
  () => crypto.randomFill(Buffer.alloc(4)),
  () => crypto.randomFill(Buffer.alloc(4), 5, () => {}),
  () => { const n = crypto.randomInt(3); return n >= 0 && n < 3; },
  () => { const n = crypto.randomInt(-5, -3); return n === -5 || n === -4; },
  () => crypto.randomInt(1, 2),
  () => crypto.randomInt(0),
  () => crypto.randomInt(5, 5),
  () => crypto.randomInt(5, 4),
  () => crypto.randomInt('1'),
  () => crypto.randomInt(0, 2 ** 48),
  () => crypto.randomInt(0, 2 ** 48 - 1) >= 0,
  () => crypto.randomInt(2 ** 53, 2 ** 53 + 2),
  () => crypto.randomInt(1.5),
  () => crypto.randomInt(1, 2, 'x'),
  () => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(crypto.randomUUID()),
  () => /^[0-9a-f-]{36}$/.test(crypto.randomUUID({ disableEntropyCache: true })),
  () => crypto.randomUUID(5),
  () => crypto.randomUUID({ disableEntropyCache: 1 }),
  () => crypto.getRandomValues(new Uint8Array(3)).length,
  () => crypto.getRandomValues(new Float32Array(3)),
  () => crypto.getRandomValues(new Uint8Array(65537)),
  () => crypto.webcrypto.getRandomValues(),
]);
for (const size of [0, 1, 16, 1000]) show(size, () => new Set(crypto.randomBytes(size)).size > 0 || size === 0);
crypto.randomBytes(4, (err, buf) => {
  console.log('randomBytes', err, buf.length);
  crypto.randomFill(Buffer.alloc(6), 2, (e, b) => {
    console.log('randomFill', e, b[0], b[1], b.length);
    crypto.randomInt(1, 2, (e2, n) => console.log('randomInt', e2, n));
  });
});
