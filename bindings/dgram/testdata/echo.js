// Datagrams both ways, connected and not.
const dgram = require('dgram');
const server = dgram.createSocket('udp4');
server.on('message', (m, r) => {
  console.log('server', String(m), r.address, r.family, r.size);
  server.send(['re: ', m], r.port, r.address);
});
server.on('close', () => console.log('server close'));
server.bind(0, '127.0.0.1', () => {
  const { port } = server.address();
  const c = dgram.createSocket('udp4');
  c.on('message', (m) => {
    console.log('client', String(m));
    if (String(m) === 're: two') { c.close(() => console.log('client close')); server.close(); return; }
    c.connect(port, '127.0.0.1', () => {
      console.log('connected', c.remoteAddress().port === port);
      c.send('two', (err, n) => console.log('sent', err, n));
    });
  });
  c.send(Buffer.from('xone'), 1, 3, port, '127.0.0.1', (err, n) => console.log('sent', err, n));
});
