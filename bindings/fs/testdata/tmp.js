// gonode: helper
'use strict';
const fs = require('fs');
const path = require('path');
// A directory of the test's own, removed at exit; show() prints without its name.
const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'gonode-fs-'));
process.on('exit', () => fs.rmSync(dir, { recursive: true, force: true }));
const at = (...p) => path.join(dir, ...p);
const clean = (s) => String(s).split(dir).join('<tmp>');
function show(label, value) {
  console.log(label, clean(typeof value === 'string' ? value : JSON.stringify(value, (k, v) => (typeof v === 'bigint' ? `${v}n` : v))));
}
function error(label, e) {
  console.log(label, clean(`${e.name} ${e.code} ${e.message} errno=${e.errno} syscall=${e.syscall} path=${e.path} dest=${e.dest}`));
}
function attempt(label, f) {
  try {
    show(label, f());
  } catch (e) {
    error(label, e);
  }
}
module.exports = { at, attempt, clean, dir, error, fs, path, show };
