'use strict';
process.on('unhandledRejection', (e) => console.log('unhandled', e.message));
process.on('rejectionHandled', () => console.log('handled'));
const p = Promise.reject(new Error('x'));
setImmediate(() => p.catch(() => console.log('caught in immediate')));
