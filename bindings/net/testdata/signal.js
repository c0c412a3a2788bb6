// listen and Socket take an AbortSignal.
const net = require('net');
const ac = new AbortController();
const server = net.createServer();
server.listen({ port: 0, signal: ac.signal });
server.on('close', () => console.log('server close'));
server.on('listening', () => {
  console.log('listening');
  const client = new AbortController();
  const c = net.connect({ port: server.address().port, signal: client.signal });
  c.on('error', (e) => console.log(e.name, e.code));
  c.on('close', (had) => { console.log('close', had); ac.abort(); });
  client.abort();
});
