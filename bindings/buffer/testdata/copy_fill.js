'use strict';
const { each } = require('./helper');
const make = () => Buffer.from('0123456789');
const copy = (...args) => {
  const target = Buffer.alloc(10, '.');
  const n = make().copy(target, ...args);
  return `${n} ${target}`;
};
each([
  () => copy(),
  () => copy(5),
  () => copy(0, 5),
  () => copy(2, 3, 6),
  () => copy(9, 0, 100),
  () => copy(10),
  () => copy(11),
  () => copy(0, 10),
  () => copy(0, 11),
  () => copy(-1),
  () => copy(0, -1),
  () => copy(0, 0, -1),
  () => copy(0, 5, 3),
  () => copy(1.7, '2', '4'),
  () => copy(NaN),
  () => make().copy('x'),
  () => make().copy(new Uint8Array(4)),
  () => { const b = make(); b.copy(b, 2, 0, 5); return String(b); },
  () => { const b = make(); b.copy(b, 0, 2, 7); return String(b); },
  () => String(make().fill('ab')),
  () => String(make().fill('ab', 3)),
  () => String(make().fill('ab', 3, 6)),
  () => String(make().fill('€')),
  () => String(make().fill('abc', 'latin1')),
  () => String(make().fill('616263', 'hex')),
  () => String(make().fill('616263', 2, 'hex')),
  () => String(make().fill('616263', 2, 7, 'hex')),
  () => make().fill('zz', 'hex'),
  () => make().fill(0x161)[0],
  () => make().fill(-1)[0],
  () => make().fill(false)[0],
  () => make().fill(undefined)[3],
  () => make().fill('')[3],
  () => make().fill(Buffer.from('xy')).toString(),
  () => make().fill(new Uint8Array(0)),
  () => make().fill('a', -1),
  () => make().fill('a', 0, 11),
  () => make().fill('a', 'b'),
  () => make().fill('a', 0, 5, 'nope'),
  () => make().fill('a', 0, 5, 5),
  () => make().fill('a', 5, 2).toString(),
  () => make().fill('a', 1.5),
]);
