// terminate ends also what never ends, and resolves with the exit code.
const { Worker } = require('worker_threads');
const cases = ['for (;;);', 'setInterval(() => {}, 1000)', '(async () => { for (;;) await null; })()',
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)', 'process.on("exit", () => console.log("must not run")); process.nextTick(function f() { process.nextTick(f); })'];
(function next(i) {
  if (i === cases.length) return;
  const w = new Worker(cases[i], { eval: true });
  w.on('online', async () => {
    const exit = new Promise((resolve) => { w.on('exit', resolve); });
    w.unref();
    console.log(i, await w.terminate(), await exit, await w.terminate());
    next(i + 1);
  });
})(0);
