'use strict';
setTimeout(() => { console.log('t1'); process.nextTick(() => console.log('tick1')); Promise.resolve().then(() => console.log('micro1')); }, 1);
setTimeout(() => { console.log('t2'); process.nextTick(() => console.log('tick2')); }, 1);
setTimeout(() => console.log('t3'), 1);
