'use strict';
process.on('uncaughtException', (e) => console.log('U', e.message));
const s = require('net').createServer().listen(0, () => {
  s.on('close', () => { throw new Error('close'); });
  s.close();
});
process.on('exit', (c) => console.log('exit', c));
