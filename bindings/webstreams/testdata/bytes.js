const log = console.log;
(async () => {
  let n = 0;
  const rs = new ReadableStream({
    type: 'bytes', autoAllocateChunkSize: 4,
    pull(c) {
      const { view } = c.byobRequest;
      log('pull', view.byteLength);
      view[0] = ++n;
      c.byobRequest.respond(1);
      if (n === 4) c.close();
    },
  });
  const reader = rs.getReader({ mode: 'byob' });
  const buf = new Uint8Array(3);
  const a = await reader.read(buf);
  log(a, buf.byteLength);
  log(await reader.read(new Uint16Array(2), { min: 1 }));
  reader.releaseLock();
  const d = rs.getReader();
  log(await d.read());
  log(await d.read());
  const bs = new ReadableStream({ type: 'bytes', start(c) { c.enqueue(new Uint8Array([1, 2, 3])); c.close(); } });
  const [x, y] = bs.tee();
  log(await x.getReader().read(), await y.getReader({ mode: 'byob' }).read(new Uint8Array(2)));
  try { await bs.getReader({ mode: 'byob' }); } catch (e) { log(e.code, e.message); }
})();
