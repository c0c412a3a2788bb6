// Backpressure: nothing is lost when the reader pauses.
const net = require('net');
const size = 3 * 1024 * 1024;
const server = net.createServer((c) => {
  const ok = c.write(Buffer.alloc(size, 'a'));
  console.log('write', ok, c.writableLength > 0, c.writableNeedDrain);
  c.on('drain', () => console.log('drain'));
  c.end();
});
server.listen(0, '127.0.0.1', () => {
  const c = net.connect(server.address().port, '127.0.0.1');
  let n = 0, pauses = 0;
  c.on('data', (d) => {
    n += d.length;
    if (pauses < 5) { pauses++; c.pause(); setImmediate(() => c.resume()); }
  });
  c.on('end', () => { console.log(n === size, c.bytesRead === size, pauses); server.close(); });
});
