'use strict';
const start = process.hrtime.bigint();
let left = 300000;
function fire() {
  if (--left === 0) console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
}
for (let i = 0; i < 300000; i++) setImmediate(fire);
