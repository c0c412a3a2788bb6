const log = console.log;
const show = (f) => { try { log(f()); } catch (e) { log(e.name, e.code, e.message); } };
let c;
const rs = new ReadableStream({ start(k) { c = k; } });
const rd = rs.getReader();
for (const f of [() => rs.getReader(), () => new ReadableStream(1), () => new ReadableStream({ type: 'x' }), () => new ReadableStream({ pull: 1 }),
  () => new ReadableStreamDefaultController(), () => ReadableStream.prototype.locked, () => new WritableStream({ type: 1 }),
  () => new TransformStream({ readableType: 1 }), () => new CountQueuingStrategy({}), () => new ReadableStream({}, { highWaterMark: -1 }),
  () => new ReadableStream({}, { size: 1 }), () => ReadableStream.from(1), () => rs.getReader({ mode: 'x' }), () => { c.close(); c.enqueue(1); }]) show(f);
rd.read().then(log);
rd.releaseLock();
rd.closed.catch((e) => log(e.code, e.message));
rd.read().catch((e) => log(e.code, e.message));
const ws = new WritableStream({ write() { throw new Error('sink'); } });
const w = ws.getWriter();
w.write(1).catch((e) => log('write', e.message));
w.closed.catch((e) => log('closed', e.message));
w.ready.catch((e) => log('ready', e.message));
const es = new ReadableStream({ start(k) { k.error(new Error('src')); } });
es.pipeTo(new WritableStream({ abort(r) { log('abort', r.message); } })).catch((e) => log('pipe', e.message));
new ReadableStream({ cancel(r) { log('cancelled', r); } }).cancel('why').then(() => log('cancel done'));
