'use strict';

const { codes } = require('internal/errors');
const {
  validateArray, validateBoolean, validateInt32, validateObject, validateOneOf, validateString,
  validateStringArray, validateUint32,
} = require('internal/validators');
const native = internalBinding('vm');
const runtime = internalBinding('runtime');

const constants = {
  __proto__: null,
  USE_MAIN_CONTEXT_DEFAULT_LOADER: Symbol('vm_dynamic_import_main_context_default'),
  DONT_CONTEXTIFY: Symbol('vm_context_no_contextify'),
};
Object.freeze(constants);
// The same for the REPL, whose user has not asked for anything experimental.
native.quietLoader = Symbol('default loader of the REPL');

// A private field marks an object without a property that anybody could see,
// frozen ones and proxies included.
class Anchor { constructor(object) { return object; } }
class Contextified extends Anchor {
  #handle;
  constructor(object, handle) {
    super(object);
    this.#handle = handle;
  }

  static handle(object) { return #handle in object ? object.#handle : undefined; }
}

function isObject(value) { return (typeof value === 'object' && value !== null) || typeof value === 'function'; }

let warned;
function warnExperimental(feature) {
  warned ??= new Set();
  if (warned.has(feature)) return;
  warned.add(feature);
  process.emitWarning(`${feature} is an experimental feature and might change at any time`, 'ExperimentalWarning');
}

// import() in a script names its importer by a number.
let importers;
let lastImporter = 0;
function importerOf(option, filename, referrer) {
  importers ??= new Map();
  lastImporter++;
  importers.set(lastImporter, importer(option, filename, referrer));
  return lastImporter;
}

// The import() of a script, a function, a module, or of what eval runs in a
// context; referrer gives that to importModuleDynamically.
function importer(option, filename, referrer) {
  if (typeof option === 'function' && withModules()) {
    return async (specifier, options) => {
      const text = `${specifier}`;
      const attributes = require('internal/modules/esm/loader').dynamicAttributes(options) ?? { __proto__: null };
      const found = await option(text, referrer(), attributes, 'evaluation');
      return require('internal/vm/module').namespaceOf(found);
    };
  }
  if (option === constants.USE_MAIN_CONTEXT_DEFAULT_LOADER || option === native.quietLoader) {
    if (option !== native.quietLoader) warnExperimental('vm.USE_MAIN_CONTEXT_DEFAULT_LOADER');
    return (specifier, options) => {
      const path = require('path');
      const parent = filename.startsWith('file:') || path.isAbsolute(filename) ? filename : path.resolve(process.cwd(), 'vm');
      return require('internal/modules/esm/loader').importModule(specifier, parent, options);
    };
  }
  return async () => {
    if (option === undefined) throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING();
    throw new codes.ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING_FLAG();
  };
}

function withModules() { return require('internal/options').getOptionValue('--experimental-vm-modules'); }

native.setImporter((id, specifier, options) => importers.get(id)(specifier, options));

function validateImporter(option, name) {
  if (option !== undefined && typeof option !== 'function' && option !== constants.USE_MAIN_CONTEXT_DEFAULT_LOADER &&
    option !== native.quietLoader) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'function', option);
  }
}

// The globals of the language. What else the main context has is Node's.
const builtinNames = [
  'Object', 'Function', 'Array', 'Number', 'parseFloat', 'parseInt', 'Infinity', 'NaN', 'undefined', 'Boolean', 'String',
  'Symbol', 'Date', 'Promise', 'RegExp', 'Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError',
  'SyntaxError', 'TypeError', 'URIError', 'JSON', 'Math', 'Intl', 'ArrayBuffer', 'Atomics', 'Uint8Array', 'Int8Array',
  'Uint16Array', 'Int16Array', 'Uint32Array', 'Int32Array', 'BigUint64Array', 'BigInt64Array', 'Uint8ClampedArray',
  'Float32Array', 'Float64Array', 'DataView', 'Map', 'BigInt', 'Set', 'Iterator', 'WeakMap', 'WeakSet', 'Proxy', 'Reflect',
  'FinalizationRegistry', 'WeakRef', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape',
  'unescape', 'isFinite', 'isNaN', 'SuppressedError', 'DisposableStack', 'AsyncDisposableStack', 'Float16Array',
  'SharedArrayBuffer', 'WebAssembly',
];

let builtins;
function loadBuiltins() {
  if (builtins !== undefined) return builtins;
  builtins = {};
  for (let i = 0; i < builtinNames.length; i++) {
    const desc = Object.getOwnPropertyDescriptor(globalThis, builtinNames[i]);
    if (desc !== undefined) builtins[builtinNames[i]] = desc;
  }
  return builtins;
}

