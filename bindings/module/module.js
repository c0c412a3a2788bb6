'use strict';
// node:module is the loader's Module with what only its importers need.

const { Module, native } = require('internal/modules/cjs/loader');
const { codes } = require('internal/errors');
const { unimplemented } = require('internal/util');

const constants = {
  __proto__: null,
  compileCacheStatus: { __proto__: null, FAILED: 0, ENABLED: 1, ALREADY_ENABLED: 2, DISABLED: 3 },
};
Object.freeze(constants.compileCacheStatus);
Object.freeze(constants);

Module.registerHooks = function registerHooks(hooks) { return require('internal/modules/customization_hooks').registerHooks(hooks); };
Module.register = function register(specifier, parentURL = undefined, options) {
  require('internal/modules/customization_hooks').register(specifier, parentURL, options);
};
Module.constants = constants;

// Programs are compiled once a process and shared; there is nothing to turn on.
Module.enableCompileCache = function enableCompileCache(options) {
  let dir = options;
  if (typeof options === 'object' && options !== null) dir = options.directory;
  if (dir !== undefined) require('internal/validators').validateString(dir, 'cacheDir');
  return { __proto__: null, status: constants.compileCacheStatus.DISABLED, message: 'Compile cache is not available' };
};
Module.flushCompileCache = function flushCompileCache() {};
Module.getCompileCacheDir = function getCompileCacheDir() { return undefined; };
Module.stripTypeScriptTypes = unimplemented('module.stripTypeScriptTypes()');

function toPath(value, name) {
  if (typeof value === 'object' && value !== null && typeof value.href === 'string') {
    return require('internal/url').fileURLToPath(value);
  }
  if (typeof value === 'string' && value.startsWith('file:')) return require('internal/url').fileURLToPath(value);
  require('internal/validators').validateString(value, name);
  return value;
}

Module.findPackageJSON = function findPackageJSON(specifier, base) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('specifier');
  const isURL = typeof specifier === 'object' && specifier !== null && typeof specifier.href === 'string';
  if (!isURL) require('internal/validators').validateString(specifier, 'specifier');
  let target = isURL ? toPath(specifier, 'specifier') : specifier;
  if (target.startsWith('file:')) target = toPath(target, 'specifier');
  if (native.isAbsolute(target)) return native.findPackage(target);
  if (base === undefined) throw new codes.ERR_MISSING_ARGS('base');
  const from = toPath(base, 'base');
  if (target[0] === '.') {
    const parent = native.stat(from) === 1 ? from : native.dirname(from);
    let path = native.resolve(parent, target);
    if (native.stat(path) === 1) path = native.resolve(path, 'noop.js');
    return native.findPackage(path);
  }
  // A bare name: the package's own package.json.
  const slash = target[0] === '@' ? target.indexOf('/', target.indexOf('/') + 1) : target.indexOf('/');
  const name = slash < 0 ? target : target.slice(0, slash);
  const roots = native.nodeModulePaths(native.stat(from) === 1 ? from : native.dirname(from));
  for (let i = 0; i < roots.length; i++) {
    const dir = native.resolve(roots[i], name);
    const pkg = native.stat(dir) === 1 ? native.readPackage(dir) : false;
    if (pkg !== false) return pkg.path;
  }
  const err = new codes.ERR_MODULE_NOT_FOUND(name, from, 'package');
  throw err;
};

for (const name of ['SourceMap', 'findSourceMap', 'getSourceMapsSupport', 'setSourceMapsSupport']) {
  let value;
  Object.defineProperty(Module, name, {
    __proto__: null, configurable: true, enumerable: true,
    get() { return value === undefined ? require('internal/source_map')[name] : value; },
    set(v) { value = v; },
  });
}

module.exports = Module;
