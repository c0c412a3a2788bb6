'use strict';
// The parent's side of a worker.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { MessageChannel, kId, kOnClose, native, transferOf } = require('internal/messaging');
const { validateArray, validateNumber, validateObject, validateString } = require('internal/validators');

const SHARE_ENV = Symbol.for('nodejs.worker_threads.SHARE_ENV');
const kHandle = Symbol('kHandle');
const kPublicPort = Symbol('kPublicPort');
const kStdio = Symbol('kStdio');
const kOptions = Symbol('kOptions');

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
      throw new codes.ERR_INVALID_ARG_VALUE('options.eval', options.eval, "must be false when 'filename' is not a string");
    }
    return { filename: '[worker eval]', source: filename };
  }
  if (typeof filename === 'object' && filename !== null && typeof filename.href === 'string' && filename.protocol) {
    if (filename.protocol === 'data:') return { filename: '[worker eval]', url: filename.href };
    return { filename: require('url').fileURLToPath(filename) };
  }
  if (typeof filename !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('filename', ['string', 'URL'], filename);
  const path = require('path');
  if (!path.isAbsolute(filename) && !/^\.\.?[\\/]/.test(filename)) {
    throw new codes.ERR_WORKER_PATH(filename);
  }
  return { filename: path.resolve(filename) };
}

const limitKeys = ['maxYoungGenerationSizeMb', 'maxOldGenerationSizeMb', 'codeRangeSizeMb', 'stackSizeMb'];
const limitDefaults = [48, 2096, 0, 4];

function readLimits(given) {
  const limits = {};
  for (let i = 0; i < limitKeys.length; i++) {
    const value = given?.[limitKeys[i]];
    limits[limitKeys[i]] = typeof value === 'number' && value > 0 ? value : limitDefaults[i];
  }
  return limits;
}

function readEnv(env) {
  if (env === undefined || env === null || env === SHARE_ENV) return undefined;
  if (typeof env !== 'object') {
    throw new codes.ERR_INVALID_ARG_TYPE('options.env', ['object', 'undefined', 'null', 'worker_threads.SHARE_ENV'], env);
  }
  const copy = {};
  const keys = Object.keys(env);
  for (let i = 0; i < keys.length; i++) copy[keys[i]] = `${env[keys[i]]}`;
  return copy;
}

