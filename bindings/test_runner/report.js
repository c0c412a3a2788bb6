'use strict';
// What the test runner writes: the spec or the TAP reporter's lines, in the
// order of the tests, and the totals.

const { location } = require('internal/test_runner/test');

function wantTap() {
  const { execArgv } = process;
  for (let i = 0; i < execArgv.length; i++) {
    if (execArgv[i] === '--test-reporter=tap' || (execArgv[i] === '--test-reporter' && execArgv[i + 1] === 'tap')) return true;
  }
  return false;
}

// A test is written when all before it have been, and its parent has begun.
class Reporter {
  constructor(root) {
    this.root = root;
    this.counts = { tests: 0, suites: 0, passed: 0, failed: 0, cancelled: 0, skipped: 0, todo: 0 };
    this.failures = [];
    this.next = new Map(); // parent -> index of the next subtest to write
    this.opened = new Set();
  }

  write(text) { process.stdout.write(text); }

  finished(test) {
    this.count(test);
    this.flush(test.parent);
  }

  count(test) {
    const { counts } = this;
    if (test.isSuite) counts.suites++;
    else counts.tests++;
    if (test.isSuite) {
      if (!test.passed && !test.isTodo && test.error?.failureType !== 'subtestsFailed') this.suiteFailed = true;
      return;
    }
    if (test.skipped) counts.skipped++;
    else if (test.isTodo) counts.todo++;
    else if (test.cancelled) counts.cancelled++;
    else if (!test.passed) counts.failed++;
    else counts.passed++;
  }

