'use strict';
const net = require('net');
const s = net.createServer().listen(0, () => {
  s.close(() => console.log('close callback'));
  setImmediate(() => console.log('immediate'));
  process.nextTick(() => console.log('tick'));
});
