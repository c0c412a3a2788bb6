'use strict';
// exit: 5
process.on('exit', (c) => console.log('exit', c));
setTimeout(() => process.exit(5), 1);
setTimeout(() => console.log('never'), 1);
