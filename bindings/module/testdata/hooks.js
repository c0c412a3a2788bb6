const { registerHooks, register } = require('module');
(async () => {
  const outer = registerHooks({
    resolve(specifier, context, next) {
      if (specifier === 'virtual:a') return { url: 'virtual:a', format: 'module', shortCircuit: true };
      if (specifier === 'renamed') return next('./graph/common.cjs', context);
      return next(specifier, context);
    },
    load(url, context, next) {
      if (url === 'virtual:a') return { format: 'module', shortCircuit: true, source: 'export default import.meta.url' };
      const loaded = next(url, context);
      if (url.endsWith('common.cjs')) loaded.source = `${loaded.source}; exports.added = true;`;
      return loaded;
    },
  });
  console.log((await import('virtual:a')).default, require('renamed'));
  const inner = registerHooks({ resolve(s, c, next) { return s === 'broken' ? {} : s === 'short' ? { url: 'node:fs' } : next(s, c); } });
  for (const s of ['broken', 'short']) await import(s).catch((e) => console.log(e.code));
  inner.deregister();
  outer.deregister();
  await import('virtual:a').then(() => console.log('still there'), (e) => console.log(e.code));
  const hooks = `let d; export async function initialize(data) { d = data; }
    export async function resolve(s, c, next) { return s === 'asked' ? { url: 'asked:x', shortCircuit: true } : next(s, c); }
    export async function load(u, c, next) { return u === 'asked:x' ? { format: 'json', shortCircuit: true, source: JSON.stringify(d) } : next(u, c); }`;
  register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: { n: [1n > 0, new Map([[1, 2]]).size] } });
  console.log((await import('asked', { with: { type: 'json' } })).default);
  console.log((await import('./graph/star_one.mjs')).only);
})();
