const { pipeline, finished, Readable, Writable, PassThrough, addAbortSignal, compose, Duplex, destroy } = require('stream');
const { pipeline: pp, finished: fp } = require('stream/promises');
const log = console.log;
const sink = (out) => new Writable({ objectMode: true, write(c, e, cb) { out.push(String(c)); cb(); } });
(async () => {
  const out = [];
  await pp(Readable.from(['a', 'b']), async function*(src) { for await (const c of src) yield c + c; }, sink(out));
  log(out);
  log(await pp(['x', 'y'], async (src) => { let s = ''; for await (const c of src) s += c; return s; }));
  try { await pp(Readable.from(['a']), new PassThrough({ transform(c, e, cb) { cb(new Error('mid')); } }), sink([])); } catch (e) { log(e.message); }
  const r = new Readable({ read() {} });
  const ac = new AbortController();
  setImmediate(() => ac.abort());
  try { await pp(r, sink([]), { signal: ac.signal }); } catch (e) { log(e.name, e.code, r.destroyed); }
  const open = sink([]);
  await pp(Readable.from(['1']), open, { end: false });
  log(open.writableEnded);
  const pre = new PassThrough();
  finished(pre, (e) => log('finished', e?.code));
  pre.destroy();
  await fp(Readable.from([]).resume());
  const c = compose(async function*(s) { for await (const x of s) yield String(x).toUpperCase(); }, new PassThrough());
  c.end('compose');
  log(await c.toArray().then((a) => a.map(String)));
  const d = Duplex.from(async function*(s) { for await (const x of s) yield `<${x}>`; });
  d.end('d');
  log((await d.toArray()).map(String));
  const a = addAbortSignal(AbortSignal.abort(), new Readable({ read() {} }));
  a.on('error', (e) => log(e.name));
  log(await Readable.from([1, 2, 3, 4, 5]).filter((x) => x % 2).map((x) => x * 2).drop(1).take(2).toArray());
  log(await Readable.from([1, 2, 3]).reduce((x, y) => x + y), await Readable.from([1, 2]).some((x) => x > 1),
      await Readable.from([1, 2]).every((x) => x > 1), await Readable.from([1, 2, 3]).find((x) => x > 1),
      await Readable.from([[1, 2], [3]]).flatMap((x) => x).toArray());
  try { pipeline(); } catch (e) { log(e.code); }
  try { pipeline(Readable.from([]), () => {}); } catch (e) { log(e.code, e.message); }
})();
