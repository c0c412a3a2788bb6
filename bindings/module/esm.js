'use strict';
// ES modules, on top of functions that internal/compile lowers them to:
// loading, linking and evaluation, import(), import.meta.

const { native, builtinId, getConditions, Module } = require('internal/modules/cjs/loader');
const { compileModule } = internalBinding('runtime');
const { makeNodeError } = internalBinding('errors');
const { codes } = require('internal/errors');
const { pathToFileURL, fileURLToPath } = require('internal/url');

const kPending = 0, kEvaluating = 1, kDone = 2, kFailed = 3;

const records = new Map(); // url → record

function conditions() {
  const list = getConditions();
  const out = [];
  for (let i = 0; i < list.length; i++) out.push(list[i] === 'require' ? 'import' : list[i]);
  return out;
}

// --- Resolution: a specifier to a URL

function isURL(specifier) { return /^[a-zA-Z][a-zA-Z0-9+.-]*:/.test(specifier) && !/^[a-zA-Z]:[\\/]/.test(specifier); }

function pathOf(url) { return url.startsWith('file:') ? fileURLToPath(url) : url; }

function resolve(specifier, parentURL) {
  const id = builtinId(specifier);
  if (id !== undefined) return `node:${id}`;
  if (isURL(specifier)) {
    if (specifier.startsWith('node:')) throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(specifier);
    if (specifier.startsWith('data:')) return specifier;
    if (!specifier.startsWith('file:')) {
      throw makeError(Error, 'ERR_UNSUPPORTED_ESM_URL_SCHEME',
        'Only URLs with a scheme in: file and data are supported by the default ESM loader. ' +
        `Received protocol '${specifier.slice(0, specifier.indexOf(':') + 1)}'`);
    }
  }
  const relative = specifier.startsWith('./') || specifier.startsWith('../') || specifier.startsWith('/') ||
    specifier === '.' || specifier === '..' || specifier.startsWith('file:');
  if (!relative) {
    if (!parentURL.startsWith('file:')) {
      throw makeError(TypeError, 'ERR_UNSUPPORTED_RESOLVE_REQUEST',
        `Failed to resolve module specifier "${specifier}" from "${parentURL}": Invalid relative URL or base scheme is not hierarchical.`);
    }
    const path = native.esmResolve(specifier, pathOf(parentURL), conditions());
    return path.startsWith('node:') ? path : finish(pathToFileURL(path).href, parentURL, specifier);
  }
  if (parentURL.startsWith('data:') && !specifier.startsWith('file:')) {
    throw makeError(TypeError, 'ERR_UNSUPPORTED_RESOLVE_REQUEST',
      `Failed to resolve module specifier "${specifier}" from "${parentURL}": Invalid relative URL or base scheme is not hierarchical.`);
  }
  return finish(new URL(specifier, parentURL).href, parentURL, specifier);
}

function makeError(Base, code, message) { return makeNodeError(Base, code, message); }

