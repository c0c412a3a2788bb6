'use strict';
const server = require('http').createServer((req, res) => {
  let n = 0;
  req.on('data', (chunk) => { n += chunk.length; });
  req.on('end', () => res.end(`${n}\n`));
}).listen(0, () => console.log(server.address().port));
process.on('SIGINT', () => process.exit());
