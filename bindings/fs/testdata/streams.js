'use strict';
const { at, error, fs, show } = require('./tmp');
const f = at('f');
const w = fs.createWriteStream(f);
const log = [];
for (const e of ['open', 'ready', 'finish', 'close']) w.on(e, () => log.push(e));
show('pending', [w.pending, w.path === f, w.flags, w.bytesWritten]);
w.write('hello ');
w.end('world', () => log.push('cb'));
w.on('close', () => {
  show('write', [log, w.bytesWritten, w.pending, w.fd]);
  const r = fs.createReadStream(f, { encoding: 'utf8', start: 2, end: 7, highWaterMark: 4 });
  const rlog = [];
  for (const e of ['open', 'ready', 'end', 'close']) r.on(e, () => rlog.push(e));
  r.on('data', (d) => rlog.push(d));
  r.on('close', () => {
    show('read', [rlog, r.bytesRead, r.fd]);
    fs.createReadStream(at('nope')).on('error', (e) => { error('missing', e); append(); });
  });
});
function append() {
  const a = fs.createWriteStream(f, { flags: 'a', flush: true });
  a.end('!', () => {
    const fd = fs.openSync(f, 'r+');
    const p = fs.createWriteStream(null, { fd, start: 1, autoClose: false });
    p.end('EE', () => {
      fs.closeSync(fd);
      show('content', fs.readFileSync(f, 'utf8'));
      handle();
    });
  });
}
async function handle() {
  const h = await fs.promises.open(f);
  const chunks = [];
  h.createReadStream({ encoding: 'utf8' }).on('data', (d) => chunks.push(d)).on('close', () => {
    show('handle', [chunks, h.fd]);
  });
}
