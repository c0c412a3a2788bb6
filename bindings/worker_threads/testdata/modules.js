// A worker's program: a file, a URL, an ES module in a data: URL.
// gonode: process
const { Worker } = require('worker_threads');
const fs = require('fs'), os = require('os'), path = require('path');
const { pathToFileURL } = require('url');
const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'gonode-worker-'));
const file = path.join(dir, 'w.js'), esm = path.join(dir, 'm.mjs');
fs.writeFileSync(file, 'console.log("file", require.main === module, __filename === process.argv[1], process.argv.slice(2))');
fs.writeFileSync(esm, 'await null; console.log("module", typeof require, import.meta.url === new URL("file://" + process.argv[1]).href)');
const list = [[file, { argv: [1] }], [pathToFileURL(file)], [esm], [new URL('data:text/javascript,await null; console.log(typeof import.meta, typeof require)')],
  [path.join(dir, 'missing.js')]];
(function next(i) {
  if (i === list.length) return fs.rmSync(dir, { recursive: true });
  new Worker(list[i][0], list[i][1]).on('error', (e) => console.log(e.code)).on('exit', (code) => { console.log(code); next(i + 1); });
})(0);