// V8's own console, which only an inspector listens to.
function makeConsole() {
  const console = {};
  for (const name of ['debug', 'error', 'info', 'log', 'warn', 'dir', 'dirxml', 'table', 'trace', 'group', 'groupCollapsed',
    'groupEnd', 'clear', 'count', 'countReset', 'assert', 'profile', 'profileEnd', 'time', 'timeLog', 'timeEnd', 'timeStamp',
    'context']) {
    console[name] = { [name]() {} }[name];
  }
  return console;
}

function makeGlobals() {
  const inner = Object.defineProperties({}, loadBuiltins());
  Object.defineProperty(inner, 'console', { __proto__: null, value: makeConsole(), writable: true, configurable: true });
  if (runtime.exposeGC || require('internal/options').getOptionValue('--expose-gc')) {
    Object.defineProperty(inner, 'gc', { __proto__: null, value: internalBinding('process').gc, writable: true, configurable: true });
  }
  return inner;
}

function isFixed(desc) { return desc !== undefined && !desc.configurable; }

// mirror gives the table of built-ins a property that the sandbox cannot lose.
// Accessors get functions of their own: goja lets a proxy report only other
// ones than its target has, where ECMA-262 wants the same.
function mirror(inner, key, desc) {
  if ('get' in desc || 'set' in desc) {
    desc = { ...desc };
    const { get, set } = desc;
    if (get !== undefined) desc.get = () => get.call(inner);
    if (set !== undefined) desc.set = (value) => set.call(inner, value);
  }
  Reflect.defineProperty(inner, key, desc);
}

// The global object of a context: the sandbox in front of the built-ins. What
// the sandbox cannot lose, the table of built-ins has too, so that a proxy may
// say so.
function makeProxy(sandbox, inner) {
  const proxy = new Proxy(inner, {
    __proto__: null,
    get(target, key) {
      const from = Reflect.getOwnPropertyDescriptor(sandbox, key) !== undefined || Reflect.get(sandbox, key) !== undefined ? sandbox : inner;
      const value = Reflect.get(from, key);
      return value === sandbox ? proxy : value;
    },
    set(target, key, value) {
      const own = Reflect.getOwnPropertyDescriptor(inner, key);
      if (own !== undefined && 'value' in own && !own.writable) return false;
      return Reflect.set(sandbox, key, value) || (!Reflect.has(sandbox, key) && Reflect.set(inner, key, value));
    },
    has(target, key) { return Reflect.getOwnPropertyDescriptor(sandbox, key) !== undefined || Reflect.has(inner, key); },
    deleteProperty(target, key) {
      if (!Reflect.deleteProperty(sandbox, key)) return false;
      return Reflect.deleteProperty(inner, key);
    },
    getOwnPropertyDescriptor(target, key) {
      const own = Reflect.getOwnPropertyDescriptor(inner, key);
      const desc = Reflect.getOwnPropertyDescriptor(sandbox, key);
      if (desc === undefined) return own;
      if (isFixed(own) && desc.configurable) return own;
      if (isFixed(desc)) mirror(inner, key, desc);
      if (desc.value === sandbox) desc.value = proxy;
      return desc;
    },
    defineProperty(target, key, desc) {
      const own = Reflect.getOwnPropertyDescriptor(inner, key);
      if (isFixed(own) && own.writable === false && Reflect.getOwnPropertyDescriptor(sandbox, key) === undefined) return false;
      Object.defineProperty(sandbox, key, desc); // it says best what is wrong
      const now = Reflect.getOwnPropertyDescriptor(sandbox, key);
      if (isFixed(now)) mirror(inner, key, now);
      return true;
    },
    ownKeys() {
      const keys = Reflect.ownKeys(sandbox);
      const seen = new Set(keys);
      const more = Reflect.ownKeys(inner);
      for (let i = 0; i < more.length; i++) if (!seen.has(more[i])) keys.push(more[i]);
      return keys;
    },
    preventExtensions() { return false; },
  });
  return proxy;
}

// runnable is the source of an eval in a context.
function makeEval(handle, noEval, importOption, context) {
  return {
    eval(source) {
      if (typeof source !== 'string') return source;
      if (noEval) throw new EvalError('Code generation from strings disallowed for this context');
      const id = source.includes('import') ? importerOf(importOption, '<anonymous>', () => context) : 0;
      return native.runScript(native.compileScript(source, '<anonymous>', 0, 0, id), handle(), 0, false);
    },
  }.eval;
}

