'use strict';
process.on('unhandledRejection', () => console.log('unhandled'));
const p = Promise.reject(new Error('x'));
process.nextTick(() => p.catch(() => console.log('caught in tick')));
