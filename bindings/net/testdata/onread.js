// onread: a buffer of the caller's own.
const net = require('net');
const server = net.createServer((c) => c.end('hello world'));
server.listen(0, '127.0.0.1', () => {
  const parts = [];
  const buffer = Buffer.alloc(4);
  net.connect({
    port: server.address().port, host: '127.0.0.1',
    onread: { buffer, callback(n, b) { parts.push(String(b.subarray(0, n))); console.log(b === buffer); return true; } },
  }).on('data', () => console.log('never')).on('end', () => { console.log(parts); server.close(); });
});