// The file must be there; links are followed, the query stays.
function finish(url, parentURL, specifier) {
  if (/%2f|%5c/i.test(url)) {
    throw makeError(TypeError, 'ERR_INVALID_MODULE_SPECIFIER',
      `Invalid module "${specifier}" must not include encoded "/" or "\\" characters imported from ${pathOf(parentURL)}`);
  }
  const path = fileURLToPath(url);
  const kind = path.endsWith('/') ? 1 : native.stat(path);
  if (kind !== 0) {
    const base = parentURL === '' ? '' : ` imported from ${pathOf(parentURL)}`;
    const err = kind === 1 ?
      makeError(Error, 'ERR_UNSUPPORTED_DIR_IMPORT',
        `Directory import '${path}' is not supported resolving ES modules${base}`) :
      makeError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${path}'${base}`);
    err.url = url;
    throw err;
  }
  const real = native.settle(path);
  if (real === path) return url;
  const cut = url.search(/[?#]/);
  return pathToFileURL(real).href + (cut < 0 ? '' : url.slice(cut));
}

// --- Loading

function formatOf(url, path, type) {
  const ext = native.extname(path);
  switch (ext) {
    case '.mjs': return 'module';
    case '.cjs': return 'commonjs';
    case '.json': return 'json';
    case '.node': return 'addon';
    case '.wasm': return 'wasm';
    case '.js':
    case '': {
      const kind = native.packageType(path);
      if (kind !== 'none') return kind;
      return 'detect';
    }
  }
  throw makeError(TypeError, 'ERR_UNKNOWN_FILE_EXTENSION', `Unknown file extension "${ext}" for ${path}`);
}

function checkType(url, format, type) {
  if (type !== undefined && type !== 'json') {
    throw makeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED', `Import attribute "type" with value "${type}" is not supported`);
  }
  if (format === 'json' && type !== 'json') {
    throw makeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_MISSING', `Module "${url}" needs an import attribute of "type: json"`);
  }
  if (format !== 'json' && type === 'json') {
    throw makeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE', `Module "${url}" is not of type "json"`);
  }
}

class Record {
  constructor(url, format) {
    this.url = url;
    this.path = url.startsWith('file:') ? fileURLToPath(url) : url;
    this.format = format;
    this.status = kPending;
    this.deps = null; // specifier → record
    this.order = null;
    this.fn = null;
    this.async = false;
    this.module = { exports: {} };
    this.namespace = null;
    this.promise = null; // of an asynchronous evaluation
    this.error = undefined;
    this.linked = false;
    this.source = undefined;
  }
}

function dataURL(url) {
  const m = /^data:([^,;]*)([^,]*),(.*)$/s.exec(url);
  if (m === null) throw makeError(TypeError, 'ERR_INVALID_URL', 'Invalid URL');
  const text = /;base64$/.test(m[2]) ? Buffer.from(decodeURIComponent(m[3]), 'base64').toString() : decodeURIComponent(m[3]);
  const mime = m[1];
  if (mime === 'text/javascript' || mime === 'application/javascript') return ['module', text];
  if (mime === 'application/json') return ['json', text];
  throw makeError(RangeError, 'ERR_UNKNOWN_MODULE_FORMAT', `Unknown module format: ${mime || null} for URL ${url}`);
}

function getRecord(url, type) {
  let record = records.get(url);
  if (record !== undefined) {
    checkType(url, record.format, type);
    return record;
  }
  if (url.startsWith('node:')) {
    record = new Record(url, 'builtin');
  } else if (url.startsWith('data:')) {
    const loaded = dataURL(url);
    checkType(url, loaded[0], type);
    record = new Record(url, loaded[0]);
    record.source = loaded[1];
  } else {
    const path = fileURLToPath(url);
    let format = formatOf(url, path);
    let source;
    if (format === 'detect') {
      source = native.readFile(path);
      format = native.hasModuleSyntax(source) ? 'module' : 'commonjs';
    }
    checkType(url, format, type);
    record = new Record(url, format);
    record.source = source;
  }
  records.set(url, record);
  return record;
}

function link(record) {
  if (record.linked) return;
  record.linked = true;
  if (record.format !== 'module') return;
  try {
    const source = record.source === undefined ? native.readFile(record.path) : record.source;
    const compiled = compileModule(source, record.url);
    const specifiers = compiled[1], types = compiled[2], isAsync = compiled[3];
    record.fn = compiled[0];
    record.specifiers = specifiers;
    record.names = compiled[4];
    if (isAsync) record.awaitLine = awaitLine(source);
    record.async = isAsync;
    record.source = undefined;
    record.deps = { __proto__: null };
    record.order = [];
    for (let i = 0; i < specifiers.length; i++) {
      const dep = getRecord(resolve(specifiers[i], record.url), types[i] || undefined);
      record.deps[specifiers[i]] = dep;
      record.order.push(dep);
    }
    for (let i = 0; i < record.order.length; i++) link(record.order[i]);
  } catch (err) {
    records.delete(record.url);
    throw err;
  }
}

// --- Evaluation

function makeNamespace(exports, names) {
  const ns = Object.create(null);
  fill(ns, exports, names);
  return ns;
}
function fill(ns, exports, names) {
  names.sort();
  for (let i = 0; i < names.length; i++) {
    const key = names[i];
    if (key === '__esModule' || Object.prototype.hasOwnProperty.call(ns, key)) continue;
    Object.defineProperty(ns, key, { __proto__: null, get: () => exports[key], set: undefined, enumerable: true, configurable: true });
  }
  if (!Object.prototype.hasOwnProperty.call(ns, Symbol.toStringTag)) {
    Object.defineProperty(ns, Symbol.toStringTag, { __proto__: null, value: 'Module', writable: false, enumerable: false, configurable: false });
  }
}

function namesOf(value) {
  const names = [];
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
    const keys = typeof value === 'function' ? Object.keys(value) : Object.getOwnPropertyNames(value);
    for (let i = 0; i < keys.length; i++) {
      if (keys[i] !== 'default' && keys[i] !== '__esModule' && typeof keys[i] === 'string') names.push(keys[i]);
    }
  }
  return names;
}

// A CommonJS module, a built-in or JSON as a namespace: its names are taken
// once, after it has run.
function interop(value, named, isBuiltin) {
  const ns = Object.create(null);
  const names = named ? namesOf(value) : [];
  names.push('default');
  if (named && !isBuiltin) names.push('module.exports');
  names.sort();
  for (let i = 0; i < names.length; i++) {
    const key = names[i];
    if (key === 'default' || key === 'module.exports') {
      ns[key] = value;
    } else if (Object.getOwnPropertyDescriptor(value, key)?.get !== undefined) {
      // Some warn, or throw, when they are read.
      Object.defineProperty(ns, key, { __proto__: null, get: () => value[key], enumerable: true, configurable: true });
    } else {
      ns[key] = value[key];
    }
  }
  Object.defineProperty(ns, Symbol.toStringTag, { __proto__: null, value: 'Module', writable: false, enumerable: false, configurable: false });
  return ns;
}

function namespaceOf(record) {
  if (record.format === 'module') {
    // The function's first statement defines all exports, so that cycles see them.
    if (record.namespace === null) record.namespace = makeNamespace(record.module.exports, Object.getOwnPropertyNames(record.module.exports));
    else if (record.status !== kDone) fill(record.namespace, record.module.exports, Object.getOwnPropertyNames(record.module.exports));
  }
  return record.namespace;
}

function evaluateOther(record) {
  switch (record.format) {
    case 'builtin': {
      const value = Module._load(record.url);
      record.namespace = interop(value, true, true);
      return;
    }
    case 'json': {
      let text = record.source === undefined ? native.readFile(record.path) : record.source;
      if (text.charCodeAt(0) === 0xFEFF) text = text.slice(1);
      let value;
      const cached = Module._cache[record.path];
      if (cached !== undefined && cached.loaded) {
        value = cached.exports;
      } else {
        try {
          value = JSON.parse(text);
        } catch (err) {
          err.message = `${record.path}: ${err.message}`;
          throw err;
        }
      }
      record.namespace = interop(value, false);
      return;
    }
    case 'commonjs': {
      const value = Module._load(record.path, undefined, record.isMain === true);
      record.namespace = interop(value, true, false);
      return;
    }
  }
  throw makeError(RangeError, 'ERR_UNKNOWN_MODULE_FORMAT', `Unknown module format: ${record.format} for URL ${record.url}`);
}

function importMeta(record) {
  const meta = Object.create(null);
  if (record.url.startsWith('file:')) {
    meta.dirname = native.dirname(record.path);
    meta.filename = record.path;
  }
  meta.main = record.isMain === true;
  meta.resolve = function resolve_(specifier) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('specifier');
    return resolveLoose(`${specifier}`, record.url);
  };
  Object.defineProperty(meta.resolve, 'name', { __proto__: null, value: 'resolve', configurable: true });
  meta.url = record.url;
  return meta;
}

