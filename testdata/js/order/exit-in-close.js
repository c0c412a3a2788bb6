'use strict';
// exit: 9
const s = require('net').createServer().listen(0, () => s.close(() => process.exit(9)));
process.on('exit', (c) => console.log('exit', c));
