// maxConnections and the drop event.
const net = require('net');
let held;
const server = net.createServer((c) => { held = c; c.write('hi'); });
server.maxConnections = 1;
server.on('drop', (d) => {
  console.log('drop', Object.keys(d).join(), d.localFamily, d.remoteAddress);
  server.getConnections((err, n) => { console.log(err, n); held.destroy(); server.close(() => console.log('closed')); });
});
server.listen(0, '127.0.0.1', () => {
  const a = net.connect(server.address().port, '127.0.0.1');
  a.once('data', () => {
    net.connect(server.address().port, '127.0.0.1').on('error', () => {}).resume();
    a.resume();
  });
  a.on('close', (had) => console.log('a close', had));
});
