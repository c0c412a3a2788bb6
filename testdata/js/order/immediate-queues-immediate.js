'use strict';
// Queued in the check phase: runs in the next turn, after the timers that are due.
setImmediate(() => {
  console.log('i1');
  setImmediate(() => console.log('i1-nested'));
  process.nextTick(() => console.log('tick'));
});
setImmediate(() => console.log('i2'));
