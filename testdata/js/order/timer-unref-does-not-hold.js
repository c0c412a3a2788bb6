'use strict';
setTimeout(() => console.log('never'), 50).unref();
process.on('exit', () => console.log('exit'));
