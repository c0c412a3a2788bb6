// A cluster's life: events in order, connections handed round, disconnect.
// gonode: process
const cluster = require('cluster');
const net = require('net');
if (cluster.isPrimary) {
  console.log(cluster.isPrimary, cluster.isMaster, cluster.isWorker, cluster.SCHED_RR, cluster.schedulingPolicy);
  cluster.on('setup', (s) => console.log('setup', Object.keys(s).sort().join()));
  const seen = { fork: 0, online: 0, listening: 0, disconnect: 0, exit: 0 };
  for (const e of Object.keys(seen)) cluster.on(e, () => { seen[e]++; });
  cluster.fork(); cluster.fork({ EXTRA: 'yes' });
  const from = new Set();
  let port;
  cluster.on('listening', (worker, address) => {
    port = address.port;
    console.log(address.addressType, address.address, typeof address.port, worker.isConnected(), worker.isDead());
    if (seen.listening === 2) for (let i = 0; i < 4; i++) ask();
  });
  let answers = 0;
  function ask() {
    net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (s) => from.add(s)).on('close', () => {
      if (++answers === 4) { console.log([...from].sort()); cluster.disconnect(() => ended.push(`disconnected ${Object.keys(cluster.workers).length}`)); }
    });
  }
  // Whether a worker's exit or the end of its channel is heard of first is the system's affair.
  const ended = [];
  cluster.on('exit', (w, code, signal) => ended.push(`exit ${code} ${signal} ${w.exitedAfterDisconnect}`));
  process.on('exit', () => console.log(ended.sort(), seen));
} else {
  net.createServer((s) => s.end(`worker ${cluster.worker.id} ${process.env.EXTRA}`)).listen(0, '127.0.0.1');
}
