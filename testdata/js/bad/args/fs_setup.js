// gonode: helper
'use strict';
const { tidy } = require('./lib.js');
const fs = require('fs');
const path = require('path');

const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'bad-'));
tidy(dir, '<tmp>');
const file = path.join(dir, 'file');
fs.writeFileSync(file, 'content');
const written = /^(appendFile|f?truncate|write|read|copyFile)/;

module.exports = {
  dir,
  file,
  none: path.join(dir, 'none', 'x'),
  remove() { fs.rmSync(dir, { recursive: true }); },
  // A file of 2 GiB and more is none of this test's business, nor is what
  // mkdtemp would leave in the current folder.
  skipFor: (name) => (i, v) => (written.test(name) && i > 0 && v.startsWith('2**')) || (name.startsWith('mkdtemp') && v === "''"),
};
