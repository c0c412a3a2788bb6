'use strict';
// How results are written: each format turns one event after another into
// pieces of text. They are the same for a file that runs by itself, where the
// text is written at once, and for streams (node:test/reporters).

const colors = { green: '32', red: '31', yellow: '33', blue: '34', gray: '90', white: '39' };

function colored() { return require('internal/util/colors').shouldColorize(process.stdout); }

// The error of the test's own code, without what the runner put around it.
function unwrap(error) { return error?.code === 'ERR_TEST_FAILURE' && error.cause !== undefined ? error.cause : error; }

class Lines {
  constructor() { this.colors = colored(); }

  paint(color, text) { return this.colors ? `\u001b[${colors[color]}m${text}\u001b[39m` : text; }

  // One test's line: its symbol, name, time, and whether it was skipped.
  line(passed, data, indent) {
    let symbol = '✔ ', color = 'green';
    if (data.skip !== undefined) {
      symbol = '﹣ ';
      color = 'gray';
    } else if (!passed && data.todo !== undefined) {
      symbol = '⚠ ';
      color = 'yellow';
    } else if (!passed) {
      symbol = '✖ ';
      color = 'red';
    }
    let note = '';
    if (data.skip !== undefined) note = ` # ${typeof data.skip === 'string' && data.skip !== '' ? data.skip : 'SKIP'}`;
    else if (data.todo !== undefined) note = ` # ${typeof data.todo === 'string' && data.todo !== '' ? data.todo : 'TODO'}`;
    return `${indent}${this.paint(color, `${symbol}${data.name}`)} ${this.paint('gray', `(${data.details.duration_ms}ms)`)}${note}`;
  }

  error(error) {
    const { inspect } = require('util');
    return inspect(unwrap(error), { colors: this.colors, breakLength: Infinity }).replace(/^/gm, '  ');
  }
}

class Spec extends Lines {
  started = []; // tests that have begun and of which nothing is written
  open = [];    // those whose names are written
  failures = [];

  event(type, data) {
    switch (type) {
      case 'test:start':
        this.started.push(data);
        break;
      case 'test:pass': case 'test:fail': {
        let text = '';
        const own = this.started.pop();
        for (let i = 0; i < this.started.length; i++) {
          const parent = this.started[i];
          text += `${'  '.repeat(parent.nesting)}${this.paint('white', `▶ ${parent.name}`)}\n`;
          this.open.push(parent);
        }
        this.started = [];
        if (own === undefined) this.open.pop();
        if (type === 'test:fail' && data.details.error?.failureType !== 'subtestsFailed') this.failures.push(data);
        return [`${text}${this.line(type === 'test:pass', data, '  '.repeat(data.nesting))}\n`];
      }
      case 'test:diagnostic': {
        const color = data.level === 'error' ? 'red' : data.level === 'warn' ? 'yellow' : 'blue';
        return [`${'  '.repeat(data.nesting)}${this.paint(color, `ℹ ${data.message}`)}\n`];
      }
      case 'test:stdout': case 'test:stderr':
        return [data.message];
      case 'test:interrupted':
        return [`\n${this.paint('yellow', 'Interrupted while running:')}\n${data.tests.map((t) => `${this.paint('yellow', `⚠ ${t.name}`)} ${
          this.paint('gray', `at ${place(t)}`)}\n`).join('')}`];
    }
    return [];
  }

  end() {
    if (this.failures.length === 0) return [];
    let text = `\n${this.paint('red', '✖ failing tests:')}\n`;
    for (let i = 0; i < this.failures.length; i++) {
      const data = this.failures[i];
      text += `\n${data.file === undefined ? '' : `test at ${place(data)}\n`}${this.line(false, data, '')}\n${this.error(data.details.error)}\n`;
    }
    return [text];
  }
}

function place(data) { return `${require('path').relative(process.cwd(), data.file)}:${data.line}:${data.column}`; }

class Dot extends Lines {
  column = 0;
  width = Math.max(process.stdout.columns ?? 20, 20);
  failures = [];

  event(type, data) {
    const out = [];
    if (type === 'test:pass') {
      out.push(this.paint('green', '.'));
    } else if (type === 'test:fail') {
      out.push(this.paint('red', 'X'));
      this.failures.push(data);
    } else {
      return out;
    }
    if (++this.column === this.width) {
      out.push('\n');
      this.width = Math.max(process.stdout.columns ?? 20, 20);
      this.column = 0;
    }
    return out;
  }

