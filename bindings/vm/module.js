'use strict';
// vm.Module and its subclasses. Linking and evaluation are Go (internal/esm);
// which module a request stands for is what a program says.

const { codes } = require('internal/errors');
const {
  validateArray, validateBoolean, validateFunction, validateInt32, validateObject, validateString, validateUint32,
} = require('internal/validators');
const native = internalBinding('vm');
const modules = native.modules();
const runtime = internalBinding('runtime');
const customInspect = Symbol.for('nodejs.util.inspect.custom');

// What vm.js has and this needs; vm.js loads this.
let vm;
function setup(shared) { vm = shared; }

const kLinked = 2, kEvaluating = 3, kFailed = 6; // of modules.status
const statuses = ['unlinked', 'linking', 'linked', 'evaluating', 'evaluated', 'evaluated', 'errored'];

const numbers = new WeakMap(); // a context → how many of its modules have no name
function nextIdentifier(context) {
  const n = numbers.get(context) ?? 0;
  numbers.set(context, n + 1);
  return `vm:module(${n})`;
}

// What has to do with private fields.
let handleOf, requireModule, isModule, beginLink, endLink, failLink, requestsOf;

class Module {
  #handle;
  #identifier;
  #context;

  static {
    handleOf = (module) => module.#handle;
    requireModule = (value, name) => {
      if (value === null || typeof value !== 'object' || !(#handle in value)) throw new codes.ERR_INVALID_THIS(name);
    };
    isModule = (value) => value !== null && typeof value === 'object' && #handle in value;
  }

  constructor(options) {
    if (new.target === Module) throw new TypeError('Module is not a constructor');
    vm.warnExperimental('VM Modules');
    const { context } = options;
    let { identifier } = options;
    if (context !== undefined) {
      validateObject(context, 'options.context', 6);
      if (vm.contextOf(context) === undefined) throw new codes.ERR_INVALID_ARG_TYPE('options.context', 'vm.Context', context);
    }
    if (identifier === undefined) identifier = nextIdentifier(context ?? globalThis);
    else validateString(identifier, 'options.identifier');
    this.#identifier = identifier;
    this.#context = context;
    this.#handle = options.create(this, identifier, context === undefined ? undefined : vm.contextOf(context));
  }

  get identifier() {
    requireModule(this, 'Module');
    return this.#identifier;
  }

  get context() {
    requireModule(this, 'Module');
    return this.#context;
  }

  get namespace() {
    requireModule(this, 'Module');
    if (modules.status(this.#handle) < kLinked) throw new codes.ERR_VM_MODULE_STATUS('must not be unlinked or linking');
    return modules.namespace(this.#handle);
  }

  get status() {
    requireModule(this, 'Module');
    return statuses[modules.status(this.#handle)];
  }

  get error() {
    requireModule(this, 'Module');
    if (modules.status(this.#handle) !== kFailed) throw new codes.ERR_VM_MODULE_STATUS('must be errored');
    return modules.error(this.#handle);
  }

  async link(linker) {
    requireModule(this, 'Module');
    validateFunction(linker, 'linker');
    if (this.status === 'linked') throw new codes.ERR_VM_MODULE_ALREADY_LINKED();
    if (this.status !== 'unlinked') throw new codes.ERR_VM_MODULE_STATUS('must be unlinked');
    await linkAll(this, linker);
    modules.link(this.#handle);
  }

  evaluate(options = {}) {
    try {
      requireModule(this, 'Module');
      validateObject(options, 'options');
      const { timeout, breakOnSigint = false } = options;
      if (timeout !== undefined) validateUint32(timeout, 'options.timeout', true);
      validateBoolean(breakOnSigint, 'options.breakOnSigint');
      const status = modules.status(this.#handle);
      if (status < kLinked || status === kEvaluating) {
        throw new codes.ERR_VM_MODULE_STATUS('must be one of linked, evaluated, or errored');
      }
      return modules.evaluate(this.#handle, timeout ?? 0, breakOnSigint);
    } catch (err) {
      return Promise.reject(err);
    }
  }

  [customInspect](depth, options) {
    requireModule(this, 'Module');
    if (typeof depth === 'number' && depth < 0) return `[${this.constructor.name}]`;
    const shown = Object.create(Object.getPrototypeOf(this));
    for (const key of ['status', 'identifier', 'context']) {
      Object.defineProperty(shown, key, { __proto__: null, value: this[key], enumerable: true });
    }
    return require('internal/util/inspect').inspect(shown, { ...options, customInspect: false });
  }
}
Object.defineProperty(Module.prototype, customInspect, { __proto__: null, enumerable: false });

class SourceTextModule extends Module {
  #requests; // as moduleRequests shows them
  #specifiers;
  #source;
  #state = ''; // linking, or errored: what linking is like from outside
  #error;

  static {
    beginLink = (module) => { module.#state = 'linking'; };
    endLink = (module) => { module.#state = ''; };
    failLink = (module, err) => {
      module.#state = 'errored';
      module.#error = err;
    };
    requestsOf = (module) => module.#requests;
  }

  constructor(sourceText, options = {}) {
    validateString(sourceText, 'sourceText');
    validateObject(options, 'options');
    const {
      lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, context, identifier, cachedData,
    } = options;
    validateInt32(lineOffset, 'options.lineOffset');
    validateInt32(columnOffset, 'options.columnOffset');
    if (initializeImportMeta !== undefined) validateFunction(initializeImportMeta, 'options.initializeImportMeta');
    vm.validateImporter(importModuleDynamically, 'options.importModuleDynamically');
    vm.validateCachedData(cachedData, 'options.cachedData');
    let requests;
    super({
      identifier, context,
      create(self, name, handle) {
        runtime.noteSource(name, sourceText, lineOffset, columnOffset);
        const meta = initializeImportMeta === undefined ? undefined : (o) => initializeImportMeta(o, self);
        const found = modules.sourceText(sourceText, name, handle, lineOffset, columnOffset,
          new Host(meta, vm.importer(importModuleDynamically, name, () => self)));
        requests = found[1];
        return found[0];
      },
    });
    if (cachedData !== undefined && !vm.acceptsCachedData(sourceText, cachedData)) {
      throw new codes.ERR_VM_MODULE_CACHED_DATA_REJECTED();
    }
    this.#source = sourceText;
    for (let i = 0; i < requests.length; i++) {
      const { attributes } = requests[i];
      requests[i] = Object.freeze({
        __proto__: null, specifier: requests[i].specifier, attributes: Object.freeze(Object.assign({ __proto__: null }, attributes)),
        phase: 'evaluation',
      });
    }
    this.#requests = Object.freeze(requests);
  }

  linkRequests(list) {
    requireModule(this, 'SourceTextModule');
    if (this.status !== 'unlinked') throw new codes.ERR_VM_MODULE_STATUS('must be unlinked');
    validateArray(list, 'modules');
    if (list.length !== this.#requests.length) {
      throw new codes.ERR_MODULE_LINK_MISMATCH(`Expected ${this.#requests.length} modules, got ${list.length}`);
    }
    const handles = [];
    for (let i = 0; i < list.length; i++) {
      checkDependency(list[i], this, this.#requests[i].specifier);
      handles.push(handleOf(list[i]));
    }
    modules.setDeps(handleOf(this), handles);
  }

  instantiate() {
    requireModule(this, 'SourceTextModule');
    if (this.status !== 'unlinked') throw new codes.ERR_VM_MODULE_STATUS('must be unlinked');
    modules.link(handleOf(this));
  }

  get dependencySpecifiers() {
    return this.#specifiers ??= Object.freeze(this.#requests.map((request) => request.specifier));
  }

  get moduleRequests() { return this.#requests; }

  get status() {
    return this.#state === '' ? super.status : this.#state;
  }

  get error() {
    if (this.#state === 'errored') return this.#error;
    return super.error;
  }

  hasAsyncGraph() {
    requireModule(this, 'SourceTextModule');
    if (modules.status(handleOf(this)) < kLinked) throw new codes.ERR_VM_MODULE_STATUS('must be instantiated');
    return modules.hasAwait(handleOf(this), true);
  }

  hasTopLevelAwait() {
    requireModule(this, 'SourceTextModule');
    return modules.hasAwait(handleOf(this), false);
  }

  createCachedData() {
    const { status } = this;
    if (status === 'evaluating' || status === 'evaluated' || status === 'errored') {
      throw new codes.ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA();
    }
    return native.fingerprint(this.#source);
  }
}

class SyntheticModule extends Module {
  constructor(exportNames, evaluateCallback, options = {}) {
    if (!Array.isArray(exportNames) || exportNames.some((name) => typeof name !== 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('exportNames', 'Array of unique strings', exportNames);
    }
    exportNames.forEach((name, i) => {
      if (exportNames.indexOf(name, i + 1) !== -1) {
        throw new codes.ERR_INVALID_ARG_VALUE(`exportNames.${name}`, name, 'is duplicated');
      }
    });
    validateFunction(evaluateCallback, 'evaluateCallback');
    validateObject(options, 'options');
    const { context, identifier } = options;
    super({
      identifier, context,
      create: (self, name) => modules.synthetic(name, exportNames, () => { evaluateCallback.call(self); }),
    });
  }

  // It has nothing to link.
  link() {}

  setExport(name, value) {
    requireModule(this, 'SyntheticModule');
    validateString(name, 'name');
    if (!modules.setExport(handleOf(this), name, value)) throw new ReferenceError(`Export '${name}' is not defined in module`);
  }
}

// What a module's import.meta and import() are.
class Host {
  #initialize;
  #import;
  #meta;
  constructor(initialize, importer) {
    this.#initialize = initialize;
    this.#import = importer;
  }

  get meta() {
    if (this.#meta === undefined) {
      this.#meta = { __proto__: null };
      if (this.#initialize !== undefined) this.#initialize(this.#meta);
    }
    return this.#meta;
  }

  import(specifier, options) { return this.#import(specifier, options); }
}

function checkDependency(module, referrer, specifier) {
  if (!isModule(module)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  if (module.context !== referrer.context) throw new codes.ERR_VM_MODULE_DIFFERENT_CONTEXT();
  if (module.status === 'errored') {
    const err = new codes.ERR_VM_MODULE_LINK_FAILURE(`request for '${specifier}' resolved to an errored module`);
    err.cause = module.error;
    throw err;
  }
}

// Asks linker for all that a module depends on, and those for what they depend on.
async function linkAll(module, linker) {
  beginLink(module);
  try {
    const deps = await Promise.all(requestsOf(module).map(async ({ specifier, attributes }) => {
      const dep = await linker(specifier, module, { attributes, assert: attributes });
      checkDependency(dep, module, specifier);
      return dep;
    }));
    modules.setDeps(handleOf(module), deps.map(handleOf));
    for (let i = 0; i < deps.length; i++) {
      if (deps[i].status === 'unlinked') await linkAll(deps[i], linker);
    }
  } catch (err) {
    failLink(module, err);
    throw err;
  }
  endLink(module);
}

// What importModuleDynamically gave: a namespace, or a module to be run for one.
async function namespaceOf(value) {
  if (require('util').types.isModuleNamespaceObject(value)) return value;
  if (!isModule(value)) throw new codes.ERR_VM_MODULE_NOT_MODULE();
  if (value.status === 'errored') throw value.error;
  await value.evaluate();
  return value.namespace;
}

module.exports = { Module, SourceTextModule, SyntheticModule, namespaceOf, setup };
