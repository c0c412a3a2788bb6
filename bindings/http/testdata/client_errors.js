// What a client makes of answers that are none.
'use strict';
const http = require('http');
const net = require('net');
const answers = ['', 'garbage\r\n\r\n', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc', 'HTTP/1.1 200 OK\r\nContent-Length: 1x\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', 'HTTP/1.1 200 OK\r\n\r\nuntil the end', 'HTTP/1.1 103 Early Hints\r\nLink: a\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n',
  'HTTP/1.1 200 OK\r\nX: ' + 'a'.repeat(20000) + '\r\n\r\n'];
const server = net.createServer((c) => { c.once('data', () => c.end(answers[i])); c.on('error', () => {}); });
let i = -1;
function next() {
  if (++i === answers.length) { server.close(); return; }
  console.log(JSON.stringify(answers[i].slice(0, 60)));
  const req = http.get({ port: server.address().port, host: '127.0.0.1', agent: false }, (res) => {
    console.log(' response', res.statusCode);
    let t = '';
    res.on('data', (d) => { t += d; });
    res.on('aborted', () => console.log(' aborted'));
    res.on('error', (e) => console.log(' res error', e.code, e.message));
    res.on('end', () => console.log(' end', t, res.complete));
    res.on('close', () => console.log(' res close', res.complete));
  });
  req.on('information', (info) => console.log(' information', info.statusCode, info.headers.link));
  req.on('error', (e) => console.log(' error', e.code, e.message, e.reason, e.bytesParsed));
  req.on('close', () => { console.log(' close'); setTimeout(next, 10); });
}
server.listen(0, '127.0.0.1', next);
