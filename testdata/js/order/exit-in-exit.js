'use strict';
// exit: 2
process.on('exit', (c) => { console.log('exit', c); process.exit(2); });
process.on('exit', () => console.log('never'));
