'use strict';
let n = 0;
process.on('beforeExit', () => { console.log('beforeExit'); if (n++ < 1) setImmediate(() => console.log('immediate')); });
