'use strict';
const { each } = require('./helper');
const b = Buffer.from('h€llo wörld😀');
const bad = Buffer.from([0x61, 0xff, 0xc3, 0x28, 0xe2, 0x82, 0xf0, 0x9f, 0x98, 0x62, 0xed, 0xa0, 0x80, 0xf4, 0x90, 0x80, 0x80]);
for (const e of ['utf8', 'UTF-8', 'utf-16le', 'ucs2', 'latin1', 'binary', 'ascii', 'hex', 'base64', 'base64url']) {
  console.log(e, JSON.stringify(b.toString(e)), JSON.stringify(bad.toString(e)));
  console.log(e, JSON.stringify(b.toString(e, 1, 6)), Buffer.from(b.toString(e), e).equals(b));
}
each([
  () => b.toString(undefined, 2),
  () => b.toString('utf8', -5, 3),
  () => b.toString('utf8', 3, 1),
  () => b.toString('utf8', '1', '4'),
  () => b.toString('utf8', 0, 100),
  () => b.toString('utf8', NaN),
  () => b.toString('nope'),
  () => b.toString(null),
  () => b.toString(5),
  () => b.latin1Slice(0, 3),
  () => b.utf8Slice(1, 4),
  () => b.hexSlice(2),
  () => b.hexSlice(100),
  () => b.base64Slice(0, 2),
  () => Buffer.alloc(0).toString(),
  () => `${Buffer.from('x')}`,
]);
