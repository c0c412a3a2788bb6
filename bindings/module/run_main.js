'use strict';
// Runs what the command line asks for: a script, or what internal/modules/run_eval does.

const { Module, native, addConditions, exposeInternals, dropCondition, hooks, looksLikeModule, wrapModuleLoad } = require('internal/modules/cjs/loader');
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
  // The loader of ES modules knows what cannot be loaded.
  return ext !== '.cjs' && ext !== '.cts' && ext !== '.json' && ext !== '.node' && native.packageType(path) === 'module';
}
function executeUserEntryPoint(path = process.argv[1]) {
  const resolved = resolveMain(path);
  if (hooks.resolve !== null || hooks.load !== null || hasOptions && getOptionValue('--import').length > 0 || isModule(resolved)) runModule(resolved);
  else wrapModuleLoad(resolved, true);
}
function runModule(path) {
  if (hasOptions && getOptionValue('--input-type') !== '') {
    throw internalBinding('errors').makeNodeError(Error, 'ERR_INPUT_TYPE_NOT_ALLOWED',
      '--input-type can only be used with string input via --eval, --print, or STDIN');
  }
  require('internal/modules/esm/loader').runMainModule(path);
}
Module.runMain = executeUserEntryPoint;

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
  if (process.env.WATCH_REPORT_DEPENDENCIES !== undefined && process.send !== undefined) {
    require('internal/watch_mode').reportDependencies(native);
  }
  if (!hasOptions) return;
  if (hasOption('dns-result-order')) {
    require('internal/validators').validateOneOf(getOptionValue('--dns-result-order'), '--dns-result-order', ['verbatim', 'ipv4first', 'ipv6first']);
  }
  if (getOptionValue('--permission')) preparePermission();
  else refusePermissions();
  if (!getOptionValue('--addons') || getOptionValue('--permission') && !getOptionValue('--allow-addons')) dropCondition('node-addons');
  const conditions = getOptionValue('--conditions');
  if (conditions.length > 0) addConditions(conditions);
  if (getOptionValue('--expose-internals')) exposeInternals();
  const trace = getOptionValue('--trace-require-module');
  if (trace === 'all' || trace === 'no-node-modules') require('internal/modules/cjs/loader').traceModules(trace);
  if (!getOptionValue('--require-module')) require('internal/modules/cjs/loader').refuseModules();
}

// What makes --permission easy to get around is warned of.
function preparePermission() {
  for (const flag of ['--allow-addons', '--allow-child-process', '--allow-inspector', '--allow-wasi', '--allow-worker']) {
    if (getOptionValue(flag)) {
      process.emitWarning(`The flag ${flag} must be used with extreme caution. It could invalidate the permission model.`, 'SecurityWarning');
    }
  }
  for (const flag of ['--allow-fs-read', '--allow-fs-write']) {
    if (getOptionValue(flag).some((value) => value.includes(','))) {
      process.emitWarning(`The ${flag} CLI flag has changed. Passing a comma-separated list of paths is no longer valid. ` +
        'Documentation can be found at https://nodejs.org/api/permissions.html#file-system-permissions');
    }
  }
}

function refusePermissions() {
  for (const flag of ['--allow-fs-read', '--allow-fs-write']) {
    if (hasOption(flag)) throw new (require('internal/errors').codes.ERR_MISSING_OPTION)('--permission');
  }
}

function preload() {
  if (!hasOptions) return;
  const list = getOptionValue('--require');
  if (list.length > 0) {
    process._preload_modules = list;
    Module._preloadModules(list);
  }
}

function startRepl() {
  if (getOptionValue('--input-type')) {
    process._rawDebug('Cannot specify --input-type for REPL');
    process.exit(9);
  }
  require('internal/main/repl').runMain();
}

function runMain() {
  prepare();
  let script = process.argv[1];
  if (script === '') script = undefined;
  const special = script === undefined || script === '-' || hasOptions;
  if (special) {
    if (getOptionValue('--watch') && !getOptionValue('--test') && process.env.WATCH_REPORT_DEPENDENCIES === undefined) {
      return require('internal/watch_mode').runMain();
    }
    if (hasOption('eval')) {
      process._eval = getOptionValue('--eval');
      preload();
      return withImports(() => {
        if (getOptionValue('--interactive')) startRepl();
        require('internal/modules/run_eval').evalScript('[eval]', process._eval, getOptionValue('--print'));
      });
    }
    if (getOptionValue('--check')) {
      preload();
      return withImports(() => require('internal/modules/run_eval').checkSyntax(script));
    }
    if (getOptionValue('--test')) {
      const tests = require('internal/main/test_runner');
      tests.prepare();
      preload();
      return withImports(tests.runMain);
    }
    if (script === undefined || script === '-') {
      preload();
      if (getOptionValue('--interactive') && script === undefined) return withImports(startRepl);
      return withImports(() => require('internal/modules/run_eval').evalScript('[stdin]', native.readStdin(), getOptionValue('--print')));
    }
  }
  if (hasOptions && getOptionValue('--entry-url')) return runURL(script);
  process.argv[1] = native.resolve('', script);
  preload();
  if (hasOptions) runFile(script);
  else Module.runMain(script);
}

// --entry-url: what the script's place says is a URL.
function runURL(script) {
  process.emitWarning('--entry-url is an experimental feature and might change at any time', 'ExperimentalWarning');
  const { URL, pathToFileURL } = require('internal/url');
  preload();
  withImports(() => require('internal/modules/esm/loader').runMainURL(new URL(script, pathToFileURL(`${process.cwd()}/`)).href));
}

// What --import names comes before everything but --require.
function withImports(then) {
  const loaders = hasOptions ? getOptionValue('--experimental-loader') : [];
  for (let i = 0; i < loaders.length; i++) registerLoader(loaders[i]);
  const imports = hasOptions ? getOptionValue('--import') : [];
  if (imports.length > 0) require('internal/modules/esm/loader').importAll(imports, then);
  else then();
}

function registerLoader(specifier) {
  process.emitWarning('`--experimental-loader` may be removed in the future; instead use `register()`:\n' +
    '--import \'data:text/javascript,import { register } from "node:module"; import { pathToFileURL } from "node:url"; ' +
    `register(${JSON.stringify(specifier)}, pathToFileURL("./"));'`, 'ExperimentalWarning');
  const { pathToFileURL } = require('internal/url');
  require('internal/modules/customization_hooks').register(
    native.isAbsolute(specifier) ? pathToFileURL(specifier).href : specifier, pathToFileURL(`${native.resolve('', '.')}/`).href);
}

function runFile(path) { withImports(() => Module.runMain(path)); }

module.exports = { executeUserEntryPoint, prepare, preload, runFile, runMain };
