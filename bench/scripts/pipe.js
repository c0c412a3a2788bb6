'use strict';
const fs = require('fs');
const path = require('path');
const { pipeline } = require('stream');
const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'pipe-'));
const from = path.join(dir, 'from');
fs.writeFileSync(from, Buffer.alloc(64 << 20, 'x'));
const start = process.hrtime.bigint();
let left = 4;
(function next() {
  if (left-- === 0) {
    console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
    fs.rmSync(dir, { recursive: true });
    return;
  }
  pipeline(fs.createReadStream(from), fs.createWriteStream('/dev/null'), (err) => {
    if (err) throw err;
    next();
  });
})();
