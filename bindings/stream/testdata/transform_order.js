const { Transform, PassThrough, pipeline } = require('stream');
const log = console.log;
const t = new Transform({
  readableHighWaterMark: 4, writableHighWaterMark: 4,
  transform(c, e, cb) { log('transform', String(c)); cb(null, String(c).toUpperCase()); },
  flush(cb) { log('flush'); this.push('!'); cb(); },
});
for (const ev of ['prefinish', 'finish', 'end', 'close', 'drain']) t.on(ev, () => log(ev));
log(t.write('abc'), t.write('def'), t.write('ghi'), t.writableLength, t.readableLength);
t.end('jkl');
setImmediate(() => { log('reading'); t.on('data', (c) => log('data', String(c))); });
const p = new PassThrough({ objectMode: true });
p.on('data', (o) => log(o)).on('end', () => log('p end'));
p.write({ a: 1 }); p.end({ b: 2 });
const bad = new Transform({ transform(c, e, cb) { cb(); cb(); } });
bad.on('error', (e) => log(e.code));
bad.write('x');
try { new Transform().write('x'); } catch (e) { log(e.code, e.message); }
