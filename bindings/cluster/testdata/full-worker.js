// A worker that has as many connections as it wants passes the next one on.
// gonode: process
const cluster = require('cluster');
const net = require('net');
if (cluster.isPrimary) {
  const counts = {};
  let port, up = 0, got = 0;
  for (const max of [0, 1, 3]) {
    const w = cluster.fork({ MAX: max });
    w.on('listening', (a) => { port = a.port; if (++up === 3) for (let i = 0; i < 4; i++) net.connect(port, '127.0.0.1').on('error', () => {}); });
    w.on('message', () => {
      counts[max] = (counts[max] || 0) + 1;
      if (++got === 4) { console.log(counts); for (const id in cluster.workers) cluster.workers[id].process.kill('SIGKILL'); }
    });
    w.on('exit', (code, signal) => console.log(code, signal));
  }
} else {
  const server = net.createServer(() => process.send('connection')).listen(0, '127.0.0.1');
  server.maxConnections = +process.env.MAX;
}