  end() {
    const out = ['\n'];
    if (this.failures.length === 0) return out;
    out.push(`\n${this.paint('red', 'Failed tests:')}\n\n`);
    for (let i = 0; i < this.failures.length; i++) {
      const data = this.failures[i];
      out.push(`${this.line(false, data, '')}\n${this.error(data.details.error)}\n`);
    }
    return out;
  }
}

const escapes = { '\b': '\\b', '\f': '\\f', '\t': '\\t', '\n': '\\n', '\r': '\\r', '\v': '\\v', '\\': '\\\\', '#': '\\#' };
function escapeTap(text) { return String(text).replace(/[\b\f\t\n\r\v\\#]/g, (c) => escapes[c]); }

class Tap {
  begun = false;

  begin() {
    this.begun = true;
    return 'TAP version 13\n';
  }

  event(type, data) {
    const out = [];
    if (!this.begun) out.push(this.begin());
    const indent = '    '.repeat(data.nesting ?? 0);
    switch (type) {
      case 'test:start':
        out.push(`${indent}# Subtest: ${escapeTap(data.name)}\n`);
        break;
      case 'test:pass': case 'test:fail': {
        let line = `${indent}${type === 'test:pass' ? 'ok' : 'not ok'} ${data.testNumber} - ${escapeTap(data.name)}`;
        if (data.skip !== undefined) line += ` # SKIP${typeof data.skip === 'string' && data.skip !== '' ? ` ${escapeTap(data.skip)}` : ''}`;
        else if (data.todo !== undefined) line += ` # TODO${typeof data.todo === 'string' && data.todo !== '' ? ` ${escapeTap(data.todo)}` : ''}`;
        out.push(`${line}\n`, `${indent}  ---\n${details(`${indent}  `, data)}${indent}  ...\n`);
        break;
      }
      case 'test:plan':
        out.push(`${indent}1..${data.count}\n`);
        break;
      case 'test:diagnostic':
        out.push(`${indent}# ${escapeTap(data.message)}\n`);
        break;
      case 'test:stdout': case 'test:stderr': {
        const lines = data.message.split('\n');
        if (lines.length > 1 && lines[lines.length - 1] === '') lines.pop();
        for (let i = 0; i < lines.length; i++) out.push(`# ${escapeTap(lines[i])}\n`);
        break;
      }
      case 'test:interrupted':
        for (let i = 0; i < data.tests.length; i++) out.push(`# Interrupted while running: ${escapeTap(data.tests[i].name)}\n`);
        break;
    }
    return out;
  }

  end() { return this.begun ? [] : [this.begin()]; }
}

// The block of YAML behind a result.
function details(indent, data) {
  let text = `${indent}duration_ms: ${data.details.duration_ms}\n${indent}type: '${data.details.type}'\n`;
  const { error } = data.details;
  if (error === undefined) return text;
  if (data.file !== undefined) text += yaml(indent, 'location', `${data.file}:${data.line}:${data.column}`);
  if (error.failureType !== undefined) text += yaml(indent, 'failureType', error.failureType);
  if (error.exitCode !== undefined) text += yaml(indent, 'exitCode', error.exitCode) + yaml(indent, 'signal', error.signal);
  const { cause } = error;
  const own = unwrapped.includes(error.failureType) && cause !== undefined;
  text += yaml(indent, 'error', String((own ? cause?.message : undefined) ?? error.message));
  const code = (own ? cause?.code : undefined) ?? error.code;
  if (code !== undefined) text += yaml(indent, 'code', code);
  if (own && typeof cause === 'object' && cause !== null) {
    if (cause.name && cause.name !== 'Error') text += yaml(indent, 'name', cause.name);
    if (cause.code === 'ERR_ASSERTION') {
      text += yaml(indent, 'expected', cause.expected) + yaml(indent, 'actual', cause.actual);
      if (cause.operator) text += yaml(indent, 'operator', cause.operator);
    }
  }
  const stack = own ? cause?.stack : error.stack;
  if (typeof stack === 'string') {
    const frames = stack.split('\n').filter((l) => /^ {4}at /.test(l));
    if (frames.length > 0) text += `${indent}stack: |-\n${frames.map((f) => `${indent}  ${f.slice(7)}\n`).join('')}`;
  }
  return text;
}
const unwrapped = ['uncaughtException', 'unhandledRejection', 'hookFailed', 'testCodeFailure'];

function yaml(indent, name, value, seen = []) {
  if (value === null || value === undefined) return `${indent}${name}: ~\n`;
  if (typeof value === 'string') {
    if (!/[\r\n]/.test(value)) return `${indent}${name}: '${value}'\n`;
    return `${indent}${name}: |-\n${value.split(/\r?\n/).map((l) => `${indent}  ${l}\n`).join('')}`;
  }
  if (typeof value !== 'object') return `${indent}${name}: ${String(value)}\n`;
  if (seen.includes(value)) return `${indent}${name}: <Circular>\n`;
  if (value instanceof Date) return `${indent}${name}: ${value.toISOString()}\n`;
  const keys = Object.keys(value);
  let text = `${indent}${name}:\n`;
  for (let i = 0; i < keys.length; i++) text += yaml(`${indent}  `, keys[i], value[keys[i]], [...seen, value]);
  return text;
}

class JUnit {
  roots = [];
  current = [];
  host = require('os').hostname();

  event(type, data) {
    switch (type) {
      case 'test:start': {
        const node = { name: data.name, nesting: data.nesting, children: [], attrs: undefined };
        this.current.length = data.nesting;
        (data.nesting === 0 ? this.roots : this.current[data.nesting - 1].children).push(node);
        this.current[data.nesting] = node;
        break;
      }
      case 'test:pass': case 'test:fail':
        this.close(type, data);
        break;
      case 'test:diagnostic': {
        const parent = data.nesting > 0 ? this.current[data.nesting - 1] : undefined;
        (parent === undefined ? this.roots : parent.children).push({ comment: data.message });
        break;
      }
    }
    return [];
  }

  close(type, data) {
    const node = this.current[data.nesting];
    const { error } = data.details;
    const time = (data.details.duration_ms / 1000).toFixed(6);
    const cases = node.children.filter((c) => c.comment === undefined);
    if (cases.length > 0) {
      node.tag = 'testsuite';
      node.attrs = {
        name: data.name, time, disabled: 0, errors: 0, tests: cases.length, failures: cases.filter((c) => c.failed).length,
        skipped: cases.filter((c) => c.isSkipped).length, timestamp: new Date().toISOString(), hostname: this.host,
      };
      node.failed = node.attrs.failures > 0;
      node.isSkipped = node.attrs.skipped > 0;
      return;
    }
    node.tag = 'testcase';
    node.attrs = { name: data.name, time, classname: data.classname ?? 'test' };
    if (data.file !== undefined) node.attrs.file = data.file;
    const { inspect } = require('util');
    for (const kind of ['skip', 'todo']) {
      if (data[kind] === undefined) continue;
      node.isSkipped = true;
      node.children.push({ tag: 'skipped', attrs: { type: kind === 'skip' ? 'skipped' : 'todo', message: data[kind] }, children: [] });
    }
    if (type === 'test:fail') {
      node.failed = true;
      const message = error?.message ?? '';
      node.attrs.failure = message;
      node.children.push({
        tag: 'failure', attrs: { type: error?.failureType ?? error?.code, message: message.trim() }, children: [],
        text: inspect(error, { colors: false, breakLength: Infinity }),
      });
    }
  }

  end() {
    return ['<?xml version="1.0" encoding="utf-8"?>\n', '<testsuites>\n', ...this.roots.map((n) => xml(n, '\t')), '</testsuites>\n'];
  }
}

const entities = { '"': '&quot;', '&': '&amp;', '<': '&lt;', '\n': '&#10;' };
function attribute(value) { return String(value).replace(/["&<\n]/g, (c) => entities[c]); }

function xml(node, indent) {
  if (node.comment !== undefined) return `${indent}<!-- ${String(node.comment).replaceAll('--', '&#45;&#45;')} -->\n`;
  let head = `${indent}<${node.tag ?? 'testcase'}`;
  const attrs = node.attrs ?? { name: node.name };
  for (const key of Object.keys(attrs)) head += ` ${key}="${attribute(attrs[key])}"`;
  if (node.children.length === 0 && node.text === undefined) return `${head}/>\n`;
  const inner = node.text === undefined ? node.children.map((c) => xml(c, `${indent}\t`)).join('') :
    `${node.text.replace(/[&<]/g, (c) => entities[c])}\n`;
  return `${head}>\n${inner}${indent}</${node.tag}>\n`;
}

const formats = { __proto__: null, dot: Dot, junit: JUnit, spec: Spec, tap: Tap };

module.exports = { formats };
