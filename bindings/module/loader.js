'use strict';
// The CommonJS loader. What resolution computes is Go (internal/loader); this
// is the part that programs look into and patch.

const native = internalBinding('internal/modules/cjs/loader');
const { compileFunction, runScript, builtinNames, isLoaded } = internalBinding('runtime');
const builtinRequire = require;

const kMain = Symbol('kIsMainSymbol');
const kIsExecuting = Symbol('kIsExecuting');
const kIsESM = Symbol('kIsESM');
const kHooked = Symbol('kHooked'); // what resolve hooks made of it

const publicNames = { __proto__: null }; // name without scheme → needs the scheme
const builtinModules = [];
{
  const names = builtinNames();
  for (let i = 0; i < names.length; i++) {
    const name = names[i];
    if (name.startsWith('node:')) {
      publicNames[name.slice(5)] = true;
    } else {
      publicNames[name] = false;
    }
    builtinModules.push(name);
  }
}

// The id without scheme of a built-in module that programs may load.
function builtinId(request) {
  if (request.startsWith('node:')) {
    const id = request.slice(5);
    return publicNames[id] !== undefined ? id : undefined;
  }
  if (publicNames[request] === false) return request;
  if (internalsExposed && request.startsWith('internal/') && internalBinding('runtime').hasBuiltin(request)) return request;
  return undefined;
}
let internalsExposed = false;
function exposeInternals() { internalsExposed = true; }

function isBuiltin(id) { return typeof id === 'string' && builtinId(id) !== undefined; }

const parents = new WeakMap();

function updateChildren(parent, child, scan) {
  const children = parent?.children;
  if (children && !(scan && children.includes(child))) children.push(child);
}

function Module(id = '', parent) {
  this.id = id;
  this.path = native.dirname(id);
  Object.defineProperty(this, 'exports', { __proto__: null, value: {}, writable: true, enumerable: true, configurable: true });
  parents.set(this, parent);
  updateChildren(parent, this, false);
  this.filename = null;
  this.loaded = false;
  this.children = [];
}

Module.builtinModules = builtinModules;
Module._cache = { __proto__: null };
Module._pathCache = { __proto__: null };
Module._extensions = { __proto__: null };
Module.globalPaths = [];
Module._debug = function _debug() {};
Module.isBuiltin = isBuiltin;
Module.Module = Module;

let wrapper = ['(function (exports, require, module, __filename, __dirname) { ', '\n});'];
let wrapFunction = function(script) { return wrapper[0] + script + wrapper[1]; };
let patched = false; // maybe: somebody has, or has seen, the wrapper
function wrapPatched(content) { return patched ? wrapFunction(content) : undefined; }
Object.defineProperty(Module, 'wrap', {
  __proto__: null,
  get() { return wrapFunction; },
  set(value) { patched = true; wrapFunction = value; },
  configurable: true,
});
Object.defineProperty(Module, 'wrapper', {
  __proto__: null,
  get() { patched = true; return wrapper; },
  set(value) { patched = true; wrapper = value; },
  configurable: true,
});
Object.defineProperty(Module.prototype, 'constructor', {
  __proto__: null,
  get() { return Module; },
  set: undefined,
  configurable: false,
});
Object.defineProperty(Module.prototype, 'isPreloading', {
  __proto__: null,
  get() { return isPreloading; },
  configurable: true,
});
let parentDeprecation = false; // --pending-deprecation
function warnParent() {
  require('internal/util').emitDeprecation(
    'module.parent is deprecated due to accuracy issues. Please use require.main to find program entry point instead.', 'DEP0144');
}
function deprecateParent() { parentDeprecation = true; }
Object.defineProperty(Module.prototype, 'parent', {
  __proto__: null,
  get() {
    if (parentDeprecation) warnParent();
    return parents.get(this);
  },
  set(value) {
    if (parentDeprecation) warnParent();
    parents.set(this, value);
  },
  configurable: true,
});
let isPreloading = false;

