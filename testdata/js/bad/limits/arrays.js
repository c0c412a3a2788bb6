'use strict';
// Arrays and buffers that are too long.
const cases = {
  array: () => new Array(2 ** 32),
  arrayNegative: () => new Array(-1),
  arrayFraction: () => new Array(1.5),
  length: () => { [].length = 2 ** 32; },
  pushLast: () => { const a = []; a.length = 2 ** 32 - 1; a.push(1); },
  unshiftLike: () => Array.prototype.unshift.call({ length: 2 ** 53 - 1 }, 1),
  toSorted: () => Array.prototype.toSorted.call({ length: 2 ** 32 }),
  withLike: () => Array.prototype.with.call({ length: 2 ** 32 }, 0, 0),
  toReversed: () => Array.prototype.toReversed.call({ length: 2 ** 32 }),
  mapLike: () => Array.prototype.map.call({ length: 2 ** 32 }, (x) => x),
  applyLike: () => Math.max.apply(null, { length: 2 ** 31 }),
  reflectApply: () => Reflect.apply(Math.max, null, { length: 2 ** 31 }),
  reflectConstruct: () => Reflect.construct(Array, { length: 2 ** 31 }),
  buffer: () => new ArrayBuffer(1e15),
  bufferMost: () => new ArrayBuffer(2 ** 53),
  bufferNegative: () => new ArrayBuffer(-1),
  shared: () => new SharedArrayBuffer(1e15),
  sharedMost: () => new SharedArrayBuffer(2 ** 53),
  transfer: () => new ArrayBuffer(1).transfer(1e15),
  bytes: () => new Uint8Array(1e15),
  bytesNegative: () => new Uint8Array(-1),
  bytesMost: () => new Uint8Array(2 ** 53),
  bytesLike: () => new Uint8Array({ length: 2 ** 40 }),
  floats: () => new Float64Array(2 ** 40),
  offset: () => new Uint8Array(new ArrayBuffer(8), 9),
  offsetLength: () => new Uint8Array(new ArrayBuffer(8), 0, 9),
  unaligned: () => new Uint16Array(new ArrayBuffer(8), 1),
  unalignedLength: () => new Uint16Array(new ArrayBuffer(7)),
  view: () => new DataView(new ArrayBuffer(8), 9),
  viewLength: () => new DataView(new ArrayBuffer(8), 0, 9),
  viewGet: () => new DataView(new ArrayBuffer(8)).getInt8(8),
  set: () => new Uint8Array(1).set([1, 2]),
  setOffset: () => new Uint8Array(1).set([1], 2 ** 40),
  alloc: () => Buffer.alloc(2 ** 53 - 1),
  allocLarge: () => Buffer.alloc(1e15),
  allocUnsafe: () => Buffer.allocUnsafe(2 ** 53),
  allocSlow: () => Buffer.allocUnsafeSlow(2 ** 52),
  bufferConcat: () => Buffer.concat([Buffer.alloc(1)], 1e15),
};
for (const [name, f] of Object.entries(cases)) {
  try {
    f();
    console.log(name);
  } catch (e) {
    console.log(name, e.name, e.code, e.message);
  }
}
