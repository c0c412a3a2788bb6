'use strict';
process.nextTick(() => {
  console.log(1);
  process.nextTick(() => { console.log(3); process.nextTick(() => console.log(4)); });
});
process.nextTick(() => console.log(2));
