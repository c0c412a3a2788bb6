// What a parent can ask a worker about itself.
const { Worker } = require('worker_threads');
const w = new Worker('require("worker_threads").parentPort.once("message", () => {})', { eval: true });
w.on('online', async () => {
  const first = w.performance.eventLoopUtilization();
  console.log(first.active > 0, first.utilization > 0 && first.utilization <= 1);
  const usage = await w.cpuUsage();
  console.log(typeof usage.user, typeof usage.system, Object.keys(await w.cpuUsage(usage)));
  for (const bad of [1, { user: -1, system: 0 }, { user: 'x', system: 0 }]) {
    try { await w.cpuUsage(bad); } catch (e) { console.log(e.name, e.code, e.message); }
  }
  const next = w.performance.eventLoopUtilization(first);
  console.log(next.idle >= 0, next.active >= 0);
  w.postMessage('end');
});
