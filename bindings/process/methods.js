'use strict';
// The less used methods of process, loaded when one is called.

const b = internalBinding('process');
const errors = require('internal/errors');
const { codes } = errors;
const validators = require('internal/validators');
const { compatVersion, engineVersion, hasBuiltin, ownVersion } = internalBinding('runtime');
const execution = require('internal/process/execution');

function unsupportedInWorker(name) {
  if (!b.ownsProcess && b.isWorker) throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(name);
}

function _rawDebug() {
  b.rawDebug(require('util').format.apply(null, arguments));
}

function binding(module) {
  require('internal/util').emitDeprecation?.('Access to process.binding(\'' + `${module}` + '\') is deprecated.', 'DEP0111');
  const err = new Error(`No such binding: ${module}`);
  err.code = 'ERR_INVALID_MODULE';
  throw err;
}
function _linkedBinding(module) {
  validators.validateString(`${module}`, 'module');
  const err = new Error(`No such binding: ${module}`);
  err.code = 'ERR_INVALID_MODULE';
  throw err;
}

function dlopen(module, filename) {
  if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('module', 'filename');
  const err = new Error(`${filename}: ${b.addonError(`${filename}`)}`);
  err.code = 'ERR_DLOPEN_FAILED';
  throw err;
}

function getActiveResourcesInfo(options) {
  if (options?.stacks !== true) return b.activeResources(false);
  return b.activeResources(true).map(([type, detail, openedBy, stack]) => ({
    type, detail: detail || undefined, openedBy: openedBy || undefined, stack: stack || undefined,
  }));
}
// Stand-ins for Node's request and handle objects, by their class names.
const wraps = { __proto__: null };
function wrap(name) {
  wraps[name] ??= { [name]: class {} }[name];
  return new wraps[name]();
}
function _getActiveRequests() { return b.activeRequests().map(wrap); }
const handleClasses = { __proto__: null, TCPSocketWrap: 'TCP', TCPServerWrap: 'TCP', PipeWrap: 'Pipe', TTYWrap: 'TTY', UDPWrap: 'UDP' };
function _getActiveHandles() {
  const { owner_symbol } = require('internal/net');
  return b.activeHandles().map((h) => typeof h === 'string' ? wrap(handleClasses[h] ?? h) : h[owner_symbol] ?? h.owner ?? h);
}

function signalNumber(name) {
  const n = typeof name === 'string' && name.startsWith('SIG') ? b.signalNumber(name) : 0;
  if (n === 0) throw new codes.ERR_UNKNOWN_SIGNAL(name);
  return n;
}

function _kill(pid, signal) { b.kill(pid, signal); return 0; }

function kill(pid, sig) {
  // Loose: a string of digits is a pid as well.
  if (pid != (pid | 0)) throw new codes.ERR_INVALID_ARG_TYPE('pid', 'number', pid); // eslint-disable-line eqeqeq
  let number;
  if (sig === (sig | 0)) {
    number = sig;
  } else {
    number = signalNumber(sig || 'SIGTERM');
  }
  const err = process._kill(pid, number);
  if (err) throw new codes.ERR_SYSTEM_ERROR({ syscall: 'kill', errno: err });
  return true;
}

function loadEnvFile(path) {
  if (path !== undefined && path !== null) {
    const { getValidatedPath } = require('internal/fs/utils');
    path = getValidatedPath(path, 'path');
    if (typeof path !== 'string') path = `${path}`;
  } else {
    path = '.env';
  }
  const vars = b.parseEnv(b.readFile(path));
  for (let i = 0; i < vars.length; i += 2) {
    if (process.env[vars[i]] === undefined) process.env[vars[i]] = vars[i + 1];
  }
}

function usageOf(read) {
  return function(prevValue) {
    let user = 0, system = 0;
    if (prevValue) {
      validators.validateObject(prevValue, 'prevValue');
      for (const key of ['user', 'system']) {
        const v = prevValue[key];
        if (!(typeof v === 'number' && v >= 0 && v <= Number.MAX_SAFE_INTEGER)) {
          validators.validateNumber(v, `prevValue.${key}`);
          throw new codes.ERR_INVALID_ARG_VALUE.RangeError(`prevValue.${key}`, v);
        }
      }
      user = prevValue.user;
      system = prevValue.system;
    }
    const now = read();
    return { user: now[0] - user, system: now[1] - system };
  };
}
const cpuUsage = { cpuUsage: usageOf(b.cpuUsage) }.cpuUsage;
const threadCpuUsage = { threadCpuUsage: usageOf(b.threadCpuUsage) }.threadCpuUsage;
for (const [fn, name] of [[cpuUsage, 'cpuUsage'], [threadCpuUsage, 'threadCpuUsage']]) {
  Object.defineProperty(fn, 'name', { __proto__: null, value: name, configurable: true });
}

