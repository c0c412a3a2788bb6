// Answers come in the order of the requests, whenever they are ready.
'use strict';
const http = require('http');
const net = require('net');
let n = 0;
const server = http.createServer((req, res) => {
  console.log('request', req.url);
  const i = n++;
  setTimeout(() => { res.setHeader('X-N', i); res.end('answer ' + req.url); }, 30 - 10 * (i % 3));
});
server.listen(0, '127.0.0.1', () => {
  const c = net.connect(server.address().port, '127.0.0.1');
  let got = '';
  c.setEncoding('utf8');
  c.on('data', (d) => { got += d; });
  c.on('end', () => {
    console.log(got.match(/answer \S+?(?=HTTP|$)/g).join(' '));
    server.close(() => console.log('closed'));
    c.end();
  });
  let s = '';
  for (let i = 0; i < 6; i++) s += `GET /${i} HTTP/1.1\r\nHost: h\r\n${i === 5 ? 'Connection: close\r\n' : ''}\r\n`;
  c.write(s);
});
