const path = require('path');
const show = (e) => console.log(e.name, e.code, e.message.replaceAll(__dirname, '<dir>'));
const data = (text) => `data:text/javascript,${encodeURIComponent(text)}`;
const file = (name) => require('url').pathToFileURL(path.join(__dirname, name)).href;
(async () => {
  for (const text of [
    `import { nope } from '${file('graph/counter.mjs')}'`,
    `import { a as b, nope as c } from '${file('graph/common.cjs')}'`,
    `import { x } from '${file('graph/stars.mjs')}'`,
    `export { nope } from '${file('graph/counter.mjs')}'`,
    'export { undeclared }', 'export const a = 1; export { a }', 'import a from "fs"; let a', 'let a; let a', 'return 1', 'await 1; foo bar',
    'import x from "./relative.mjs"', 'import "bare"', 'throw new RangeError("thrown")', 'null.x', 'import { readFileSync as f } from "fs"; f = 1',
    'import * as ns from "fs"; ns = 1', 'import f from "fs"; f++', 'new.target', 'with (a) {}', 'var public', 'delete x', '010', 'this.x',
  ]) await import(data(text)).then((ns) => console.log(ns), show);
  await import('./graph/counter.mjs', { with: { type: 'json' } }).catch(show);
  await import('./graph/data.json').catch(show);
  await import('./graph/data.json', { with: { type: 'text' } }).catch(show);
  await import('./graph/data.json', { with: { unknown: 'x' } }).catch(show);
  console.log((await import('./graph/data.json', { with: { type: 'json' } })).default);
  await import('./graph/counter.mjs', 1).catch(show);
  await import('./graph').catch(show);
  await import({ toString() { throw new Error('no string'); } }).catch((e) => console.log(e.message));
})();
