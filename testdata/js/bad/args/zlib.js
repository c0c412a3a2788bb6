'use strict';
const { sweep, options, CB } = require('./lib.js');
const zlib = require('zlib');

const names = ['flush', 'finishFlush', 'chunkSize', 'windowBits', 'level', 'memLevel', 'strategy', 'dictionary', 'info', 'maxOutputLength', 'params', 'rejectGarbageAfterEnd'];
const big = (n, v) => n === 'chunkSize' && v.startsWith('2**');

(async () => {
  for (const name of ['deflate', 'inflate', 'gzip', 'gunzip', 'deflateRaw', 'inflateRaw', 'unzip', 'brotliCompress', 'brotliDecompress', 'zstdCompress', 'zstdDecompress']) {
    await sweep(name, zlib[name], () => ['x', {}, CB]);
    await sweep(name + 'Sync', zlib[name + 'Sync'], () => ['x', {}]);
    await options(name + 'Sync', zlib[name + 'Sync'], () => ['x', {}], 1, names, { skip: big });
  }
  for (const name of ['Deflate', 'Inflate', 'Gzip', 'Gunzip', 'DeflateRaw', 'InflateRaw', 'Unzip', 'BrotliCompress', 'BrotliDecompress', 'ZstdCompress', 'ZstdDecompress']) {
    const make = (o) => { zlib['create' + name](o).on('error', () => {}).close(); };
    await sweep('create' + name, make, () => [{}]);
    await options('create' + name, make, () => [{}], 0, names, { skip: big });
    await sweep(name, (o) => { zlib[name](o); }, () => [{}]);
  }
  await sweep('crc32', zlib.crc32, () => ['x', 0]);
  const z = () => zlib.createDeflate().on('error', () => {});
  await sweep('params', (...a) => { z().params(...a); }, () => [1, 0, () => {}]);
  await sweep('flush', (...a) => { z().flush(...a); }, () => [0, () => {}]);
  await sweep('close', (...a) => { z().close(...a); }, () => [() => {}]);
  await sweep('write', (...a) => { z().write(...a); }, () => ['x', 'utf8', () => {}]);
  await sweep('reset', (...a) => { const s = z(); s.close(); s.reset(); }, () => []);
  await sweep('reset closed', () => { const s = z(); s.close(); s.reset(); }, () => ['x'], { places: [] });
  const bad = [Buffer.alloc(0), Buffer.from([0x78]), Buffer.from([0x78, 0x9c]), Buffer.from([0x78, 0x9c, 0xff, 0xff]), Buffer.from([0x1f, 0x8b]), Buffer.from('1f8b0800000000000003', 'hex'),
    Buffer.from('1f8b08ff0000000000030100', 'hex'), Buffer.from('789c4bcc0400', 'hex'), Buffer.from('789c4bccff000125', 'hex'), Buffer.from('x'.repeat(100)),
    Buffer.concat([zlib.gzipSync('a'), Buffer.from('garbage')]), Buffer.concat([zlib.gzipSync('a'), Buffer.from([0x1f, 0x8b])]), zlib.gzipSync('a').fill(0, -8), zlib.deflateSync('a').fill(0, -4), zlib.deflateSync('a', { dictionary: Buffer.from('aaaa') }),
    Buffer.from('28b52ffd', 'hex'), Buffer.from('28b52ffd00', 'hex')];
  for (const name of ['inflate', 'gunzip', 'inflateRaw', 'unzip', 'brotliDecompress', 'zstdDecompress']) {
    for (let i = 0; i < bad.length; i++) {
      let sync;
      try { sync = 'ok ' + zlib[name + 'Sync'](bad[i]).toString('hex').slice(0, 20); } catch (e) { sync = [e.name, e.code, e.errno, e.message].join(' '); }
      const async = await new Promise((resolve) => zlib[name](bad[i], (e, b) => resolve(e ? [e.name, e.code, e.errno, e.message].join(' ') : 'ok ' + b.toString('hex').slice(0, 20))));
      console.log(name, i, sync, async === sync ? '' : async);
    }
  }
})();
