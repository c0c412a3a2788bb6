'use strict';
// AssertionError and the texts that explain a failed comparison.

const { inspect, isError } = internalBinding('internal/util/inspect');
const { diff: lineDiff } = internalBinding('assert');
const { validateObject, validateOneOf } = require('internal/validators');

const kReadableOperator = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  partialDeepStrictEqual: 'Expected values to be partially and strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
};

const kMaxShortStringLength = 12;
const kMaxLongStringLength = 512;
const kLinesKept = 5;

const plain = { green: '', red: '', white: '', gray: '', blue: '', on: false };
const bright = { green: '\u001b[32m', red: '\u001b[31m', white: '\u001b[39m', gray: '\u001b[90m', blue: '\u001b[34m', on: true };

function colors() {
  const { stderrIsTTY } = internalBinding('internal/console/global');
  if (process.env.FORCE_COLOR === undefined && !stderrIsTTY()) return plain;
  try {
    return require('internal/util/colors').shouldColorize(process.stderr) ? bright : plain;
  } catch {
    return plain;
  }
}

function inspectValue(value) {
  return inspect(value, {
    compact: false, customInspect: false, depth: 1000, maxArrayLength: Infinity, showHidden: false,
    showProxy: false, sorted: true, getters: true,
  });
}

// An error is shown without its stack: a copy that is no native error.
function copyError(source) {
  const target = Object.assign({ __proto__: Object.getPrototypeOf(source) }, source);
  Object.defineProperty(target, 'message', { __proto__: null, value: source.message });
  if (Object.hasOwn(source, 'cause')) {
    let { cause } = source;
    if (isError(cause)) cause = copyError(cause);
    Object.defineProperty(target, 'cause', { __proto__: null, value: cause });
  }
  return target;
}

const isObject = (v) => typeof v === 'object' && v !== null;

function stacked(actualText, expectedText, actual, expected, c) {
  let message = `\n${c.green}+${c.white} ${actualText}\n${c.red}- ${c.white}${expectedText}`;
  const width = process.env.FORCE_COLOR === undefined && !c.on ? 80 : (process.stderr.isTTY ? process.stderr.columns : 80);
  if (typeof actual === 'string' && typeof expected === 'string' && actualText.length + expectedText.length <= width) {
    let at = -1;
    for (let i = 0; i < actualText.length; i++) {
      if (actualText[i] !== expectedText[i]) {
        // A difference in the first characters is seen at once; the quote counts as one.
        if (i >= 3) at = i;
        break;
      }
    }
    if (at !== -1) message += `\n${' '.repeat(at + 2)}^`;
  }
  return message;
}

// Two strings in one line, coloured where they differ.
function coloredStrings(actualText, expectedText, c) {
  const header = `${c.green}actual${c.white} ${c.red}expected${c.white}`;
  const list = lineDiff(actualText.split(''), expectedText.split(''), false);
  let message = '';
  for (let i = 0; i < list.length; i += 2) {
    const color = list[i] === 1 ? c.green : list[i] === -1 ? c.red : c.white;
    message += `${color}${list[i + 1]}${c.white}`;
  }
  return { message: `\n${message}`, header };
}

function printDiff(list, operator, c) {
  let message = '', skipped = false, kept = 0;
  const n = list.length;
  for (let i = 0; i < n; i += 2) {
    const op = list[i], value = list[i + 1];
    const previous = i > 0 ? list[i - 2] : null;
    if (previous === 0 && op !== previous) {
      // Lines in the middle of a long run are left out, unless that saves only one or two.
      if (kept === kLinesKept + 1) {
        message += `${c.white}  ${list[i - 1]}\n`;
      } else if (kept === kLinesKept + 2) {
        message += `${c.white}  ${list[i - 3]}\n${c.white}  ${list[i - 1]}\n`;
      } else if (kept >= kLinesKept + 3) {
        message += `${c.blue}...${c.white}\n${c.white}  ${list[i - 1]}\n`;
        skipped = true;
      }
      kept = 0;
    }
    if (op === 1) {
      message += operator === 'partialDeepStrictEqual' ? `${c.gray}${c.on ? ' ' : '+'} ${value}${c.white}\n` :
        `${c.green}+${c.white} ${value}\n`;
    } else if (op === -1) {
      message += `${c.red}-${c.white} ${value}\n`;
    } else {
      if (kept < kLinesKept) message += `${c.white}  ${value}\n`;
      kept++;
    }
  }
  return { message: `\n${message.trimEnd()}`, skipped };
}

