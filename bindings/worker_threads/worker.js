'use strict';
// The parent's side of a worker.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { MessageChannel, kId, kOnClose, native, transferOf } = require('internal/messaging');
const { validateArray, validateBoolean, validateObject, validateString } = require('internal/validators');

const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');
const kHandle = Symbol('kHandle');
const kPublicPort = Symbol('kPublicPort');
const kStdio = Symbol('kStdio');
const kOptions = Symbol('kOptions');
const kExit = Symbol('kExit');

let environmentData = new Map();
function setEnvironmentData(key, value) {
  if (value === undefined) environmentData.delete(key);
  else environmentData.set(key, value);
}
function getEnvironmentData(key) { return environmentData.get(key); }
function assignEnvironmentData(data) { if (data !== undefined) environmentData = data; }

function resolveFile(filename, options) {
  if (options.eval) {
    if (typeof filename !== 'string') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.eval', options.eval,
                                            "must be false when 'filename' is not a string");
    }
    return { filename: '[worker eval]', source: filename };
  }
  if (typeof filename === 'object' && filename !== null) {
    const { URL, fileURLToPath } = require('url');
    if (filename instanceof URL) {
      if (filename.protocol === 'data:') return { filename: '[worker eval]', source: dataURL(filename) };
      return { filename: fileURLToPath(filename) };
    }
  }
  if (typeof filename !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
  const path = require('path');
  if (!path.isAbsolute(filename) && !/^\.\.?[\\/]/.test(filename)) {
    throw new codes.ERR_WORKER_PATH(filename);
  }
  return { filename: path.resolve(filename) };
}

function dataURL(url) {
  const text = url.pathname;
  const comma = text.indexOf(',');
  const body = decodeURIComponent(text.slice(comma + 1));
  return /;base64$/i.test(text.slice(0, comma)) ? Buffer.from(body, 'base64').toString() : body;
}

const limitKeys = ['maxYoungGenerationSizeMb', 'maxOldGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb'];
const limitDefaults = [48, 2096, 0, 4];

// Flags that belong to the process as a whole.
const processFlags = /^--(title|abort-on-uncaught-exception|max-old-space-size|max-semi-space-size|expose[-_]gc|stack-size|v8-options|secure-heap|icu-data-dir|disable-proto|jitless|cpu-prof|heap-prof|preserve-symlinks-invalid|stack-trace-limit)(=|$)/;

function checkExecArgv(list, name, code) {
  const bad = [];
  const { allowedNodeEnvironmentFlags } = process;
  for (let i = 0; i < list.length; i++) {
    const arg = list[i];
    if (arg[0] !== '-') continue;
    const flag = arg.split('=')[0];
    if (processFlags.test(arg) || !known(flag, allowedNodeEnvironmentFlags)) bad.push(arg);
  }
  if (bad.length > 0) throw new codes.ERR_WORKER_INVALID_EXEC_ARGV(bad, name);
}
function known(flag, allowed) {
  return allowed.has(flag) || /^(-e|-p|-r|-c|-i|-C|--eval|--print|--require|--check|--interactive|--input-type|--expose-internals|--test.*|--watch.*|--env-file.*|--run)$/.test(flag);
}

class Worker extends EventEmitter {
  constructor(filename, options = {}) {
    super();
    if (arguments.length === 0) throw new codes.ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
    validateObject(options, 'options');
    if (options.execArgv && !Array.isArray(options.execArgv)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.execArgv', 'Array', options.execArgv);
    }
    if (options.argv && !Array.isArray(options.argv)) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.argv', 'Array', options.argv);
    }
    const file = resolveFile(filename, options);
    const spec = {
      filename: file.filename, source: file.source, eval: file.source !== undefined,
      argv: options.argv ? options.argv.map((a) => `${a}`) : [],
      stdin: !!options.stdin,
    };
    if (typeof options.env === 'object' && options.env !== null) {
      const env = {};
      for (const key of Object.keys(options.env)) env[key] = `${options.env[key]}`;
      spec.env = env;
    } else if (options.env === SHARE_ENV) {
      spec.shareEnv = true;
    } else if (options.env != null) {
      throw new codes.ERR_INVALID_ARG_TYPE('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], options.env);
    }
    if (options.execArgv) {
      checkExecArgv(options.execArgv.map((a) => `${a}`), 'execArgv');
      spec.execArgv = options.execArgv.map((a) => `${a}`);
    }
    if (spec.env?.NODE_OPTIONS !== undefined && spec.env.NODE_OPTIONS !== process.env.NODE_OPTIONS) {
      checkExecArgv(spec.env.NODE_OPTIONS.split(' ').filter(Boolean), 'NODE_OPTIONS env variable');
    }
    let name = 'WorkerThread';
    if (options.name != null) {
      validateString(options.name, 'options.name');
      name = options.name;
    }
    spec.name = name;
    if (options.trackUnmanagedFds !== undefined) validateBoolean(options.trackUnmanagedFds, 'options.trackUnmanagedFds');
    const limits = {};
    const given = options.resourceLimits;
    if (given !== undefined && given !== null) validateObject(given, 'options.resourceLimits');
    for (let i = 0; i < limitKeys.length; i++) {
      const value = given?.[limitKeys[i]];
      limits[limitKeys[i]] = typeof value === 'number' && value > 0 ? value : limitDefaults[i];
    }
    this[kOptions] = { limits, name };

    const { port1, port2 } = new MessageChannel();
    this[kPublicPort] = port1;
    port1.on('message', (message) => this.emit('message', message));
    port1.on('messageerror', (error) => this.emit('messageerror', error));
    const data = {
      workerData: options.workerData,
      environmentData,
      resourceLimits: limits,
      name,
      hasStdin: !!options.stdin,
    };
    this[kStdio] = { stdout: options.stdout, stderr: options.stderr, stdin: options.stdin, streams: {} };
    this[kExit] = undefined;
    const transfer = options.transferList === undefined ? undefined : transferOf(options.transferList);
    this[kHandle] = native.spawn(this, spec, data, transfer, port2[kId]);
    Object.defineProperty(this, 'threadIdOf', { __proto__: null, value: this[kHandle] });
    process.nextTick(() => process.emit('worker', this));
    require('internal/util').publish('worker_threads', 'worker', this);
  }

