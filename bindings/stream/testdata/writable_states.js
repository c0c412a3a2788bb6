// write's result, cork, writev, drain and what the getters say.
const { Writable } = require('stream');
const log = console.log;
const w = new Writable({
  highWaterMark: 5,
  write(c, e, cb) { log('write', String(c), e); process.nextTick(cb); },
  writev(chunks, cb) { log('writev', chunks.map((c) => `${c.chunk}/${c.encoding}`), chunks.allBuffers); process.nextTick(cb); },
});
w.on('drain', () => log('drain')).on('finish', () => log('finish')).on('prefinish', () => log('prefinish')).on('close', () => log('close'));
log(w.write('ab'), w.write('cd'), w.write('ef'), w.writableNeedDrain, w.writableLength, w.writableCorked);
w.cork(); w.cork();
w.write('gh', () => log('cb gh')); w.write('ij', 'latin1', () => log('cb ij'));
w.uncork(); log(w.writableCorked); w.uncork();
setImmediate(() => {
  log(w.writableLength, w.writableNeedDrain);
  const s = new Writable({ write(c, e, cb) { cb(); } });
  log(s.write('sync', () => log('cb sync')), s.writableLength);
  s.end(() => log('s ended'));
  log(s.writable, s.writableEnded, s.writableFinished);
  s.end((e) => log('again', e?.code));
  s.on('error', (e) => log('s error', e.code));
  s.write('late', (e) => log('late', e.code));
  w.end('end', () => { log('w end cb'); });
  setImmediate(() => w.end((e) => log(e.code)));
});
for (const f of [() => w.write(null), () => w.write({}), () => w.write('x', 'nope'), () => w.setDefaultEncoding('nope'), () => new Writable({ highWaterMark: -1 })]) {
  try { f(); } catch (e) { log(e.name, e.code, e.message); }
}
