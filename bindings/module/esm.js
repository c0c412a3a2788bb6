'use strict';
// The host's side of ES modules: what a specifier stands for, where source comes
// from, what a module's exports are that is none; import(), import.meta, the
// main module. Linking and evaluation are Go (internal/esm).

const {
  native, builtinId, getConditions, Module, hooks: hookState, isExecuting, loadSource, looksLikeModule, requireStack,
} = require('internal/modules/cjs/loader');
const { makeNodeError } = internalBinding('errors');
const { codes } = require('internal/errors');
const { pathToFileURL, fileURLToPath } = require('internal/url');
const records = native.esm();

const kEvaluating = 3, kEvaluated = 5; // of records.status

const jobs = new Map(); // url, and type if there is one → job
const byNumber = [];    // a module's number → job

function makeError(Base, code, message) { return makeNodeError(Base, code, message); }

// --- Resolution: a specifier to a URL

let importConditions;
function conditions() {
  return importConditions ??= getConditions().map((c) => (c === 'require' ? 'import' : c));
}

const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:/;
function isURL(specifier) {
  return scheme.test(specifier) && !(process.platform === 'win32' && /^[a-zA-Z]:[\\/]/.test(specifier));
}

function pathOf(url) { return url.startsWith('file:') ? fileURLToPath(url) : url; }

function refuse(specifier, parentURL) {
  return makeError(TypeError, 'ERR_UNSUPPORTED_RESOLVE_REQUEST',
    `Failed to resolve module specifier "${specifier}" from "${parentURL}": Invalid relative URL or base scheme is not hierarchical.`);
}

function isRelative(specifier) {
  return specifier[0] === '/' || (specifier[0] === '.' && (specifier.length === 1 || specifier[1] === '/' ||
    (specifier[1] === '.' && (specifier.length === 2 || specifier[2] === '/'))));
}

function defaultResolve(specifier, parentURL, conds = conditions()) {
  const plain = records.resolveFile(specifier, parentURL);
  if (plain !== undefined) return plain;
  const id = builtinId(specifier);
  if (id !== undefined) return `node:${id}`;
  if (isRelative(specifier)) {
    if (parentURL === undefined) return finish(new URL(specifier, baseURL()).href, parentURL, specifier);
    if (!parentURL.startsWith('file:')) {
      const parsed = URL.canParse(specifier, parentURL) ? new URL(specifier, parentURL) : undefined;
      if (parsed === undefined || parentURL.startsWith('data:')) throw refuse(specifier, parentURL);
      return parsed.protocol === 'file:' ? finish(parsed.href, parentURL, specifier) : parsed.href;
    }
    return finish(new URL(specifier, parentURL).href, parentURL, specifier);
  }
  if (isURL(specifier) && URL.canParse(specifier)) {
    const url = new URL(specifier);
    if (url.protocol === 'node:') throw new codes.ERR_UNKNOWN_BUILTIN_MODULE(specifier);
    // Other schemes may be a hook's; the loading says whether they are not.
    return url.protocol === 'file:' ? finish(url.href, parentURL, specifier) : url.href;
  }
  if (parentURL !== undefined && !parentURL.startsWith('file:')) {
    if (parentURL.startsWith('data:') || !URL.canParse(specifier, parentURL)) throw refuse(specifier, parentURL);
    throw new codes.ERR_INVALID_URL(specifier);
  }
  const path = native.esmResolve(specifier, parentURL === undefined ? native.resolve('', '[eval1]') : pathOf(parentURL), conds);
  if (path.startsWith('node:')) return path;
  return finish(pathToFileURL(path).href, parentURL, specifier);
}
function checkScheme(protocol) {
  if (protocol === 'file:' || protocol === 'data:' || protocol === 'node:') return;
  let message = 'Only URLs with a scheme in: file and data are supported by the default ESM loader.';
  if (process.platform === 'win32' && protocol.length === 2) {
    message += ' On Windows, absolute paths must be valid file:// URLs.';
  }
  throw makeError(Error, 'ERR_UNSUPPORTED_ESM_URL_SCHEME', `${message} Received protocol '${protocol}'`);
}

let base;
function baseURL() { return base ??= pathToFileURL(`${native.resolve('', '.')}/`).href; }

