'use strict';
process.on('unhandledRejection', (v) => console.log('unhandled', v));
setTimeout(() => { Promise.reject('t1'); process.nextTick(() => console.log('tick')); }, 1);
setTimeout(() => console.log('t2'), 1);
