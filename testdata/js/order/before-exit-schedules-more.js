'use strict';
let n = 0;
process.on('beforeExit', (code) => {
  console.log('beforeExit', code, n);
  if (n++ < 2) setTimeout(() => console.log('more', n), 1);
});
process.on('exit', (code) => console.log('exit', code));
