// A server over any Duplex.
'use strict';
const http = require('http');
const { duplexPair } = require('stream');
const server = http.createServer((req, res) => {
  console.log(req.method, req.url, req.socket === side);
  let n = 0;
  req.on('data', (d) => { n += d.length; });
  req.on('end', () => { res.writeHead(200, { A: 'b' }); res.write('got '); res.end(String(n)); });
});
const [client, side] = duplexPair();
server.emit('connection', side);
let got = '';
client.setEncoding('utf8');
client.on('data', (d) => { got += d; if (got.includes('0\r\n\r\n')) { console.log(got.replace(/Date: [^\r]*/, 'Date: …')); client.end(); } });
client.on('end', () => console.log('end'));
client.write('POST /x HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe');
setImmediate(() => client.write('llo'));
