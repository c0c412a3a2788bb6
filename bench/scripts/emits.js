'use strict';
const EventEmitter = require('events');
const one = new EventEmitter(), two = new EventEmitter();
let n = 0;
one.on('x', (a) => { n += a; });
two.on('x', (a) => { n += a; });
two.on('x', (a, b) => { n += b; });
const start = process.hrtime.bigint();
for (let i = 0; i < 500000; i++) {
  one.emit('x', 1);
  two.emit('x', 1, 2);
}
if (n !== 2000000) throw new Error(`${n}`);
console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
