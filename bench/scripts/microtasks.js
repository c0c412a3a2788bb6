'use strict';
const start = process.hrtime.bigint();
let left = 300000;
(function micro() {
  if (--left > 0) queueMicrotask(micro);
  else console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
})();