let contexts = 0;
function contextify(sandbox, { strings = true, microtasks = false, importOption }) {
  const inner = makeGlobals();
  const vanilla = sandbox === undefined;
  if (vanilla) sandbox = inner;
  const global = vanilla ? inner : makeProxy(sandbox, inner);
  let handle;
  const evaluate = makeEval(() => handle, !strings, importOption, sandbox);
  const define = (key, value) =>
    Object.defineProperty(inner, key, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
  define('globalThis', global);
  define('eval', evaluate);
  handle = native.makeContext(sandbox, inner, global, evaluate, !strings, microtasks);
  new Contextified(sandbox, handle);
  contexts++;
  return sandbox;
}

function isContext(object) {
  validateObject(object, 'object', 6); // arrays and functions, too
  return Contextified.handle(object) !== undefined;
}

function createContext(contextObject = {}, options = {}) {
  const vanilla = contextObject === constants.DONT_CONTEXTIFY;
  if (!vanilla && isContext(contextObject)) return contextObject;
  validateObject(options, 'options');
  const { name = '', origin, codeGeneration, microtaskMode, importModuleDynamically } = options;
  validateString(name, 'options.name');
  if (origin !== undefined) validateString(origin, 'options.origin');
  if (codeGeneration !== undefined) validateObject(codeGeneration, 'options.codeGeneration');
  let strings = true;
  if (codeGeneration !== undefined) {
    ({ strings = true } = codeGeneration);
    const { wasm = true } = codeGeneration;
    validateBoolean(strings, 'options.codeGeneration.strings');
    validateBoolean(wasm, 'options.codeGeneration.wasm');
  }
  validateOneOf(microtaskMode, 'options.microtaskMode', ['afterEvaluate', undefined]);
  validateImporter(importModuleDynamically, 'options.importModuleDynamically');
  return contextify(vanilla ? undefined : contextObject, {
    strings, microtasks: microtaskMode === 'afterEvaluate', importOption: importModuleDynamically,
  });
}

function validateContext(contextifiedObject) {
  if (!isContext(contextifiedObject)) {
    throw new codes.ERR_INVALID_ARG_TYPE('contextifiedObject', 'vm.Context', contextifiedObject);
  }
}

function validateCachedData(value, name) {
  if (value !== undefined && !ArrayBuffer.isView(value)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, ['Buffer', 'TypedArray', 'DataView'], value);
  }
}

function sameBytes(view, buffer) {
  return Buffer.compare(Buffer.from(view.buffer, view.byteOffset, view.byteLength), buffer) === 0;
}

// applyCachedData sets the fields that Node sets on scripts and functions.
function applyCachedData(target, source, cachedData, produce) {
  if (cachedData !== undefined) target.cachedDataRejected = !sameBytes(cachedData, native.fingerprint(source));
  if (produce) {
    target.cachedDataProduced = true;
    target.cachedData = native.fingerprint(source);
  }
}

class Script {
  #handle;
  #source;

  constructor(code, options = {}) {
    code = `${code}`;
    if (typeof options === 'string') options = { filename: options };
    else validateObject(options, 'options');
    const {
      filename = 'evalmachine.<anonymous>', lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false,
      importModuleDynamically,
    } = options;
    validateString(filename, 'options.filename');
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    validateCachedData(cachedData, 'options.cachedData');
    validateBoolean(produceCachedData, 'options.produceCachedData');
    validateImporter(importModuleDynamically, 'options.importModuleDynamically');
    const importId = code.includes('import') ? importerOf(importModuleDynamically, filename, () => this) : 0;
    runtime.noteSource(filename, code, lineOffset, columnOffset);
    this.#handle = native.compileScript(code, filename, lineOffset, columnOffset, importId);
    this.#source = code;
    applyCachedData(this, code, cachedData, produceCachedData);
    this.sourceMapURL = native.sourceMapURL(code);
  }

