// A resolver against a server of our own.
const dns = require('dns'), dgram = require('dgram');
const name = (s) => Buffer.concat([...s.split('.').map((l) => Buffer.from([l.length, ...Buffer.from(l)])), Buffer.from([0])]);
const u16 = (n) => Buffer.from([n >> 8, n & 255]);
const u32 = (n) => Buffer.from([n >>> 24, (n >> 16) & 255, (n >> 8) & 255, n & 255]);
const text = (s) => Buffer.from([s.length, ...Buffer.from(s)]);
const data = {
  1: [Buffer.from([1, 2, 3, 4]), Buffer.from([5, 6, 7, 8])],
  28: [Buffer.concat([Buffer.alloc(15), Buffer.from([1])])],
  5: [name('alias.test')],
  15: [Buffer.concat([u16(10), name('mx.test')])],
  2: [name('ns.test')],
  12: [name('ptr.test')],
  6: [Buffer.concat([name('ns.test'), name('host.test'), u32(1), u32(2), u32(3), u32(4), u32(5)])],
  33: [Buffer.concat([u16(1), u16(2), u16(443), name('srv.test')])],
  16: [Buffer.concat([text('one'), text('two')])],
  35: [Buffer.concat([u16(1), u16(2), text('S'), text('SIP+D2U'), text('!x!y!'), name('rep.test')])],
  52: [Buffer.from([1, 2, 3, 4, 5])],
  257: [Buffer.concat([Buffer.from([0]), text('issue'), Buffer.from('ca.test')])],
};
const server = dgram.createSocket('udp4');
server.on('message', (m, { port, address }) => {
  const end = m.indexOf(0, 12) + 5;
  const question = m.subarray(12, end);
  const type = question.readUInt16BE(question.length - 4);
  const host = String(m.subarray(13, 13 + m[12]));
  const all = type === 255 ? Object.entries(data).filter(([t]) => t !== '52' && t !== '5').flatMap(([t, list]) => list.map((d) => [+t, d])) : undefined;
  const answers = all ?? (host === 'none' || host === 'missing' ? [] : (data[type] || []).map((d) => [type, d]));
  const header = Buffer.concat([m.subarray(0, 2), u16(host === 'missing' ? 0x8183 : 0x8180), u16(1), u16(answers.length), u16(0), u16(0)]);
  const body = answers.map(([t, d]) => Buffer.concat([u16(0xC00C), u16(t), u16(1), u32(60), u16(d.length), d]));
  server.send(Buffer.concat([header, question, ...body]), port, address);
});
server.bind(0, '127.0.0.1', async () => {
  const r = new dns.promises.Resolver({ timeout: 2000, tries: 2 });
  r.setServers([`127.0.0.1:${server.address().port}`]);
  for (const t of ['A', 'AAAA', 'CNAME', 'MX', 'NS', 'PTR', 'SOA', 'SRV', 'TXT', 'NAPTR', 'CAA']) console.log(t, await r.resolve('a.test', t));
  console.log(await r.resolveTlsa('a.test'));
  console.log(await r.resolveAny('a.test'));
  console.log(await r.resolve4('a.test', { ttl: true }));
  for (const h of ['none.test', 'missing.test']) await r.resolve4(h).catch((e) => console.log(e.message, e.code));
  server.close();
});
