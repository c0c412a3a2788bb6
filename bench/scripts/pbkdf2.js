'use strict';
const crypto = require('crypto');
const start = process.hrtime.bigint();
let left = 8;
for (let i = 0; i < 8; i++) {
  crypto.pbkdf2('password', 'salt', 100000, 64, 'sha512', (err) => {
    if (err) throw err;
    if (--left === 0) console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
  });
}
