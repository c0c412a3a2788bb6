// SCHED_NONE: the listening socket itself is shared; exit codes and kill.
// gonode: process
const cluster = require('cluster');
const net = require('net');
cluster.schedulingPolicy = cluster.SCHED_NONE;
if (cluster.isPrimary) {
  const first = cluster.fork();
  first.once('listening', ({ port }) => {
    net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (s) => console.log(s)).on('close', () => first.kill());
  });
  first.on('exit', (code, signal) => {
    console.log('first', code, signal, first.exitedAfterDisconnect, first.isDead(), first.isConnected());
    const second = cluster.fork({ CODE: '7' });
    second.on('message', (m) => { console.log('message', m); second.send('go'); });
    second.on('exit', (code, signal) => console.log('second', code, signal, second.exitedAfterDisconnect));
    second.on('disconnect', () => console.log('second disconnects'));
  });
} else if (process.env.CODE) {
  process.on('message', () => process.exit(+process.env.CODE));
  process.send(cluster.worker.id);
} else {
  net.createServer((s) => s.end('shared')).listen(0, '127.0.0.1');
}
