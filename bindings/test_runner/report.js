'use strict';
// The events of a file's tests, in the order in which reporters want them: a
// test is told of when all before it have been, and its parent has begun.

class Reporter {
  constructor(root, emit) {
    this.root = root;
    this.emit = emit;
    this.counts = { tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0, topLevel: 0 };
    this.next = new Map();   // parent -> index of the next subtest to tell of
    this.numbers = new Map(); // parent -> how many of its subtests were told of
    this.opened = new Set();
  }

  finished(test) {
    if (!test.filtered) {
      this.count(test);
      this.emit('test:complete', this.result(test, this.position(test), true));
    }
    this.flush(test.parent);
  }

  count(test) {
    const { counts } = this;
    if (test.parent === this.root) counts.topLevel++;
    if (test.isSuite) {
      counts.suites++;
      if (!test.passed && !test.isTodo && test.error?.failureType !== 'subtestsFailed') this.suiteFailed = true;
      return;
    }
    counts.tests++;
    if (test.skipped) counts.skipped++;
    else if (test.isTodo) counts.todo++;
    else if (test.cancelled) counts.cancelled++;
    else if (!test.passed) counts.failed++;
    else counts.passed++;
  }

  // Which of its parent's tests it is, counted from one.
  position(test) {
    const { subtests } = test.parent;
    let n = 0;
    for (let i = 0; i < subtests.length; i++) {
      if (!subtests[i].filtered) n++;
      if (subtests[i] === test) break;
    }
    return n;
  }

  // Tells what can be told of parent's subtests.
  flush(parent) {
    if (parent !== this.root && !this.canOpen(parent)) return;
    let i = this.next.get(parent) ?? 0;
    while (i < parent.subtests.length && parent.subtests[i].finished) {
      const test = parent.subtests[i];
      if (!test.reported && !test.filtered) {
        if (parent !== this.root) this.open(parent);
        this.flush(test);
        test.reported = true;
        this.tell(test);
      }
      this.next.set(parent, ++i);
    }
    // The next one may have finished subtests already.
    if (i < parent.subtests.length && parent.subtests[i].subtests.some((t) => t.finished)) this.flush(parent.subtests[i]);
  }

  canOpen(test) {
    if (this.opened.has(test)) return true;
    const { parent } = test;
    const index = this.next.get(parent) ?? 0;
    return parent.subtests[index] === test && (parent === this.root || this.canOpen(parent));
  }

  open(test) {
    if (this.opened.has(test)) return;
    if (test.parent !== this.root) this.open(test.parent);
    this.opened.add(test);
    this.emit('test:start', identity(test));
  }

  tell(test) {
    const number = (this.numbers.get(test.parent) ?? 0) + 1;
    this.numbers.set(test.parent, number);
    this.open(test);
    const told = this.numbers.get(test) ?? 0;
    if (told > 0) this.emit('test:plan', { __proto__: null, nesting: test.nesting + 1, count: told, ...test.spot });
    this.emit(test.passed ? 'test:pass' : 'test:fail', this.result(test, number, false));
    for (let i = 0; i < test.diagnostics.length; i++) this.diagnostic(test.nesting, test.diagnostics[i], test.spot);
  }

  result(test, testNumber, complete) {
    const details = { __proto__: null, duration_ms: duration(test), type: test.isSuite ? 'suite' : 'test' };
    if (test.error !== null && !test.passed) details.error = test.error;
    const names = [];
    for (let t = test.parent; t.parent !== null; t = t.parent) names.unshift(t.name);
    if (names.length > 0) details.classname = names.join('.');
    if (complete) details.passed = test.passed;
    const data = { __proto__: null, name: test.name, nesting: test.nesting, testNumber, testId: test.id, parentId: test.parent.id, details, tags: [] };
    if (names.length > 0 && !complete) data.classname = details.classname;
    Object.assign(data, test.spot);
    if (test.skipped) data.skip = test.message ?? true;
    else if (test.isTodo) data.todo = test.message ?? true;
    return data;
  }

  diagnostic(nesting, message, spot, level = 'info') {
    this.emit('test:diagnostic', { __proto__: null, nesting, message, level, ...spot });
  }

  end(root) {
    this.flush(root);
    if (root.config.shared) return;
    if (this.suiteFailed) process.exitCode = 1;
    const { file } = root.spot;
    const spot = { __proto__: null, line: 1, column: 1, file };
    const { counts } = this;
    const ms = duration(root);
    const alone = !root.config.isChild; // else the parent counts for all its files
    if (alone) this.emit('test:plan', { __proto__: null, nesting: 0, count: this.numbers.get(root) ?? 0, ...spot });
    for (let i = 0; i < root.diagnostics.length; i++) this.diagnostic(0, root.diagnostics[i], spot);
    const lines = alone ? totals(counts, ms) : [];
    for (let i = 0; i < lines.length; i++) this.diagnostic(0, lines[i], spot);
    const success = counts.failed === 0 && counts.cancelled === 0 && this.suiteFailed !== true && root.error === null;
    this.emit('test:summary', { __proto__: null, success, counts, duration_ms: ms, file });
  }
}

function identity(test) {
  return { __proto__: null, nesting: test.nesting, name: test.name, testId: test.id, parentId: test.parent.id, tags: [], ...test.spot };
}

function duration(test) { return +((test.endTime ?? test.startTime) - test.startTime).toFixed(6); }

function totals(c, ms) {
  return [`tests ${c.tests}`, `suites ${c.suites}`, `pass ${c.passed}`, `fail ${c.failed}`, `cancelled ${c.cancelled}`,
    `skipped ${c.skipped}`, `todo ${c.todo}`, `duration_ms ${ms}`];
}

module.exports = { Reporter, identity, totals };
