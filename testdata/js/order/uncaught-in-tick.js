'use strict';
process.on('uncaughtException', (e) => console.log('U', e.message));
process.nextTick(() => { throw new Error('tick'); });
process.nextTick(() => console.log('tick2'));
Promise.resolve().then(() => console.log('micro'));
