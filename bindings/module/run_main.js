'use strict';
// Runs what the command line asks for: a script, --eval, --check, stdin.

const { Module, native, addConditions, exposeInternals, hooks, looksLikeModule, wrapModuleLoad } = require('internal/modules/cjs/loader');
const { getOptionValue, hasOption, hasOptions } = require('internal/options');

function resolveMain(path) {
  const absolute = native.resolve('', path);
  native.forget();
  return Module._findPath(absolute, null, true) || absolute;
}

// The main script is an ES module if its name or its package says so, or if
// nothing says anything and it looks like one.
function isModule(path) {
  if (native.stat(path) !== 0) return false;
  const ext = native.extname(path);
  switch (ext) {
    case '.mjs': case '.mts': return true;
    case '.js': case '': case '.ts': case '.tsx': case '.jsx': {
      const type = native.packageType(path);
      if (type !== 'none') return type === 'module';
      return looksLikeModule(native.readFile(path), path);
    }
  }
  return false;
}
function executeUserEntryPoint(path = process.argv[1]) {
  const resolved = resolveMain(path);
  if (hooks.resolve !== null || hooks.load !== null || hasOptions && getOptionValue('--import').length > 0 || isModule(resolved)) require('internal/modules/esm/loader').runMainModule(resolved);
  else wrapModuleLoad(resolved, true);
}
Module.runMain = executeUserEntryPoint;

function stripBOM(text) { return text.charCodeAt(0) === 0xFEFF ? text.slice(1) : text; }

// --check: the script is compiled, and that is all.
function checkSyntax(path) {
  const { compileFunction } = internalBinding('runtime');
  let source, filename;
  if (path === undefined || path === '-') {
    filename = '[stdin]';
    source = native.readStdin();
  } else {
    const absolute = native.resolve('', path);
    native.forget();
    filename = Module._findPath(absolute, null, true);
    if (!filename) Module._load(absolute, null, true); // throws
    source = native.readFile(filename);
  }
  if (filename.endsWith('.mjs') || (filename.endsWith('.js') && native.packageType(filename) === 'module') ||
      getOptionValue('--input-type') === 'module') {
    require('internal/modules/esm/loader').checkSyntax(source, filename);
    return;
  }
  try {
    compileFunction(source, filename, ['exports', 'require', 'module', '__filename', '__dirname']);
  } catch (err) {
    if (!(err instanceof SyntaxError) || !native.hasModuleSyntax(source) || filename.endsWith('.cjs')) throw err;
    require('internal/modules/esm/loader').checkSyntax(source, filename);
  }
}

// --eval, --print and a script from standard input: a global script with a
// module around it, and with the built-in modules as globals.
function evalScript(name, body, print) {
  const type = getOptionValue('--input-type');
  if (type === 'module' || (type === '' && (body.includes('import') || body.includes('export')) && native.hasModuleSyntax(body))) {
    if (print) {
      throw new (require('internal/errors').codes.ERR_EVAL_ESM_CANNOT_PRINT)();
    }
    return require('internal/modules/esm/loader').evalModule(body, name);
  }
  const { runScript } = internalBinding('runtime');
  const cwd = native.resolve('', '.');
  const module = new Module(name);
  module.filename = native.resolve(cwd, name);
  module.paths = Module._nodeModulePaths(cwd);
  const { makeRequire } = require('internal/modules/cjs/loader');
  const globals = {
    __proto__: null, module, exports: module.exports, require: makeRequire(module), __filename: name, __dirname: '.',
  };
  for (const key of Object.keys(globals)) {
    Object.defineProperty(globalThis, key, {
      __proto__: null, value: globals[key], writable: true, enumerable: true, configurable: true,
    });
  }
  addBuiltins();
  if (body.includes('import')) {
    Object.defineProperty(globalThis, '__imp$', {
      __proto__: null, configurable: true, writable: true, enumerable: false,
      value: (specifier, options) => require('internal/modules/esm/loader').importModule(specifier, native.resolve(cwd, name), options),
    });
  }
  const result = runScript(stripBOM(body), name);
  if (print) {
    process.on('exit', () => {
      console.log(result);
    });
  }
}

function addBuiltins() {
  const { builtinModules } = Module;
  for (let i = 0; i < builtinModules.length; i++) {
    const name = builtinModules[i];
    if (name[0] === '_' || name.includes('/') || name.includes(':') || name in globalThis) continue;
    const set = (value) => {
      Object.defineProperty(globalThis, name, {
        __proto__: null, value, writable: true, enumerable: true, configurable: true,
      });
    };
    Object.defineProperty(globalThis, name, {
      __proto__: null,
      get() {
        const value = Module._load(name);
        Object.defineProperty(globalThis, name, {
          __proto__: null, get: () => value, set, configurable: true, enumerable: false,
        });
        return value;
      },
      set, configurable: true, enumerable: false,
    });
  }
}

function prepare() {
  // A forked child has its channel before its script, and no later child inherits it.
  if (process.env.NODE_CHANNEL_FD !== undefined && !internalBinding('process').isWorker) {
    require('internal/child_process/ipc').setupFromEnvironment();
    if (process.env.NODE_UNIQUE_ID !== undefined) {
      require('internal/cluster/child')._setupWorker();
      delete process.env.NODE_UNIQUE_ID;
    }
  }
  Module._initPaths();
  if (process.env.NODE_PENDING_DEPRECATION === '1' || (hasOptions && getOptionValue('--pending-deprecation'))) {
    require('internal/modules/cjs/loader').deprecateParent();
  }
  if (!hasOptions) return;
  const conditions = getOptionValue('--conditions');
  if (conditions.length > 0) addConditions(conditions);
  if (getOptionValue('--expose-internals')) exposeInternals();
  if (!getOptionValue('--require-module')) require('internal/modules/cjs/loader').refuseModules();
}

function preload() {
  if (!hasOptions) return;
  const list = getOptionValue('--require');
  if (list.length > 0) {
    process._preload_modules = list;
    Module._preloadModules(list);
  }
}

function runMain() {
  prepare();
  const script = process.argv[1];
  const special = script === undefined || script === '-' || hasOptions;
  if (special) {
    if (hasOption('eval')) {
      process._eval = getOptionValue('--eval');
      preload();
      return evalScript('[eval]', process._eval, getOptionValue('--print'));
    }
    if (getOptionValue('--check')) {
      preload();
      return checkSyntax(script);
    }
    const { hasBuiltin } = internalBinding('runtime');
    if (getOptionValue('--test') && hasBuiltin('internal/main/test_runner')) {
      return require('internal/main/test_runner').runMain();
    }
    if (script === undefined || script === '-') {
      preload();
      if (getOptionValue('--interactive') && script === undefined) return require('internal/main/repl').runMain();
      return evalScript('[stdin]', native.readStdin(), getOptionValue('--print'));
    }
  }
  process.argv[1] = native.resolve('', script);
  preload();
  const imports = hasOptions ? getOptionValue('--import') : [];
  if (imports.length > 0) require('internal/modules/esm/loader').importAll(imports, () => Module.runMain(script));
  else Module.runMain(script);
}

module.exports = { evalScript, executeUserEntryPoint, prepare, preload, runMain };
