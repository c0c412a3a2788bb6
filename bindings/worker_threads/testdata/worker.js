// A worker's life as its parent sees it.
const { Worker, isMainThread, threadId, threadName, parentPort, workerData, resourceLimits, SHARE_ENV, isInternalThread } = require('worker_threads');
console.log(isMainThread, threadId, JSON.stringify(threadName), parentPort, workerData, resourceLimits, SHARE_ENV, isInternalThread);
process.on('worker', (w) => console.log('process worker', w.threadId > 0));
const w = new Worker(`
  const t = require('worker_threads');
  console.log(t.isMainThread, t.threadId > 0, t.threadName, t.workerData, Object.keys(t.resourceLimits), process.argv.slice(1), process.execArgv);
  t.parentPort.once('message', (m) => t.parentPort.postMessage([m, process.pid === t.workerData.pid]));
`, { eval: true, name: ' named ', workerData: { pid: process.pid }, argv: ['x', Symbol('s'), 1], stdout: true });
console.log(w.threadId > 0, w.threadName, w.stdin, w.resourceLimits.stackSizeMb, w.eventNames().length > 0);
w.stdout.setEncoding('utf8');
let out = '';
w.stdout.on('data', (s) => { out += s; });
w.on('online', () => { console.log('online'); w.postMessage('hello'); });
w.on('message', (m) => console.log('message', m[0], m[1]));
w.on('exit', (code) => {
  console.log('exit', code, w.threadId, w.threadName, w.resourceLimits, w.performance.eventLoopUtilization());
  console.log(w.postMessage(1), w.ref(), w.unref());
  w.terminate().then((v) => console.log('terminated', v));
  w.getHeapStatistics().catch((e) => console.log(e.code));
  w.cpuUsage().catch((e) => console.log(e.code));
});
w.stdout.on('end', () => console.log(out.replace(/pid: \d+/, 'pid')));
