'use strict';
const start = process.hrtime.bigint();
let left = 100000;
function fire() {
  if (--left === 0) console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
}
for (let i = 0; i < 100000; i++) setTimeout(fire, i % 10);
