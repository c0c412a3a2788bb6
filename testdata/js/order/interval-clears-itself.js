'use strict';
let n = 0;
const i = setInterval(() => { console.log('tick', ++n); if (n === 3) clearInterval(i); }, 1);