function execve(execPath, args = [], env = process.env) {
  unsupportedInWorker('process.execve()');
  process.emitWarning('process.execve is an experimental feature and might change at any time', 'ExperimentalWarning');
  if (process.platform === 'win32') throw new codes.ERR_FEATURE_UNAVAILABLE_ON_PLATFORM('process.execve');
  validators.validateString(execPath, 'execPath');
  validators.validateArray(args, 'args');
  for (let i = 0; i < args.length; i++) {
    if (typeof args[i] !== 'string' || args[i].includes('\u0000')) {
      throw new codes.ERR_INVALID_ARG_VALUE(`args[${i}]`, args[i], 'must be a string without null bytes');
    }
  }
  validators.validateObject(env, 'env');
  const list = [];
  const keys = Object.keys(env);
  for (let i = 0; i < keys.length; i++) {
    const value = env[keys[i]];
    if (typeof value !== 'string' || keys[i].includes('\u0000') || value.includes('\u0000')) {
      throw new codes.ERR_INVALID_ARG_VALUE('env', env,
        'must be an object with string keys and values without null bytes');
    }
    list.push(`${keys[i]}=${value}`);
  }
  b.execve(execPath, args, list);
}

function refOf(kSymbol, kOld, method) {
  return function(maybeRefable) {
    if (maybeRefable === null || maybeRefable === undefined) return;
    const fn = maybeRefable[Symbol.for(kSymbol)] || maybeRefable[Symbol.for(kOld)] || maybeRefable[method];
    if (typeof fn === 'function') fn.call(maybeRefable);
  };
}
const ref = refOf('nodejs.ref', 'node:ref', 'ref');
const unref = refOf('nodejs.unref', 'node:unref', 'unref');
Object.defineProperty(ref, 'name', { __proto__: null, value: 'ref', configurable: true });
Object.defineProperty(unref, 'name', { __proto__: null, value: 'unref', configurable: true });

function openStdin() {
  process.stdin.resume();
  return process.stdin;
}

function setUncaughtExceptionCaptureCallback(fn) {
  execution.checkCaptureAllowed();
  if (fn === null) {
    execution.setCapture(null);
    return;
  }
  if (typeof fn !== 'function') throw new codes.ERR_INVALID_ARG_TYPE('fn', ['Function', 'null'], fn);
  if (execution.hasCapture()) throw new codes.ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET();
  execution.setCapture(fn);
}
function hasUncaughtExceptionCaptureCallback() { return execution.hasCapture(); }

let maps = false;
function setSourceMapsEnabled(value) {
  validators.validateBoolean(value, 'val');
  maps = value;
}
function sourceMapsEnabled() { return maps || require('internal/options').getOptionValue('--enable-source-maps'); }

function getBuiltinModule(id) {
  validators.validateString(id, 'id');
  const { builtinId } = require('internal/modules/cjs/loader');
  const name = builtinId(id);
  return name === undefined ? undefined : require(name);
}

function umask(mask) {
  if (mask === undefined) return b.umask();
  unsupportedInWorker('Setting process.umask()');
  return b.umask(validators.parseFileMode(mask, 'mask'));
}

function noop() {}

// --- Users and groups

function validateId(id, name) {
  if (typeof id === 'number') validators.validateUint32(id, name);
  else if (typeof id !== 'string') throw new codes.ERR_INVALID_ARG_TYPE(name, ['number', 'string'], id);
}
function setter(name, kind) {
  const fn = function(id) {
    unsupportedInWorker(`process.${name}()`);
    validateId(id, 'id');
    if (typeof id === 'number') id |= 0;
    if (b[name](id) === 1) throw new codes.ERR_UNKNOWN_CREDENTIAL(kind, id);
  };
  Object.defineProperty(fn, 'name', { __proto__: null, value: '', configurable: true });
  return fn;
}
function initgroups(user, extraGroup) {
  validateId(user, 'user');
  validateId(extraGroup, 'extraGroup');
  const result = b.initgroups(user, extraGroup);
  if (result === 1) throw new codes.ERR_UNKNOWN_CREDENTIAL('User', user);
  if (result === 2) throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', extraGroup);
}
function setgroups(groups) {
  validators.validateArray(groups, 'groups');
  for (let i = 0; i < groups.length; i++) validateId(groups[i], `groups[${i}]`);
  const result = b.setgroups(groups);
  if (result > 0) throw new codes.ERR_UNKNOWN_CREDENTIAL('Group', groups[result - 1]);
}

