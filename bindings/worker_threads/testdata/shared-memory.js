// One block of memory in two threads.
const { Worker } = require('worker_threads');
const shared = new SharedArrayBuffer(16);
const a = new Int32Array(shared);
const w = new Worker(`
  const { workerData, parentPort } = require('worker_threads');
  const a = new Int32Array(workerData);
  while (Atomics.notify(a, 0) === 0);
  Atomics.add(a, 0, 5);
  Atomics.store(a, 1, 1);
  parentPort.postMessage(Atomics.wait(a, 2, 0));
  parentPort.postMessage(workerData);
`, { eval: true, workerData: shared });
const woken = Atomics.wait(a, 0, 0);
while (Atomics.load(a, 1) === 0);
console.log(woken, a[0]);
w.on('message', (m) => {
  if (typeof m === 'string') return console.log(m, Atomics.load(a, 3));
  console.log(m instanceof SharedArrayBuffer, new Int32Array(m)[0], m === shared);
});
const wake = () => { if (Atomics.notify(a, 2) === 0) setImmediate(wake); };
Atomics.store(a, 3, 9);
wake();
