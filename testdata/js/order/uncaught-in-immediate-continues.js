'use strict';
process.on('uncaughtException', (e) => console.log('U', e.message));
setImmediate(() => { console.log(1); throw new Error('a'); });
setImmediate(() => { console.log(2); throw new Error('b'); });
setImmediate(() => console.log(3));