// --- Tables

function makeFlags() {
  const list = require('internal/options').environment();
  const known = new Set(list);
  const plain = new Set();
  for (const flag of known) plain.add(flag.replace(/^--?/, ''));
  const trim = (flag) => flag.replace(/^--?/, '').replace(/_/g, '-');

  class NodeEnvironmentFlagsSet extends Set {
    add() { return this; }
    delete() { return false; }
    clear() {}
    has(key) {
      if (typeof key !== 'string') return false;
      key = key.replace(/_/g, '-').replace(/=.*$/, '');
      if (/^--?[a-zA-Z]/.test(key)) return known.has(key);
      return /^[a-zA-Z]/.test(key) && plain.has(trim(key));
    }
    entries() { return known.entries(); }
    forEach(callback, thisArg = undefined) {
      for (const flag of known) Reflect.apply(callback, thisArg, [flag, flag, this]);
    }
    get size() { return known.size; }
    values() { return known.values(); }
    keys() { return known.values(); }
    [Symbol.iterator]() { return known.values(); }
  }
  Object.freeze(NodeEnvironmentFlagsSet.prototype.constructor);
  Object.freeze(NodeEnvironmentFlagsSet.prototype);
  return Object.freeze(new NodeEnvironmentFlagsSet());
}

// process.permission, which is there with --permission only.
function permission() {
  return {
    __proto__: null,
    has(scope, reference) {
      validators.validateString(scope, 'scope');
      if (reference == null) return b.hasPermission(scope);
      if (Buffer.isBuffer(reference)) reference = `${reference}`;
      validators.validateString(reference, 'reference');
      return b.hasPermission(scope, reference);
    },
  };
}

function makeFeatures() {
  const features = {};
  const all = {
    inspector: false, debug: false, uv: true, ipv6: true, tls_alpn: true, tls_sni: true, tls_ocsp: true, tls: true,
    openssl_is_boringssl: false,
  };
  for (const key of Object.keys(all)) {
    Object.defineProperty(features, key, { __proto__: null, value: all[key], enumerable: true, writable: false, configurable: false });
  }
  const { getOptionValue } = require('internal/options');
  const stripping = getOptionValue('--experimental-transform-types') ? 'transform' : getOptionValue('--strip-types') ? 'strip' : false;
  const getters = { cached_builtins: true, require_module: getOptionValue('--require-module'), quic: false, typescript: stripping };
  for (const key of Object.keys(getters)) {
    Object.defineProperty(features, key, { __proto__: null, get: () => getters[key], enumerable: true, configurable: false });
  }
  return features;
}

function makeConfig() {
  const deepFreeze = (o) => {
    for (const v of Object.values(o)) if (typeof v === 'object' && v !== null) deepFreeze(v);
    return Object.freeze(o);
  };
  return deepFreeze({
    target_defaults: { cflags: [], default_configuration: 'Release', defines: [], include_dirs: [], libraries: [] },
    variables: {
      asan: 0, coverage: false, dcheck_always_on: 0, debug_nghttp2: false, debug_node: false, enable_lto: false,
      enable_pgo_generate: false, enable_pgo_use: false, error_on_warn: false, force_dynamic_crt: 0, host_arch: process.arch,
      icu_small: false, is_debug: 0, llvm_version: '0.0', napi_build_version: '10', node_builtin_shareable_builtins: [],
      node_byteorder: 'little', node_debug_lib: false, node_enable_d8: false, node_enable_v8_vtunejit: false, node_fipsinstall: false,
      node_install_corepack: false, node_install_npm: false, node_library_files: [], node_module_version: 137, node_no_browser_globals: false,
      node_prefix: '/usr/local', node_release_urlbase: 'https://nodejs.org/download/release/', node_section_ordering_info: '',
      node_shared: false, node_tag: '', node_target_type: 'executable', node_use_amaro: true, node_use_bundled_v8: true,
      node_use_node_code_cache: true, node_use_node_snapshot: false, node_use_openssl: true, node_use_v8_platform: true,
      node_with_ltcg: false, node_without_node_options: false, openssl_is_fips: false, openssl_quic: true, ossfuzz: false,
      shlib_suffix: 'so.137', single_executable_application: false, target_arch: process.arch, ubsan: 0, use_prefix_to_find_headers: false,
      v8_enable_31bit_smis_on_64bit_arch: 0, v8_enable_extensible_ro_snapshot: 0, v8_enable_i18n_support: 1, v8_enable_inspector: 0,
      v8_enable_javascript_promise_hooks: 1, v8_enable_lite_mode: 0, v8_enable_object_print: 1, v8_enable_pointer_compression: 0,
      v8_enable_sandbox: 0, v8_enable_shared_ro_heap: 1, v8_enable_webassembly: 1, v8_optimized_debug: 1, v8_promise_internal_field_count: 1,
      v8_random_seed: 0, v8_trace_maps: 0, v8_use_siphash: 1, want_separate_host_toolset: 0,
    },
  });
}

