// The events of a pipe, in order, against ticks and immediates.
const { Readable, Writable } = require('stream');
const log = console.log;
let n = 0;
const r = new Readable({ read() { log('_read'); this.push(++n > 3 ? null : `chunk${n}`); } });
const w = new Writable({
  highWaterMark: 8,
  write(c, e, cb) { log('_write', String(c)); setImmediate(cb); },
  final(cb) { log('_final'); process.nextTick(cb); },
  destroy(err, cb) { log('_destroy', err); cb(err); },
});
for (const ev of ['end', 'close', 'pause', 'resume']) r.on(ev, () => log('r', ev));
for (const ev of ['prefinish', 'finish', 'close', 'pipe', 'unpipe', 'drain']) w.on(ev, () => log('w', ev));
log(r.pipe(w) === w, r.readableFlowing);
process.nextTick(() => log('tick'));
