'use strict';
process.on('uncaughtException', (e) => { console.log('uncaught', e.message); process.nextTick(() => console.log('tick in handler')); });
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('micro'));
setImmediate(() => console.log('immediate'));
throw new Error('main');
