'use strict';
let n = 0;
(function again() { if (n++ < 3) { console.log('tick', n); process.nextTick(again); } })();
setTimeout(() => console.log('timeout'), 1);
Promise.resolve().then(() => console.log('micro'));