// The file must be there; links are followed, the query stays.
function finish(url, parentURL, specifier) {
  const from = parentURL === undefined ? '' : ` imported from ${pathOf(parentURL)}`;
  const cut = url.search(/[?#]/);
  if (/%2f|%5c/i.test(cut < 0 ? url : url.slice(0, cut))) {
    throw makeError(TypeError, 'ERR_INVALID_MODULE_SPECIFIER',
      `Invalid module "${specifier}" must not include encoded "/" or "\\" characters${from}`);
  }
  let path;
  try {
    path = fileURLToPath(url);
  } catch (err) {
    err.input = url;
    err.module = `${parentURL}`;
    throw err;
  }
  const kind = path.endsWith('/') ? 1 : native.stat(path);
  if (kind !== 0) {
    const err = kind === 1 ?
      makeError(Error, 'ERR_UNSUPPORTED_DIR_IMPORT', `Directory import '${path}' is not supported resolving ES modules${from}`) :
      makeError(Error, 'ERR_MODULE_NOT_FOUND', `Cannot find module '${path}'${from}`);
    // However Error.prototype has been changed.
    Object.defineProperty(err, 'url', { __proto__: null, value: url, writable: true, enumerable: true, configurable: true });
    throw err;
  }
  const real = native.settle(path);
  return pathToFileURL(real).href + (cut < 0 ? '' : url.slice(cut));
}

// What require would have found is worth a hint.
function resolveWithHint(specifier, parentURL, conds) {
  try {
    return defaultResolve(specifier, parentURL, conds);
  } catch (err) {
    if (err.code === 'ERR_MODULE_NOT_FOUND' || err.code === 'ERR_UNSUPPORTED_DIR_IMPORT') {
      const found = asCommonJS(specifier, parentURL);
      if (found !== undefined && err.stack !== undefined) {
        const hint = `Did you mean to import ${JSON.stringify(found)}?`;
        const lines = err.stack.split('\n');
        Object.defineProperty(err, 'stack', {
          __proto__: null, configurable: true, writable: true, value: [lines[0], hint, ...lines.slice(1)].join('\n'),
        });
        err.message += `\n${hint}`;
      }
    }
    throw err;
  }
}

function encoded(path) { return encodeURI(path).replace(/[?#]/g, encodeURIComponent); }

function asCommonJS(specifier, parentURL) {
  if (parentURL === undefined || !parentURL.startsWith('file:') || specifier.startsWith('#')) return undefined;
  try {
    const parent = fileURLToPath(parentURL);
    const m = new Module(parent, null);
    m.filename = parent;
    m.paths = Module._nodeModulePaths(m.path);
    const target = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier;
    const found = Module._resolveFilename(target, m, false);
    if (builtinId(found) !== undefined) return undefined;
    // A file of a package: the way to it from the package's name on.
    const name = target[0] === '@' ? target.split('/').slice(0, 2).join('/') : target.split('/')[0];
    const at = found.replaceAll('\\', '/').lastIndexOf(`/node_modules/${name}/`);
    if (isRelative(target) || native.isAbsolute(target) || at < 0) {
      let text = require('path').relative(native.dirname(parent), found).split(require('path').sep).join('/');
      if (!text.startsWith('../')) text = `./${text}`;
      return encoded(text);
    }
    return encoded(found.slice(at + '/node_modules/'.length));
  } catch {
    return undefined;
  }
}

function resolve(specifier, parentURL, attributes) {
  if (hookState.asynchronous) return resolveAnew(specifier, parentURL, attributes);
  // What has been found is found again, whatever becomes of the file.
  const type = attributes === undefined ? '' : attributes.type;
  const key = `${parentURL}\0${specifier}\0${type}`;
  let found = resolved.get(key);
  if (found === undefined) resolved.set(key, found = resolveAnew(specifier, parentURL, attributes));
  return found;
}
const resolved = new Map();

function resolveAnew(specifier, parentURL, attributes) {
  if (hookState.resolve !== null) {
    const found = hookState.resolve(specifier, parentURL, attributes, conditions(),
      (s, p, c) => {
        const url = resolveWithHint(s, p, c);
        return { __proto__: null, url, format: formatHint(url) };
      });
    return builtinId(found.url) === undefined || found.url.startsWith('node:') ? found : { ...found, url: `node:${found.url}` };
  }
  return resolveWithHint(specifier, parentURL);
}

// --- Loading

const extensions = {
  '__proto__': null, '.mjs': 'module', '.cjs': 'commonjs', '.json': 'json', '.node': 'addon', '.wasm': 'wasm',
  '.mts': 'module-typescript', '.cts': 'commonjs-typescript',
};

// The format of a file, "detect" where only its text tells.
function formatOf(url, path) {
  const ext = native.extname(path);
  const known = extensions[ext];
  if (known !== undefined) return known;
  switch (ext) {
    case '.js':
    case '': {
      const kind = native.packageType(path);
      return kind === 'none' ? 'detect' : kind;
    }
    case '.ts':
    case '.tsx':
    case '.jsx': {
      const kind = native.packageType(path);
      if (ext === '.jsx') return kind === 'commonjs' ? 'commonjs-typescript' : 'module-typescript';
      return kind === 'module' ? 'module-typescript' : kind === 'commonjs' ? 'commonjs-typescript' : 'detect-typescript';
    }
  }
  return undefined;
}

function unknownExtension(url, path) {
  const ext = native.extname(path);
  return makeError(TypeError, 'ERR_UNKNOWN_FILE_EXTENSION', `Unknown file extension "${ext}" for ${path}`);
}

function checkType(url, format, type) {
  switch (type) {
    case undefined:
      if (format === 'json') {
        throw makeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_MISSING', `Module "${url}" needs an import attribute of "type: json"`);
      }
      return;
    case 'json':
      if (format !== 'json') {
        throw makeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE', `Module "${url}" is not of type "json"`);
      }
      return;
    default:
      throw unsupportedAttribute('type', type, url);
  }
}

// An import's attributes, in an object or a flat list: its type.
function typeOf(attributes, url) {
  if (attributes === undefined) return undefined;
  const keys = Object.keys(attributes);
  for (let i = 0; i < keys.length; i++) {
    if (keys[i] !== 'type') {
      throw unsupportedAttribute(keys[i], attributes[keys[i]], url);
    }
  }
  return attributes.type;
}

function unsupportedAttribute(key, value, url) {
  return makeError(TypeError, 'ERR_IMPORT_ATTRIBUTE_UNSUPPORTED', `Import attribute "${key}" with value "${value}" is not supported in ${url}`);
}

function attributesOf(flat) {
  const o = { __proto__: null };
  for (let i = 0; i < flat.length; i += 2) o[flat[i]] = flat[i + 1];
  return o;
}

const mimes = {
  '__proto__': null, 'text/javascript': 'module', 'application/javascript': 'module', 'application/json': 'json',
  'application/wasm': 'wasm',
};

function dataURL(url) {
  const m = /^data:([^,;]*)([^,]*),(.*)$/s.exec(url);
  if (m === null) throw new codes.ERR_INVALID_URL(url);
  const body = m[3].replace(/#.*$/s, '');
  const text = /;base64$/i.test(m[2]) ? Buffer.from(decodeURIComponent(body), 'base64').toString() : decodeURIComponent(body);
  const format = mimes[m[1].toLowerCase()];
  if (format === undefined) {
    throw makeError(RangeError, 'ERR_UNKNOWN_MODULE_FORMAT', `Unknown module format: ${m[1] === '' ? null : m[1]} for URL ${url}`);
  }
  return [format, text];
}

const jsonModules = new Map();

// A job is what the host knows of a module.
class Job {
  constructor(url, format) {
    this.url = url;
    this.format = format;
    this.path = url.startsWith('file:') ? fileURLToPath(url) : url;
    this.number = -1;
    this.specifiers = undefined;
    this.attributes = undefined;
    this.ready = false; // its dependencies are known
    this.source = undefined;
    this.isMain = false;
    this.host = undefined;
    this.module = undefined; // a CommonJS module that is already there
  }
}

function add(job, number) {
  job.number = number;
  byNumber[number] = job;
}

function text(source) {
  if (typeof source === 'string') return source;
  return Buffer.from(source.buffer ?? source, source.byteOffset, source.byteLength).toString();
}

// The format and, where it had to be read already, the source of a URL.
function inspectSource(url) {
  if (url.startsWith('node:')) return ['builtin', undefined];
  if (url.startsWith('data:')) return dataURL(url);
  const protocol = url.slice(0, url.indexOf(':') + 1);
  checkScheme(protocol);
  const path = fileURLToPath(url);
  const format = formatOf(url, path);
  if (format === undefined) throw unknownExtension(url, path);
  if (format === 'detect' || format === 'detect-typescript') {
    const source = native.readFile(path);
    return [detect(source, url, path, format === 'detect-typescript'), source];
  }
  return [format, undefined];
}

function detect(source, url, path, typed) {
  if (!looksLikeModule(source, path)) return typed ? 'commonjs-typescript' : 'commonjs';
  warnTypeless(url, path);
  return typed ? 'module-typescript' : 'module';
}

const warned = new Set();
function warnTypeless(url, path) {
  const pkg = native.findPackage(path);
  if (pkg === undefined || warned.has(pkg)) return;
  warned.add(pkg);
  process.emitWarning(`Module type of ${url} is not specified and it doesn't parse as CommonJS.\n` +
    'Reparsing as ES module because module syntax was detected. This incurs a performance overhead.\n' +
    `To eliminate this warning, add "type": "module" to ${pkg}.`, { code: 'MODULE_TYPELESS_PACKAGE_JSON' });
}

function getJob(url, type, hint, attributes) {
  const key = type === undefined ? url : `${url}\0${type}`;
  let job = jobs.get(key);
  if (job !== undefined) return job;
  let format, source;
  if (hookState.load !== null && !(url.startsWith('node:') && hookState.load === undefined)) {
    const loaded = hookState.load(url, hint, attributes, conditions(), defaultLoad);
    format = loaded.format;
    source = loaded.source;
    if (format === 'commonjs' && (source === null || source === undefined)) source = undefined;
    else if (source !== undefined && source !== null) source = format === 'wasm' ? source : text(source);
  } else if (hint !== undefined && hint !== null) {
    format = hint;
  } else {
    const found = inspectSource(url);
    format = found[0];
    source = found[1];
  }
  checkType(url, format, type);
  job = new Job(url, format);
  job.source = source ?? undefined;
  parse(job);
  jobs.set(key, job);
  return job;
}

// What load hooks get from the last nextLoad: the source of everything that has one.
function defaultLoad(url, context) {
  const hinted = context?.format;
  let format, source;
  if (hinted !== undefined && hinted !== null) {
    format = hinted;
  } else {
    const found = inspectSource(url);
    format = found[0];
    source = found[1];
  }
  const type = context?.importAttributes === undefined ? undefined : typeOf(context.importAttributes, url);
  checkType(url, format, type);
  if (format === 'builtin') return { __proto__: null, format, source: null };
  if (format === 'commonjs' && hookState.asynchronous) return { __proto__: null, format, source: null };
  if (source === undefined) {
    source = url.startsWith('data:') ? dataURL(url)[1] : native.readFile(fileURLToPath(url));
  }
  return { __proto__: null, format, source: Buffer.from(source) };
}

// What nextResolve says of a URL's format without reading it.
function formatHint(url) {
  if (url.startsWith('node:')) return 'builtin';
  if (url.startsWith('data:')) return mimes[/^data:([^,;]*)/.exec(url)[1]];
  if (!url.startsWith('file:')) return undefined;
  const path = fileURLToPath(url);
  const format = formatOf(url, path);
  return format === 'detect' || format === 'detect-typescript' ? undefined : format;
}

// Makes the job's module: its text is parsed, or its exports found.
function parse(job) {
  switch (job.format) {
    case 'module':
    case 'module-typescript': {
      const source = job.source === undefined ? native.readFile(job.path) : job.source;
      internalBinding('runtime').noteSource(job.url, source);
      const parsed = job.format === 'module' ? records.parse(job.url, source, '', false, false) :
        records.parse(job.url, source, job.url.startsWith('file:') ? native.tsconfig(job.path) : '', false, true);
      job.source = undefined;
      add(job, parsed[0]);
      job.specifiers = parsed[1];
      job.attributes = parsed[2];
      return;
    }
    case 'builtin': return builtin(job);
    case 'json': return json(job);
    case 'commonjs':
    case 'commonjs-typescript': return commonjs(job);
    case 'wasm':
    case 'addon': {
      if (job.url.startsWith('file:')) throw unknownExtension(job.url, job.path);
    }
  }
  throw makeError(RangeError, 'ERR_UNKNOWN_MODULE_FORMAT', `Unknown module format: ${job.format} for URL ${job.url}`);
}

const builtinJobs = [];

function builtin(job) {
  const value = Module._load(job.url);
  const names = ['default'];
  const keys = Object.keys(value);
  for (let i = 0; i < keys.length; i++) if (keys[i] !== 'default') names.push(keys[i]);
  const number = records.synthetic(job.url, names, false, () => {}, 'builtin');
  add(job, number);
  job.ready = true;
  job.value = value;
  records.setExport(number, 'default', value);
  const read = (name) => value[name];
  for (let i = 1; i < names.length; i++) {
    // Some getters warn, or load much: not before somebody asks.
    if (Object.getOwnPropertyDescriptor(value, names[i])?.get !== undefined) records.setLazy(number, names[i], read);
    else records.setExport(number, names[i], value[names[i]]);
  }
  job.names = names;
  builtinJobs.push(job);
}

// module.syncBuiltinESMExports: what programs have put on built-in modules.
function syncBuiltins() {
  for (let i = 0; i < builtinJobs.length; i++) {
    const { number, names, value } = builtinJobs[i];
    for (let j = 1; j < names.length; j++) {
      const d = Object.getOwnPropertyDescriptor(value, names[j]);
      if (d === undefined) records.setExport(number, names[j], undefined);
      else if (d.get === undefined) records.setExport(number, names[j], d.value);
      else records.setExport(number, names[j], value[names[j]]);
    }
  }
}

function json(job) {
  const number = records.synthetic(job.url, ['default'], true, () => {
    let source = job.source === undefined ? native.readFile(job.path) : job.source;
    job.source = undefined;
    const key = job.url;
    let value;
    if (jsonModules.has(key)) {
      value = jsonModules.get(key);
    } else {
      const shared = job.url.startsWith('file:') && !/[?#]/.test(job.url); // with require()
      const cached = shared ? Module._cache[job.path] : undefined;
      if (cached !== undefined && cached.loaded) {
        value = cached.exports;
      } else {
        if (source.charCodeAt(0) === 0xFEFF) source = source.slice(1);
        try {
          value = JSON.parse(source);
        } catch (err) {
          err.message = `${job.path}: ${err.message}`;
          throw err;
        }
        if (shared) {
          const m = new Module(job.path);
          m.filename = job.path;
          m.exports = value;
          m.loaded = true;
          Module._cache[job.path] = m;
        }
      }
      jsonModules.set(key, value);
    }
    records.setExport(number, 'default', value);
  }, 'json');
  add(job, number);
  job.ready = true;
}

function commonjs(job) {
  const cached = Module._cache[job.path];
  let names;
  if (cached !== undefined && cached.loaded) {
    names = namesOf(cached.exports);
  } else {
    names = new Set();
    findExports(job.path, job.source, names, new Set());
  }
  if (names.has('default')) names.delete('default');
  names.delete('module.exports');
  const list = ['default', 'module.exports'];
  for (const name of names) list.push(name);
  const number = records.synthetic(job.url, list, true, () => {
    const source = job.source;
    job.source = undefined;
    const query = /[?#]/.test(job.url);
    let exports;
    if (source !== undefined && (hookState.load !== null || query)) {
      exports = loadSource(job.path, source, job.url, job.isMain);
    } else if (query) {
      exports = loadSource(job.path, native.readFile(job.path), job.url, job.isMain);
    } else {
      exports = Module._load(job.path, undefined, job.isMain);
    }
    for (let i = 2; i < list.length; i++) {
      if (exports === null || exports === undefined || !Object.prototype.hasOwnProperty.call(exports, list[i])) continue;
      let value;
      try {
        value = exports[list[i]];
      } catch {
        continue; // a getter that throws: undefined then
      }
      records.setExport(number, list[i], value);
    }
    records.setExport(number, 'default', exports);
    records.setExport(number, 'module.exports', exports);
  }, 'commonjs');
  add(job, number);
  job.ready = true;
}

// The exports of a CommonJS file that can be read off its text, with those of
// the files that it passes on.
function findExports(path, source, names, seen) {
  if (seen.has(path)) return;
  seen.add(path);
  if (source === undefined) {
    if (native.stat(path) !== 0) return;
    source = native.readFile(path);
  }
  const found = records.cjsExports(source, path);
  for (let i = 0; i < found[0].length; i++) names.add(found[0][i]);
  const reexports = found[1];
  for (let i = 0; i < reexports.length; i++) {
    const m = new Module(path, null);
    m.filename = path;
    m.paths = Module._nodeModulePaths(m.path);
    let next;
    try {
      next = Module._resolveFilename(reexports[i], m, false);
    } catch {
      continue; // it will fail when it runs, if it does
    }
    if (builtinId(next) !== undefined) {
      const keys = Object.keys(Module._load(next));
      for (let j = 0; j < keys.length; j++) names.add(keys[j]);
      continue;
    }
    const ext = native.extname(next);
    if (ext === '.json' || ext === '.node' || ext === '.mjs') continue;
    const cached = Module._cache[next];
    if (cached !== undefined && cached.loaded) for (const name of namesOf(cached.exports)) names.add(name);
    else findExports(next, undefined, names, seen);
  }
}

function namesOf(value) {
  const names = new Set();
  if ((typeof value === 'object' && value !== null) || typeof value === 'function') {
    const keys = Object.keys(value);
    for (let i = 0; i < keys.length; i++) names.add(keys[i]);
  }
  return names;
}

// Finds and parses all that a module depends on.
function loadGraph(job, sync = false) {
  if (job.ready) return;
  const todo = [job], begun = [];
  try {
    while (todo.length > 0) {
      const next = todo.pop();
      if (next.ready) continue;
      next.ready = true;
      begun.push(next);
      const { specifiers, attributes } = next;
      const deps = [];
      for (let i = 0; i < specifiers.length; i++) {
        const attrs = attributes[i] === undefined ? undefined : attributesOf(attributes[i]);
        const dep = jobFor(specifiers[i], next.url, attrs);
        if (sync) checkCycle(dep, specifiers[i], next);
        deps.push(dep.number);
        if (!dep.ready) todo.push(dep);
      }
      records.setDeps(next.number, deps);
    }
  } catch (err) {
    for (let i = 0; i < begun.length; i++) {
      begun[i].ready = false;
    }
    throw err;
  }
}

// What require() loads cannot wait for a module that is running.
function checkCycle(dep, specifier, parent) {
  const which = dep.format === 'module' && records.status(dep.number) === kEvaluating ? '' :
    dep.format === 'commonjs' && isExecuting(dep.path) ? 'CommonJS ' : undefined;
  if (which !== undefined) {
    throw makeError(Error, 'ERR_REQUIRE_CYCLE_MODULE', `Cannot import ${which}Module ${specifier} in a cycle. (from ${parent.path})`);
  }
}

// --- import.meta and import()

class Host {
  #job;
  #meta;
  constructor(job) { this.#job = job; }

  get meta() { return this.#meta ??= importMeta(this.#job); }
  import(specifier, options) { return importModule(specifier, this.#job.url, options); }
}
records.setHost((number) => {
  const job = byNumber[number];
  return job.host ??= new Host(job);
});

function importMeta(job) {
  const meta = { __proto__: null };
  const { url } = job;
  if (job.initializeMeta !== undefined) {
    job.initializeMeta(meta);
    return meta;
  }
  if (url.startsWith('file:')) {
    meta.dirname = native.dirname(job.path);
    meta.filename = job.path;
  }
  meta.main = job.isMain;
  const resolveMeta = {
    resolve(specifier, parent) {
      if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('specifier');
      specifier = `${specifier}`;
      let from = url;
      if (parent !== undefined && require('internal/options').getOptionValue('--experimental-import-meta-resolve')) {
        if (typeof parent !== 'string' && !(parent instanceof URL)) throw new codes.ERR_INVALID_ARG_TYPE('parentURL', ['string', 'URL'], parent);
        from = `${parent}`;
      }
      return resolveLoose(specifier, from);
    },
  };
  meta.resolve = resolveMeta.resolve;
  meta.url = url;
  return meta;
}

// import.meta.resolve does not look whether the file is there.
function resolveLoose(specifier, parentURL) {
  try {
    if (hookState.resolve === null) {
      if (isURL(specifier) && URL.canParse(specifier) && !specifier.startsWith('file:')) {
        if (specifier.startsWith('node:')) return specifier;
        return new URL(specifier).href;
      }
      return defaultResolve(specifier, parentURL);
    }
    const found = resolveAnew(specifier, parentURL, undefined);
    return typeof found === 'string' ? found : found.url;
  } catch (err) {
    if ((err.code === 'ERR_MODULE_NOT_FOUND' || err.code === 'ERR_UNSUPPORTED_DIR_IMPORT') && err.url !== undefined) {
      return specifier.endsWith('/') && !err.url.endsWith('/') ? `${err.url}/` : err.url;
    }
    throw err;
  }
}

function dynamicAttributes(options) {
  if (options === undefined) return undefined;
  if (options === null || (typeof options !== 'object' && typeof options !== 'function')) {
    throw new TypeError('The second argument to import() must be an object');
  }
  const attributes = options.with;
  if (attributes === undefined) return undefined;
  if (attributes === null || (typeof attributes !== 'object' && typeof attributes !== 'function')) {
    throw new TypeError("The 'with' option must be an object");
  }
  const o = { __proto__: null };
  const keys = Object.keys(attributes);
  for (let i = 0; i < keys.length; i++) {
    const value = attributes[keys[i]];
    if (typeof value !== 'string') throw new TypeError('Import attribute value must be a string');
    o[keys[i]] = value;
  }
  return o;
}

function jobFor(specifier, parentURL, attributes) {
  const found = resolve(specifier, parentURL, attributes);
  if (typeof found === 'string') return getJob(found, typeOf(attributes, found), undefined, attributes);
  const attrs = found.importAttributes ?? attributes;
  return getJob(found.url, typeOf(attrs, found.url), found.format, attrs);
}

// import(): parent is a URL or a path.
function importModule(specifier, parent, options) {
  let text, attributes;
  try {
    text = `${specifier}`;
    attributes = dynamicAttributes(options);
  } catch (err) {
    return Promise.reject(err);
  }
  const parentURL = parent !== undefined && native.isAbsolute(parent) ? pathToFileURL(parent).href : parent;
  // Nothing is loaded or run before the caller goes on.
  const load = () => Promise.resolve().then(() => {
    native.forget();
    return evaluateJob(jobFor(text, parentURL, attributes));
  });
  const tracing = require('internal/util').traced('module.import');
  return tracing === undefined ? load() : tracing.tracePromise(load, { parentURL, url: text });
}

function instantiate(job, sync) {
  loadGraph(job, sync);
  records.link(job.number);
}

// A promise of the namespace.
function evaluateJob(job) {
  instantiate(job);
  const done = records.evaluate(job.number);
  return done.then(() => records.namespace(job.number), (err) => {
    explain(err, job);
    throw err;
  });
}

const commonJSGlobal = /^(require|module|exports|__filename|__dirname) is not defined$/;
const explained = new WeakSet();

// A CommonJS module that is taken for an ES module.
function explain(err, job) {
  if (err === null || typeof err !== 'object' || err.name !== 'ReferenceError' || typeof err.message !== 'string' || explained.has(err)) return;
  const found = commonJSGlobal.exec(err.message);
  if (found === null) return;
  explained.add(err);
  const before = err.message;
  let message;
  if (records.findAwait(job.number, false) !== undefined) {
    const name = found[1] === 'require' ? 'require()' : found[1];
    const instead = { '__proto__': null, 'require()': 'import', 'module': 'export', 'exports': 'export',
                      '__filename': 'import.meta.filename', '__dirname': 'import.meta.dirname' }[name];
    message = `Cannot determine intended module format because both ${name} and top-level await are present. If the code is ` +
      `intended to be CommonJS, wrap await in an async function. If the code is intended to be an ES module, replace ${name} with ${instead}.`;
    err.code = 'ERR_AMBIGUOUS_MODULE_SYNTAX';
  } else {
    message = `${before} in ES module scope`;
    if (found[1] === 'require') message += ', you can use import instead';
    const pkg = job.path.endsWith('.js') && job.url.startsWith('file:') && native.packageType(job.path) === 'module' ? native.findPackage(job.path) : undefined;
    if (pkg !== undefined) {
      message += `\nThis file is being treated as an ES module because it has a '.js' file extension and '${pkg}' contains "type": "module". ` +
        'To treat it as a CommonJS script, rename it to use the \'.cjs\' file extension.';
    }
  }
  const { stack } = err;
  err.message = message;
  if (typeof stack === 'string') {
    Object.defineProperty(err, 'stack', {
      __proto__: null, value: stack.replace(before, () => message), writable: true, enumerable: false, configurable: true,
    });
  }
}

// --- require() of an ES module: synchronous, or not at all

function asyncError(filename, parent, place) {
  let message = 'require() cannot be used on an ESM graph with top-level await. Use import() instead. To see where the top-level await ' +
    'comes from, use --experimental-print-required-tla.';
  message += `\nRequired module: ${filename}`;
  const stack = requireStack(parent);
  if (stack.length > 0) message += `\nRequire stack:\n- ${stack.join('\n- ')}`;
  if (place !== undefined && require('internal/options').getOptionValue('--experimental-print-required-tla')) {
    internalBinding('process').rawDebug(`Error: unexpected top-level await at ${place[0]}:${place[1]}\n${place[3]}\n${' '.repeat(place[2] - 1)}^`);
  }
  return makeError(Error, 'ERR_REQUIRE_ASYNC_MODULE', message);
}

function cycleError(filename, parent) {
  return makeError(Error, 'ERR_REQUIRE_CYCLE_MODULE',
    `Cannot require() ES Module ${filename} in a cycle.${parent?.filename ? ` (from ${parent.filename})` : ''}`);
}

function requireModule(filename, source, typed, parent, url = pathToFileURL(filename).href) {
  let job = jobs.get(url);
  if (job === undefined) {
    job = new Job(url, typed ? 'module-typescript' : 'module');
    job.source = source;
    parse(job);
    jobs.set(url, job);
  }
  if (records.inProgress(job.number)) throw cycleError(filename, parent);
  instantiate(job, true);
  if (records.inProgress(job.number)) throw cycleError(filename, parent);
  const place = records.findAwait(job.number, false);
  if (place !== undefined) throw asyncError(filename, parent, place);
  try {
    records.evaluateSync(job.number);
  } catch (err) {
    explain(err, job);
    throw err;
  }
  return exportsOf(job.number);
}

const interops = new Map();

// What require() gives for a module: its namespace, or the export that says
// what; with a default export one that has __esModule besides, as Babel's
// importers expect it.
function exportsOf(number) {
  const ns = records.namespace(number);
  if (Object.prototype.hasOwnProperty.call(ns, 'module.exports')) return ns['module.exports'];
  if (!Object.prototype.hasOwnProperty.call(ns, 'default') || Object.prototype.hasOwnProperty.call(ns, '__esModule')) return ns;
  let wrapper = interops.get(number);
  if (wrapper === undefined) {
    const [interop] = records.parse('node:internal/modules/esm/interop',
      "export * from 'x'; export { default } from 'x'; export const __esModule = true;", '');
    records.setDeps(interop, [number]);
    records.link(interop);
    records.evaluateSync(interop);
    wrapper = records.namespace(interop);
    interops.set(number, wrapper);
  }
  return wrapper;
}

// --- Entry points

// Runs the main module: like all asynchronous things from a promise job.
function runEntry(getEntry) {
  let job;
  const pending = () => {
    if (process.exitCode !== undefined && process.exitCode !== null) return;
    process.exitCode = 13;
    if (!require('internal/options').getOptionValue('--warnings')) return;
    const place = job === undefined ? undefined : records.findAwait(job.number, true);
    let text = 'Warning: Detected unsettled top-level await';
    if (place !== undefined) text += ` at ${place[0]}:${place[1]}\n${place[3]}\n${' '.repeat(place[2] - 1)}^\n\n\n`;
    internalBinding('process').rawDebug(text);
  };
  const { setPendingMain } = require('internal/process/execution');
  const finished = () => setPendingMain(null);
  const failed = (err) => {
    finished();
    if (job !== undefined && job.number >= 0) explain(err, job);
    internalBinding('runtime').triggerUncaughtException(err, true);
  };
  setPendingMain(pending);
  Promise.resolve().then(() => {
    let done;
    try {
      native.forget();
      job = getEntry();
      job.isMain = true;
      instantiate(job);
      done = records.evaluate(job.number);
    } catch (err) {
      failed(err);
      return;
    }
    done.then(finished, failed);
  });
}

function runMainURL(url) {
  runEntry(() => {
    if (hookState.resolve === null) return getJob(url, undefined, undefined, undefined);
    return jobFor(url, undefined, undefined);
  });
}
function runMainModule(path) { runMainURL(pathToFileURL(path).href); }

let evals = 0;

// --input-type=module, or module syntax in --eval and standard input.
function evalModule(source, name, typed) {
  const url = `${baseURL()}${name === '[eval]' ? `[eval${++evals}]` : name}`;
  runEntry(() => {
    const job = new Job(url, typed ? 'module-typescript' : 'module');
    job.source = source;
    parse(job);
    jobs.set(url, job);
    return job;
  });
}

// import for --import: before the main module.
function importAll(specifiers, then) {
  let i = 0;
  const failed = (err) => internalBinding('runtime').triggerUncaughtException(err, true);
  const next = () => {
    while (i < specifiers.length) {
      const specifier = specifiers[i++];
      native.forget();
      const job = jobFor(native.isAbsolute(specifier) ? pathToFileURL(specifier).href : specifier, baseURL(), undefined);
      instantiate(job);
      const done = records.evaluate(job.number);
      if (records.status(job.number) === kEvaluated) continue;
      done.then(next).then(undefined, failed);
      return;
    }
    then();
  };
  next();
}

// Whether a text that no script could be, for the words that the error says, is
// a module: one with top-level await, or with a name that is the wrapper's.
function isModuleInstead(source, filename, err) {
  try {
    return records.parse(filename, source, '')[3] || /^Identifier '(?:module|exports|require|__filename|__dirname)' has/.test(err.message);
  } catch {
    return false;
  }
}

module.exports = {
  checkSyntax: records.check, cycleError, defaultLoad, defaultResolve: resolveWithHint, dynamicAttributes, evalModule, formatHint, importAll, importModule, isModuleInstead,
  requireModule, resolve, runMainModule, runMainURL, syncBuiltins,
};
