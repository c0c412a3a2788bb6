// Writes tables.bin, what internal/regexp knows of Unicode: run it with the Node
// whose regular expressions are to be matched, in a folder with the packages
// unicode-match-property-value-ecmascript, unicode-property-aliases-ecmascript
// (for the names) and regenerate-unicode-properties (for the strings of
// properties of strings). The code points are asked of the engine itself.
//
// The file is a list of entries: kind (a byte), names (a byte for the length, then
// the names with commas between), length of the data (4 bytes, big-endian), data.
// All numbers in the data are varints. Ranges: gap, length - 1, … Strings:
// number of code points, code points, … Case classes: number of members, gap
// from the class before, gaps between members, …
'use strict';
const fs = require('fs');
const path = require('path');
const { createRequire } = require('module');
const req = createRequire(path.resolve('package.json'));

const out = [];
function varint(to, n) {
  while (n >= 128) {
    to.push(n % 128 + 128);
    n = Math.floor(n / 128);
  }
  to.push(n);
}
function entry(kind, names, data) {
  const text = Buffer.from([...new Set(names)].join(','));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  out.push(Buffer.from(kind), Buffer.from([text.length]), text, size, Buffer.from(data));
}
function ranges(re) {
  const data = [];
  let next = 0;
  let start = -1;
  for (let c = 0; c <= 0x110000; c++) {
    const is = c < 0x110000 && re.test(String.fromCodePoint(c));
    if (is && start < 0) start = c;
    if (!is && start >= 0) {
      varint(data, start - next);
      varint(data, c - 1 - start);
      next = c;
      start = -1;
    }
  }
  return data;
}
function accepted(text) {
  try {
    return new RegExp(`^\\p{${text}}$`, 'u');
  } catch {
    return null;
  }
}

const values = req('unicode-match-property-value-ecmascript/data/mappings.js');
function each(property, kind, prefix) {
  const byName = new Map();
  for (const [alias, name] of values.get(property)) {
    if (!byName.has(name)) byName.set(name, [name]);
    byName.get(name).push(alias);
  }
  for (const [name, names] of byName) {
    const re = accepted(prefix + name);
    if (re) entry(kind, names.filter((n) => accepted(prefix + n)), ranges(re));
  }
}
each('General_Category', 'g', 'General_Category=');
each('Script', 's', 'Script=');
each('Script_Extensions', 'x', 'Script_Extensions=');

const aliases = req('unicode-property-aliases-ecmascript').default;
const binary = fs.readdirSync(path.resolve('node_modules/regenerate-unicode-properties/Binary_Property')).map((f) => f.replace('.js', ''));
for (const name of binary) {
  const re = accepted(name);
  if (!re) continue;
  const names = [name];
  for (const [alias, full] of aliases) if (full === name && accepted(alias)) names.push(alias);
  entry('b', names, ranges(re));
}

for (const f of fs.readdirSync(path.resolve('node_modules/regenerate-unicode-properties/Property_of_Strings'))) {
  const name = f.replace('.js', '');
  const { characters, strings } = req(`regenerate-unicode-properties/Property_of_Strings/${name}`);
  const all = new Set([...(characters.toArray().map((c) => String.fromCodePoint(c))), ...strings]);
  const re = new RegExp(`^\\p{${name}}$`, 'v');
  if (name === 'RGI_Emoji') continue; // the others together
  const data = [];
  for (const s of all) {
    if (!re.test(s)) continue; // of another version of Unicode
    const cps = [...s];
    varint(data, cps.length);
    for (const c of cps) varint(data, c.codePointAt(0));
  }
  entry('p', [name], data);
}

// Characters that are equal when case is ignored.
function classes(limit, candidatesOf, same) {
  const parent = new Map();
  const find = (x) => {
    while (parent.has(x) && parent.get(x) !== x) x = parent.get(x);
    return x;
  };
  const byKey = new Map();
  for (let c = 0; c < limit; c++) {
    for (const key of candidatesOf(c)) {
      if (byKey.has(key)) parent.set(find(c), find(byKey.get(key)));
      else byKey.set(key, c);
    }
  }
  const groups = new Map();
  for (let c = 0; c < limit; c++) {
    const root = find(c);
    if (!groups.has(root)) groups.set(root, []);
    groups.get(root).push(c);
  }
  const list = [];
  for (let group of groups.values()) {
    while (group.length > 1) {
      const cls = group.filter((c) => c === group[0] || same(group[0], c));
      if (cls.length > 1) list.push(cls);
      group = group.filter((c) => !cls.includes(c));
    }
  }
  list.sort((a, b) => a[0] - b[0]);
  const data = [];
  let last = 0;
  for (const cls of list) {
    varint(data, cls.length);
    varint(data, cls[0] - last);
    last = cls[0];
    for (let i = 1; i < cls.length; i++) varint(data, cls[i] - cls[i - 1]);
  }
  return data;
}
function forms(c) {
  const s = String.fromCodePoint(c);
  const keys = new Set([s, s.toLowerCase(), s.toUpperCase(), s.toUpperCase().toLowerCase(), s.toLowerCase().toUpperCase()]);
  return keys;
}
const hex = (c) => `\\u{${c.toString(16)}}`;
const hex4 = (c) => `\\u${c.toString(16).padStart(4, '0')}`;
entry('c', ['unicode'], classes(0x110000, forms, (a, b) => new RegExp(`^${hex(a)}$`, 'iu').test(String.fromCodePoint(b))));
entry('c', ['simple'], classes(0x10000, forms, (a, b) => new RegExp(`^${hex4(a)}$`, 'i').test(String.fromCharCode(b))));

fs.writeFileSync(path.join(__dirname, 'tables.bin'), Buffer.concat(out));
