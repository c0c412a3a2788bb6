'use strict';
process.on('uncaughtException', (e) => console.log('U', e.message));
queueMicrotask(() => { throw new Error('micro'); });
queueMicrotask(() => console.log('micro2'));
process.nextTick(() => console.log('tick'));
setImmediate(() => console.log('immediate'));
