'use strict';
let n = 0;
process.on('uncaughtException', (e) => console.log('U', e.message));
const i = setInterval(() => { if (++n === 3) { clearInterval(i); return console.log('done'); } throw new Error('i' + n); }, 1);
