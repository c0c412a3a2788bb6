'use strict';
// Completion: names in scope, properties of what an expression gives, the dot
// commands, modules behind require( and import(. Nothing of the user's runs.

const fs = require('fs');
const path = require('path');
const { chain, lexicalNames, namedKeys } = internalBinding('repl');
const { Module } = require('internal/modules/cjs/loader');
const { evaluate } = require('internal/repl/evaluate');
const { isProxy } = require('internal/util/types');

const kModule = /\b(require|import)\s*\(\s*(['"`])((?:[\w@./:-]+\/)?[\w@./:-]*)(\2)?$/;
const kImportable = /^\.(?:[cm]?[jt]s|json|node|wasm)$/;
// A name that is being declared.
const kDeclaring = /(?:^|[;{}\s])(?:let|const|var|class|function\*?)\s+[\w$]*$/;
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

function prefixed(group, prefix) {
  const lower = prefix.toLowerCase();
  return [...new Set(group)].filter((name) => name.toLowerCase().startsWith(lower)).sort();
}

// Groups are shown in their order, an empty string between two; a name is in
// the last that has it.
function finish(groups, prefix, base = '') {
  const seen = new Set();
  const parts = [];
  for (let i = groups.length - 1; i >= 0; i--) {
    const names = prefixed(groups[i], prefix).filter((name) => !seen.has(name));
    if (names.length === 0) continue;
    names.forEach((name) => seen.add(name));
    parts.unshift(names);
  }
  const out = [];
  for (const names of parts) {
    if (out.length > 0) out.push('');
    for (const name of names) out.push(base + name);
  }
  return [out, base + prefix];
}

// What require and import() accept: import() wants whole file names.
function modules(repl, typed, importing) {
  if (typed === '.') return [['./', '../'], typed];
  if (typed === '..') return [['../'], typed];
  const slash = typed.lastIndexOf('/');
  const dir = typed.slice(0, slash + 1);
  const names = [];
  const isPath = /^\.\.?(?:\/|$)/.test(typed) || typed[0] === '/';
  const folders = isPath ? [process.cwd()] : Module._nodeModulePaths(process.cwd());
  const extensions = Object.keys(Module._extensions);
  for (const folder of folders) {
    let entries;
    try { entries = fs.readdirSync(path.resolve(folder, dir), { withFileTypes: true }); } catch { continue; }
    for (const entry of entries) {
      if (entry.name[0] === '.' || entry.name === 'node_modules') continue;
      const target = path.resolve(folder, dir, entry.name);
      if (entry.isDirectory() || entry.isSymbolicLink() && isDirectory(target)) {
        names.push(`${dir}${entry.name}/`);
        if (importing ? !isPath : isModule(target)) names.push(`${dir}${entry.name}`);
      } else if (isPath || slash !== -1) {
        const extension = path.extname(entry.name);
        if (importing) {
          if (kImportable.test(extension)) names.push(dir + entry.name);
        } else if (extensions.includes(extension)) names.push(`${dir}${entry.name.slice(0, -extension.length)}`);
        else if (extension === '.mjs' || extension === '.cjs') names.push(dir + entry.name);
      }
    }
  }
  const groups = [names];
  if (!isPath) {
    const builtin = repl._moduleNames();
    const known = builtin.filter((name) => Module.builtinModules.includes(name));
    groups.unshift(known.map((name) => (name.startsWith('node:') ? name : `node:${name}`)),
      builtin.filter((name) => !name.startsWith('node:')));
  }
  return finish(groups, typed);
}

function isDirectory(name) {
  try { return fs.statSync(name).isDirectory(); } catch { return false; }
}

// A folder that can be required by its own name.
function isModule(folder) {
  try {
    return fs.readdirSync(folder).some((name) => name === 'package.json' || /^index\.(?:[cm]?js|json|node)$/.test(name));
  } catch {
    return false;
  }
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
  if ((match = kModule.exec(line)) !== null) {
    // A closed string wants nothing more.
    callback(null, match[4] !== undefined ? [[], undefined] : modules(repl, match[3], match[1] === 'import'));
    return;
  }
  if ((match = kFile.exec(line)) !== null) {
    callback(null, files(match[1]));
    return;
  }
  const found = kDeclaring.test(line) ? undefined : chain(line);
  if (found === undefined) {
    callback(null, [[], line]);
    return;
  }
  const { base, name } = found;
  const groups = [];
  if (base === '') {
    for (let p = repl.context; p !== null; p = Object.getPrototypeOf(p)) groups.push(namesOf(p));
    if (!repl.useGlobal) groups[groups.length - 2]?.push(...namesOf(globalThis));
    if (repl._standalone) groups[0].push(...lexicalNames());
    if (name !== '') groups.unshift(keywords);
    callback(null, finish(groups, name));
    return;
  }
  const dot = /^\??\.\s*/.exec(name)[0];
  const result = evaluate(base, repl.context, repl.useGlobal);
  if (result !== undefined && result.thrown === undefined && result.value !== null && result.value !== undefined) {
    for (let o = Object(result.value); o !== null && groups.length < 20 && !isProxy(o); o = Object.getPrototypeOf(o)) {
      groups.unshift(namesOf(o)); // what is an object's own stands last
    }
  }
  callback(null, finish(groups, name.slice(dot.length), base + dot));
}

module.exports = { complete };
