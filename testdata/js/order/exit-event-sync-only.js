'use strict';
process.on('exit', (c) => {
  console.log('exit', c);
  setTimeout(() => console.log('never'), 0);
  process.nextTick(() => console.log('never'));
  Promise.resolve().then(() => console.log('never'));
});
