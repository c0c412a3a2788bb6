const { Readable } = require('stream');
const log = console.log;
(async () => {
  const r = Readable.from(['a', 'b', 'c']);
  for await (const c of r) { log(c); if (c === 'b') break; }
  log(r.destroyed);
  const k = Readable.from(['a', 'b', 'c']);
  for await (const c of k.iterator({ destroyOnReturn: false })) { log(c); break; }
  log(k.destroyed);
  for await (const c of k) log(c);
  const bad = new Readable({ read() { this.destroy(new Error('bad')); } });
  try { for await (const c of bad) log(c); } catch (e) { log(e.message); }
  const pre = new Readable({ read() {} });
  setImmediate(() => pre.destroy());
  try { for await (const c of pre) log(c); } catch (e) { log(e.code); }
  const it = Readable.from([1, 2])[Symbol.asyncIterator]();
  log(await Promise.all([it.next(), it.next(), it.next(), it.next()]));
  const it2 = Readable.from([1, 2])[Symbol.asyncIterator]();
  log(await it2.return('early'), await it2.next());
  const src = { async *[Symbol.asyncIterator]() { try { yield 1; yield 2; } finally { log('closed'); } } };
  for await (const x of Readable.from(src)) { log(x); break; }
  try { Readable.from(null); } catch (e) { log(e.code); }
})();