function createErrDiff(actual, expected, operator, customMessage, diffType) {
  if (operator === 'strictEqual' &&
      ((isObject(actual) && isObject(expected)) || (typeof actual === 'function' && typeof expected === 'function'))) {
    operator = 'strictEqualObject';
  }
  const c = colors();
  const inspectedActual = inspectValue(actual), inspectedExpected = inspectValue(expected);
  const linesActual = inspectedActual.split('\n'), linesExpected = inspectedExpected.split('\n');
  let header = `${c.green}+ actual${c.white} ${c.red}- expected${c.white}`;
  let message = '', skipped = false;
  if (linesActual.length === 1 && linesExpected.length === 1 && !(isObject(actual) && isObject(expected))) {
    const a = linesActual[0], e = linesExpected[0];
    const bothStrings = typeof actual === 'string' && typeof expected === 'string';
    const length = a.length + e.length - (typeof actual === 'string' ? 2 : 0) - (typeof expected === 'string' ? 2 : 0);
    if (length <= kMaxShortStringLength && (actual !== 0 || expected !== 0)) {
      message = `${a} !== ${e}`;
      header = '';
    } else if (bothStrings && c.on) {
      const res = coloredStrings(a, e, c);
      message = res.message;
      header = res.header;
    } else {
      message = stacked(a, e, actual, expected, c);
    }
  } else if (inspectedActual === inspectedExpected) {
    operator = 'notIdentical';
    if (linesActual.length > 50 && diffType !== 'full') {
      message = `${linesActual.slice(0, 50).join('\n')}\n...}`;
      skipped = true;
    } else {
      message = linesActual.join('\n');
    }
    header = '';
  } else {
    const list = lineDiff(linesActual, linesExpected, actual != null && typeof actual === 'object');
    ({ message, skipped } = printDiff(list, operator, c));
    if (diffType === 'full') {
      message = '\n';
      for (let i = 0; i < list.length; i += 2) {
        const op = list[i];
        message += op === 0 ? `${c.white}  ${list[i + 1]}\n` : op === 1 ? `${c.green}+${c.white} ${list[i + 1]}\n` : `${c.red}-${c.white} ${list[i + 1]}\n`;
      }
      message = message.trimEnd();
      skipped = false;
    }
  }
  return `${customMessage ?? kReadableOperator[operator]}\n${header}${skipped ? '\n... Skipped lines' : ''}\n${message}\n`;
}

