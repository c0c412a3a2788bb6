// allowHalfOpen: the reading end alone closes.
const net = require('net');
const server = net.createServer({ allowHalfOpen: true }, (c) => {
  c.on('end', () => {
    console.log('server sees end', c.writable, c.readyState);
    setImmediate(() => c.end('late'));
  });
  c.resume();
  c.on('close', () => console.log('server close'));
});
server.listen(0, '127.0.0.1', () => {
  const c = net.connect({ port: server.address().port, host: '127.0.0.1', allowHalfOpen: true });
  c.end('x');
  c.on('data', (d) => console.log('client', String(d), c.readyState));
  c.on('close', () => { console.log('client close'); server.close(); });
});
