'use strict';
// Tests, suites and their hooks; the root, which stands for the file.

const { AbortError, codes } = require('internal/errors');
const {
  validateAbortSignal, validateFunction, validateNumber, validateObject, validateString, validateUint32,
} = require('internal/validators');
const { now } = internalBinding('perf_hooks');
// Taken now: tests replace them.
const { setTimeout, clearTimeout, setImmediate } = require('timers');
const { AsyncLocalStorage } = require('async_hooks');

const TIMEOUT_MAX = 2 ** 31 - 1;
const storage = new AsyncLocalStorage();
let active; // whose function is on the stack: new tests belong to it
let theRoot;

// Why a test failed, around the error of the test's own code.
function failure(error, failureType) {
  const message = typeof error === 'string' ? error : error?.message ?? String(error);
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0; // nobody wants to see the runner's frames
  const err = new Error(message);
  Error.stackTraceLimit = limit;
  Object.defineProperty(err, 'stack', { __proto__: null, value: `Error [ERR_TEST_FAILURE]: ${message}`, writable: true, configurable: true, enumerable: false });
  err.code = 'ERR_TEST_FAILURE';
  err.failureType = failureType;
  err.cause = error;
  return err;
}

function stopped(test) {
  // A test ends early when its time is over or its signal is aborted.
  if (test.timeout === Infinity && test.outerSignal === undefined) return undefined;
  let timer, onAbort;
  const promise = new Promise((_, reject) => {
    if (test.timeout !== Infinity) {
      timer = setTimeout(() => reject(failure(`test timed out after ${test.timeout}ms`, 'testTimeoutFailure')), test.timeout);
      timer.unref();
    }
    if (test.outerSignal !== undefined) {
      onAbort = () => reject(new AbortError(undefined, { cause: test.outerSignal.reason }));
      if (test.outerSignal.aborted) onAbort();
      else test.outerSignal.addEventListener('abort', onAbort, { once: true });
    }
  });
  promise.catch(() => {});
  return { promise, clear() { clearTimeout(timer); if (onAbort) test.outerSignal.removeEventListener('abort', onAbort); } };
}

// Calls fn(context) or fn(context, done); the result is a promise of its end.
function call(fn, thisArg, context, owner) {
  const prior = active;
  active = owner;
  try {
    if (fn.length < 2) return fn.call(thisArg, context);
    return new Promise((resolve, reject) => {
      let called = 0;
      const result = fn.call(thisArg, context, (err) => {
        if (++called > 1) {
          const twice = failure('callback invoked multiple times', 'multipleCallbackInvocations');
          if (called === 2) owner.late(twice);
          return;
        }
        if (err) reject(err);
        else resolve();
      });
      if (typeof result?.then === 'function') {
        result.then(() => {}, () => {});
        reject(failure('passed a callback but also returned a Promise', 'callbackAndPromisePresent'));
      }
    });
  } finally {
    active = prior;
  }
}

class Hook {
  constructor(owner, kind, fn, options = {}) {
    if (fn === undefined) fn = () => {};
    validateFunction(fn, 'fn');
    validateObject(options, 'options');
    const { timeout, signal } = options;
    if (timeout != null && timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
    validateAbortSignal(signal, 'options.signal');
    this.owner = owner;
    this.kind = kind;
    this.fn = fn;
    this.timeout = timeout ?? Infinity;
    this.outerSignal = signal;
    this.done = undefined; // before and after run once
    this.place = new Error();
    this.over = false;
  }

  // context is the suite's or test's that the hook runs for.
  run(context, owner) {
    if (this.kind === 'before' || this.kind === 'after') return this.done ??= this.once(context, owner);
    return this.once(context, owner);
  }

  async once(context, owner) {
    const stop = stopped(this);
    try {
      const result = storage.run(this, () => call(this.fn, context, context, owner));
      if (stop === undefined) await result;
      else await Promise.race([result, stop.promise]);
    } catch (err) {
      const message = `failed running ${this.kind} hook`;
      const wrapped = failure(message, 'hookFailed');
      wrapped.cause = err?.failureType !== undefined && err.code === 'ERR_TEST_FAILURE' && typeof err.cause !== 'string' ?
        err.cause : err;
      throw wrapped;
    } finally {
      stop?.clear();
      this.over = true;
    }
  }
}

class TestPlan {
  constructor(count, options = {}) {
    validateUint32(count, 'count');
    validateObject(options, 'options');
    const { wait } = options;
    if (wait !== undefined && typeof wait !== 'boolean') {
      if (typeof wait !== 'number') throw new codes.ERR_INVALID_ARG_TYPE('options.wait', ['boolean', 'number'], wait);
      validateNumber(wait, 'options.wait', 0, TIMEOUT_MAX);
    }
    this.expected = count;
    this.actual = 0;
    this.wait = wait === undefined ? false : wait;
    this.waiter = undefined;
  }