let conditions = ['node', 'require', 'module-sync', 'node-addons'];
function addConditions(list) { conditions = conditions.concat(list); }
function getConditions() { return conditions; }
function dropCondition(name) { conditions = conditions.filter((c) => c !== name); }

native.setup(isBuiltin, (message, code) => process.emitWarning(message, 'DeprecationWarning', code));

// --- Resolution

Module._stat = function _stat(path) { return native.stat(path); };
Module._readPackage = function _readPackage(dir) { return native.readPackage(dir); };

Module._findPath = function _findPath(request, paths, isMain = false) {
  const absolute = native.isAbsolute(request);
  if (!absolute && (!paths || paths.length === 0)) return false;
  const key = `${request}\x00${absolute ? '' : paths.length === 1 ? paths[0] : paths.join('\x00')}`;
  const entry = Module._pathCache[key];
  if (entry) return entry;
  if (requireDepth === 0) native.forget();
  const filename = native.findPath(request, paths, Object.keys(Module._extensions), isMain, conditions);
  if (filename !== false) Module._pathCache[key] = filename;
  return filename;
};

Module._nodeModulePaths = function _nodeModulePaths(from) { return native.nodeModulePaths(from); };

let modulePaths = [];
Module._initPaths = function _initPaths() {
  const home = native.homeDir();
  const paths = [native.resolve(native.dirname(process.execPath), '../lib/node')];
  if (home) {
    paths.unshift(native.resolve(home, '.node_libraries'));
    paths.unshift(native.resolve(home, '.node_modules'));
  }
  const extra = process.env.NODE_PATH;
  modulePaths = extra ? native.splitPath(extra).concat(paths) : paths;
  Module.globalPaths = modulePaths.slice();
};

Module._resolveLookupPaths = function _resolveLookupPaths(request, parent) {
  if (builtinId(request) !== undefined) return null;
  if (!native.isRelative(request)) {
    let paths = modulePaths;
    if (parent?.paths?.length) paths = parent.paths.concat(paths);
    return paths.length > 0 ? paths : null;
  }
  if (!parent || !parent.id || !parent.filename) {
    return ['.']; // a REPL or --eval: relative to the working directory
  }
  return [native.dirname(parent.filename)];
};

// Absolute folders: the resolver knows no working directory.
function absolutePaths(paths) {
  if (!paths) return paths;
  for (let i = 0; i < paths.length; i++) {
    if (!native.isAbsolute(paths[i])) return paths.map((p) => native.resolve('', p));
  }
  return paths;
}

// The file whose package a module belongs to; preloads and the REPL have none.
function selfPath(parent) {
  if (!parent) return '';
  if (parent.filename) return parent.filename;
  return parent.id === 'internal/preload' || parent.id === '<repl>' ? native.resolve('', 'noop.js') : '';
}

