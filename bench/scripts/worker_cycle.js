'use strict';
// Workers one after the other: started, asked, answered, ended.
const { Worker, isMainThread, parentPort } = require('worker_threads');
if (isMainThread) {
  const start = process.hrtime.bigint();
  let left = 20;
  (function again() {
    const worker = new Worker(__filename);
    worker.postMessage('ping');
    worker.on('message', () => worker.terminate());
    worker.on('exit', () => {
      if (--left > 0) again();
      else console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6 / 20}`);
    });
  })();
} else {
  parentPort.on('message', () => parentPort.postMessage('pong'));
}
