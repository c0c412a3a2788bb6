'use strict';
const { sweep, options } = require('./lib.js');
const buffer = require('buffer');

// What is no error and takes gigabytes is none of this test's business.
const huge = (i, v) => /^2\*\*/.test(v);

(async () => {
  await sweep('alloc', Buffer.alloc, () => [8, 0, 'utf8'], { skip: (i, v) => i === 0 && huge(i, v) && v !== '2**53' });
  await sweep('allocUnsafe', Buffer.allocUnsafe, () => [8], { skip: (i, v) => huge(i, v) && v !== '2**53' });
  await sweep('allocUnsafeSlow', Buffer.allocUnsafeSlow, () => [8], { skip: (i, v) => huge(i, v) && v !== '2**53' });
  await sweep('from', Buffer.from, () => ['x', 'utf8']);
  await sweep('from buffer', Buffer.from, () => [new ArrayBuffer(8), 0, 8], { places: [1, 2] });
  await sweep('new Buffer', (...a) => new Buffer(...a), () => ['x', 'utf8'], { skip: (i, v) => huge(i, v) && v !== '2**53' });
  await sweep('copyBytesFrom', Buffer.copyBytesFrom, () => [new Uint16Array(4), 0, 2]);
  await sweep('byteLength', Buffer.byteLength, () => ['x', 'utf8']);
  await sweep('compare', Buffer.compare, () => [Buffer.from('a'), Buffer.from('b')]);
  await sweep('concat', Buffer.concat, () => [[Buffer.from('a')], 1], { skip: (i, v) => i === 1 && huge(i, v) && v !== '2**53' });
  await sweep('concat element', (v) => Buffer.concat([v]), () => [Buffer.from('a')]);
  await sweep('isBuffer', Buffer.isBuffer, () => [1]);
  await sweep('isEncoding', Buffer.isEncoding, () => ['utf8']);
  await sweep('of', Buffer.of, () => [1]);
  await sweep('atob', atob, () => ['eA==']);
  await sweep('btoa', btoa, () => ['x']);
  await sweep('isAscii', buffer.isAscii, () => [Buffer.from('a')]);
  await sweep('isUtf8', buffer.isUtf8, () => [Buffer.from('a')]);
  await sweep('transcode', buffer.transcode, () => [Buffer.from('a'), 'utf8', 'latin1']);
  await sweep('resolveObjectURL', buffer.resolveObjectURL, () => ['blob:nodedata:x']);
  await sweep('SlowBuffer', buffer.SlowBuffer, () => [8], { skip: (i, v) => huge(i, v) && v !== '2**53' });
  await sweep('Blob', (...a) => new Blob(...a), () => [['x'], {}]);
  await options('Blob', (...a) => new Blob(...a), () => [['x'], {}], 1, ['type', 'endings']);
  await sweep('File', (...a) => new File(...a), () => [['x'], 'name', {}]);
  const blob = new Blob(['hello']);
  await sweep('blob.slice', blob.slice, () => [0, 2, 'x'], { self: () => blob });
  const b = () => Buffer.alloc(16);
  const methods = {
    compare: () => [Buffer.alloc(4), 0, 4, 0, 4],
    copy: () => [Buffer.alloc(4), 0, 0, 4],
    equals: () => [Buffer.alloc(4)],
    fill: () => ['x', 0, 4, 'utf8'],
    includes: () => ['x', 0, 'utf8'],
    indexOf: () => ['x', 0, 'utf8'],
    lastIndexOf: () => ['x', 0, 'utf8'],
    inspect: () => [1, {}],
    slice: () => [0, 4],
    subarray: () => [0, 4],
    swap16: () => [], swap32: () => [], swap64: () => [],
    toJSON: () => [],
    toString: () => ['utf8', 0, 4],
    toLocaleString: () => ['utf8', 0, 4],
    write: () => ['x', 0, 1, 'utf8'],
    asciiSlice: () => [0, 1], base64Slice: () => [0, 1], latin1Slice: () => [0, 1], hexSlice: () => [0, 1], ucs2Slice: () => [0, 1], utf8Slice: () => [0, 1],
    asciiWrite: () => ['x', 0, 1], base64Write: () => ['x', 0, 1], latin1Write: () => ['x', 0, 1], hexWrite: () => ['ab', 0, 1], ucs2Write: () => ['x', 0, 1], utf8Write: () => ['x', 0, 1],
  };
  for (const name of Object.keys(methods)) await sweep('buf.' + name, b()[name], methods[name], { self: b });
  const seen = new Set();
  for (const name of Object.getOwnPropertyNames(Buffer.prototype).sort()) {
    const fn = Buffer.prototype[name];
    if (typeof fn !== 'function' || seen.has(fn)) continue;
    seen.add(fn);
    if (/^read/.test(name)) await sweep('buf.' + name, fn, () => (/U?Int[BL]E$/.test(name) ? [0, 3] : [0]), { self: b });
    else if (/^write./.test(name)) await sweep('buf.' + name, fn, () => [/64/.test(name) && /Big/.test(name) ? 1n : 1, 0].concat(/U?Int[BL]E$/.test(name) ? [3] : []), { self: b });
  }
  for (const name of ['toString', 'fill', 'write', 'equals', 'readInt8', 'swap16', 'indexOf', 'copy', 'toJSON', 'inspect', 'parent', 'slice']) {
    for (const self of [() => undefined, () => ({}), () => [], () => 'x', () => new Uint8Array(4)]) {
      const fn = Buffer.prototype[name];
      if (typeof fn === 'function') await sweep(`buf.${name} on ${typeof self()} ${self()?.constructor?.name}`, fn, () => [], { self });
    }
  }
})();
