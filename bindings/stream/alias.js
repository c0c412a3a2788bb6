'use strict';
// _stream_readable and the like: what readable-stream's copies once required.
const names = {
  _stream_duplex: 'Duplex', _stream_passthrough: 'PassThrough', _stream_readable: 'Readable',
  _stream_transform: 'Transform', _stream_writable: 'Writable',
};
module.exports = require('stream')[names[module.id]];
