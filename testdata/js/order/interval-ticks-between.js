'use strict';
let n = 0;
const i = setInterval(() => {
  console.log('i', ++n);
  process.nextTick(() => console.log('tick', n));
  Promise.resolve().then(() => console.log('micro', n));
  if (n === 3) clearInterval(i);
}, 1);
