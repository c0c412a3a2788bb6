'use strict';
const zlib = require('zlib');
const { each, show } = require('./helper');
const good = { inflate: zlib.deflateSync('hello hello hello'), inflateRaw: zlib.deflateRawSync('hello hello hello'), gunzip: zlib.gzipSync('hello hello hello'),
               brotliDecompress: zlib.brotliCompressSync('hello hello hello'), zstdDecompress: zlib.zstdCompressSync('hello hello hello') };
const detail = (fn) => {
  try { return String(fn()); } catch (e) { return `${e.name} ${e.code} ${e.errno} ${e.message}`; }
};
for (const name in good) {
  console.log(name, 'garbage', detail(() => zlib[`${name}Sync`](Buffer.from('this is no compressed data at all'))));
  console.log(name, 'empty', detail(() => zlib[`${name}Sync`](Buffer.alloc(0))));
  console.log(name, 'truncated', detail(() => zlib[`${name}Sync`](good[name].subarray(0, good[name].length - 5))));
  console.log(name, 'one byte', detail(() => zlib[`${name}Sync`](good[name].subarray(0, 1))));
}
const flip = (b, i) => { b = Buffer.from(b); b[i] ^= 0xff; return b; };
console.log('header', detail(() => zlib.inflateSync(flip(good.inflate, 0))));
console.log('header 2', detail(() => zlib.inflateSync(flip(good.inflate, 1))));
console.log('checksum', detail(() => zlib.inflateSync(flip(good.inflate, good.inflate.length - 1))));
console.log('gzip magic', detail(() => zlib.gunzipSync(flip(good.gunzip, 0))));
console.log('gzip method', detail(() => zlib.gunzipSync(flip(good.gunzip, 2))));
console.log('gzip flags', detail(() => zlib.gunzipSync(flip(good.gunzip, 3))));
console.log('gzip crc', detail(() => zlib.gunzipSync(flip(good.gunzip, good.gunzip.length - 8))));
console.log('gzip length', detail(() => zlib.gunzipSync(flip(good.gunzip, good.gunzip.length - 1))));
console.log('unzip', detail(() => zlib.unzipSync(Buffer.from([1, 2, 3]))));
console.log('block type', detail(() => zlib.inflateRawSync(Buffer.from([7]))));
console.log('stored length', detail(() => zlib.inflateRawSync(Buffer.from([1, 5, 0, 5, 0]))));
console.log('distance', detail(() => zlib.inflateRawSync(Buffer.from([3, 2, 0, 0]))));
console.log('window', detail(() => zlib.inflateSync(Buffer.from('789c', 'hex'), { windowBits: 9 })));
console.log('dictionary', detail(() => zlib.inflateSync(zlib.deflateSync('x', { dictionary: Buffer.from('abc') }))));
console.log('dictionary 2', detail(() => zlib.inflateSync(zlib.deflateSync('x', { dictionary: Buffer.from('abc') }), { dictionary: Buffer.from('xyz') })));
console.log('output', detail(() => zlib.inflateSync(good.inflate, { maxOutputLength: 5 })));
console.log('junk', detail(() => zlib.inflateSync(Buffer.concat([good.inflate, Buffer.from([1])]), { rejectGarbageAfterEnd: true })));
console.log('partial', detail(() => zlib.inflateSync(good.inflate.subarray(0, -5), { finishFlush: zlib.constants.Z_SYNC_FLUSH })));
each([
  () => zlib.deflateSync(),
  () => zlib.deflateSync(5),
  () => zlib.deflateSync(null),
  () => zlib.deflateSync({}),
  () => zlib.deflateSync('x', { level: 10 }),
  () => zlib.deflateSync('x', { level: 'x' }),
  () => zlib.deflateSync('x', { level: NaN }).length > 0,
  () => zlib.deflateSync('x', { windowBits: 7 }),
  () => zlib.deflateSync('x', { windowBits: 16 }),
  () => zlib.gzipSync('x', { windowBits: 8 }),
  () => zlib.deflateSync('x', { memLevel: 0 }),
  () => zlib.deflateSync('x', { strategy: 5 }),
  () => zlib.deflateSync('x', { chunkSize: 10 }),
  () => zlib.deflateSync('x', { chunkSize: Infinity }),
  () => zlib.deflateSync('x', { flush: 10 }),
  () => zlib.deflateSync('x', { dictionary: 'x' }),
  () => zlib.inflateSync('x', { maxOutputLength: 0 }),
  () => zlib.brotliCompressSync('x', { params: { 99: 1 } }),
  () => zlib.brotliCompressSync('x', { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 'x' } }),
  () => zlib.brotliCompressSync('x', { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 99 } }),
  () => zlib.zstdCompressSync('x', { params: { 9999: 1 } }),
  () => zlib.zstdCompressSync('x', { params: { [zlib.constants.ZSTD_c_compressionLevel]: 'x' } }),
  () => zlib.zstdCompressSync('x', { params: { [zlib.constants.ZSTD_c_windowLog]: 99 } }),
  () => zlib.zstdCompressSync('x', { pledgedSrcSize: 5 }),
  () => zlib.deflate('x'),
  () => zlib.deflate('x', 5),
  () => zlib.crc32(5),
  () => zlib.crc32('x', -1),
  () => zlib.crc32('x', 'y'),
  () => zlib.codes,
  () => zlib.Deflate().constructor.name,
  () => Object.keys(zlib).length,
]);
show('stream', () => {
  zlib.createInflate().on('error', (e) => console.log('error event', e.code, e.errno, e.message)).end(Buffer.from('nonsense'));
  zlib.createGunzip().on('error', (e) => console.log('error event', e.code, e.errno, e.message)).end(good.gunzip.subarray(0, 10));
});
