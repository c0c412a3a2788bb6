'use strict';
// 10,000 reads of a small file, 100 at a time.
const fs = require('fs');
const start = process.hrtime.bigint();
let left = 10000, running = 0;
function next() {
  while (running < 100 && left > 0) {
    left--;
    running++;
    fs.readFile(__filename, (err, data) => {
      if (err) throw err;
      running--;
      if (left > 0) next();
      else if (running === 0) console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
    });
  }
}
next();
