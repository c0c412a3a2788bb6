'use strict';
const { each, show } = require('./helper');
for (const name of Object.getOwnPropertyNames(Buffer.prototype).filter((n) => /^write./.test(n) && !/U?Int[BL]E$|Big/.test(n) && !/^write(?:ascii|utf8|latin1|hex|base64|ucs2|String)/i.test(n)).sort()) {
  for (const v of [1, -1, 127.5, 300, 70000, 2 ** 32]) {
    show(`${name}(${v})`, () => { const b = Buffer.alloc(8); return `${b[name](v)} ${b.toString('hex')}`; });
  }
}
for (const name of ['writeIntBE', 'writeIntLE', 'writeUIntBE', 'writeUIntLE']) {
  for (let n = 1; n <= 6; n++) {
    show(`${name}(100, 1, ${n})`, () => { const b = Buffer.alloc(8); return `${b[name](100, 1, n)} ${b.toString('hex')}`; });
    show(`${name}(2 ** ${8 * n}, 1, ${n})`, () => Buffer.alloc(8)[name](2 ** (8 * n), 1, n));
    show(`${name}(-(2 ** ${8 * n - 1}), 1, ${n})`, () => { const b = Buffer.alloc(8); return `${b[name](-(2 ** (8 * n - 1)), 1, n)} ${b.toString('hex')}`; });
  }
}
for (const name of ['writeBigInt64BE', 'writeBigInt64LE', 'writeBigUInt64BE', 'writeBigUInt64LE']) {
  for (const v of [1n, -1n, 2n ** 63n - 1n, 2n ** 63n, 2n ** 64n - 1n, 2n ** 64n]) {
    show(`${name}(${v}n)`, () => { const b = Buffer.alloc(8); return `${b[name](v)} ${b.toString('hex')}`; });
  }
  show(`${name}(1)`, () => Buffer.alloc(8)[name](1));
}
const b = Buffer.alloc(4);
each([
  () => b.writeInt8('5') + b.toString('hex'),
  () => b.writeInt8(),
  () => b.writeInt8(NaN) + b.toString('hex'),
  () => b.writeInt8({}) + b.toString('hex'),
  () => b.writeInt8(1, 4),
  () => b.writeInt8(1, -1),
  () => b.writeInt8(1, '1'),
  () => b.writeInt8(1, 0.5),
  () => b.writeInt32LE(1, 1),
  () => b.writeDoubleLE(1, 0),
  () => b.writeUIntBE(1, 0, 7),
  () => b.writeUIntBE(1, 0, 0),
  () => b.writeUIntBE(1, 0),
  () => b.writeUIntBE(1, undefined, 1),
  () => b.writeFloatLE(NaN) + b.toString('hex'),
  () => b.writeFloatLE(3.4e39) + b.toString('hex'),
]);
