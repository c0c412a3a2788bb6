(async () => {
  const c = await import('./graph/counter.mjs');
  console.log(c.count, c.alias, c.default === c.inc, c.step, c.a, c.c, c.arrow.name, c.inc.name, c.Box.name);
  console.log(c.inc(), c.count, c.alias, c.other);
  c.swap();
  console.log(c.count, c.alias, c.other, new c.Box() instanceof c.Box, c.Box.made);
  const a = await import('./graph/cycle_a.mjs');
  const b = await import('./graph/cycle_b.mjs');
  console.log(a.log, b.tdz, b.readA());
  const s = await import('./graph/stars.mjs');
  console.log(Object.keys(s), s.only, s.x, s.inner.x);
  const both = await import('./graph/both.mjs');
  console.log(both.order.join('\n'));
})();