// import.meta.resolve does not look whether the file is there.
function resolveLoose(specifier, parentURL) {
  try {
    return resolve(specifier, parentURL);
  } catch (err) {
    if ((err.code === 'ERR_MODULE_NOT_FOUND' || err.code === 'ERR_UNSUPPORTED_DIR_IMPORT') && err.url !== undefined) return err.url;
    throw err;
  }
}

// The line of the first await, for the warning that it never ended.
function awaitLine(source) {
  const lines = source.split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (/\bawait\b/.test(lines[i]) && !/^\s*(\/\/|\*)/.test(lines[i])) return { number: i + 1, text: lines[i] };
  }
  return { number: 1, text: lines[0] };
}

// What is imported by name must be there.
function checkNames(record) {
  for (let i = 0; i < record.specifiers.length; i++) {
    const names = record.names[i];
    if (names.length === 0) continue;
    const dep = record.deps[record.specifiers[i]];
    if (dep.status !== kDone) continue;
    const from = dep.format === 'module' ? dep.module.exports : dep.namespace;
    for (let j = 0; j < names.length; j++) {
      if (names[j] in from && names[j] !== '__esModule') continue;
      const specifier = record.specifiers[i];
      if (dep.format === 'commonjs') {
        throw new SyntaxError(`Named export '${names[j]}' not found. The requested module '${specifier}' is a CommonJS module, ` +
          'which may not support all module.exports as named exports.\nCommonJS modules can always be imported via the default ' +
          `export, for example using:\n\nimport pkg from '${specifier}';\nconst { ${names.filter((n) => n !== 'default').join(', ')} } = pkg;\n`);
      }
      throw new SyntaxError(`The requested module '${specifier}' does not provide an export named '${names[j]}'`);
    }
  }
}