Module._resolveFilename = function _resolveFilename(request, parent, isMain, options) {
  if (builtinId(request) !== undefined) return request;
  let paths;
  if (typeof options === 'object' && options !== null) {
    if (Array.isArray(options.paths)) {
      for (let i = 0; i < options.paths.length; i++) {
        require('internal/validators').validateString(options.paths[i], `options.paths[${i}]`);
      }
      if (native.isRelative(request)) {
        paths = options.paths;
      } else {
        const fake = new Module('', null);
        paths = [];
        for (let i = 0; i < options.paths.length; i++) {
          fake.paths = Module._nodeModulePaths(options.paths[i]);
          const lookup = Module._resolveLookupPaths(request, fake);
          for (let j = 0; j < lookup.length; j++) if (!paths.includes(lookup[j])) paths.push(lookup[j]);
        }
      }
    } else if (options.paths === undefined) {
      paths = Module._resolveLookupPaths(request, parent);
    } else {
      throw new (require('internal/errors').codes.ERR_INVALID_ARG_VALUE)('options.paths', options.paths);
    }
  } else {
    paths = Module._resolveLookupPaths(request, parent);
  }
  if (request[0] === '#' && (parent?.filename || parent?.id === '<repl>')) {
    const found = native.resolveInternal(request, parent.filename || native.resolve('', 'repl'), conditions);
    if (found !== false) return found;
  }
  const self = request[0] === '.' || request[0] === '/' ? false : native.resolveSelf(request, selfPath(parent), conditions);
  if (self !== false) {
    Module._pathCache[`${request}\x00${paths.length === 1 ? paths[0] : paths.join('\x00')}`] = self;
    return self;
  }
  const filename = Module._findPath(request, absolutePaths(paths), isMain);
  if (filename) return filename;

  const stack = requireStack(parent);
  let message = `Cannot find module '${request}'`;
  if (stack.length > 0) message += `\nRequire stack:\n- ${stack.join('\n- ')}`;
  const err = new Error(message);
  err.code = 'MODULE_NOT_FOUND';
  err.requireStack = stack;
  throw err;
};

function requireStack(parent) {
  const stack = [];
  for (let cursor = parent; cursor; cursor = parents.get(cursor)) stack.push(cursor.filename || cursor.id);
  return stack;
}

// --- Loading

// What a module in the middle of a cycle has exported so far, on a prototype
// that warns about names which are not there yet.
const circularTraps = {
  __proto__: null,
  get(target, prop) {
    if (prop in target || prop === '__esModule') return target[prop];
    warnCircular(prop);
    return undefined;
  },
  getOwnPropertyDescriptor(target, prop) {
    if (Object.prototype.hasOwnProperty.call(target, prop) || prop === '__esModule') {
      return Object.getOwnPropertyDescriptor(target, prop);
    }
    warnCircular(prop);
    return undefined;
  },
};
let circularProxy;
function warnCircular(prop) {
  process.emitWarning(`Accessing non-existent property '${String(prop)}' of module exports inside circular dependency`);
}

// An ES module that is still running has no namespace for require.
function unfinishedExports(module) {
  if (module[kIsESM] === true) throw require('internal/modules/esm/loader').cycleError(module.filename, parents.get(module));
  return circularExports(module);
}

let circular = false; // some module's exports have been on that prototype
function circularExports(module) {
  const exports = module.exports;
  if (exports && typeof exports === 'object' && !isProxy(exports) &&
      Object.getPrototypeOf(exports) === Object.prototype && !exports.__esModule) {
    circular = true;
    circularProxy ??= new Proxy({}, circularTraps);
    Object.setPrototypeOf(exports, circularProxy);
  }
  return exports;
}
function isProxy(value) { return require('util').types.isProxy(value); }

const relativeCache = { __proto__: null };
let requireDepth = 0;

function loadBuiltin(id) {
  return builtinRequire(id);
}

