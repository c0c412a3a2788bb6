'use strict';
setImmediate(() => { console.log('i1'); process.nextTick(() => console.log('tick1')); Promise.resolve().then(() => console.log('micro1')); });
setImmediate(() => { console.log('i2'); queueMicrotask(() => console.log('micro2')); });
setImmediate(() => console.log('i3'));
