'use strict';
// gonode: helper
// Prints, as JSON, what each public built-in module exports: names, and for
// classes those of their prototypes and of their static side.
const { builtinModules } = require('module');
const out = {};
const skip = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'constructor']);
const emit = process.emitWarning;
process.emitWarning = () => {};
function names(value, prefix, list) {
  for (const key of Object.getOwnPropertyNames(value).sort()) {
    if (skip.has(key) || key[0] === '_') continue;
    list.push(prefix + key);
    let d;
    try { d = Object.getOwnPropertyDescriptor(value, key); } catch { continue; }
    let v = d.value;
    if (d.get !== undefined && /^[A-Z]/.test(key)) try { v = value[key]; } catch { continue; } // lazy
    if (typeof v !== 'function' || !/^[A-Z]/.test(key) || prefix !== '') continue;
    for (const k of Object.getOwnPropertyNames(v).sort()) if (!skip.has(k) && k[0] !== '_') list.push(`${key}.${k}`);
    if (v.prototype === null || typeof v.prototype !== 'object') continue;
    for (const k of Object.getOwnPropertyNames(v.prototype).sort()) if (!skip.has(k) && k[0] !== '_') list.push(`${key}#${k}`);
  }
}
const targets = process.argv.length > 2 && process.argv[2] !== '' ? JSON.parse(process.argv[2]) :
  [...builtinModules.filter((m) => m[0] !== '_'), 'node:test', 'node:sqlite', 'node:sea', 'node:test/reporters'];
for (const id of targets) {
  let exports;
  try { exports = require(id); } catch { out[id] = null; continue; }
  const list = [];
  if (typeof exports === 'function' || (typeof exports === 'object' && exports !== null)) names(exports, '', list);
  out[id] = [...new Set(list)];
}
const globals = [];
names(globalThis, '', globals);
out.globalThis = globals;
console.log(JSON.stringify(out, null, 1));
process.emitWarning = emit;
