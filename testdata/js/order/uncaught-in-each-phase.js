'use strict';
process.on('uncaughtException', (e) => {
  console.log('U', e.message);
  process.nextTick(() => console.log('tick-in-U'));
  Promise.resolve().then(() => console.log('micro-in-U'));
});
process.nextTick(() => console.log('tick'));
Promise.resolve().then(() => console.log('micro'));
setTimeout(() => console.log('timeout'));
setImmediate(() => console.log('imm'));
setTimeout(() => { process.nextTick(() => console.log('t-tick')); Promise.resolve().then(() => console.log('t-micro')); throw new Error('T'); }, 1);
setTimeout(() => console.log('timeout3'), 1);
setImmediate(() => { process.nextTick(() => console.log('i-tick')); Promise.resolve().then(() => console.log('i-micro')); throw new Error('I'); });
setImmediate(() => console.log('imm3'));
process.nextTick(() => { process.nextTick(() => console.log('tt')); Promise.resolve().then(() => console.log('tm')); throw new Error('K'); });
process.nextTick(() => console.log('tick2'));
const end = Date.now() + 5; while (Date.now() < end);
throw new Error('x');
