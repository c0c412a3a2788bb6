'use strict';
const { Worker, isMainThread, parentPort } = require('worker_threads');
if (isMainThread) {
  const workers = [];
  let ready = 0;
  for (let i = 0; i < 100; i++) {
    const worker = new Worker(__filename);
    workers.push(worker);
    worker.on('message', () => {
      if (++ready === 100) for (const w of workers) w.terminate();
    });
  }
} else {
  parentPort.on('message', () => {});
  parentPort.postMessage('ready');
}
