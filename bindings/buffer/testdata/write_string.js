'use strict';
const { each } = require('./helper');
const w = (...args) => {
  const b = Buffer.alloc(8, '.');
  return `${b.write(...args)} ${b.toString('latin1')}`;
};
each([
  () => w('abc'),
  () => w('abc', 2),
  () => w('abc', 6),
  () => w('abc', 2, 2),
  () => w('a€b€c', 0),
  () => w('a€b€c', 0, 5),
  () => w('😀😀😀'),
  () => w('abc', 'latin1'),
  () => w('616263', 'hex'),
  () => w('616', 'hex'),
  () => w('YWJj', 1, 'base64'),
  () => w('YWJj', 1, 2, 'base64'),
  () => w('ab', 0, 3, 'utf16le'),
  () => w('ab', 1, 'ucs2'),
  () => w('abcdefghijkl'),
  () => w('abc', 8),
  () => w('abc', 9),
  () => w('abc', -1),
  () => w('abc', 0, 9),
  () => w('abc', 0, -1),
  () => w('abc', '1'),
  () => w('abc', 0, 2, 'nope'),
  () => w(5),
  () => w(),
  () => w('abc', undefined),
  () => w('abc', undefined, 'latin1'),
  () => Buffer.alloc(4).utf8Write('€€'),
  () => Buffer.alloc(4).latin1Write('€', 1),
  () => Buffer.alloc(4).hexWrite('0011', 3),
]);
