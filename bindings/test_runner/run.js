'use strict';
// run(): test files in processes of their own, or all in this one.

const { codes } = require('internal/errors');
const { kEmptyObject } = require('internal/util');
const {
  validateAbortSignal, validateArray, validateBoolean, validateFunction, validateInteger, validateNumber, validateObject,
  validateOneOf, validateString, validateStringArray,
} = require('internal/validators');
const { now } = internalBinding('perf_hooks');
const { TestsStream } = require('internal/test_runner/tests_stream');
const { totals } = require('internal/test_runner/report');

const TIMEOUT_MAX = 2 ** 31 - 1;
const cancelling = ['cancelledByParent', 'testAborted', 'testTimeoutFailure'];
// What a child must not inherit: it is what makes this process the runner.
const own = ['--test', '--watch', '--watch-path', '--watch-preserve-output', '--watch-kill-signal', '--test-reporter', '--test-reporter-destination',
  '--test-concurrency', '--test-shard', '--test-isolation', '--experimental-test-isolation', '--test-timeout', '--test-global-setup',
  '--test-randomize', '--test-random-seed', '--test-rerun-failures', '--test-coverage-exclude', '--test-coverage-include', '--test-force-exit',
  '--test-only', '--test-name-pattern', '--test-skip-pattern'];
const valued = new Set(own.filter((n) => !['--test', '--watch', '--watch-preserve-output', '--test-randomize', '--test-force-exit', '--test-only'].includes(n)));

function defaultPattern() {
  const extensions = require('internal/options').getOptionValue('--strip-types') ? 'js,mjs,cjs,ts,mts,cts' : 'js,mjs,cjs';
  return `**/{test,test/**/*,test-*,*[._-]test}.{${extensions}}`;
}

// The files that patterns name, sorted; undefined with the pattern that names none.
function findFiles(patterns, cwd, onMissing) {
  const { globSync } = require('fs');
  const path = require('path');
  const given = patterns.length > 0;
  if (!given) patterns = [defaultPattern()];
  const found = new Set();
  for (let i = 0; i < patterns.length; i++) {
    const before = found.size;
    const list = globSync(patterns[i], { cwd, exclude: (name) => !given && path.basename(name) === 'node_modules' });
    for (let j = 0; j < list.length; j++) found.add(path.resolve(cwd, list[j]));
    if (list.length === 0 && before === found.size && given && !/[*?[\]{}!]/.test(patterns[i])) onMissing(patterns[i]);
  }
  return [...found].sort();
}

function toPatterns(value, name) {
  if (value == null) return undefined;
  const list = Array.isArray(value) ? value : [value];
  const { pattern } = require('internal/test_runner/harness');
  return list.map((v, i) => {
    if (require('util').types.isRegExp(v)) return v;
    validateString(v, `${name}[${i}]`);
    return pattern(v, `${name}[${i}]`);
  });
}

function validate(o) {
  validateObject(o, 'options');
  const c = {
    __proto__: null, concurrency: o.concurrency, timeout: o.timeout, signal: o.signal, files: o.files, isolation: o.isolation ?? 'process',
    watch: o.watch ?? false, setup: o.setup, only: o.only ?? false, globs: o.globPatterns, argv: o.argv ?? [], execArgv: o.execArgv ?? [],
    cwd: o.cwd ?? process.cwd(), env: o.env, globalSetupPath: o.globalSetupPath, forceExit: o.forceExit ?? false, shard: o.shard,
  };
  if (c.files != null) validateArray(c.files, 'options.files');
  validateBoolean(c.watch, 'options.watch');
  validateBoolean(c.forceExit, 'options.forceExit');
  if (c.forceExit && c.watch) throw new codes.ERR_INVALID_ARG_VALUE('options.forceExit', c.watch, 'is not supported with watch mode.');
  if (o.only != null) validateBoolean(c.only, 'options.only');
  validateString(c.cwd, 'options.cwd');
  if (c.globs != null) validateArray(c.globs, 'options.globPatterns');
  if (c.globs?.length > 0 && c.files?.length > 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('options.globPatterns', c.globs, 'is not supported when specifying \'options.files\'');
  }
  if (c.shard != null) {
    validateObject(c.shard, 'options.shard');
    c.shard = { __proto__: null, index: c.shard.index, total: c.shard.total };
    validateInteger(c.shard.total, 'options.shard.total', 1);
    validateInteger(c.shard.index, 'options.shard.index', 1, c.shard.total);
    if (c.watch) throw new codes.ERR_INVALID_ARG_VALUE('options.shard', c.watch, 'shards not supported with watch mode');
  }
  if (c.setup != null) validateFunction(c.setup, 'options.setup');
  c.names = toPatterns(o.testNamePatterns, 'options.testNamePatterns');
  c.skips = toPatterns(o.testSkipPatterns, 'options.testSkipPatterns');
  validateOneOf(c.isolation, 'options.isolation', ['process', 'none']);
  validateArray(c.argv, 'options.argv');
  validateStringArray(c.argv, 'options.argv');
  validateStringArray(c.execArgv, 'options.execArgv');
  if (c.globalSetupPath != null) validateString(c.globalSetupPath, 'options.globalSetupPath');
  if (o.env != null) {
    validateObject(o.env, 'options.env');
    if (c.isolation === 'none') throw new codes.ERR_INVALID_ARG_VALUE('options.env', o.env, 'is not supported with isolation=\'none\'');
  }
  if (o.coverage) throw new codes.ERR_METHOD_NOT_IMPLEMENTED('test coverage');
  if (c.timeout != null && c.timeout !== Infinity) validateNumber(c.timeout, 'options.timeout', 0, TIMEOUT_MAX);
  validateAbortSignal(c.signal, 'options.signal');
  return c;
}

