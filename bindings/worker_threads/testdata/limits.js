// The call stack's limit is the worker's own.
const { Worker } = require('worker_threads');
const source = `const { parentPort, resourceLimits } = require('worker_threads');
  let n = 0; function f() { n++; f(); }
  try { f(); } catch (e) { parentPort.postMessage([e.name, e.message, n, resourceLimits.stackSizeMb]); }`;
const run = (mb) => new Promise((resolve) => {
  new Worker(source, { eval: true, resourceLimits: { stackSizeMb: mb } }).on('message', resolve);
});
(async () => {
  const small = await run(1), large = await run(4);
  console.log(small[0], small[1], small[3], large[3], small[2] < large[2]);
})();
