'use strict';
// exit: 3
process.on('exit', (c) => console.log('exit', c));
process.nextTick(() => console.log('never'));
setTimeout(() => console.log('never'), 0);
process.exit(3);
console.log('never');