// One file that runs in a process of its own. Its events wait until all files before it have ended.
class File {
  constructor(runner, path, index) {
    this.runner = runner;
    this.path = path;
    this.id = index + 1;
    this.name = require('path').relative(runner.config.cwd, path) || path;
    this.waiting = [];
    this.reset();
  }

  reset() {
    this.told = 0;    // results of its tests
    this.failures = 0;
    this.over = false;
    this.error = undefined;
    this.child = undefined;
  }

  emit(type, data) {
    if (this.runner.front() === this) this.runner.emit(type, data);
    else this.waiting.push([type, data]);
  }

  flush() {
    const list = this.waiting;
    this.waiting = [];
    for (let i = 0; i < list.length; i++) this.runner.emit(list[i][0], list[i][1]);
  }

  get identity() {
    return { __proto__: null, nesting: 0, name: this.name, type: 'test', testId: this.id, parentId: 0, tags: [], line: 1, column: 1, file: this.path };
  }

  args() {
    const { config } = this.runner;
    const { execArgv } = process;
    const out = [];
    for (let i = 0; i < execArgv.length; i++) {
      const equals = execArgv[i].indexOf('=');
      const name = equals < 0 ? execArgv[i] : execArgv[i].slice(0, equals);
      if (own.includes(name)) {
        if (valued.has(name) && equals < 0) i++;
        continue;
      }
      out.push(execArgv[i]);
    }
    if (config.forceExit) out.push('--test-force-exit');
    if (config.only) out.push('--test-only');
    for (const re of config.names ?? []) out.push(`--test-name-pattern=${re}`);
    for (const re of config.skips ?? []) out.push(`--test-skip-pattern=${re}`);
    if (config.timeout != null && config.timeout !== Infinity) out.push(`--test-timeout=${config.timeout}`);
    return [...out, ...config.execArgv, this.path, ...config.argv];
  }

  run() {
    const { config } = this.runner;
    const { spawn } = require('child_process');
    const { Parser } = require('internal/test_runner/frames');
    this.startTime = now();
    this.emit('test:dequeue', this.identity);
    const env = { ...(config.env ?? process.env), NODE_TEST_CONTEXT: 'child-v8' };
    const stdio = ['pipe', 'pipe', 'pipe'];
    if (this.runner.watcher !== undefined) {
      stdio.push('ipc');
      env.WATCH_REPORT_DEPENDENCIES = '1';
    }
    let timer, onAbort;
    const stop = (err) => {
      if (this.over) return;
      this.error = err;
      this.child.kill();
    };
    this.settled = new Promise((resolve) => {
      this.child = spawn(process.execPath, this.args(), { __proto__: null, cwd: config.cwd, env, stdio });
      this.child.stdin.end();
      const parser = new Parser((type, data) => this.relay(type, data), (text) => this.text('test:stdout', text));
      this.child.stdout.on('data', (chunk) => parser.push(chunk));
      this.child.stderr.on('data', (chunk) => this.text('test:stderr', chunk));
      this.runner.watcher?.follow(this.child, this.path);
      let failed;
      this.child.on('error', (err) => { failed = err; });
      this.child.on('close', (code, signal) => {
        parser.end();
        clearTimeout(timer);
        if (onAbort !== undefined) config.signal.removeEventListener('abort', onAbort);
        this.ended(code, signal, failed);
        resolve();
      });
    });
    const { failure } = require('internal/test_runner/test');
    if (config.timeout != null && config.timeout !== Infinity) {
      timer = setTimeout(() => stop(failure(`test timed out after ${config.timeout}ms`, 'testTimeoutFailure')), config.timeout);
    }
    if (config.signal != null) {
      onAbort = () => {
        const { AbortError } = require('internal/errors');
        stop(failure(new AbortError(undefined, { cause: config.signal.reason }), 'testAborted'));
      };
      if (config.signal.aborted) onAbort();
      else config.signal.addEventListener('abort', onAbort, { once: true });
    }
    return this.settled;
  }

