'use strict';
const { Worker, isMainThread, parentPort } = require('worker_threads');
const count = +(process.argv[2] ?? 100);
if (isMainThread) {
  const workers = [];
  let ready = 0;
  for (let i = 0; i < count; i++) {
    const worker = new Worker(__filename);
    workers.push(worker);
    worker.on('message', () => {
      if (++ready === count) for (const w of workers) w.terminate();
    });
  }
} else {
  parentPort.on('message', () => {});
  parentPort.postMessage('ready');
}
