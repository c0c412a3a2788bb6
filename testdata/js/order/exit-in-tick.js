'use strict';
// exit: 4
process.on('exit', (c) => console.log('exit', c));
process.nextTick(() => { try { process.exit(4); } finally { console.log('finally never'); } });
process.nextTick(() => console.log('never'));