  text(type, chunk) { this.emit(type, { __proto__: null, file: this.path, message: chunk.toString('utf8') }); }

  relay(type, data) {
    data.entryFile = this.path;
    if (type === 'test:pass' || type === 'test:fail') {
      if (data.nesting === 0) this.told++;
      if (type === 'test:fail' && data.todo === undefined) this.failures++;
    }
    this.emit(type, data);
  }

  ended(code, signal, failed) {
    const { failure } = require('internal/test_runner/test');
    let { error } = this;
    if (error === undefined && (code !== 0 || signal !== null || failed !== undefined)) {
      error = failure('test failed', this.failures > 0 ? 'subtestsFailed' : 'testCodeFailure');
      error.exitCode = code;
      error.signal = signal;
      if (failed !== undefined) error.cause = failed;
    }
    this.over = true;
    const details = { __proto__: null, duration_ms: +(now() - this.startTime).toFixed(6), type: 'test' };
    if (error !== undefined) details.error = error;
    const result = { __proto__: null, name: this.name, nesting: 0, testNumber: this.id, testId: this.id, parentId: 0, tags: [], line: 1, column: 1, file: this.path };
    this.emit('test:complete', { ...result, details: { ...details, passed: error === undefined } });
    // A file with tests is told of by them, unless it failed and they did not.
    if (this.told === 0 || (error !== undefined && this.failures === 0)) {
      this.emit('test:start', { __proto__: null, nesting: 0, name: this.name, line: 1, column: 1, file: this.path });
      this.emit(error === undefined ? 'test:pass' : 'test:fail', { ...result, details });
    } else if (error !== undefined) {
      this.runner.success = false;
    }
    this.runner.advance();
  }
}

class Runner {
  constructor(config, stream) {
    this.config = config;
    this.stream = stream;
    this.next = 0;
    this.begin();
  }

  begin() {
    this.counts = { __proto__: null, tests: 0, failed: 0, passed: 0, cancelled: 0, skipped: 0, todo: 0, topLevel: 0, suites: 0 };
    this.success = true;
    this.startTime = now();
  }

  front() { return this.files[this.next]; }

  // Files that have ended are told of in their order.
  advance() {
    while (this.next < this.files.length && this.files[this.next].over) {
      this.next++;
      this.front()?.flush();
    }
  }

  emit(type, data) {
    if (type === 'test:pass' || type === 'test:fail') {
      if (data.nesting === 0) data.testNumber = ++this.counts.topLevel;
      this.count(type === 'test:pass', data);
    }
    this.stream.send(type, data);
  }

  count(passed, data) {
    const { counts } = this;
    const { error, type } = data.details;
    if (type === 'suite') {
      counts.suites++;
      if (!passed && data.todo === undefined && error?.failureType !== 'subtestsFailed') this.success = false;
      return;
    }
    counts.tests++;
    if (data.skip !== undefined) counts.skipped++;
    else if (data.todo !== undefined) counts.todo++;
    else if (passed) counts.passed++;
    else if (cancelling.includes(error?.failureType)) counts.cancelled++;
    else counts.failed++;
    if (!passed && data.todo === undefined) this.success = false;
  }

  async processes() {
    const { config } = this;
    this.files = this.paths.map((p, i) => new File(this, p, i));
    for (let i = 0; i < this.files.length; i++) this.stream.send('test:enqueue', this.files[i].identity);
    const wide = config.concurrency === true || config.concurrency == null ? Math.max(require('os').availableParallelism() - 1, 1) :
      config.concurrency === false ? 1 : Math.max(config.concurrency, 1);
    let at = 0;
    const lane = async () => { while (at < this.files.length && !this.stopped) await this.files[at++].run(); };
    const lanes = [];
    for (let i = 0; i < Math.min(wide, this.files.length); i++) lanes.push(lane());
    await Promise.all(lanes);
  }

