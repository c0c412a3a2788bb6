'use strict';
let n = 0;
process.on('beforeExit', () => { console.log('beforeExit'); if (n++ < 1) process.nextTick(() => console.log('tick')); });
process.on('exit', () => console.log('exit'));