function buildMessage(actual, expected, operator, diff) {
  if (isObject(actual) && isObject(expected) && 'stack' in actual && isError(actual) &&
      'stack' in expected && isError(expected)) {
    actual = copyError(actual);
    expected = copyError(expected);
  }
  switch (operator) {
    case 'deepStrictEqual':
    case 'strictEqual':
    case 'partialDeepStrictEqual':
      return createErrDiff(actual, expected, operator, undefined, diff);
    case 'notDeepStrictEqual':
    case 'notStrictEqual': {
      let base = kReadableOperator[operator];
      const res = inspectValue(actual).split('\n');
      if (operator === 'notStrictEqual' && (isObject(actual) || typeof actual === 'function')) {
        base = kReadableOperator.notStrictEqualObject;
      }
      if (diff !== 'full' && res.length > 50) {
        const c = colors();
        res.length = 46;
        res.push(`${c.blue}...${c.white}`);
      }
      if (res.length === 1) return `${base}${res[0].length > 5 ? '\n\n' : ' '}${res[0]}`;
      return `${base}\n\n${res.join('\n')}\n`;
    }
  }
  let res = inspectValue(actual), other = inspectValue(expected);
  const known = kReadableOperator[operator];
  if (operator === 'notDeepEqual' && res === other) {
    res = `${known}\n\n${res}`;
    return diff !== 'full' && res.length > 1024 ? `${res.slice(0, 1021)}...` : res;
  }
  if (diff !== 'full' && res.length > kMaxLongStringLength) res = `${res.slice(0, 509)}...`;
  if (diff !== 'full' && other.length > kMaxLongStringLength) other = `${other.slice(0, 509)}...`;
  if (operator === 'deepEqual') {
    res = `${known}\n\n${res}\n\nshould loosely deep-equal\n\n`;
  } else if (operator === 'notDeepEqual') {
    res = `${kReadableOperator.notDeepEqualUnequal}\n\n${res}\n\nshould not loosely deep-equal\n\n`;
  } else {
    other = ` ${operator} ${other}`;
  }
  return `${res}${other}`;
}

function addEllipsis(string) {
  const lines = string.split('\n', 11);
  if (lines.length > 10) {
    lines.length = 10;
    return `${lines.join('\n')}\n...`;
  }
  // From that index on, not up to it: so does Node.
  return string.length > kMaxLongStringLength ? `${string.slice(kMaxLongStringLength)}...` : string;
}

class AssertionError extends Error {
  constructor(options) {
    validateObject(options, 'options');
    const { message, operator, stackStartFn, details, stackStartFunction, diff = 'simple' } = options;
    const { actual, expected } = options;
    if (diff !== undefined) validateOneOf(diff, 'options.diff', ['simple', 'full']);
    const limit = Error.stackTraceLimit;
    const writable = Object.getOwnPropertyDescriptor(Error, 'stackTraceLimit')?.writable;
    if (writable) Error.stackTraceLimit = 0;
    if (message != null) {
      if (operator === 'deepStrictEqual' || operator === 'strictEqual' || operator === 'partialDeepStrictEqual') {
        super(createErrDiff(actual, expected, operator, message, diff));
      } else {
        super(String(message));
      }
    } else {
      super(buildMessage(actual, expected, operator, diff));
    }
    if (writable) Error.stackTraceLimit = limit;
    this.generatedMessage = !message;
    Object.defineProperty(this, 'name', {
      __proto__: null, value: 'AssertionError [ERR_ASSERTION]', enumerable: false, writable: true, configurable: true,
    });
    this.code = 'ERR_ASSERTION';
    if (details) {
      this.actual = undefined;
      this.expected = undefined;
      this.operator = undefined;
      for (let i = 0; i < details.length; i++) {
        this[`message ${i}`] = details[i].message;
        this[`actual ${i}`] = details[i].actual;
        this[`expected ${i}`] = details[i].expected;
        this[`operator ${i}`] = details[i].operator;
        this[`stack trace ${i}`] = details[i].stack;
      }
    } else {
      this.actual = actual;
      this.expected = expected;
      this.operator = operator;
    }
    Error.captureStackTrace(this, stackStartFn || stackStartFunction);
    this.stack; // made now, while the name carries the code
    this.name = 'AssertionError';
    this.diff = diff;
  }

  toString() {
    return `${this.name} [${this.code}]: ${this.message}`;
  }

  [inspect.custom](recurseTimes, ctx) {
    const { actual, expected } = this;
    if (typeof actual === 'string') this.actual = addEllipsis(actual);
    if (typeof expected === 'string') this.expected = addEllipsis(expected);
    const result = inspect(this, { ...ctx, customInspect: false, depth: 0 });
    this.actual = actual;
    this.expected = expected;
    return result;
  }
}

module.exports = AssertionError;
