// When web streams' promises settle.
const log = console.log;
(async () => {
  const rs = new ReadableStream({ start(c) { log('start'); c.enqueue('a'); }, pull(c) { log('pull'); c.enqueue('b'); c.close(); }, cancel() { log('cancel'); } });
  log(rs, rs.locked);
  const ws = new WritableStream({ start() { log('wstart'); }, write(c) { log('write', c); }, close() { log('close'); } });
  await rs.pipeTo(ws).then(() => log('piped'));
  log(rs, ws);
  const ts = new TransformStream({ start() { log('tstart'); }, transform(c, k) { log('transform', c); k.enqueue(c * 2); }, flush() { log('flush'); } });
  const w = ts.writable.getWriter();
  w.ready.then(() => log('ready'));
  w.write(1).then(() => log('written'));
  w.close().then(() => log('closed'));
  for await (const v of ts.readable) log('read', v);
  log('done');
  const [t1, t2] = new ReadableStream({ start(c) { c.enqueue(1); c.enqueue(2); c.close(); } }).tee();
  const a = []; for await (const v of t1) a.push(v);
  const b = []; for await (const v of t2) b.push(v);
  log(a, b);
  const upper = new TransformStream({ transform(c, k) { k.enqueue(c.toUpperCase()); } });
  for await (const v of ReadableStream.from(['x', 'y']).pipeThrough(upper)) log(v);
  const c = new ReadableStream({ pull(k) { k.enqueue(1); }, cancel(r) { log('cancel', r); } }, { highWaterMark: 0 });
  for await (const v of c) { log(v); break; }
  const slow = new WritableStream({ write() { return new Promise((r) => setTimeout(r, 1)); } }, { highWaterMark: 2 });
  const sw = slow.getWriter();
  log(sw.desiredSize); sw.write(1); log(sw.desiredSize); sw.write(2); log(sw.desiredSize);
  await sw.ready; log(sw.desiredSize);
  await sw.close(); log(sw.desiredSize, slow);
})();