function run(record) {
  checkNames(record);
  const ns = (specifier) => namespaceOf(record.deps[specifier]);
  const dynamic = (specifier, options) => importModule(specifier, record.url, options);
  const raw = (specifier) => {
    const dep = record.deps[specifier];
    return dep.format === 'module' ? dep.module.exports : dep.namespace;
  };
  return record.fn.call(undefined, record.module, ns, raw, dynamic, importMeta(record));
}

// Returns undefined if the module is evaluated, or a promise.
function evaluate(record) {
  switch (record.status) {
    case kDone: return undefined;
    case kFailed: throw record.error;
    case kEvaluating: return record.promise === null ? undefined : record.promise;
  }
  record.status = kEvaluating;
  try {
    if (record.format !== 'module') {
      evaluateOther(record);
      record.status = kDone;
      return undefined;
    }
    const waits = [];
    for (let i = 0; i < record.order.length; i++) {
      const dep = record.order[i];
      const wait = evaluate(dep);
      if (wait !== undefined && !waits.includes(wait)) waits.push(wait);
    }
    if (waits.length === 0 && !record.async) {
      run(record);
      settle(record);
      return undefined;
    }
    record.promise = (waits.length === 0 ? Promise.resolve() : Promise.all(waits)).then(() => run(record)).then(
      () => { settle(record); },
      (err) => {
        fail(record, err);
        throw err;
      });
    return record.promise;
  } catch (err) {
    fail(record, err);
    throw err;
  }
}

function settle(record) {
  record.status = kDone;
  namespaceOf(record);
  fill(record.namespace, record.module.exports, Object.getOwnPropertyNames(record.module.exports));
  Object.preventExtensions(record.namespace);
}
function fail(record, err) {
  record.status = kFailed;
  record.error = err;
}

// --- Entry points

function optionsType(options) {
  if (options === undefined || options === null || typeof options !== 'object') return undefined;
  const attributes = options.with;
  if (attributes === undefined || attributes === null) return undefined;
  for (const key of Object.keys(attributes)) {
    if (key !== 'type') {
      throw makeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED', `Import attribute "${key}" with value "${attributes[key]}" is not supported`);
    }
  }
  return attributes.type;
}

// import(): parent is a URL or a path.
function importModule(specifier, parent, options) {
  let text, type;
  try {
    text = `${specifier}`;
    type = optionsType(options);
  } catch (err) {
    return Promise.reject(err);
  }
  // Nothing is loaded or run before the caller goes on.
  return Promise.resolve().then(() => {
    const parentURL = native.isAbsolute(parent) ? pathToFileURL(parent).href : parent;
    native.forget();
    const record = getRecord(resolve(text, parentURL), type);
    link(record);
    const wait = evaluate(record);
    return wait === undefined ? namespaceOf(record) : wait.then(() => namespaceOf(record));
  });
}

// require() of an ES module: synchronous, or not at all.
function hasAsync(record, seen = new Set()) {
  if (seen.has(record)) return false;
  seen.add(record);
  if (record.async) return true;
  if (record.order !== null) {
    for (let i = 0; i < record.order.length; i++) if (hasAsync(record.order[i], seen)) return true;
  }
  return false;
}

