'use strict';
const zlib = require('zlib');
const collect = async (stream) => {
  const parts = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
};
(async () => {
  const text = Buffer.from('some text that repeats itself, '.repeat(500));
  for (const [a, b] of [['Deflate', 'Inflate'], ['Gzip', 'Gunzip'], ['DeflateRaw', 'InflateRaw'], ['BrotliCompress', 'BrotliDecompress'], ['ZstdCompress', 'ZstdDecompress']]) {
    const pack = zlib[`create${a}`]();
    const packed = collect(pack);
    for (let i = 0; i < text.length; i += 777) pack.write(text.subarray(i, i + 777));
    pack.end();
    const bytes = await packed;
    for (const step of [1, 7, 100]) {
      const unpack = zlib[`create${b}`]({ chunkSize: 64 });
      const out = collect(unpack);
      for (let i = 0; i < bytes.length; i += step) unpack.write(bytes.subarray(i, i + step));
      unpack.end();
      console.log(a, step, (await out).equals(text), a[0] === 'Z' || unpack.bytesWritten === bytes.length, unpack.destroyed);
    }
  }
  const deflate = zlib.createDeflate({ level: 9 });
  const inflate = zlib.createInflate();
  deflate.pipe(inflate);
  inflate.setEncoding('utf8');
  deflate.write('flushed');
  deflate.flush(() => {
    inflate.once('data', (d) => {
      console.log('flush', d);
      deflate.params(0, zlib.constants.Z_DEFAULT_STRATEGY, (err) => {
        console.log('params', err);
        deflate.end(' and ended');
        inflate.on('data', (rest) => console.log('rest', rest));
        inflate.on('end', () => console.log('end'));
      });
    });
  });
  const closed = zlib.createGzip();
  closed.on('close', () => console.log('closed'));
  closed.close(() => console.log('close callback'));
  closed.write('x', (e) => console.log(e.code));
})();
