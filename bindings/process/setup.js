'use strict';
// Builds the process object at start-up. What few programs touch is loaded
// when they do.

const b = internalBinding('process');
const { compatVersion, getExiting, getProcess, setExiting, setExitCode, setProcess } = internalBinding('runtime');
const EventEmitter = require('events');

const constructor = { process: function() {} }.process; // eslint-disable-line func-names
const proto = Object.create(EventEmitter.prototype, {
  constructor: { __proto__: null, value: constructor, enumerable: false, writable: true, configurable: true },
});
Object.defineProperty(constructor, 'prototype', { __proto__: null, value: proto, writable: false });
Object.setPrototypeOf(process, proto);
EventEmitter.call(process);

function fixed(name, value) {
  Object.defineProperty(process, name, { __proto__: null, value, enumerable: true, configurable: true, writable: false });
}
function lazy(name, get, enumerable = true) {
  Object.defineProperty(process, name, {
    __proto__: null, configurable: true, enumerable,
    get() {
      const value = get();
      Object.defineProperty(process, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
      return value;
    },
    set(value) {
      Object.defineProperty(process, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
    },
  });
}

fixed('version', `v${compatVersion}`);
Object.defineProperty(process, 'versions', {
  __proto__: null, configurable: true, enumerable: true,
  get() {
    fixed('versions', require('internal/process/methods').versions());
    return process.versions;
  },
});
fixed('arch', b.arch);
fixed('platform', b.platform);
fixed('release', {
  name: 'node', lts: 'Krypton',
  sourceUrl: `https://nodejs.org/download/release/v${compatVersion}/node-v${compatVersion}.tar.gz`,
  headersUrl: `https://nodejs.org/download/release/v${compatVersion}/node-v${compatVersion}-headers.tar.gz`,
});
fixed('pid', b.pid);
Object.defineProperty(process, 'ppid', {
  __proto__: null, get() { return b.ppid(); }, enumerable: true, configurable: true,
});
Object.defineProperty(process, 'title', {
  __proto__: null, get() { return b.title(); }, set(value) { b.setTitle(`${value}`); }, enumerable: true, configurable: true,
});
Object.defineProperty(process, 'argv0', { __proto__: null, value: b.argv0, enumerable: true });
process.argv = b.argv;
process.execArgv = b.execArgv;
process.execPath = b.execPath;
process.env = b.env;
process.debugPort = 9229;
if (process.argv.length > 0 && !b.isWorker) process.argv[0] = process.execPath;

// --- The exit code

let exitCode;
Object.defineProperty(process, 'exitCode', {
  __proto__: null, enumerable: true, configurable: false,
  get() { return exitCode; },
  set(code) {
    if (code !== undefined && code !== null) {
      if (typeof code === 'string' && code !== '' && Number.isInteger(+code)) {
        code = +code;
      } else {
        require('internal/validators').validateInteger(code, 'code');
      }
    }
    exitCode = code;
    setExitCode(code === undefined || code === null ? 0 : code | 0);
  },
});
Object.defineProperty(process, '_exiting', {
  __proto__: null, enumerable: true, configurable: true,
  get: getExiting,
  set: setExiting,
});

// --- Functions that are used at once, or are nothing but their Go side

process.hrtime = b.hrtime;
process.hrtime.bigint = b.hrtimeBigInt;
process.uptime = b.uptime;
process.memoryUsage = b.memoryUsage;
process.memoryUsage.rss = b.rss;
process.resourceUsage = b.resourceUsage;
process.constrainedMemory = b.constrainedMemory;
process.availableMemory = b.availableMemory;
process.abort = b.abort;

let cwd = '';
process.cwd = function() {
  if (cwd === '' || !b.ownsProcess) cwd = b.cwd();
  return cwd;
};
process.chdir = function(directory) {
  require('internal/validators').validateString(directory, 'directory');
  if (!b.ownsProcess && b.isWorker) {
    throw new (require('internal/errors').codes.ERR_WORKER_UNSUPPORTED_OPERATION)('process.chdir()');
  }
  b.chdir(directory);
  cwd = '';
};

process.emitWarning = function(warning, type, code, ctor) {
  return require('internal/process/warning').emitWarning(warning, type, code, ctor);
};

const execution = require('internal/process/execution');
process.exit = execution.processExit;
process.reallyExit = execution.reallyExit;
process._fatalException = execution.onUncaught;

// --- Functions that come from internal/process/methods when they are called

b.lazy(process, [
  '_rawDebug', 'binding', '_linkedBinding', 'dlopen', '_getActiveRequests', '_getActiveHandles', 'getActiveResourcesInfo',
  '_kill', 'loadEnvFile', 'cpuUsage', 'threadCpuUsage', 'kill', 'execve', 'ref', 'unref', 'openStdin',
  'setUncaughtExceptionCaptureCallback', 'hasUncaughtExceptionCaptureCallback', 'setSourceMapsEnabled', 'getBuiltinModule',
  '_debugProcess', '_debugEnd', '_startProfilerIdleNotifier', '_stopProfilerIdleNotifier', 'umask',
  'allowedNodeEnvironmentFlags', 'config', 'features', 'moduleLoadList',
], 'internal/process/methods');
if (b.getuid !== undefined) {
  process.getuid = b.getuid;
  process.geteuid = b.geteuid;
  process.getgid = b.getgid;
  process.getegid = b.getegid;
  process.getgroups = b.getgroups;
  b.lazy(process, ['initgroups', 'setgroups', 'setegid', 'seteuid', 'setgid', 'setuid'], 'internal/process/methods');
}
lazy('finalization', () => require('internal/process/finalization').createFinalization());
Object.defineProperty(process, 'sourceMapsEnabled', {
  __proto__: null, enumerable: true, configurable: true,
  get() { return require('internal/process/methods').sourceMapsEnabled(); },
});

// b.touched: the console writes without a stream until somebody asks for one.
for (const [name, fd] of [['stdout', 1], ['stdin', 0], ['stderr', 2]]) {
  Object.defineProperty(process, name, {
    __proto__: null, configurable: true, enumerable: true,
    get() {
      b.touched[fd] = 1;
      return require('internal/process/methods').stream(name);
    },
  });
}

Object.defineProperty(process, Symbol.toStringTag, {
  __proto__: null, value: 'process', writable: true, enumerable: false, configurable: false,
});
// A native getter: code that is no module of ours comes this way each time.
Object.defineProperty(globalThis, 'process', {
  __proto__: null, configurable: true, enumerable: false, get: getProcess, set: setProcess,
});

// --- Signals are events; their watchers come and go with the listeners.

function isSignal(event) {
  return typeof event === 'string' && event.length > 3 && event[0] === 'S' && event[1] === 'I' && event[2] === 'G';
}
process.on('newListener', (event) => {
  if (event === 'multipleResolves') require('internal/process/promises').watchMultipleResolves();
  else if (b.ownsProcess && isSignal(event)) require('internal/process/signals').start(event);
});
if (b.ownsProcess) {
  process.on('removeListener', (event) => {
    if (isSignal(event) && process.listenerCount(event) === 0) require('internal/process/signals').stop(event);
  });
}

// --- What the command line says

const { getOptionValue, hasOptions } = require('internal/options');
const { env } = process;
let warnings = env.NODE_NO_WARNINGS !== '1';
if (hasOptions) {
  if (!getOptionValue('--warnings')) warnings = false;
  if (getOptionValue('--permission')) fixed('permission', require('internal/process/methods').permission());
  require('internal/process/flags').apply();
}
if (warnings) {
  process.on('warning', (warning) => require('internal/process/warning').onWarning(warning));
}
