// resetAndDestroy: the other side gets ECONNRESET.
const net = require('net');
const server = net.createServer((c) => {
  c.on('error', (e) => console.log('server', e.message, e.code, e.syscall, e.errno < 0));
  c.on('close', (had) => { console.log('server close', had); server.close(); });
  c.once('data', () => client.resetAndDestroy());
});
let client;
server.listen(0, '127.0.0.1', () => {
  client = net.connect(server.address().port, '127.0.0.1');
  client.on('close', (had) => console.log('client close', had));
  client.write('x');
});