Module._load = function _load(request, parent, isMain) {
  let relKey, hooked;
  if (hooks.resolveRequire !== null) {
    hooked = hooks.resolveRequire(request, parent, isMain);
    request = hooked.filename;
  } else if (parent) {
    relKey = `${parent.path}\x00${request}`;
    const filename = relativeCache[relKey];
    if (filename !== undefined) {
      const cached = Module._cache[filename];
      if (cached !== undefined) {
        updateChildren(parent, cached, true);
        return cached.loaded ? cached.exports : unfinishedExports(cached);
      }
      delete relativeCache[relKey];
    }
  }
  if (request.startsWith('node:')) {
    const id = builtinId(request);
    if (hooks.loadRequire !== null) {
      const module = new Module(request, parent);
      if (hooks.loadRequire(module, request, request, 'builtin')) return module.exports;
    }
    if (id === undefined) throw new (require('internal/errors').codes.ERR_UNKNOWN_BUILTIN_MODULE)(request);
    return loadBuiltin(id);
  }
  const filename = hooked !== undefined ? hooked.filename : Module._resolveFilename(request, parent, isMain);
  const cached = Module._cache[filename];
  if (cached !== undefined) {
    updateChildren(parent, cached, true);
    return cached.loaded ? cached.exports : unfinishedExports(cached);
  }
  const id = builtinId(filename);
  if (id !== undefined) return loadBuiltin(id);

  const module = new Module(filename, parent);
  if (hooked !== undefined) module[kHooked] = hooked;
  if (isMain) {
    process.mainModule = module;
    module[kMain] = true;
    requireMain = module;
    module.id = '.';
  }
  Module._cache[filename] = module;
  if (relKey !== undefined) relativeCache[relKey] = filename;
  let threw = true;
  try {
    module.load(filename);
    threw = false;
  } finally {
    if (threw) {
      delete Module._cache[filename];
      if (parent !== undefined && parent !== null) {
        delete relativeCache[relKey];
        const children = parent.children;
        if (Array.isArray(children)) {
          const i = children.indexOf(module);
          if (i !== -1) children.splice(i, 1);
        }
      }
    } else if (circular && module.exports && typeof module.exports === 'object' && !isProxy(module.exports) &&
               Object.getPrototypeOf(module.exports) === circularProxy) {
      Object.setPrototypeOf(module.exports, Object.prototype);
    }
  }
  return module.exports;
};
let requireMain;

function wrapModuleLoad(request, isMain) { return Module._load(request, null, isMain); }

Module.prototype.load = function load(filename) {
  this.filename ??= filename;
  this.paths ??= Module._nodeModulePaths(native.dirname(filename));
  if (hooks.loadRequire !== null && loadHooked(this, filename)) return;
  Module._extensions[findExtension(filename)](this, filename);
  this.loaded = true;
};

function loadHooked(module, filename) {
  const hooked = module[kHooked];
  const url = hooked === undefined ? require('internal/url').pathToFileURL(filename).href : hooked.url;
  if (!hooks.loadRequire(module, filename, url, hooked?.format)) return false;
  module.loaded = true;
  return true;
}

// The longest registered extension, so that ".test.js" can be registered too.
function findExtension(filename) {
  const name = filename.slice(Math.max(filename.lastIndexOf('/'), process.platform === 'win32' ? filename.lastIndexOf('\\') : -1) + 1);
  let start = 0;
  let index;
  while ((index = name.indexOf('.', start)) !== -1) {
    start = index + 1;
    if (index === 0) continue;
    const ext = name.slice(index);
    if (Module._extensions[ext]) return ext;
  }
  return '.js';
}

Module.prototype.require = function _require(id) {
  if (typeof id !== 'string') require('internal/validators').validateString(id, 'id');
  if (id === '') {
    throw new (require('internal/errors').codes.ERR_INVALID_ARG_VALUE)('id', id, 'must be a non-empty string');
  }
  if (requireDepth === 0) native.forget();
  requireDepth++;
  try {
    const tracing = isLoaded('diagnostics_channel') ? require('internal/util').traced('module.require') : undefined;
    if (tracing === undefined) return Module._load(id, this, false);
    return tracing.traceSync(Module._load, { parentFilename: this.filename, id }, Module, id, this, false);
  } finally {
    requireDepth--;
  }
};

