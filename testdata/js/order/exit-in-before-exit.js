'use strict';
// exit: 11
process.on('beforeExit', () => process.exit(11));
process.on('exit', (c) => console.log('exit', c));
