'use strict';
const e = new (require('events'))();
e.on('x', () => console.log('listener'));
process.nextTick(() => console.log('tick'));
e.emit('x');
console.log('after emit');
