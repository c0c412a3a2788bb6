'use strict';
// Customization hooks: chains of resolve and load functions. Those of
// registerHooks run here, in the thread that imports or requires; those of
// register run in a thread of their own (hooks_worker.js), while this one waits.

const { codes } = require('internal/errors');
const { hooks: state, Module, builtinId, getConditions, native } = require('internal/modules/cjs/loader');
const { validateObject, validateString } = require('internal/validators');
const { pathToFileURL, fileURLToPath } = require('internal/url');

function warnAssertions() {
  process.emitWarning('Use `importAttributes` instead of `importAssertions`', 'ExperimentalWarning');
}

function isObject(value) { return value !== null && typeof value === 'object'; }

// A hook that neither went on nor said that it would not; hook is the name of an asynchronous one.
function unfinished(shortCircuit, name, hook) {
  return hook === " 'resolve'" || hook === " 'load'" ?
    new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('true', name, 'shortCircuit', shortCircuit) :
    new codes.ERR_LOADER_CHAIN_INCOMPLETE(hook);
}

function checkResolved(result, name, called, hook) {
  if (!isObject(result)) throw new codes.ERR_INVALID_RETURN_VALUE('an object', name, result);
  const { url, format, importAttributes, shortCircuit } = result;
  if (!called && shortCircuit !== true) throw unfinished(shortCircuit, name, hook);
  if (typeof url !== 'string' || (!URL.canParse(url) && builtinId(url) === undefined)) {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a URL string', name, 'url', url);
  }
  if (format !== undefined && format !== null && typeof format !== 'string') {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a string', name, 'format', format);
  }
  if (result.importAssertions !== undefined && importAttributes === undefined) {
    warnAssertions();
    return { ...result, importAttributes: result.importAssertions };
  }
  if (importAttributes !== undefined && !isObject(importAttributes)) {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('an object', name, 'importAttributes', importAttributes);
  }
  return result;
}

function checkLoaded(result, name, called, hook) {
  if (!isObject(result)) throw new codes.ERR_INVALID_RETURN_VALUE('an object', name, result);
  const { format, source, shortCircuit } = result;
  if (!called && shortCircuit !== true) throw unfinished(shortCircuit, name, hook);
  if (format !== undefined && format !== null && typeof format !== 'string') {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a string', name, 'format', format);
  }
  const fits = source === null || source === undefined || typeof source === 'string' || ArrayBuffer.isView(source) ||
    Object.prototype.toString.call(source).endsWith('ArrayBuffer]');
  if (!fits && format !== 'builtin') {
    throw new codes.ERR_INVALID_RETURN_PROPERTY_VALUE('a string, an ArrayBuffer, or a TypedArray', name, 'source', source);
  }
  return result;
}

// Runs a chain from its last member down to the default step. wait is how to go
// on with a result that may be a promise.
function run(chain, index, kind, first, context, last, check, wait) {
  if (index < 0) return last(first, context);
  const { fn, url } = chain[index];
  const name = `${url} '${kind}' hook's next${kind === 'resolve' ? 'Resolve' : 'Load'}()`;
  let called = false;
  const step = (nextFirst = first, nextContext) => {
    called = true;
    if (typeof nextFirst !== 'string') {
      validateString(nextFirst, `${name} ${kind === 'resolve' ? 'specifier' : 'url'}`);
    }
    if (kind === 'load' && !URL.canParse(nextFirst)) {
      throw new codes.ERR_INVALID_ARG_VALUE(`${name} url`, nextFirst, 'should be a URL string');
    }
    if (nextContext !== undefined) validateObject(nextContext, `${name} context`);
    if (nextContext?.importAssertions !== undefined && nextContext.importAttributes === undefined) {
      warnAssertions();
      nextContext = { ...nextContext, importAttributes: nextContext.importAssertions };
    }
    return run(chain, index - 1, kind, nextFirst, nextContext === undefined ? context : { ...context, ...nextContext }, last, check, wait);
  };
  const next = named(kind, step, wait);
  return wait(fn(first, context, next), (result) => check(result, name, called, `${url} '${kind}'`));
}

const immediately = (result, then) => then(result);

// The function that a hook gets: asynchronous where hooks are.
function named(kind, step, wait) {
  if (kind === 'resolve') {
    return wait === immediately ? function nextResolve(specifier, context) { return step(specifier, context); } :
      async function nextResolve(specifier, context) { return step(specifier, context); };
  }
  return wait === immediately ? function nextLoad(url, context) { return step(url, context); } :
    async function nextLoad(url, context) { return step(url, context); };
}

function resolveChain(chain, specifier, context, last, wait = immediately) {
  return run(chain, chain.length - 1, 'resolve', specifier, context, last, checkResolved, wait);
}
function loadChain(chain, url, context, last, wait = immediately) {
  return run(chain, chain.length - 1, 'load', url, context, last, checkLoaded, wait);
}

// --- Synchronous hooks

const resolvers = [], loaders = [];

class ModuleHooks {
  constructor(resolve, load) {
    this.resolve = resolve;
    this.load = load;
  }

  deregister() {
    for (const list of [resolvers, loaders]) {
      const i = list.findIndex((h) => h.owner === this);
      if (i >= 0) list.splice(i, 1);
    }
    connect();
  }
}

function registerHooks(hooks) {
  const { resolve, load } = hooks;
  const { validateFunction } = require('internal/validators');
  if (resolve !== undefined) validateFunction(resolve, 'hooks.resolve');
  if (load !== undefined) validateFunction(load, 'hooks.load');
  const owner = new ModuleHooks(resolve, load);
  if (resolve !== undefined) resolvers.push({ fn: resolve, url: '', owner });
  if (load !== undefined) loaders.push({ fn: load, url: '', owner });
  connect();
  return owner;
}

