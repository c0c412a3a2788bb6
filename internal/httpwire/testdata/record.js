// Records what Node's own parser makes of well-formed and damaged messages:
// node record.js > llhttp.jsonl
'use strict';
const { HTTPParser } = require('_http_common');
let seed = 12345;
const rnd = (n) => { seed ^= seed << 13; seed ^= seed >>> 17; seed ^= seed << 5; return (seed >>> 0) % n; };
const requests = [
  'GET / HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /a?b=c#d HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n',
  'POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\n\r\n',
  'PUT /p HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;a=b;c="d e"\r\nabc\r\n0\r\nX-T: v\r\n\r\n',
  'POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\nConnection: close\r\n\r\na\r\n0123456789\r\n0\r\n\r\n\r\n',
  'CONNECT host:443 HTTP/1.1\r\nHost: host\r\n\r\nTUNNEL',
  'GET http://user@host:80/p HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nDATA',
  'OPTIONS * HTTP/1.1\r\nX:  spaced \t \r\nY:\r\nZ: caf\xe9\r\nConnection: foo, keep-alive , close\r\n\r\n',
  'M-SEARCH * HTTP/1.1\r\nProxy-Connection: close\r\n\r\n',
  'GET_PARAMETER rtsp://h/ RTSP/1.0\r\nA: b\r\n\r\n',
  'SOURCE /s ICE/1.0\r\nA: b\r\n\r\n', 'GET /\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 'QUERY /x HTTP/1.1\r\nContent-Length: 0\r\n\r\n',
  'POST / HTTP/1.1\r\nContent-Length: 3\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\nabcdef',
  'GET / HTTP/1.1\r\nA: b\r\n folded\r\nC: d\r\n\r\n',
];
const responses = [
  'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 404 Not Found\r\n\r\nrest',
  'HTTP/1.1 200\r\n\r\nbody', 'HTTP/1.0 301 Moved Permanently\r\nLocation: /\r\nConnection: keep-alive\r\nContent-Length: 0\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\nHTTP/1.1 304 X\r\nContent-Length: 9\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\nabc',
  'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\nDATA',
  'HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n',
  'HTTP/0.9 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\nzz',
];
const bits = ['\r', '\n', '\r\n', ' ', '\t', ':', ',', '\0', '\x01', '\x7f', '\x80', '\xff', '/', '?', '#', '@', '[', '%', '"', '\\', ';', '=', '0', '9', 'a',
  'GET ', 'HTTP/1.1', 'Content-Length: 4\r\n', 'Transfer-Encoding: chunked\r\n', 'Transfer-Encoding: chunked, identity\r\n', 'Content-Length: 1a\r\n', 'chunked', 'close', '-', '+', '99999999999999999999', 'fffffffffffffffff'];
function mutate(s) {
  const n = 1 + rnd(2);
  for (let k = 0; k < n; k++) {
    const i = rnd(s.length + 1), b = bits[rnd(bits.length)];
    switch (rnd(4)) {
      case 0: s = s.slice(0, i) + b + s.slice(i); break;
      case 1: s = s.slice(0, i) + s.slice(i + 1 + rnd(2)); break;
      case 2: s = s.slice(0, i) + b + s.slice(i + b.length); break;
      case 3: { const j = rnd(s.length); const m = Math.min(i, j); s = s.slice(0, m) + s.slice(m + 1); } break;
    }
  }
  return s;
}
function run(type, flags, s) {
  const p = new HTTPParser();
  p.initialize(type, {}, 0, flags);
  const out = [];
  p[0] = () => { out.push('begin'); };
  p[1] = (h, u) => { out.push('headers ' + JSON.stringify(h) + JSON.stringify(u)); };
  p[2] = (maj, min, h, m, url, st, msg, up, ka) => { out.push('head ' + JSON.stringify([maj, min, h, m ?? null, url ?? null, st ?? null, msg ?? null, up, ka])); };
  p[3] = (b) => { const t = b.latin1Slice(); if (out.length && out[out.length - 1].startsWith('body ')) out[out.length - 1] += t; else out.push('body ' + t); };
  p[4] = () => { out.push('complete'); };
  const r = p.execute(Buffer.from(s, 'latin1'));
  if (r instanceof Error) out.push('error ' + JSON.stringify([r.code, r.reason, r.bytesParsed]));
  else {
    out.push('used ' + r);
    const f = p.finish();
    if (f instanceof Error) out.push('finish ' + f.code);
  }
  return out;
}
for (const [type, seeds] of [[1, requests], [2, responses]]) {
  for (const s of seeds) for (const flags of [0, 1023]) console.log(JSON.stringify({ type, flags, s, r: run(type, flags, s) }));
  for (let k = 0; k < +(process.argv[2] || 1500); k++) {
    const s = mutate(seeds[rnd(seeds.length)]), flags = rnd(4) === 0 ? 1023 : 0;
    console.log(JSON.stringify({ type, flags, s, r: run(type, flags, s) }));
  }
}
