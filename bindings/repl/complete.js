'use strict';
// Completion: names in scope, properties along a chain of them, the dot
// commands, modules behind require( and import(. No getter runs.

const fs = require('fs');
const path = require('path');
const { namedKeys } = internalBinding('repl');
const { Module } = require('internal/modules/cjs/loader');

const kChain = /(?:[a-zA-Z_$][\w$]*(?:\??\.[a-zA-Z_$#][\w$]*)*\??\.?)$/;
const kRequire = /\b(?:require|import)\s*\(\s*['"`](([\w@./:-]+\/)?(?:[\w@./:-]*))$/;
const kFile = /\bfs(?:\.promises)?\s*\.\s*[a-z][a-zA-Z]+\(\s*["'`]([^"'`]*)$/;
const kIdentifier = /^[a-zA-Z_$][\w$]*$/;
const kLegacyAccessors = /^__(?:define|lookup)[GS]etter__$/;
const keywords = ['async', 'await', 'break', 'case', 'catch', 'const', 'continue', 'debugger', 'default', 'delete', 'do', 'else',
  'export', 'false', 'finally', 'for', 'function', 'if', 'import', 'in', 'instanceof', 'let', 'new', 'null', 'return',
  'switch', 'this', 'throw', 'true', 'try', 'typeof', 'var', 'void', 'while', 'with', 'yield'];

// Too many elements to offer one by one.
const kLarge = 1e6;

function namesOf(object) {
  let names;
  if ((Array.isArray(object) || ArrayBuffer.isView(object)) && object.length > kLarge) {
    names = namedKeys(object);
  } else {
    names = Object.getOwnPropertyNames(object);
  }
  return names.filter((name) => kIdentifier.test(name) && !kLegacyAccessors.test(name));
}

// The value of a chain of names, undefined where a getter or proxy stands in the way.
function valueOf(context, chain) {
  const parts = chain.split(/\??\./);
  let value = context;
  for (let i = 0; i < parts.length; i++) {
    if (value === null || value === undefined) return undefined;
    let object = Object(value);
    let found;
    while (object !== null && found === undefined) {
      if (require('internal/util/types').isProxy(object)) return undefined;
      found = Object.getOwnPropertyDescriptor(object, parts[i]);
      object = Object.getPrototypeOf(object);
    }
    if (found === undefined) return undefined;
    // The names of modules are accessors that load them.
    if (found.get !== undefined && !(i === 0 && Module.builtinModules.includes(parts[0]))) return undefined;
    value = found.get !== undefined ? found.get.call(context) : found.value;
  }
  return value;
}

function prefixed(group, prefix) {
  const lower = prefix.toLowerCase();
  return [...new Set(group)].filter((name) => name.toLowerCase().startsWith(lower)).sort();
}

function finish(groups, prefix, base = '') {
  const out = [];
  for (const group of groups) {
    const names = prefixed(group, prefix).map((name) => base + name).filter((name) => !out.includes(name));
    if (names.length === 0) continue;
    if (out.length > 0) out.push('');
    out.push(...names);
  }
  return [out, base + prefix];
}

function modules(typed, dir) {
  const names = [];
  if (/^\.\.?(?:\/|$)/.test(typed) || typed[0] === '/') {
    const at = path.resolve(dir || '.');
    let entries = [];
    try { entries = fs.readdirSync(at, { withFileTypes: true }); } catch { /* nothing to offer */ }
    for (const entry of entries) {
      if (entry.isDirectory()) names.push(`${dir ?? ''}${entry.name}/`);
      else if (/\.(?:[cm]?js|json|node)$/.test(entry.name)) names.push(`${dir ?? ''}${entry.name.replace(/\.(?:js|json|node)$/, '')}`);
    }
    return finish([names], typed);
  }
  for (const folder of Module._nodeModulePaths(process.cwd())) {
    try { names.push(...fs.readdirSync(folder).filter((name) => name[0] !== '.')); } catch { /* not there */ }
  }
  const builtin = require('repl').builtinModules;
  return finish([names, builtin.flatMap((name) => [name, `node:${name.replace(/^node:/, '')}`])], typed);
}

function files(typed) {
  const slash = typed.lastIndexOf('/');
  const dir = typed.slice(0, slash + 1);
  const name = typed.slice(slash + 1);
  const read = (folder, base) => {
    try {
      return fs.readdirSync(path.resolve(folder), { withFileTypes: true })
        .map((entry) => base + entry.name + (entry.isDirectory() ? '/' : ''));
    } catch {
      return [];
    }
  };
  // A folder's whole name stands for what is in it.
  const within = name === '' ? [] : read(typed, `${name}/`);
  return within.length > 0 ? [within, name] : [prefixed(read(dir || '.', ''), name), name];
}

function complete(repl, line, callback) {
  const text = line.trimStart();
  let match;
  if ((match = /^\.(\w*)$/.exec(text)) !== null) {
    callback(null, [prefixed(Object.keys(repl.commands), match[1]), match[1]]);
    return;
  }
  if ((match = kRequire.exec(line)) !== null) {
    callback(null, modules(match[1], match[2]));
    return;
  }
  if ((match = kFile.exec(line)) !== null) {
    callback(null, files(match[1]));
    return;
  }
  match = kChain.exec(line);
  if (match !== null && match.index > 0 && /[.\])}'"`]/.test(line[match.index - 1])) {
    callback(null, [[], line]); // a property of what only running it would tell
    return;
  }
  if (match === null && line.trim() !== '' && /\S$/.test(line)) {
    callback(null, [[], line]);
    return;
  }
  const chain = match === null ? '' : match[0];
  const dot = chain.lastIndexOf('.');
  if (dot === -1) {
    const groups = chain === '' ? [] : [keywords];
    for (let p = repl.context; p !== null; p = Object.getPrototypeOf(p)) groups.push(namesOf(p));
    if (!repl.useGlobal) groups[groups.length - 2]?.push(...namesOf(globalThis));
    callback(null, finish(groups, chain));
    return;
  }
  const base = chain.slice(0, dot + 1);
  let value = valueOf(repl.context, base.replace(/\??\.$/, ''));
  const groups = [];
  if (value !== null && value !== undefined) {
    for (value = Object(value); value !== null && groups.length < 20; value = Object.getPrototypeOf(value)) {
      if (require('internal/util/types').isProxy(value)) break;
      groups.unshift(namesOf(value)); // what is an object's own stands last
    }
  }
  callback(null, finish(groups, chain.slice(dot + 1), base));
}

module.exports = { complete };
