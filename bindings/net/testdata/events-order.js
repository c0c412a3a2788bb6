// The order of events of a connection on both sides.
const net = require('net');
const server = net.createServer((c) => {
  console.log('server connection');
  for (const ev of ['end', 'finish', 'close']) c.on(ev, (...a) => console.log('server', ev, ...a));
  c.on('data', (d) => { console.log('server data', String(d)); c.end('bye'); });
});
server.on('listening', () => console.log('listening'));
server.on('close', () => console.log('server closed'));
server.listen(0, '127.0.0.1', () => {
  const c = net.connect(server.address().port, '127.0.0.1', () => console.log('connect callback', c.connecting, c.pending, c.readyState));
  console.log('sync', c.connecting, c.pending, c.readyState);
  for (const ev of ['lookup', 'connect', 'ready', 'end', 'finish', 'close']) c.on(ev, (...a) => console.log('client', ev, ...a));
  c.on('data', (d) => console.log('client data', String(d)));
  c.write('hello', () => console.log('write callback'));
  c.on('close', () => { console.log(c.readyState, c.destroyed, c.bytesRead, c.bytesWritten); server.close(); });
});
console.log('after listen', server.listening);
