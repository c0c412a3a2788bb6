'use strict';
const zlib = require('zlib');
const pairs = [['deflate', 'inflate'], ['deflateRaw', 'inflateRaw'], ['gzip', 'gunzip'], ['gzip', 'unzip'], ['deflate', 'unzip'],
               ['brotliCompress', 'brotliDecompress'], ['zstdCompress', 'zstdDecompress']];
const random = Buffer.alloc(5000);
for (let i = 0, x = 1; i < random.length; i++) { x = x * 1103515245 + 12345 & 0x7fffffff; random[i] = x >> 16; }
const inputs = { empty: '', short: 'abc', unicode: 'h€llo😀', repeated: 'x'.repeat(100000), random, view: new Uint16Array([1, 2, 3]),
                 arraybuffer: random.buffer.slice(0, 100), dataview: new DataView(random.buffer, 3, 77) };
const bytes = (v) => (typeof v === 'string' ? Buffer.from(v) : Buffer.from(v.buffer ?? v, v.byteOffset ?? 0, v.byteLength));
for (const [a, b] of pairs) {
  for (const name in inputs) {
    const packed = zlib[`${a}Sync`](inputs[name]);
    const back = zlib[`${b}Sync`](packed);
    console.log(a, b, name, back.equals(bytes(inputs[name])), packed.length < back.length || back.length < 5100);
  }
}
let pending = Promise.resolve();
for (const [a, b] of pairs) {
  pending = pending.then(() => new Promise((resolve) => {
    zlib[a]('some text', (err, packed) => {
      zlib[b](packed, { info: true }, (err2, { buffer, engine }) => {
        console.log('async', a, b, err, err2, buffer.toString(), engine.constructor.name, engine.bytesWritten === packed.length);
        resolve();
      });
    });
  }));
}
for (const level of [-1, 0, 1, 5, 9]) for (const strategy of [0, 1, 2, 3, 4]) for (const windowBits of [9, 15]) {
  const packed = zlib.deflateSync(random, { level, strategy, windowBits, memLevel: 3 });
  if (!zlib.inflateSync(packed).equals(random)) console.log('bad', level, strategy, windowBits);
}
const dictionary = Buffer.from('the quick brown fox');
console.log(zlib.inflateSync(zlib.deflateSync('the quick brown fox jumps', { dictionary }), { dictionary }).toString());
console.log(zlib.inflateRawSync(zlib.deflateRawSync('the quick brown fox jumps', { dictionary }), { dictionary }).toString());
console.log(zlib.gunzipSync(Buffer.concat([zlib.gzipSync('first '), zlib.gzipSync('second')])).toString());
console.log(zlib.gunzipSync(Buffer.concat([zlib.gzipSync('padded'), Buffer.alloc(10)])).toString());
console.log(zlib.crc32('hello'), zlib.crc32(Buffer.from('lo'), zlib.crc32('hel')), zlib.crc32(''));
