'use strict';
const { each } = require('./helper');
const { transcode, isUtf8, isAscii, constants, kMaxLength, kStringMaxLength, INSPECT_MAX_BYTES } = require('buffer');
each([
  () => transcode(Buffer.from('€'), 'utf8', 'ascii'),
  () => transcode(Buffer.from('€ä'), 'utf8', 'latin1'),
  () => transcode(Buffer.from('€😀'), 'utf8', 'utf16le'),
  () => transcode(Buffer.from('€😀', 'utf16le'), 'ucs2', 'utf8'),
  () => transcode(Buffer.from('ä', 'latin1'), 'binary', 'utf8'),
  () => transcode(Buffer.from([0xff, 0x41]), 'ascii', 'utf8'),
  () => transcode(Buffer.from([0xff, 0x41]), 'utf8', 'utf16le'),
  () => transcode(Buffer.from('a'), 'utf8', 'hex'),
  () => transcode(Buffer.from('a'), 'b', 'hex'),
  () => transcode('a', 'utf8', 'latin1'),
  () => transcode(new Uint8Array([65]), 'ascii', 'utf16le'),
  () => transcode(Buffer.alloc(0), 'utf8', 'latin1'),
  () => isUtf8(Buffer.from('€')),
  () => isUtf8(Buffer.from([0xc3])),
  () => isUtf8(Buffer.from([0xed, 0xa0, 0x80])),
  () => isUtf8(new ArrayBuffer(2)),
  () => isUtf8('x'),
  () => isAscii(Buffer.from('abc')),
  () => isAscii(Buffer.from('€')),
  () => isAscii(new Float32Array(1)),
  () => isAscii(5),
  () => [constants, kMaxLength, kStringMaxLength, INSPECT_MAX_BYTES],
]);
