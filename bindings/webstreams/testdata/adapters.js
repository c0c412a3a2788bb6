const { Readable, Writable, Duplex } = require('stream');
const { text, json, buffer, arrayBuffer } = require('stream/consumers');
const log = console.log;
(async () => {
  log(await text(Readable.toWeb(Readable.from([Buffer.from('he'), Buffer.from('llo')], { objectMode: false }))));
  log((await Readable.fromWeb(new ReadableStream({ start(c) { c.enqueue('x'); c.enqueue('y'); c.close(); } }), { encoding: 'utf8' }).toArray()));
  const out = [];
  const w = Writable.fromWeb(new WritableStream({ write(c) { out.push(String(c)); }, close() { out.push('closed'); } }));
  w.write('a'); w.end('b');
  await new Promise((r) => w.on('close', r));
  log(out);
  const seen = [];
  const ws = Writable.toWeb(new Writable({ write(c, e, cb) { seen.push(String(c)); cb(); }, final(cb) { seen.push('final'); cb(); } }));
  const wr = ws.getWriter();
  await wr.write(Buffer.from('1')); await wr.close();
  log(seen);
  const d = Duplex.fromWeb(new TransformStream({ transform(c, k) { k.enqueue(String(c).toUpperCase()); } }), { encoding: 'utf8' });
  d.end('up');
  log((await d.toArray()).join());
  log(await json(new ReadableStream({ start(c) { c.enqueue('{"a":'); c.enqueue('1}'); c.close(); } })));
  log(await buffer(Readable.from([Buffer.from([1, 2])])), (await arrayBuffer(Readable.from([Buffer.from([1, 2, 3])]))).byteLength);
  const bad = Readable.toWeb(new Readable({ read() { this.destroy(new Error('bad')); } }));
  try { await bad.getReader().read(); } catch (e) { log(e.message); }
  const te = new TextEncoderStream(); const tw = te.writable.getWriter(); tw.write('a\ud83d'); tw.write('\ude00b'); tw.close();
  for await (const c of te.readable) log(c);
  const td = new TextDecoderStream(); const dw = td.writable.getWriter(); dw.write(new Uint8Array([0xe2, 0x82])); dw.write(new Uint8Array([0xac])); dw.close();
  for await (const c of td.readable) log(c);
})();