// --- Standard streams

const streams = { __proto__: null };

// Until there is a stream for it: writes, and nothing more.
function minimal(fd) {
  const EventEmitter = require('events');
  const s = new EventEmitter();
  s.fd = fd;
  s.writable = true;
  s.write = (chunk, encoding, cb) => {
    if (typeof encoding === 'function') cb = encoding;
    b.writeSync(fd, typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString());
    if (typeof cb === 'function') process.nextTick(cb);
    return true;
  };
  s.end = s.resume = s.pause = s.setEncoding = () => s;
  return s;
}

function stream(name) {
  let s = streams[name];
  if (s === undefined) {
    if (hasBuiltin('internal/stdio')) {
      const stdio = require('internal/stdio');
      const getter = `get${name[0].toUpperCase()}${name.slice(1)}`;
      s = typeof stdio[getter] === 'function' ? stdio[getter]() : stdio[name];
    } else {
      s = minimal(name === 'stdin' ? 0 : name === 'stdout' ? 1 : 2);
    }
    streams[name] = s;
  }
  return s;
}

function stderrUsed() { return streams.stderr !== undefined; }

function versions() {
  const list = {};
  const all = {
    node: compatVersion, acorn: '8.18.0', ada: '4.0.0', amaro: '1.1.11', ares: '1.34.8', brotli: '1.2.0', cldr: '48.0',
    gonode: ownVersion, goja: engineVersion, icu: '78.3', llhttp: '9.4.3', merve: '1.2.2', modules: '137', napi: '10', nbytes: '0.1.4',
    ncrypto: '0.0.1', nghttp2: '1.70.0', openssl: '3.5.8', simdjson: '4.6.7', simdutf: '6.4.0', sqlite: '3.53.4', tz: '2026c',
    undici: '7.29.1', unicode: '17.0', uv: '1.52.1', uvwasi: '0.0.23', v8: '13.6.233.17-node.53', zlib: '1.3.2.1', zstd: '1.5.7',
  };
  for (const key of Object.keys(all)) {
    Object.defineProperty(list, key, { __proto__: null, value: all[key], enumerable: true, writable: false, configurable: false });
  }
  return Object.freeze(list);
}

module.exports = {
  _debugEnd: noop,
  _debugProcess: noop,
  _getActiveHandles,
  _getActiveRequests,
  _kill,
  _linkedBinding,
  _rawDebug,
  _startProfilerIdleNotifier: noop,
  _stopProfilerIdleNotifier: noop,
  get allowedNodeEnvironmentFlags() { return makeFlags(); },
  binding,
  get config() { return makeConfig(); },
  cpuUsage,
  dlopen,
  execve,
  get features() { return makeFeatures(); },
  getActiveResourcesInfo,
  getBuiltinModule,
  hasUncaughtExceptionCaptureCallback,
  initgroups,
  kill,
  loadEnvFile,
  get moduleLoadList() { return []; },
  openStdin,
  permission,
  ref,
  setUncaughtExceptionCaptureCallback,
  setSourceMapsEnabled,
  setegid: setter('setegid', 'Group'),
  seteuid: setter('seteuid', 'User'),
  setgid: setter('setgid', 'Group'),
  setgroups,
  setuid: setter('setuid', 'User'),
  sourceMapsEnabled,
  stderrUsed,
  stream,
  threadCpuUsage,
  umask,
  unref,
  versions,
};
