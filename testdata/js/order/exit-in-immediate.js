'use strict';
// exit: 6
setImmediate(() => { process.on('exit', (c) => { console.log('exit', c); process.exitCode = 6; }); process.exit(); });
setImmediate(() => console.log('never'));
