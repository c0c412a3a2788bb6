'use strict';
// exit: 8
Promise.resolve().then(() => { console.log('m'); process.exit(8); }).then(() => console.log('never'));
setTimeout(() => console.log('never'), 1);