let thread = false; // there are hooks in the other thread

function connect() {
  state.resolve = resolvers.length > 0 || thread ? resolveImport : null;
  state.load = loaders.length > 0 || thread ? loadImport : null;
  state.resolveRequire = resolvers.length > 0 ? resolveRequire : null;
  state.loadRequire = loaders.length > 0 ? loadRequire : null;
  state.asynchronous = thread;
}

function resolveImport(specifier, parentURL, importAttributes, conditions, resolveDefault) {
  const context = { conditions, importAttributes: importAttributes ?? { __proto__: null }, parentURL };
  return resolveChain(resolvers, specifier, context, (s, c) => (thread ?
    callThread('resolve', [s, c]) :
    resolveDefault(s, c.parentURL, c.conditions)));
}

function loadImport(url, format, importAttributes, conditions, loadDefault) {
  const context = { conditions, format, importAttributes: importAttributes ?? { __proto__: null } };
  return loadChain(loaders, url, context, (u, c) => (thread ? callThread('load', [u, c]) : loadDefault(u, c)));
}

function pathOf(url) {
  if (url.startsWith('file:')) return fileURLToPath(url);
  return url;
}
function urlOf(filename) {
  if (builtinId(filename) !== undefined) return filename.startsWith('node:') ? filename : `node:${filename}`;
  return native.isAbsolute(filename) ? pathToFileURL(filename).href : filename;
}

const formats = { '__proto__': null, '.cjs': 'commonjs', '.mjs': 'module', '.json': 'json' };
function formatHint(filename) {
  if (filename.startsWith('node:')) return 'builtin';
  const ext = native.extname(filename);
  if (formats[ext] !== undefined) return formats[ext];
  if (ext !== '.js' || !native.isAbsolute(filename)) return undefined;
  const type = native.packageType(filename);
  return type === 'none' ? undefined : type;
}

// What require() stands for: a file name, or a URL that is none.
function resolveRequire(request, parent, isMain) {
  const parentURL = parent?.filename ? urlOf(parent.filename) : undefined;
  const context = { conditions: getConditions(), importAttributes: undefined, parentURL };
  const found = resolveChain(resolvers, request, context, (s) => {
    const filename = Module._resolveFilename(s.startsWith('file:') ? fileURLToPath(s) : s, parent, isMain);
    const url = urlOf(filename);
    return { __proto__: null, url, format: formatHint(url.startsWith('node:') ? url : filename) };
  });
  const url = builtinId(found.url) !== undefined ? urlOf(found.url) : found.url;
  return { filename: pathOf(url), url, format: found.format };
}

// Loads a module for require(); false leaves it to the loader.
function loadRequire(module, filename, url, format) {
  const context = { conditions: getConditions(), format: format ?? formatHint(filename), importAttributes: undefined };
  const loaded = loadChain(loaders, url, context, (u, c) => {
    if (u.startsWith('node:')) return { __proto__: null, format: 'builtin', source: null };
    return { __proto__: null, format: c.format, source: Buffer.from(native.readFile(pathOf(u))) };
  });
  if (loaded.format === 'builtin') return false;
  const { source } = loaded;
  if (source === null || source === undefined) return false;
  const text = typeof source === 'string' ? source : Buffer.from(source.buffer ?? source, source.byteOffset, source.byteLength).toString();
  let kind = loaded.format;
  if (kind === undefined || kind === null) {
    kind = require('internal/modules/cjs/loader').looksLikeModule(text, filename) ? 'module' : 'commonjs';
  }
  switch (kind) {
    case 'json':
      module.exports = JSON.parse(text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text);
      return true;
    case 'module':
    case 'module-typescript':
      module.exports = require('internal/modules/esm/loader').requireModule(filename, text, kind !== 'module', undefined, url);
      return true;
  }
  module._compile(text, filename, 'commonjs');
  return true;
}

// --- Hooks in a thread of their own

function callThread(method, args, data, transfer) {
  const message = data === undefined ? undefined : internalBinding('internal/messaging').encode(data, transfer);
  const reply = native.hooksCall(method, JSON.stringify(args), message);
  const value = reply[1] === '' ? undefined : JSON.parse(reply[1]);
  if (reply[0]) {
    if (reply[2] !== undefined) value.source = reply[2];
    return value;
  }
  throw revive(value);
}

// An error as it came from the other thread.
function revive(e) {
  if (!e.isError) return e.value;
  const Base = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError }[e.name] ?? Error;
  const err = new Base(e.message);
  Object.defineProperty(err, 'stack', { __proto__: null, value: e.stack, writable: true, configurable: true });
  for (const key of Object.keys(e.props)) err[key] = e.props[key];
  return err;
}

function register(specifier, parentURL, options) {
  if (isObject(parentURL) && !(typeof parentURL.href === 'string')) {
    options = parentURL;
    parentURL = options.parentURL;
  }
  const spec = isObject(specifier) && typeof specifier.href === 'string' ? specifier.href : `${specifier}`;
  let parent = parentURL === undefined ? 'data:' : isObject(parentURL) ? parentURL.href : `${parentURL}`;
  if (parent.startsWith('data:') && parent !== 'data:') parent = 'data:';
  callThread('register', [spec, parent], options?.data, options?.transferList);
  thread = true;
  connect();
}

module.exports = { ModuleHooks, loadChain, register, registerHooks, resolveChain, warnAssertions };
