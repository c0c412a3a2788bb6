'use strict';
// Loads a graph of 500 ES modules that import names of each other.
const fs = require('fs');
const path = require('path');
const { pathToFileURL } = require('url');
const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'es-modules-'));
const count = 500;
let seed = 1;
const random = (n) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
let main = '';
for (let i = 0; i < count; i++) {
  const deps = [...new Set(i === 0 ? [] : [random(i), random(i), random(i)])];
  let text = "import { join } from 'node:path';\n";
  for (const d of deps) text += `import { value as v${d}, add as add${d}, Thing as T${d} } from './m${d}.mjs';\n`;
  text += `export const value = [${deps.map((d) => `v${d} % 7`).join()}].length + add(${i}, 1);
export function add(a, b) { let t = 0; for (let i = 0; i < 3; i++) t += a * i + b; return t; }
export class Thing { constructor(x) { this.x = x; } get double() { return this.x * 2; } map(f) { return [1, 2].map((y) => f(y) + this.x); } }
export let state = { name: join('a', 'm${i}'), things: [${deps.map((d) => `new T${d}(add${d}(1, 2)).double`).join()}] };
export default { ${deps.map((d) => `v${d}`).join()} };
`;
  fs.writeFileSync(path.join(dir, `m${i}.mjs`), text);
  main += `import './m${i}.mjs';\n`;
}
fs.writeFileSync(path.join(dir, 'main.mjs'), main);
const start = process.hrtime.bigint();
import(pathToFileURL(path.join(dir, 'main.mjs')).href).then(() => {
  console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
  fs.rmSync(dir, { recursive: true });
});
