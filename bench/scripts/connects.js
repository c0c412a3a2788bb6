'use strict';
const net = require('net');
const total = 5000;
let left = total, started = 0;
const start = process.hrtime.bigint();
const server = net.createServer((socket) => {
  socket.on('data', (data) => socket.end(data));
}).listen(0, '127.0.0.1', () => { for (let i = 0; i < 10; i++) one(); });
function one() {
  started++;
  const socket = net.connect(server.address().port, '127.0.0.1', () => socket.write('hello'));
  socket.on('data', () => {});
  socket.on('close', () => {
    if (started < total) one();
    if (--left > 0) return;
    console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
    server.close();
  });
}
