'use strict';
const { timingSafeEqual } = require('crypto');
const { each } = require('./helper');
each([
  () => timingSafeEqual(Buffer.from('abc'), Buffer.from('abc')),
  () => timingSafeEqual(Buffer.from('abc'), Buffer.from('abd')),
  () => timingSafeEqual(Buffer.alloc(0), Buffer.alloc(0)),
  () => timingSafeEqual(new Uint8Array([1, 2]), new Uint16Array([513])),
  () => timingSafeEqual(new ArrayBuffer(2), new DataView(new ArrayBuffer(2))),
  () => timingSafeEqual(Buffer.from('abc'), Buffer.from('ab')),
  () => timingSafeEqual('abc', Buffer.from('abc')),
  () => timingSafeEqual(Buffer.from('abc'), 'abc'),
  () => timingSafeEqual(Buffer.from('abc')),
  () => timingSafeEqual(),
  () => timingSafeEqual.length,
]);