// What async_hooks see as the resource of a worker.
class WorkerHandle {
  #id = 0;
  constructor() { this.#id = native.newThread(this); }
  get threadId() { return this.#id; }
  hasRef() { return native.threadHasRef(this.#id); }
}

class Worker extends EventEmitter {
  constructor(filename, options = {}) {
    super();
    if (options.execArgv) validateArray(options.execArgv, 'options.execArgv');
    if (options.argv) validateArray(options.argv, 'options.argv');
    const env = readEnv(options.env);
    const file = resolveFile(filename, options);
    let name = 'WorkerThread';
    if (options.name) {
      validateString(options.name, 'options.name');
      name = options.name.trim();
    }
    const limits = readLimits(options.resourceLimits);
    const spec = {
      filename: file.filename, source: file.source, url: file.url, name,
      argv: options.argv ? options.argv.map(String) : [],
      execArgv: options.execArgv ? options.execArgv.map(String) : undefined,
      env, shareEnv: options.env === SHARE_ENV,
      stdin: !!options.stdin,
      stackSize: limits.stackSizeMb / limitDefaults[3],
    };
    native.checkOptions(spec);

    const handle = new WorkerHandle();
    this[kOptions] = { limits, name };
    this[kStdio] = { stdout: options.stdout, stderr: options.stderr, stdin: options.stdin, streams: {} };
    const { port1, port2 } = new MessageChannel();
    const data = { workerData: options.workerData, environmentData, resourceLimits: limits, name };
    try {
      const transfer = typeof options.transferList === 'object' ? transferOf(options.transferList) : undefined;
      native.spawn(this, handle.threadId, spec, data, transfer, port2[kId]);
    } catch (err) {
      native.dropThread(handle.threadId);
      native.close(port1[kId]);
      throw err;
    }
    this[kHandle] = handle;
    this[kPublicPort] = port1;
    port1.on('message', (message) => this.emit('message', message));
    port1.on('messageerror', (error) => this.emit('messageerror', error));
    // The port keeps the process alive for who waits for messages.
    port1.unref();
    this.on('newListener', (event) => {
      if (event === 'message' && this[kPublicPort] !== null && this.listenerCount('message') === 0) this[kPublicPort].ref();
    });
    this.on('removeListener', (event) => {
      if (event === 'message' && this[kPublicPort] !== null && this.listenerCount('message') === 0) this[kPublicPort].unref();
    });
    this.performance = { eventLoopUtilization: utilizationOf(this) };
    process.nextTick(() => process.emit('worker', this));
    require('internal/util').publish('worker_threads', 'worker', this);
  }

  get threadId() { return this[kHandle] === null ? -1 : this[kHandle].threadId; }
  get threadName() { return this[kHandle] === null ? null : this[kOptions].name; }
  get resourceLimits() { return this[kHandle] === null ? {} : { ...this[kOptions].limits }; }

  postMessage(...args) {
    if (this[kPublicPort] === null) return;
    this[kPublicPort].postMessage(...args);
  }

  terminate(callback) {
    this.ref();
    if (typeof callback === 'function') {
      process.emitWarning('Passing a callback to worker.terminate() is deprecated. It returns a Promise instead.',
                          'DeprecationWarning', 'DEP0132');
      if (this[kHandle] === null) return Promise.resolve();
      this.once('exit', (exitCode) => callback(null, exitCode));
    }
    if (this[kHandle] === null) return Promise.resolve();
    native.terminate(this[kHandle].threadId);
    return new Promise((resolve) => this.once('exit', resolve));
  }

  async [Symbol.asyncDispose]() { await this.terminate(); }

  ref() {
    if (this[kHandle] === null) return;
    native.threadRef(this[kHandle].threadId, true);
    this[kPublicPort].ref();
  }

  unref() {
    if (this[kHandle] === null) return;
    native.threadRef(this[kHandle].threadId, false);
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

  getHeapSnapshot(options) {
    const { getHeapSnapshotOptions } = require('internal/worker/ask');
    const wanted = getHeapSnapshotOptions(options);
    return ask(this, 'heapSnapshot', wanted).then((text) => require('stream').Readable.from([text], { objectMode: false }));
  }

  getHeapStatistics() { return ask(this, 'heapStatistics'); }

  cpuUsage(prev) {
    if (prev) {
      validateObject(prev, 'prev');
      for (const key of ['user', 'system']) validateNumber(prev[key], `prev.${key}`, 0, Number.MAX_SAFE_INTEGER);
    }
    return ask(this, 'cpuUsage').then(
      (now) => prev ? { user: now.user - prev.user, system: now.system - prev.system } : now);
  }
}

// A question that the worker answers in its next turn.
function ask(worker, what, arg) {
  return new Promise((resolve, reject) => {
    const gone = () => { reject(new codes.ERR_WORKER_NOT_RUNNING()); };
    if (worker[kHandle] === null) return gone();
    native.ask(worker[kHandle].threadId, what, arg, (status, value) => {
      if (status === 'gone') gone();
      else if (status === 'threw') reject(value);
      else resolve(value);
    });
  });
}

function utilizationOf(worker) {
  return (util1, util2) => {
    const { utilization } = require('internal/perf/utilization');
    const times = worker[kHandle] === null ? undefined : native.threadTimes(worker[kHandle].threadId);
    if (times === undefined) return { idle: 0, active: 0, utilization: 0 };
    return utilization(times[0] - times[1], times[1], util1, util2);
  };
}

function stdinStream(worker) {
  const { Writable } = require('stream');
  class WritableWorkerStdio extends Writable {}
  return new WritableWorkerStdio({
    decodeStrings: true,
    write(chunk, encoding, callback) {
      if (worker[kHandle] !== null) native.stdinWrite(worker[kHandle].threadId, chunk);
      callback();
    },
    final(callback) {
      if (worker[kHandle] !== null) native.stdinEnd(worker[kHandle].threadId);
      callback();
    },
  });
}

function outputStream(worker, name) {
  const { streams } = worker[kStdio];
  if (streams[name] === undefined) {
    const { Readable } = require('stream');
    class ReadableWorkerStdio extends Readable {}
    streams[name] = new ReadableWorkerStdio({ read() {} });
  }
  return streams[name];
}

native.setHook('workerOnline', (worker) => { worker.emit('online'); });

native.setHook('workerOutput', (worker, fd, chunk) => {
  const name = fd === 1 ? 'stdout' : 'stderr';
  if (!worker[kStdio][name]) {
    // Not asked for: it goes where the parent's own output goes.
    process[name].write(chunk);
    if (worker[kStdio].streams[name] === undefined) return;
  }
  outputStream(worker, name).push(chunk);
});

native.setHook('workerError', (worker, error) => {
  worker.emit('error', require('internal/worker/errors').deserialize(error));
});

native.setHook('workerExit', (worker, code, reason) => {
  const port = worker[kPublicPort];
  native.drain(port[kId]);
  port[kOnClose] = () => {};
  native.unref(port[kId]);
  native.close(port[kId]);
  worker[kPublicPort] = null;
  worker[kHandle] = null;
  const { streams } = worker[kStdio];
  for (const name of ['stdout', 'stderr']) {
    const wanted = worker[kStdio][name] || streams[name] !== undefined;
    if (!wanted) continue;
    const stream = outputStream(worker, name);
    if (!stream.readableEnded) stream.push(null);
  }
  if (streams.stdin !== undefined) streams.stdin.destroy();
  if (reason !== undefined) worker.emit('error', new codes.ERR_WORKER_OUT_OF_MEMORY(reason));
  worker.emit('exit', code);
  worker.removeAllListeners();
});

module.exports = { SHARE_ENV, Worker, assignEnvironmentData, getEnvironmentData, setEnvironmentData };
