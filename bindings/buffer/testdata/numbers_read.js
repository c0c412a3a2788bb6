'use strict';
const { each, show } = require('./helper');
const b = Buffer.from([0x80, 0x01, 0xfe, 0xff, 0x7f, 0x00, 0xc0, 0x3f, 0x12]);
for (const name of Object.getOwnPropertyNames(Buffer.prototype).filter((n) => /^read/.test(n) && !/U?Int[BL]E$/.test(n)).sort()) {
  show(`${name}()`, () => b[name]());
  show(`${name}(1)`, () => b[name](1));
  show(`${name}(9)`, () => b[name](9));
}
for (const name of ['readIntBE', 'readIntLE', 'readUIntBE', 'readUIntLE', 'readUintBE', 'readUintLE']) {
  for (let n = 1; n <= 6; n++) show(`${name}(2, ${n})`, () => b[name](2, n));
}
each([
  () => b.readInt8('0'),
  () => b.readInt8(1.5),
  () => b.readInt8(-1),
  () => b.readInt8(NaN),
  () => b.readInt8(null),
  () => b.readInt8(Infinity),
  () => b.readUInt16LE(8),
  () => b.readIntBE(0, 0),
  () => b.readIntBE(0, 7),
  () => b.readIntBE(0, '1'),
  () => b.readIntBE(0),
  () => b.readIntBE(5, 6),
  () => b.readIntBE(),
  () => Buffer.alloc(1).readDoubleBE(0),
  () => Buffer.alloc(0).readInt8(0),
  () => Buffer.from('7ff0000000000000', 'hex').readDoubleBE(),
  () => Buffer.from('7ff8000000000001', 'hex').readDoubleBE(),
  () => Buffer.from('ffc00000', 'hex').readFloatBE(),
  () => Buffer.from('80000000', 'hex').readFloatBE(),
]);