  // Interrupted: the children end, and what they were doing has failed.
  stop() {
    this.stopped = true;
    for (let i = 0; i < this.files.length; i++) this.files[i].child?.kill();
  }

  finish() {
    const { counts } = this;
    const ms = +(now() - this.startTime).toFixed(6);
    this.stream.send('test:plan', { __proto__: null, nesting: 0, count: counts.topLevel });
    const lines = totals(counts, ms);
    for (let i = 0; i < lines.length; i++) this.stream.send('test:diagnostic', { __proto__: null, nesting: 0, message: lines[i], level: 'info' });
    this.stream.send('test:summary', { __proto__: null, success: this.success, counts, duration_ms: ms });
  }

  // All files in this process, whose tests are one root's.
  async together() {
    const { setRoot } = require('internal/test_runner/test');
    const { pathToFileURL } = require('internal/url');
    const { importModule } = require('internal/modules/esm/loader');
    const { config } = this;
    const root = setRoot({
      names: config.names, skips: config.skips, only: config.only, forceExit: false, timeout: undefined, concurrency: 1, shared: true,
    });
    root.sink = { __proto__: null, event: (type, data) => this.emit(type, data), end: () => {} };
    for (let i = 0; i < this.paths.length; i++) {
      root.config.file = this.paths[i];
      try {
        await importModule(pathToFileURL(this.paths[i]).href, require('path').join(config.cwd, 'x.js'), undefined);
      } catch (err) {
        root.loadFailed(this.paths[i], err);
      }
    }
    await root.runShared();
    this.counts.topLevel = root.reporter.counts.topLevel;
    if (root.reporter.suiteFailed === true || root.error !== null) this.success = false;
  }
}

async function hooks(path, cwd) {
  if (path == null) return kEmptyObject;
  const { pathToFileURL } = require('internal/url');
  const { importModule } = require('internal/modules/esm/loader');
  const loaded = await importModule(pathToFileURL(require('path').resolve(cwd, path)).href, require('path').join(cwd, 'x.js'), undefined);
  const pick = (name) => {
    const fn = loaded[name] ?? loaded.default?.[name];
    if (fn != null) validateFunction(fn, name);
    return fn;
  };
  return { globalSetup: pick('globalSetup'), globalTeardown: pick('globalTeardown') };
}

function run(options = kEmptyObject) {
  const config = validate(options);
  const stream = new TestsStream();
  if (process.env.NODE_TEST_CONTEXT !== undefined) {
    process.emitWarning('node:test run() is being called recursively within a test file. skipping running files.');
    stream.end();
    return stream;
  }
  const runner = new Runner(config, stream);
  require('util').debuglog('test_runner')('test runner configuration:', {
    ...config, concurrency: config.isolation === 'none' ? 1 : config.concurrency, timeout: config.timeout ?? Infinity,
  });
  let missing;
  runner.paths = config.files != null ? config.files.map((f) => require('path').resolve(config.cwd, f)) :
    findFiles(config.globs ?? [], config.cwd, (name) => { missing ??= name; });
  if (missing !== undefined) {
    process._rawDebug(`Could not find '${missing}'`);
    process.exit(1);
  }
  if (config.shard != null) runner.paths = runner.paths.filter((_, i) => i % config.shard.total === config.shard.index - 1);
  runner.files = [];
  if (config.watch) {
    const { TestWatcher } = require('internal/test_runner/watch');
    runner.watcher = new TestWatcher(runner);
  }
  start(runner).catch((err) => stream.destroy(err));
  stream.runner = runner;
  Object.defineProperty(stream, 'runner', { __proto__: null, enumerable: false });
  return stream;
}

async function start(runner) {
  const { config, stream } = runner;
  await null; // the caller listens first
  if (config.setup != null) await config.setup(stream);
  const { globalSetup, globalTeardown } = await hooks(config.globalSetupPath, config.cwd);
  if (globalSetup != null) await globalSetup();
  if (config.isolation === 'none') await runner.together();
  else await runner.processes();
  if (runner.watcher !== undefined) await runner.watcher.finished();
  else runner.finish();
  if (globalTeardown != null) await globalTeardown();
  stream.end();
}

module.exports = { findFiles, run };
