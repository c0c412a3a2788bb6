// setTimeout fires once after idle time, and does not close.
const net = require('net');
const server = net.createServer((c) => c.resume());
server.listen(0, '127.0.0.1', () => {
  const c = net.connect(server.address().port, '127.0.0.1');
  c.setTimeout(20, () => {
    console.log('timeout', c.timeout, c.destroyed, c.listenerCount('timeout'));
    c.setTimeout(0);
    c.end();
  });
  c.on('close', (had) => { console.log('close', had); server.close(); });
});
