'use strict';
process.on('warning', (w) => console.log(w.name, w.code));
const { SlowBuffer } = require('buffer');
console.log(new Buffer('abc'), Buffer(2).length, new Buffer([1, 2]));
try { new Buffer(5, 'x'); } catch (e) { console.log(e.code, e.message); }
console.log(SlowBuffer(3).length);