function makeRequire(mod) {
  function require(path) {
    return mod.require(path);
  }
  require.resolve = function resolve(request, options) {
    if (typeof request !== 'string') builtinRequire('internal/validators').validateString(request, 'request');
    return Module._resolveFilename(request, mod, false, options);
  };
  require.resolve.paths = function paths(request) {
    builtinRequire('internal/validators').validateString(request, 'request');
    return Module._resolveLookupPaths(request, mod);
  };
  require.main = requireMain;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

const params = ['exports', 'require', 'module', '__filename', '__dirname'];

function compile(content, filename) {
  if (patched) return runScript(wrapFunction(content.charCodeAt(0) === 0xFEFF ? content.slice(1) : content), filename);
  return compileFunction(content, filename, params);
}

Module.prototype._compile = function _compile(content, filename, format) {
  const fn = compile(content, filename);
  const dirname = native.dirname(filename);
  const require = makeRequire(this);
  const { exports } = this;
  if (requireDepth === 0) native.forget();
  this[kIsExecuting] = true;
  let result;
  try {
    result = fn.call(exports, exports, require, this, filename, dirname);
  } finally {
    this[kIsExecuting] = false;
  }
  return result;
};

internalBinding('runtime').setHook('makeImporter', (filename) => (specifier, options) =>
  require('internal/modules/esm/loader').importModule(specifier,
    native.isAbsolute(filename) || filename.startsWith('file:') ? filename : native.resolve('', filename), options));

let requireModule = true; // --no-experimental-require-module
function refuseModules() {
  requireModule = false;
  dropCondition('module-sync');
}

function loadESM(module, filename, content, typed = false) {
  const parent = parents.get(module);
  if (!requireModule) {
    const from = parent?.filename;
    let message = `require() of ES Module ${filename}${from ? ` from ${from}` : ''} not supported.`;
    if (filename.endsWith('.js') && !native.hasModuleSyntax(content)) {
      message += `\nInstead either rename ${native.basename(filename)} to end in .cjs, change the requiring code to use dynamic ` +
        'import() which is available in all CommonJS modules, or change "type": "module" to "type": "commonjs" in ' +
        `${native.findPackage(filename)} to treat all .js files as CommonJS (using .mjs for all ES modules instead).\n`;
    } else if (from) {
      message += `\nInstead change the require of ${native.basename(filename)} in ${from} to a dynamic import() ` +
        'which is available in all CommonJS modules.';
    }
    throw internalBinding('errors').makeNodeError(Error, 'ERR_REQUIRE_ESM', message);
  }
  if (traceRequire !== '') warnRequire(filename, parent);
  Object.defineProperty(module, kIsESM, { __proto__: null, value: true, configurable: true });
  module.exports = require('internal/modules/esm/loader').requireModule(filename, content, typed, parent);
}

let traceRequire = ''; // --trace-require-module: all or no-node-modules
function traceModules(which) { traceRequire = which; }
const inPackages = /[\\/]node_modules[\\/]/;
function warnRequire(filename, parent) {
  const from = parent?.filename;
  if (traceRequire === 'no-node-modules' && from && inPackages.test(from)) return;
  process.emitWarning(`${from ? `CommonJS module ${from}` : 'require()'} is loading ES Module ${filename} using require().\n` +
    'Support for loading ES Module in require() is an experimental feature and might change at any time',
  'ExperimentalWarning');
}

// What hooks have to say about loading; see customization_hooks.js.
const hooks = { resolve: null, load: null, resolveRequire: null, loadRequire: null, asynchronous: false };

function isTyped(filename) {
  switch (native.extname(filename)) {
    case '.ts': case '.mts': case '.cts': case '.tsx': case '.jsx': return true;
    default: return false;
  }
}

Module._extensions['.js'] = function loadJS(module, filename) {
  const content = native.readFile(filename);
  const typed = isTyped(filename);
  if (filename.endsWith('.mjs') || filename.endsWith('.mts')) return loadESM(module, filename, content, typed);
  if (filename.endsWith('.js') || native.extname(filename) === '' || (typed && !filename.endsWith('.cts'))) {
    const type = native.packageType(filename);
    if (type === 'module') return loadESM(module, filename, content, typed);
    if (type === 'none' && requireModule && looksLikeModule(content, filename)) return loadESM(module, filename, content, typed);
  }
  module._compile(content, filename, 'commonjs');
};

// Whether a file that nothing declares is an ES module: its text has module
// syntax, or top-level await, and is no script. Found out before it runs: what
// it throws must not be thrown again here.
function looksLikeModule(content, filename) {
  if (!native.mayBeModule(content)) return false; // at little cost
  if (isTyped(filename)) return native.hasModuleSyntax(content);
  try {
    compileFunction(content, filename, params);
    return false;
  } catch (err) {
    return native.hasModuleSyntax(content) || require('internal/modules/esm/loader').isModuleInstead(content, filename, err);
  }
}

// Runs a CommonJS text of its own: what a load hook gave, or a URL with a query.
function isExecuting(filename) { return Module._cache[filename]?.[kIsExecuting] === true; }

function loadSource(filename, source, url, isMain) {
  const m = new Module(filename);
  m.filename = filename;
  m.paths = Module._nodeModulePaths(native.dirname(filename));
  if (isMain) {
    process.mainModule = m;
    m[kMain] = true;
    requireMain = m;
    m.id = '.';
  }
  if (url === undefined || !/[?#]/.test(url)) Module._cache[filename] = m;
  m._compile(source, filename, 'commonjs');
  m.loaded = true;
  return m.exports;
}

Module._extensions['.json'] = function loadJSON(module, filename) {
  let content = native.readFile(filename);
  if (content.charCodeAt(0) === 0xFEFF) content = content.slice(1);
  try {
    module.exports = JSON.parse(content);
  } catch (err) {
    err.message = `${filename}: ${err.message}`;
    throw err;
  }
};

Module._extensions['.node'] = function(module, filename) {
  return process.dlopen(module, native.resolve('', filename));
};

// --- Entry points

Module.createRequire = function createRequire(filename) {
  const { codes } = require('internal/errors');
  let path;
  const isURL = typeof filename === 'object' && filename !== null && typeof filename.href === 'string';
  if (isURL || (typeof filename === 'string' && !native.isAbsolute(filename))) {
    try {
      path = require('internal/url').fileURLToPath(filename);
    } catch {
      throw new codes.ERR_INVALID_ARG_VALUE('filename', filename,
        'must be a file URL object, file URL string, or absolute path string');
    }
  } else if (typeof filename !== 'string') {
    throw new codes.ERR_INVALID_ARG_VALUE('filename', filename,
      'must be a file URL object, file URL string, or absolute path string');
  } else {
    path = filename;
  }
  // A trailing slash means a file in that folder, whichever.
  const last = path[path.length - 1];
  const proxy = last === '/' || (process.platform === 'win32' && last === '\\') ? native.resolve(path, 'noop.js') : path;
  const m = new Module(proxy);
  m.filename = proxy;
  m.paths = Module._nodeModulePaths(m.path);
  return makeRequire(m);
};

Module._preloadModules = function _preloadModules(requests) {
  if (!Array.isArray(requests)) return;
  isPreloading = true;
  const parent = new Module('internal/preload', null);
  parent.paths = Module._nodeModulePaths(process.cwd());
  for (let i = 0; i < requests.length; i++) parent.require(requests[i]);
  isPreloading = false;
};

Module.syncBuiltinESMExports = function syncBuiltinESMExports() {
  require('internal/modules/esm/loader').syncBuiltins();
};

// The names are for stacks; programs see Node's.
for (const [fn, name] of [[Module.prototype.require, ''], [Module._extensions['.js'], '.js'], [Module._extensions['.json'], '.json']]) {
  Object.defineProperty(fn, 'name', { __proto__: null, value: name, configurable: true });
}

module.exports = {
  Module,
  addConditions,
  builtinId,
  refuseModules,
  deprecateParent,
  dropCondition,
  exposeInternals,
  getConditions,
  hooks,
  isBuiltin,
  isExecuting,
  loadSource,
  looksLikeModule,
  makeRequire,
  native,
  requireStack,
  traceModules,
  wrapModuleLoad,
  wrapPatched,
};
