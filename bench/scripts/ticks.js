'use strict';
const start = process.hrtime.bigint();
let left = 1000000;
(function tick() {
  if (--left > 0) process.nextTick(tick);
  else console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
})();