  // Writes what can be written of parent's subtests.
  flush(parent) {
    if (parent !== this.root && !this.canOpen(parent)) return;
    let i = this.next.get(parent) ?? 0;
    while (i < parent.subtests.length && parent.subtests[i].finished) {
      const test = parent.subtests[i];
      if (!test.reported) {
        if (parent !== this.root) this.open(parent);
        this.flush(test);
        test.reported = true;
        this.result(test, i + 1);
        if (!test.passed && test.error !== null) this.failures.push(test);
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
    this.begin(test);
  }

  begin() {}

  end(root) {
    this.flush(root);
    if (this.suiteFailed) process.exitCode = 1;
  }
}

function ms(test) { return +((test.endTime ?? test.startTime) - test.startTime).toFixed(6); }

function totals(c, duration) {
  return [`tests ${c.tests}`, `suites ${c.suites}`, `pass ${c.passed}`, `fail ${c.failed}`, `cancelled ${c.cancelled}`,
    `skipped ${c.skipped}`, `todo ${c.todo}`, `duration_ms ${duration}`];
}

function directive(test) {
  if (test.skipped) return ` # ${test.message ?? 'SKIP'}`;
  if (test.isTodo) return ` # ${test.message ?? 'TODO'}`;
  return '';
}

const colors = { green: '32', red: '31', yellow: '33', blue: '34', gray: '90', white: '39' };

class Spec extends Reporter {
  paint(color, text) {
    this.colors ??= process.stdout.isTTY === true && (process.stdout.hasColors?.() ?? false);
    return this.colors ? `\u001b[${colors[color]}m${text}\u001b[39m` : text;
  }

  begin(test) { this.write(`${'  '.repeat(test.nesting)}${this.paint('white', `▶ ${test.name}`)}\n`); }

  line(test, indent) {
    let symbol = '✔ ', color = 'green';
    if (test.skipped) {
      symbol = '﹣ ';
      color = 'gray';
    } else if (test.isTodo && !test.passed) {
      symbol = '⚠ ';
      color = 'yellow';
    } else if (!test.passed) {
      symbol = '✖ ';
      color = 'red';
    }
    return `${indent}${this.paint(color, `${symbol}${test.name}`)} ${this.paint('gray', `(${ms(test)}ms)`)}${directive(test)}`;
  }

  result(test) {
    const indent = '  '.repeat(test.nesting);
    this.write(`${this.line(test, indent)}\n`);
    for (let i = 0; i < test.diagnostics.length; i++) this.write(`${indent}${this.paint('blue', `ℹ ${test.diagnostics[i]}`)}\n`);
  }

  end(root) {
    super.end(root);
    const lines = root.diagnostics.concat(totals(this.counts, ms(root)));
    for (let i = 0; i < lines.length; i++) this.write(`${this.paint('blue', `ℹ ${lines[i]}`)}\n`);
    const failures = this.failures.filter((t) => t.error.failureType !== 'subtestsFailed');
    if (failures.length === 0) return;
    const path = require('path');
    const { inspect } = require('util');
    this.write(`\n${this.paint('red', '✖ failing tests:')}\n`);
    for (let i = 0; i < failures.length; i++) {
      const test = failures[i];
      const at = location(test);
      this.write(`\n${at === undefined ? '' : `test at ${path.relative(process.cwd(), at)}\n`}`);
      this.write(`${this.line(test, '')}\n`);
      const { error } = test;
      const cause = error.failureType === 'testCodeFailure' || error.failureType === 'uncaughtException' ||
        error.failureType === 'unhandledRejection' ? error.cause : error;
      const text = typeof cause === 'string' && cause === error.cause && error.failureType !== 'testCodeFailure' ?
        `'${cause}'` : inspect(cause === error && typeof error.cause === 'string' ? error.cause : cause);
      this.write(`${text.replace(/^/gm, '  ')}\n`);
    }
  }
}

function escapeTap(text) {
  return text.replaceAll('\b', '\\b').replaceAll('\f', '\\f').replaceAll('\t', '\\t').replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r').replaceAll('\v', '\\v').replaceAll('\\', '\\\\').replaceAll('#', '\\#');
}

class Tap extends Reporter {
  constructor(root) {
    super(root);
    this.write('TAP version 13\n');
  }

  begin(test) { this.write(`${'    '.repeat(test.nesting)}# Subtest: ${escapeTap(test.name)}\n`); }

  result(test, number) {
    const indent = '    '.repeat(test.nesting);
    if (!this.opened.has(test)) this.begin(test);
    else this.write(`${indent}    1..${test.subtests.length}\n`);
    let line = `${indent}${test.passed ? 'ok' : 'not ok'} ${number} - ${escapeTap(test.name)}`;
    if (test.skipped) line += ` # SKIP${test.message ? ` ${escapeTap(test.message)}` : ''}`;
    else if (test.isTodo) line += ` # TODO${test.message ? ` ${escapeTap(test.message)}` : ''}`;
    line += `\n${indent}  ---\n${indent}  duration_ms: ${ms(test)}\n${indent}  type: '${test.isSuite ? 'suite' : 'test'}'\n`;
    if (test.error !== null && !test.passed) {
      const { error } = test;
      const cause = typeof error.cause === 'object' && error.cause !== null && error.failureType === 'testCodeFailure' ? error.cause : error;
      const at = location(test);
      if (at !== undefined) line += `${indent}  location: '${at}'\n`;
      line += `${indent}  failureType: '${error.failureType}'\n`;
      line += yaml(indent, 'error', String(cause.message ?? cause));
      if (cause.code !== undefined || error.code) line += `${indent}  code: '${cause.code ?? error.code}'\n`;
      if (typeof cause.stack === 'string') {
        const frames = cause.stack.split('\n').filter((l) => /^\s+at /.test(l)).map((l) => l.replace(/^\s+at /, ''));
        if (frames.length > 0) line += `${indent}  stack: |-\n${frames.map((f) => `${indent}    ${f}`).join('\n')}\n`;
      }
    }
    this.write(`${line}${indent}  ...\n`);
    for (let i = 0; i < test.diagnostics.length; i++) this.write(`${indent}# ${escapeTap(String(test.diagnostics[i]))}\n`);
  }

  end(root) {
    super.end(root);
    this.write(`1..${root.subtests.length}\n`);
    const lines = root.diagnostics.concat(totals(this.counts, ms(root)));
    for (let i = 0; i < lines.length; i++) this.write(`# ${escapeTap(lines[i])}\n`);
  }
}

function yaml(indent, name, value) {
  if (!value.includes('\n')) return `${indent}  ${name}: '${value.replaceAll("'", "\\'")}'\n`;
  return `${indent}  ${name}: |-\n${value.split('\n').map((l) => `${indent}    ${l}`).join('\n')}\n`;
}

function create(root) { return wantTap() ? new Tap(root) : new Spec(root); }

module.exports = { create };
