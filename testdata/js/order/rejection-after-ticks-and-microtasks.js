'use strict';
process.on('unhandledRejection', () => { console.log('unhandled'); process.nextTick(() => console.log('tick from handler')); });
Promise.reject(1);
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('m1')).then(() => console.log('m2'));
setImmediate(() => console.log('immediate'));
