'use strict';
// What the command line can ask for in place of a script: --eval, --print,
// --check, a program on standard input.

const { Module, native, makeRequire } = require('internal/modules/cjs/loader');
const { getOptionValue } = require('internal/options');

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
  // A preloaded module that has replaced the wrapper says what the text is.
  const wrapped = require('internal/modules/cjs/loader').wrapPatched(source);
  if (wrapped !== undefined) return void new (require('vm').Script)(wrapped, { filename });
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
  const typed = type.endsWith('-typescript');
  if (type.startsWith('module') || (type === '' && evalsModule(body, name))) {
    if (print) {
      throw new (require('internal/errors').codes.ERR_EVAL_ESM_CANNOT_PRINT)();
    }
    return require('internal/modules/esm/loader').evalModule(body, name, typed);
  }
  if (typed) body = native.untyped(body, `${name}.cts`);
  const { runScript } = internalBinding('runtime');
  const cwd = native.resolve('', '.');
  const module = new Module(name);
  module.filename = native.resolve(cwd, name);
  module.paths = Module._nodeModulePaths(cwd);
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

// Whether a text that nothing declares is a module: see looksLikeModule.
function evalsModule(body, name) {
  if (!/\b(?:import|export|await)\b/.test(body)) return false;
  if (native.hasModuleSyntax(body)) return true;
  if (!body.includes('await') || !native.mayBeModule(body)) return false;
  try {
    internalBinding('runtime').compileFunction(body, name, []);
    return false;
  } catch (err) {
    return require('internal/modules/esm/loader').isModuleInstead(body, name, err);
  }
}

function addBuiltins() {
  const { builtinModules } = Module;
  for (let i = 0; i < builtinModules.length; i++) {
    const name = builtinModules[i];
    if (name[0] === '_' || name.includes('/') || name.includes(':') || name in globalThis && name !== 'crypto') continue;
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

module.exports = { checkSyntax, evalScript };
