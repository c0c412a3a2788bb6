// listen's overloads and what address() says then.
const net = require('net');
const fs = require('fs'), os = require('os'), path = require('path');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'gn-'));
const forms = [
  ['()', (s) => s.listen()],
  ['(0)', (s) => s.listen(0)],
  ['(null)', (s) => s.listen(null)],
  ["('0')", (s) => s.listen('0')],
  ['(0, host)', (s) => s.listen(0, '127.0.0.1')],
  ['({host})', (s) => s.listen({ port: 0, host: '127.0.0.1' })],
  ['({ipv6Only})', (s) => s.listen({ port: 0, host: '::1', ipv6Only: true })],
  ['({port: undefined})', (s) => s.listen({ port: undefined })],
  ['(localhost)', (s) => s.listen(0, 'localhost')],
];
function next() {
  const f = forms.shift();
  if (!f) return pipe();
  const s = net.createServer();
  s.on('error', (e) => { console.log(f[0], e.code); next(); });
  s.on('listening', () => {
    const a = s.address();
    console.log(f[0], a.address, a.family, a.port > 0);
    s.close(next);
  });
  f[1](s);
}
function pipe() {
  const p = path.join(dir, 's');
  const s = net.createServer((c) => { c.end('x'); s.close(); }).listen(p, () => {
    console.log('path', s.address() === p, fs.statSync(p).isSocket());
    const t = net.createServer().on('error', (e) => {
      console.log(e.message.replace(p, 'P'), e.address === p, e.port);
      net.connect(p).on('data', (d) => console.log(String(d))).on('close', () => {
        console.log('gone', !fs.existsSync(p));
        net.connect(p).on('error', (e) => { console.log(e.message.replace(p, 'P'), Object.keys(e).join()); fs.rmdirSync(dir); });
      });
    });
    t.listen(p);
  });
}
next();
