// Which names a CommonJS module exports is decided by its text, before it runs.
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'cjs-exports-'));
fs.writeFileSync(path.join(dir, 're.cjs'), 'exports.r1 = 1; exports.r2 = 2');
fs.writeFileSync(path.join(dir, 're2.cjs'), 'exports.s1 = 1');
(async () => {
  const cases = require('./graph/cjs_cases.json');
  for (let i = 0; i < cases.length; i++) {
    const file = path.join(dir, `c${i}.cjs`);
    fs.writeFileSync(file, cases[i]);
    const found = [];
    for (const word of new Set([...cases[i].matchAll(/[\w$-]+/g)].map((m) => m[0]).concat(['r1', 'r2', 's1', 'a b']))) {
      if (word === 'default' || word === 'module') continue;
      const text = `import 'data:text/javascript,throw 0'; import { ${JSON.stringify(word)} as x } from ${JSON.stringify(pathToFileURL(file).href)};`;
      // A name that is not there is found out while linking; else the first import throws.
      await import(`data:text/javascript,${encodeURIComponent(text)}`).catch((e) => {
        if (!(e instanceof SyntaxError && e.message.startsWith('Named export'))) found.push(word);
      });
    }
    console.log(cases[i], '=>', found.sort().join(' '));
  }
  fs.rmSync(dir, { recursive: true });
})();
