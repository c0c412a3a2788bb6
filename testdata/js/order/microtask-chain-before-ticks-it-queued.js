'use strict';
Promise.resolve().then(() => {
  console.log('a');
  process.nextTick(() => console.log('tick'));
  return null;
}).then(() => console.log('b')).then(() => console.log('c'));
