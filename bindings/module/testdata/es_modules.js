const show = (p) => p.then((v) => console.log(v), (e) => console.log(e.name, e.code, e.message.replaceAll(__dirname, '<dir>')));
console.log(require('./esm/sync.mjs').default, require('./esm/sync.mjs').a);
(async () => {
  const ns = await import('./esm/main.mjs');
  console.log(ns, ns[Symbol.toStringTag], await import('./esm/main.mjs') === ns);
  await show(import('./esm/missing.mjs'));
  await show(import('./esm/none.mjs'));
  await show(import('no-such-package'));
  await show(import('node:nope'));
  await show(import('./bom.json'));
  await show(import('http://x/y'));
  await show(import('data:text/javascript,export default 3'));
  try { require('./esm/main.mjs'); console.log('loaded already'); } catch (e) { console.log(e.code); }
})();
