'use strict';
let n = 0;
const i = setInterval(() => { console.log(++n); if (n === 2) clearTimeout(i); }, 1);
process.on('exit', () => console.log('exit', n));
