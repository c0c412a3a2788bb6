'use strict';
const { parentPort, workerData } = require('worker_threads');
let [a, b] = [0, 1];
for (let i = 0; i < workerData.n; i++) [a, b] = [b, a + b];
parentPort.postMessage(a);