  createCachedData() { return native.fingerprint(this.#source); }

  runInThisContext(options) {
    return execute(this.#handle, undefined, runOptions(options));
  }

  runInContext(contextifiedObject, options) {
    validateContext(contextifiedObject);
    return execute(this.#handle, Contextified.handle(contextifiedObject), runOptions(options));
  }

  runInNewContext(contextObject, options) {
    const context = createContext(contextObject, contextOptions(options));
    return this.runInContext(context, options);
  }
}

function execute(script, handle, { timeout, breakOnSigint, displayErrors }) {
  const pause = breakOnSigint ? internalBinding('process').pauseSignal : undefined;
  if (pause !== undefined) pause('SIGINT', true);
  try {
    return native.runScript(script, handle, timeout, breakOnSigint);
  } catch (err) {
    if (displayErrors) runtime.decorate(err);
    throw err;
  } finally {
    if (pause !== undefined) pause('SIGINT', false);
  }
}

const noOptions = { timeout: 0, breakOnSigint: false, displayErrors: true };
function runOptions(options) {
  if (options === undefined) return noOptions;
  validateObject(options, 'options');
  const { timeout, breakOnSigint = false, displayErrors = true } = options;
  if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
  validateBoolean(displayErrors, 'options.displayErrors');
  validateBoolean(breakOnSigint, 'options.breakOnSigint');
  return { timeout: timeout ?? 0, breakOnSigint, displayErrors };
}

// The options of createContext have other names where a script runs at once.
function contextOptions(options) {
  if (options === undefined) return {};
  validateObject(options, 'options');
  if (options.contextName !== undefined) validateString(options.contextName, 'options.contextName');
  if (options.contextOrigin !== undefined) validateString(options.contextOrigin, 'options.contextOrigin');
  const { contextCodeGeneration } = options;
  if (contextCodeGeneration !== undefined) {
    validateObject(contextCodeGeneration, 'options.contextCodeGeneration');
    const { strings, wasm } = contextCodeGeneration;
    if (strings !== undefined) validateBoolean(strings, 'options.contextCodeGeneration.strings');
    if (wasm !== undefined) validateBoolean(wasm, 'options.contextCodeGeneration.wasm');
  }
  if (options.microtaskMode !== undefined) validateString(options.microtaskMode, 'options.microtaskMode');
  return {
    name: options.contextName, origin: options.contextOrigin, codeGeneration: contextCodeGeneration,
    microtaskMode: options.microtaskMode,
  };
}

function withFilename(options) { return typeof options === 'string' ? { filename: options } : options; }

function runInContext(code, contextifiedObject, options) {
  validateContext(contextifiedObject);
  options = withFilename(options);
  return new Script(code, options).runInContext(contextifiedObject, options);
}

function runInNewContext(code, contextObject, options) {
  options = withFilename(options);
  contextObject = createContext(contextObject, contextOptions(options));
  return new Script(code, options).runInContext(contextObject, options);
}

function runInThisContext(code, options) {
  options = withFilename(options);
  return new Script(code, options).runInThisContext(options);
}

function createScript(code, options) { return new Script(code, options); }

function compileFunction(code, params, options = {}) {
  validateString(code, 'code');
  if (params !== undefined) validateStringArray(params, 'params');
  validateObject(options, 'options');
  const {
    filename = '', lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false, parsingContext,
    contextExtensions = [], importModuleDynamically,
  } = options;
  validateString(filename, 'options.filename');
  validateInt32(columnOffset, 'options.columnOffset');
  validateInt32(lineOffset, 'options.lineOffset');
  validateCachedData(cachedData, 'options.cachedData');
  validateBoolean(produceCachedData, 'options.produceCachedData');
  let handle;
  if (parsingContext !== undefined) {
    if (!isObject(parsingContext) || !isContext(parsingContext)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.parsingContext', 'Context', parsingContext);
    }
    handle = Contextified.handle(parsingContext);
  }
  validateArray(contextExtensions, 'options.contextExtensions');
  for (let i = 0; i < contextExtensions.length; i++) {
    validateObject(contextExtensions[i], `options.contextExtensions[${i}]`, 4);
  }
  validateImporter(importModuleDynamically, 'options.importModuleDynamically');
  let fn;
  const importId = code.includes('import') ? importerOf(importModuleDynamically, filename, () => fn) : 0;
  if (filename !== '') runtime.noteSource(filename, code, lineOffset, columnOffset);
  fn = native.compileFunction(code, filename, lineOffset, columnOffset, importId, params ?? [], handle, contextExtensions);
  fn.sourceMapURL = native.sourceMapURL(code);
  applyCachedData(fn, code, cachedData, produceCachedData);
  return fn;
}

function measureMemory(options = {}) {
  warnExperimental('vm.measureMemory');
  validateObject(options, 'options');
  const { mode = 'summary', execution = 'default' } = options;
  validateOneOf(mode, 'options.mode', ['summary', 'detailed']);
  validateOneOf(execution, 'options.execution', ['default', 'eager']);
  const { heapUsed, heapTotal } = process.memoryUsage();
  const estimate = () => ({ jsMemoryEstimate: heapUsed, jsMemoryRange: [heapUsed, heapTotal] });
  const result = { total: estimate() };
  if (mode === 'detailed') {
    result.current = estimate();
    result.other = [];
    for (let i = 0; i < contexts; i++) result.other.push({ jsMemoryEstimate: 0, jsMemoryRange: [0, heapTotal] });
  }
  return Promise.resolve(result);
}

module.exports = {
  Script, createContext, createScript, runInContext, runInNewContext, runInThisContext, isContext, compileFunction,
  measureMemory, constants,
};

if (withModules()) {
  const { Module, SourceTextModule, SyntheticModule, setup } = require('internal/vm/module');
  setup({
    importer, validateImporter, validateCachedData, warnExperimental,
    contextOf: (object) => Contextified.handle(object),
    acceptsCachedData: (source, data) => sameBytes(data, native.fingerprint(source)),
  });
  Object.assign(module.exports, { Module, SourceTextModule, SyntheticModule });
}