function requireModule(filename, source) {
  const url = pathToFileURL(filename).href;
  let record = records.get(url);
  if (record === undefined) {
    record = new Record(url, 'module');
    record.source = source;
    records.set(url, record);
  }
  if (record.status === kEvaluating) {
    throw makeError(Error, 'ERR_REQUIRE_CYCLE_MODULE',
      `Cannot require() ES Module ${filename} in a cycle. A cycle involving require(esm) is not allowed to maintain invariants ` +
      'mandated by the ECMAScript specification. Try making at least part of the dependency in the graph lazily loaded.');
  }
  link(record);
  if (hasAsync(record)) {
    throw makeError(Error, 'ERR_REQUIRE_ASYNC_MODULE',
      'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await ' +
      `comes from, use --experimental-print-required-tla.\n  Requiring ${filename} `);
  }
  evaluate(record);
  const ns = namespaceOf(record);
  if (Object.prototype.hasOwnProperty.call(ns, 'module.exports')) return ns['module.exports'];
  const names = Object.getOwnPropertyNames(ns);
  if (!names.includes('default') || names.includes('__esModule')) return ns;
  const wrapped = Object.create(null);
  fill(wrapped, ns, names);
  Object.defineProperty(wrapped, '__esModule', { __proto__: null, value: true, enumerable: true, configurable: true });
  return wrapped;
}

// Runs the main module: like all asynchronous things from a promise job.
function runEntry(getEntry) {
  let record;
  const pending = () => {
    if (process.exitCode !== undefined && process.exitCode !== null) return;
    process.exitCode = 13;
    if (!require('internal/options').getOptionValue('--warnings')) return;
    const at = record.awaitLine || (record.order || []).map((r) => r.awaitLine).find((l) => l) || { number: 1, text: '' };
    internalBinding('process').rawDebug(`Warning: Detected unsettled top-level await at ${record.url}:${at.number}\n${at.text}\n^\n\n\n`);
  };
  const { setPendingMain } = require('internal/process/execution');
  const finished = () => setPendingMain(null);
  const failed = (err) => {
    finished();
    internalBinding('runtime').triggerUncaughtException(err, true);
  };
  Promise.resolve().then(() => {
    let wait;
    try {
      native.forget();
      record = getEntry();
      record.isMain = true;
      link(record);
      setPendingMain(pending);
      wait = evaluate(record);
    } catch (err) {
      failed(err);
      return;
    }
    if (wait === undefined) finished();
    else wait.then(finished, failed);
  });
}

function runMainModule(path) {
  runEntry(() => getRecord(pathToFileURL(path).href));
}

// --input-type=module, or module syntax in --eval and standard input.
function evalModule(source, name, print) {
  const url = `${pathToFileURL(`${native.resolve('', '.')}/`).href}${name === '[eval]' ? '[eval1]' : name}`;
  const record = new Record(url, 'module');
  record.source = source;
  records.set(url, record);
  runEntry(() => record);
}

// import for --import: before the main module.
function importAll(specifiers, then) {
  const base = pathToFileURL(`${native.resolve('', '.')}/`).href;
  let i = 0;
  const next = () => {
    while (i < specifiers.length) {
      const specifier = specifiers[i++];
      native.forget();
      const record = getRecord(resolve(native.isAbsolute(specifier) ? pathToFileURL(specifier).href : specifier, base));
      link(record);
      const wait = evaluate(record);
      if (wait !== undefined) {
        wait.then(next, (err) => internalBinding('runtime').triggerUncaughtException(err, true));
        return;
      }
    }
    then();
  };
  next();
}

// module.syncBuiltinESMExports: what programs have put on built-in modules.
function syncBuiltins() {
  for (const record of records.values()) {
    if (record.format !== 'builtin' || record.namespace === null) continue;
    const value = record.namespace.default;
    const names = Object.keys(record.namespace);
    for (let i = 0; i < names.length; i++) {
      if (names[i] === 'default') continue;
      const d = Object.getOwnPropertyDescriptor(record.namespace, names[i]);
      if (d.get === undefined) record.namespace[names[i]] = value[names[i]];
    }
  }
}

module.exports = { syncBuiltins, evalModule, importAll, importModule, requireModule, resolve, runMainModule };
