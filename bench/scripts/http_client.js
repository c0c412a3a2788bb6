'use strict';
const http = require('http');
const agent = new http.Agent({ keepAlive: true, maxSockets: 10 });
const options = { port: process.argv[2], agent };
const start = process.hrtime.bigint();
const total = 5000;
let left = total, started = 0;
function one() {
  started++;
  http.get(options, (res) => {
    let n = 0;
    res.on('data', (chunk) => { n += chunk.length; });
    res.on('end', () => {
      if (n !== 14) throw new Error(`${n} bytes`);
      if (started < total) one();
      if (--left > 0) return;
      console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
      agent.destroy();
    });
  });
}
for (let i = 0; i < 10; i++) one();