  count() {
    this.actual++;
    if (this.waiter !== undefined && this.actual === this.expected) this.waiter();
  }

  error() { return failure(`plan expected ${this.expected} assertions but received ${this.actual}`, 'testCodeFailure'); }

  check() {
    if (this.actual === this.expected) return undefined;
    if (this.wait === false || this.actual > this.expected) throw this.error();
    return new Promise((resolve, reject) => {
      let timer;
      if (this.wait !== true) {
        timer = setTimeout(() => {
          reject(failure(`plan timed out after ${this.wait}ms with ${this.actual} assertions when expecting ${this.expected}`,
                         'testTimeoutFailure'));
        }, this.wait);
      }
      this.waiter = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

class Test {
  constructor(parent, isSuite, name, options, fn) {
    this.parent = parent;
    this.isSuite = isSuite;
    this.name = name;
    this.fn = fn;
    this.nesting = parent === null ? -1 : parent.nesting + 1;
    this.subtests = [];
    this.waiting = [];  // created, not started
    this.running = 0;
    this.failed = 0;    // subtests
    this.hooks = { __proto__: null, before: [], after: [], beforeEach: [], afterEach: [] };
    this.diagnostics = [];
    this.passed = false;
    this.error = null;
    this.cancelled = false;
    this.finished = false;
    this.skipped = false;
    this.isTodo = false;
    this.message = undefined;
    this.planned = undefined;
    this.reported = false;
    this.startTime = undefined;
    this.endTime = undefined;
    this.onlySubtests = false;
    this.mock = undefined;
    this.done = new Promise((resolve) => { this.settle = resolve; });
    this.place = new Error(); // where it was made, should anybody ask
    this.id = parent === null ? 0 : ++theRoot.lastId;
    this.filtered = false; // by a name pattern or only: nothing is told of it

    const { concurrency, only, signal, skip, timeout, todo, plan, expectFailure } = options;
    switch (typeof concurrency) {
      case 'number':
        validateUint32(concurrency, 'options.concurrency', true);
        this.concurrency = concurrency;
        break;
      case 'boolean':
        this.concurrency = concurrency ? Infinity : 1;
        break;
      default:
        if (concurrency != null) throw new codes.ERR_INVALID_ARG_TYPE('options.concurrency', ['boolean', 'number'], concurrency);
        this.concurrency = parent === null ? 1 : parent.parent === null ? 1 : parent.concurrency;
    }
    if (timeout != null && timeout !== Infinity) validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
    this.timeout = timeout ?? (isSuite || parent === null ? Infinity : parent.timeout ?? Infinity);
    validateAbortSignal(signal, 'options.signal');
    this.outerSignal = signal;
    this.only = only;
    if (skip !== undefined && skip !== false) this.skip(skip);
    else if (parent !== null && parent.skipped && parent.parent !== null) this.skip(undefined);
    if (todo !== undefined && todo !== false) this.todo(todo);
    else if (parent?.isTodo && parent.parent !== null) this.isTodo = true;
    if (plan !== undefined) this.planned = new TestPlan(plan);
    this.expectFailure = expectFailure;
    if (fn !== undefined && typeof fn !== 'function') validateFunction(fn, 'fn');
  }

  get fullName() {
    if (this.parent === null) return this.name;
    const names = [];
    for (let t = this; t !== null && t.parent !== null; t = t.parent) names.unshift(t.name);
    return names.join(' > ');
  }

  // File, line and column, as events have them.
  get spot() {
    if (this.ownSpot !== undefined) return this.ownSpot;
    const m = /^(.*):(\d+):(\d+)$/.exec(location(this) ?? '');
    if (m === null) return this.ownSpot = { __proto__: null, line: 1, column: 1, file: process.argv[1] };
    const file = m[1].startsWith('file:') ? require('url').fileURLToPath(m[1]) : m[1];
    return this.ownSpot = { __proto__: null, line: +m[2], column: +m[3], file };
  }

  get controller() { return this.ownController ??= new AbortController(); }

  get context() {
    return this.ownContext ??= this.isSuite ? new SuiteContext(this) : new TestContext(this);
  }

  skip(message) {
    this.skipped = true;
    if (typeof message === 'string') this.message = message;
  }

  todo(message) {
    this.isTodo = true;
    if (typeof message === 'string') this.message = message;
  }

  addHook(kind, fn, options) {
    const hook = new Hook(this, kind, fn, options);
    if (kind === 'before' && this.startTime !== undefined && (this.parent !== null || this.config.shared) && !this.isSuite) {
      // A test that is running does its before hooks at once.
      const run = hook.run(this.context, this);
      run.catch((err) => this.fail(err));
      this.early = this.early === undefined ? run : Promise.all([this.early, run]);
    }
    if (kind === 'afterEach' || kind === 'after') this.hooks[kind].push(hook);
    else this.hooks[kind].push(hook);
  }

  async runHooks(kind, context, owner) {
    const list = this.hooks[kind];
    for (let i = 0; i < list.length; i++) await list[i].run(context, owner);
  }

  // beforeEach from the outermost inwards; afterEach the other way round.
  async runEach(kind, context, owner) {
    const chain = [];
    for (let t = this; t !== null; t = t.parent) chain.push(t);
    if (kind === 'beforeEach') chain.reverse();
    for (let i = 0; i < chain.length; i++) if (chain[i].hooks[kind].length > 0) await chain[i].runHooks(kind, context, owner);
  }

  // before hooks of everything around this test that have not run yet.
  async runBefore() {
    const chain = [];
    for (let t = this.parent; t !== null; t = t.parent) chain.unshift(t);
    for (let i = 0; i < chain.length; i++) {
      if (chain[i].hooks.before.length > 0) await chain[i].runHooks('before', chain[i].context, chain[i]);
    }
  }

  add(test) {
    this.subtests.push(test);
    if (this.finished) {
      test.startTime = test.endTime = now();
      test.fail(failure('test could not be started because its parent finished', 'parentAlreadyFinished'));
      test.finish();
      return;
    }
    this.waiting.push(test);
    theRoot.announce('test:enqueue', test);
  }

  // Whether the patterns of names and only leave it in.
  isWanted() {
    if (theRoot.onlyMode && !this.isOnly()) return false;
    const { names, skips } = theRoot.config;
    if (names === undefined && skips === undefined) return true;
    if (skips !== undefined && this.matches(skips)) return false;
    return names === undefined || this.matches(names) || this.subtests.some((t) => t.isWanted());
  }

  matches(patterns) {
    const path = [];
    for (let t = this; t !== null && t.parent !== null; t = t.parent) path.unshift(t.name);
    // A pattern that fits what is around fits all inside.
    for (let i = 0; i < path.length; i++) {
      const full = path.slice(0, i + 1).join(' ');
      if (patterns.some((re) => { re.lastIndex = 0; return re.test(path[i]) || (re.lastIndex = 0, re.test(full)); })) return true;
    }
    return false;
  }

  pump() {
    while (this.waiting.length > 0 && this.running < this.concurrency) {
      const test = this.waiting.shift();
      if (test.finished) continue;
      if (!test.isWanted()) {
        test.filtered = true;
        test.passed = true;
        for (let i = 0; i < test.subtests.length; i++) test.subtests[i].filtered = test.subtests[i].finished = true;
        test.finish();
        continue;
      }
      this.running++;
      theRoot.announce('test:dequeue', test);
      test.run();
    }
  }

  fail(err) {
    if (this.error !== null) return;
    this.passed = false;
    this.error = err;
  }

  // An error that came from outside the test's own promise.
  late(err) {
    if (this.finished) root().outside(err, this);
    else this.fail(err);
  }

  cancel(err) {
    if (this.finished) return;
    this.cancelled = true;
    this.fail(err ?? failure('test did not finish before its parent and was cancelled', 'cancelledByParent'));
    this.startTime ??= now();
    this.ownController?.abort();
    for (let i = 0; i < this.subtests.length; i++) this.subtests[i].cancel(err);
    this.finish();
  }

  async run() {
    this.startTime = now();
    const { parent } = this;
    if (this.isSuite) return this.runSuite();
    if (this.skipped && (this.fn === undefined || this.skipped)) {
      this.passed = true;
      this.finish();
      return;
    }
    const { context } = this;
    const stop = stopped(this);
    let afterRan = false;
    const runAfter = async () => {
      if (afterRan) return;
      afterRan = true;
      if (this.hooks.after.length > 0) await this.runHooks('after', context, this);
    };
    try {
      await storage.run(this, async () => {
        await this.runBefore();
        await parent.runEach('beforeEach', context, this);
        let body;
        if (this.fn !== undefined && !this.skipped) {
          body = call(this.fn, context, context, this);
          if (stop === undefined) await body;
          else await Promise.race([body, stop.promise]);
        }
        if (this.early !== undefined) await this.early;
        const rest = this.waitForSubtests();
        if (rest !== undefined) await (stop === undefined ? rest : Promise.race([rest, stop.promise]));
        const plan = this.planned?.check();
        if (plan !== undefined) await (stop === undefined ? plan : Promise.race([plan, stop.promise]));
        await runAfter();
        await parent.runEach('afterEach', context, this);
      });
      if (this.error === null) this.passed = true;
    } catch (err) {
      if (err?.code === 'ERR_TEST_FAILURE' && err.failureType === 'testTimeoutFailure') this.cancelled = true;
      if (err?.name === 'AbortError' && this.outerSignal?.aborted) {
        this.cancelled = true;
        err = failure(err, 'testAborted');
      }
      this.fail(err?.code === 'ERR_TEST_FAILURE' && err.failureType !== undefined ? err : failure(err, 'testCodeFailure'));
      try { await storage.run(this, runAfter); } catch { /* the first error counts */ }
      try { await storage.run(this, () => parent.runEach('afterEach', context, this)); } catch { /* likewise */ }
    } finally {
      stop?.clear();
    }
    if (this.expectFailure) this.invert();
    for (let i = 0; i < this.subtests.length; i++) this.subtests[i].cancel();
    this.finish();
  }

  invert() {
    if (this.error !== null && this.error.failureType === 'testCodeFailure') {
      this.error = null;
      this.passed = true;
    } else if (this.error === null) {
      this.passed = false;
      this.fail(failure('test was expected to fail but passed', 'expectedFailure'));
    }
  }

  isOnly() {
    for (let t = this; t !== null; t = t.parent) if (t.only) return true;
    return this.subtests.some((t) => t.only);
  }

  waitForSubtests() {
    const open = this.subtests.filter((t) => !t.finished);
    if (open.length === 0) return undefined;
    return Promise.all(open.map((t) => t.done)).then(() => this.waitForSubtests());
  }

  // A suite's function has run already; its tests wait.
  async runSuite() {
    const stop = stopped(this);
    try {
      await this.built;
      if (!this.skipped || this.subtests.some((t) => !t.skipped)) await this.runBefore();
      if (this.buildError !== undefined) throw this.buildError;
      if (!this.skipped) await storage.run(this, () => this.runHooks('before', this.context, this));
      this.started = true;
      this.pump();
      const rest = this.waitForSubtests();
      if (rest !== undefined) await (stop === undefined ? rest : Promise.race([rest, stop.promise]));
      if (!this.skipped) await storage.run(this, () => this.runHooks('after', this.context, this));
      this.passed = this.error === null;
    } catch (err) {
      if (err?.failureType === 'testTimeoutFailure') this.cancelled = true;
      this.fail(err?.code === 'ERR_TEST_FAILURE' ? err : failure(err, 'testCodeFailure'));
      for (let i = 0; i < this.subtests.length; i++) {
        this.subtests[i].cancel(this.cancelled ? undefined :
          failure('test did not finish before its parent and was cancelled', 'cancelledByParent'));
      }
      try { await storage.run(this, () => this.runHooks('after', this.context, this)); } catch { /* the first error counts */ }
    } finally {
      stop?.clear();
    }
    this.finish();
  }

  finish() {
    if (this.finished) return;
    this.finished = true;
    this.endTime = now();
    if (this.failed > 0 && this.error === null) {
      this.passed = false;
      this.fail(failure(`${this.failed} subtest${this.failed > 1 ? 's' : ''} failed`, 'subtestsFailed'));
    }
    if (this.mock !== undefined) this.mock.reset();
    this.ownController?.abort();
    if (!this.passed && !this.isTodo && this.parent !== null) this.parent.failed++;
    theRoot.report(this);
    this.settle();
    const { parent } = this;
    if (parent !== null && parent.running > 0 && !this.filtered) {
      parent.running--;
      if (!parent.isSuite || parent.started) parent.pump();
    }
    if (parent === theRoot) theRoot.settled();
  }
}

// The file. It runs its tests one after another and ends with the loop.
class Root extends Test {
  constructor(config, sink) {
    super(null, false, '<root>', { concurrency: config.concurrency }, undefined);
    this.config = config;
    this.sink = sink;
    this.lastId = 0;
    this.startTime = now();
    this.scheduled = false;
    this.ended = false;
    this.onlyMode = config.only;
    this.timeout = config.timeout ?? Infinity;
    const { Reporter } = require('internal/test_runner/report');
    this.reporter = new Reporter(this, (type, data) => this.sink.event(type, data));
    const listeners = { __proto__: null, beforeExit: () => this.onDrained(), exit: () => this.onExit() };
    const onError = (err, origin) => {
      let test = storage.getStore();
      if (test === undefined) return this.unowned(err, origin);
      if (test instanceof Hook) {
        if (test.over) return this.outside(err, test, origin);
        test = test.owner;
      }
      if (test.finished) return this.outside(err, test, origin);
      test.fail(failure(err, 'uncaughtException'));
      test.ownController?.abort();
      // Its promise may never settle now.
      if (test.fn !== undefined && test.fn.length >= 2) test.cancelled = false;
      test.interrupt?.();
    };
    listeners.uncaughtException = (err) => onError(err, 'uncaughtException');
    listeners.unhandledRejection = (err) => {
      // The context of a rejection is lost: it belongs to whoever runs alone.
      let test = storage.getStore() ?? this.onlyRunning();
      if (test instanceof Hook) {
        if (test.over) return this.outside(err, test, 'unhandledRejection');
        test = test.owner;
      }
      if (test === undefined || test.finished) return this.outside(err, test, 'unhandledRejection');
      test.fail(failure(err, 'unhandledRejection'));
    };
    for (const name of Object.keys(listeners)) process.on(name, listeners[name]);
    this.release = () => { for (const name of Object.keys(listeners)) process.removeListener(name, listeners[name]); };
  }

  onlyRunning() {
    let test = this;
    for (;;) {
      const open = test.subtests.filter((t) => t.startTime !== undefined && !t.finished);
      if (open.length !== 1) return test === this ? undefined : test;
      test = open[0];
    }
  }

  get context() { return this.rootContext ??= new SuiteContext(this); }

  start() {
    if (this.scheduled || (this.config.shared && !this.loaded)) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.pump();
    });
  }

  // An error of the file itself, outside all tests.
  unowned(err, origin) {
    this.fileError ??= err;
    if (!this.config.shared) process.exitCode = 1;
    this.fail(failure(err, origin));
    const { inspect } = require('util');
    process.stderr.write(`${typeof err === 'object' && err !== null ? inspect(err) : err}\n`);
  }

  // Activity of a test that has ended already.
  outside(err, test, origin = 'uncaughtException') {
    process.exitCode = 1;
    const name = test instanceof Hook ? `Test hook "${test.kind}"` : `Test "${test?.name}"`;
    const where = test === undefined ? '' : `${name} at ${location(test)} `;
    this.diagnostics.push(test === undefined ?
      `Error: A resource generated asynchronous activity after the test ended. This activity created the error "${err}" which ` +
        `triggered an ${origin} event, caught by the test runner.` :
      `Error: ${where}generated asynchronous activity after the test ended. This activity created the error "${err}" and would ` +
        `have caused the test to fail, but instead triggered an ${origin} event.`);
  }

  // run() without isolation: a file could not be loaded.
  loadFailed(file, err) {
    const test = new Test(this, false, require('path').relative(process.cwd(), file), {}, undefined);
    test.ownSpot = { __proto__: null, line: 1, column: 1, file };
    test.startTime = now();
    this.add(test);
    this.waiting.pop();
    test.fail(failure(err, 'testCodeFailure'));
    test.finish();
  }

  // Runs what the files have added; the promise is of the end of it all.
  async runShared() {
    this.loaded = true;
    const marked = (t) => t.only || t.subtests.some(marked);
    if (this.subtests.some(marked)) this.onlyMode = true;
    if (this.early !== undefined) await this.early;
    this.pump();
    const rest = this.waitForSubtests();
    if (rest !== undefined) await rest;
    try {
      await this.runHooks('after', this.context, this);
    } catch (err) {
      this.fail(err);
    }
    this.end();
  }

  get spot() { return { __proto__: null, line: 1, column: 1, file: process.argv[1] }; }

  announce(type, test) {
    // What a filter leaves out is known when its turn comes.
    if (type === 'test:enqueue' && (this.onlyMode || this.config.names !== undefined || this.config.skips !== undefined)) return;
    const { identity } = require('internal/test_runner/report');
    const { nesting, name, ...rest } = identity(test);
    this.sink.event(type, { __proto__: null, nesting, name, type: test.isSuite ? 'suite' : 'test', ...rest });
  }

  report(test) { if (test !== this) this.reporter.finished(test); }

  // All tests have ended. What keeps the loop alive may be for the after hooks
  // to close; --test-force-exit does not wait for it.
  settled() {
    if (this.ended || this.running > 0 || this.waiting.length > 0 || this.scheduled) return;
    if (this.config.forceExit) {
      setImmediate(() => {
        if (!this.ended && this.running === 0 && this.waiting.length === 0) this.onDrained(() => process.exit());
      });
    } else if (this.hooks.after.length > 0 && !this.config.shared) {
      setImmediate(() => { if (!this.ended && this.running === 0 && this.waiting.length === 0) this.runAfter(); });
    }
  }

  runAfter() {
    if (this.afterRun === undefined) this.afterRun = this.runHooks('after', this.context, this).catch((err) => this.fail(err));
    return this.afterRun;
  }

  onDrained(then) {
    if (this.ended || this.config.shared && !this.loaded) return then?.();
    const open = this.subtests.filter((t) => !t.finished);
    if (open.length > 0) {
      const err = failure('Promise resolution is still pending but the event loop has already resolved', 'cancelledByParent');
      for (let i = 0; i < open.length; i++) open[i].cancel(err);
    }
    if (this.hooks.after.length > 0 && !this.afterEnded) {
      this.runAfter().then(() => {
        if (this.afterEnded) return;
        this.afterEnded = true;
        // What the hooks have started ends first, and may fail.
        if (then !== undefined) this.end(then);
      });
      if (then !== undefined || this.afterWaited) return;
      this.afterWaited = true;
      setImmediate(() => {});
      return;
    }
    this.end(then);
  }

  onExit() {
    if (this.ended) return;
    for (let i = 0; i < this.subtests.length; i++) this.subtests[i].cancel();
    this.end();
  }

  end(then) {
    if (this.ended) return;
    this.ended = true;
    this.endTime = now();
    this.release();
    this.reporter.end(this);
    const { failed, cancelled } = this.reporter.counts;
    if ((failed > 0 || this.error !== null || cancelled > 0) && !this.config.shared) process.exitCode = 1;
    this.sink.end(then);
  }
}

function root() {
  if (theRoot === undefined) {
    const { commandLine, sinkFor } = require('internal/test_runner/harness');
    const config = commandLine();
    theRoot = new Root(config, sinkFor(config));
    theRoot.sink.ready?.(theRoot);
  }
  return theRoot;
}

// The root of run() without isolation: files add to it.
function setRoot(config) {
  if (theRoot === undefined || !theRoot.config.shared) theRoot = new Root(config, undefined);
  return theRoot;
}

function current() { return active ?? undefined; }

// The user's frame that made a test: file:line:column.
function location(test) {
  const lines = String(test.place.stack).split('\n');
  for (let i = 1; i < lines.length; i++) {
    const m = /(?:^\s+at |\()((?:\/|file:|[A-Za-z]:\\)[^()]*:\d+:\d+)\)?$/.exec(lines[i]);
    if (m !== null) return m[1];
  }
  return undefined;
}

function schedule(parent, isSuite, name, options, fn, overrides) {
  if (typeof name === 'function') {
    fn = name;
    name = options = undefined;
  } else if (name !== null && typeof name === 'object') {
    fn = options;
    options = name;
    name = undefined;
  } else if (typeof options === 'function') {
    fn = options;
    options = undefined;
  }
  if (options === null || typeof options !== 'object') options = {};
  if (overrides !== undefined) options = { ...options, ...overrides };
  if (typeof name !== 'string' || name === '') {
    name = typeof options.name === 'string' && options.name !== '' ? options.name : fn?.name || '<anonymous>';
  }
  if (fn === undefined && !isSuite && options.skip === undefined && options.todo === undefined) fn = () => {};
  root();
  const test = new Test(parent, isSuite, name, options, fn);
  parent.add(test);
  if (isSuite) build(test);
  if (parent === theRoot) theRoot.start();
  else if (!parent.isSuite) parent.pump();
  else if (parent.started) parent.pump();
  return parent.isSuite || isSuite ? Promise.resolve() : test.done.then(() => {});
}

// A suite's function runs at once: it says what the suite holds.
function build(suite) {
  if (suite.fn === undefined || suite.finished || suite.skipped) return;
  try {
    const result = storage.run(suite, () => {
      const prior = active;
      active = suite;
      try {
        return suite.fn.call(suite.context, suite.context);
      } finally {
        active = prior;
      }
    });
    if (typeof result?.then === 'function') {
      suite.built = result.then(() => {}, (err) => { suite.buildError = failure(err, 'testCodeFailure'); });
    }
  } catch (err) {
    suite.buildError = failure(err, 'testCodeFailure');
  }
}

let assertNames;
const custom = new Map();
function registerAssertion(name, fn) {
  validateString(name, 'name');
  validateFunction(fn, 'fn');
  custom.set(name, fn);
}

function makeAssert(test) {
  const assert = require('assert');
  const out = { __proto__: null };
  assertNames ??= ['deepEqual', 'deepStrictEqual', 'doesNotMatch', 'doesNotReject', 'doesNotThrow', 'equal', 'fail', 'ifError',
    'match', 'notDeepEqual', 'notDeepStrictEqual', 'notEqual', 'notStrictEqual', 'partialDeepStrictEqual', 'rejects',
    'strictEqual', 'throws'];
  const wrap = (name, fn) => {
    out[name] = function() {
      test.planned?.count();
      return Reflect.apply(fn, test.context, arguments);
    };
  };
  for (let i = 0; i < assertNames.length; i++) wrap(assertNames[i], assert[assertNames[i]]);
  wrap('ok', assert.ok);
  const snapshots = require('internal/test_runner/snapshot');
  wrap('snapshot', function(actual, options) { return snapshots.snapshot(test, actual, options); });
  wrap('fileSnapshot', function(actual, path, options) { return snapshots.fileSnapshot(test, actual, path, options); });
  for (const [name, fn] of custom) wrap(name, fn);
  return out;
}

class TestContext {
  #test;
  #assert;

  constructor(test) { this.#test = test; }

  get signal() { return this.#test.controller.signal; }
  get name() { return this.#test.name; }
  get filePath() { return filePath(this.#test); }
  get fullName() { return this.#test.fullName; }
  get error() { return this.#test.error; }
  get passed() { return this.#test.passed; }
  get attempt() { return 0; }
  get tags() { return []; }
  get workerId() { return undefined; }
  diagnostic(message) { this.#test.diagnostics.push(message); }
  log(message) { this.#test.diagnostics.push(message); }

  plan(count, options = {}) {
    if (this.#test.planned !== undefined) throw failure('cannot set plan more than once', 'testCodeFailure');
    this.#test.planned = new TestPlan(count, options);
  }

  get assert() { return this.#assert ??= makeAssert(this.#test); }

  get mock() {
    const { MockTracker } = require('internal/test_runner/mock');
    return this.#test.mock ??= new MockTracker();
  }

  runOnly(value) { this.#test.onlySubtests = !!value; }

  skip(message) { this.#test.skip(message); }

  todo(message) { this.#test.todo(message); }

  test(name, options, fn) {
    this.#test.planned?.count();
    return schedule(this.#test, false, name, options, fn, undefined);
  }

  before(fn, options) { this.#test.addHook('before', fn, options); }
  after(fn, options) { this.#test.addHook('after', fn, options); }
  beforeEach(fn, options) { this.#test.addHook('beforeEach', fn, options); }
  afterEach(fn, options) { this.#test.addHook('afterEach', fn, options); }

  waitFor(condition, options = {}) {
    validateFunction(condition, 'condition');
    validateObject(options, 'options');
    const { interval = 50, timeout = 1000 } = options;
    validateNumber(interval, 'options.interval', 0, TIMEOUT_MAX);
    validateNumber(timeout, 'options.timeout', 0, TIMEOUT_MAX);
    return new Promise((resolve, reject) => {
      const none = Symbol('none');
      let cause = none, poller, over = false;
      const timer = setTimeout(() => {
        over = true;
        clearTimeout(poller);
        const err = new Error('waitFor() timed out');
        if (cause !== none) err.cause = cause;
        reject(err);
      }, timeout);
      const poll = async () => {
        try {
          const value = await condition();
          if (over) return;
          clearTimeout(timer);
          resolve(value);
        } catch (err) {
          cause = err;
          if (!over) poller = setTimeout(poll, interval);
        }
      };
      poll();
    });
  }
}

class SuiteContext {
  #suite;

  constructor(suite) { this.#suite = suite; }

  get signal() { return this.#suite.controller.signal; }
  get name() { return this.#suite.name; }
  get filePath() { return filePath(this.#suite); }
  get fullName() { return this.#suite.fullName; }
  get passed() { return this.#suite.passed; }
  get attempt() { return 0; }
  diagnostic(message) { this.#suite.diagnostics.push(message); }
  log(message) { this.#suite.diagnostics.push(message); }
}

// The file that was started, also for tests of modules that it loads.
function filePath() { return theRoot.config.file ?? process.argv[1]; }

module.exports = { Test, current, failure, location, registerAssertion, root, schedule, setRoot };