  get threadId() { return this[kHandle] === null ? -1 : this[kHandle]; }
  get threadName() { return this[kHandle] === null ? null : this[kOptions].name; }
  get resourceLimits() { return this[kHandle] === null ? {} : { ...this[kOptions].limits }; }

  postMessage(message, options) {
    if (arguments.length === 0) throw new TypeError('Not enough arguments');
    if (this[kPublicPort] === null) return;
    this[kPublicPort].postMessage(message, options);
  }

  terminate(callback) {
    if (typeof callback === 'function') {
      process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.',
                          'DeprecationWarning', 'DEP0132');
      if (this[kHandle] === null) return Promise.resolve();
      this.once('exit', (exitCode) => callback(null, exitCode));
    }
    if (this[kHandle] === null) return Promise.resolve();
    native.terminate(this[kHandle]);
    return new Promise((resolve) => this.once('exit', resolve));
  }

  async [Symbol.asyncDispose]() { await this.terminate(); }

  ref() {
    if (this[kHandle] === null) return;
    native.threadRef(this[kHandle], true);
    this[kPublicPort].ref();
  }

  unref() {
    if (this[kHandle] === null) return;
    native.threadRef(this[kHandle], false);
    this[kPublicPort].unref();
  }

  get stdin() {
    const { stdin, streams } = this[kStdio];
    if (!stdin) return null;
    if (streams.stdin === undefined) streams.stdin = stdinStream(this);
    return streams.stdin;
  }
  get stdout() { return outputStream(this, 'stdout'); }
  get stderr() { return outputStream(this, 'stderr'); }

  get performance() {
    return { eventLoopUtilization: () => ({ idle: 0, active: 0, utilization: 0 }) };
  }

  getHeapSnapshot() { return Promise.reject(new codes.ERR_METHOD_NOT_IMPLEMENTED('getHeapSnapshot()')); }
  getHeapStatistics() {
    if (this[kHandle] === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    return Promise.reject(new codes.ERR_METHOD_NOT_IMPLEMENTED('getHeapStatistics()'));
  }
  cpuUsage() {
    if (this[kHandle] === null) return Promise.reject(new codes.ERR_WORKER_NOT_RUNNING());
    return Promise.reject(new codes.ERR_METHOD_NOT_IMPLEMENTED('cpuUsage()'));
  }
}

function stdinStream(worker) {
  const { Writable } = require('stream');
  return new Writable({
    decodeStrings: true,
    write(chunk, encoding, callback) {
      if (worker[kHandle] !== null) native.stdinWrite(worker[kHandle], chunk);
      callback();
    },
    final(callback) {
      if (worker[kHandle] !== null) native.stdinEnd(worker[kHandle]);
      callback();
    },
  });
}

function outputStream(worker, name) {
  const { streams } = worker[kStdio];
  if (streams[name] === undefined) {
    const { Readable } = require('stream');
    streams[name] = new Readable({ read() {} });
  }
  return streams[name];
}

native.setHook('workerOnline', (worker) => { worker.emit('online'); });

native.setHook('workerOutput', (worker, fd, chunk) => {
  const name = fd === 1 ? 'stdout' : 'stderr';
  if (!worker[kStdio][name]) {
    // Not asked for: it goes where the parent's own output goes.
    if (fd === 1) process.stdout.write(chunk);
    else process.stderr.write(chunk);
    if (worker[kStdio].streams[name] === undefined) return;
  }
  outputStream(worker, name).push(chunk);
});

native.setHook('workerError', (worker, error) => { worker.emit('error', error); });

native.setHook('workerExit', (worker, code) => {
  const port = worker[kPublicPort];
  native.drain(port[kId]);
  port[kOnClose] = () => {};
  native.close(port[kId]);
  worker[kPublicPort] = null;
  worker[kHandle] = null;
  const { streams } = worker[kStdio];
  for (const name of ['stdout', 'stderr']) {
    const wanted = worker[kStdio][name] || streams[name] !== undefined;
    if (!wanted) continue;
    const stream = outputStream(worker, name);
    if (!stream.readableEnded) {
      stream.push(null);
      if (stream.readableFlowing === null) stream.resume();
    }
  }
  if (streams.stdin !== undefined) streams.stdin.destroy();
  worker.emit('exit', code);
  worker.removeAllListeners();
});

module.exports = {
  SHARE_ENV, Worker, assignEnvironmentData, getEnvironmentData, setEnvironmentData, validateArray,
};
