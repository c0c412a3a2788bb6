'use strict';
// node:assert. One class, Assert, has the methods; the module's functions are
// those of a default instance.

const { codes } = require('internal/errors');
const { inspect, isError } = internalBinding('internal/util/inspect');
const { isDeepEqual } = internalBinding('internal/util/comparisons');
const { types: { isPromise, isRegExp } } = internalBinding('util');
const { validateFunction, validateOneOf } = require('internal/validators');
const AssertionError = require('internal/assert/assertion_error');

const kLoose = 0, kStrict = 1, kPartial = 2, kNoPrototype = 3;
const kNoException = {};
const kOptions = Symbol('options');

function Assert(options) {
  if (!new.target) throw new codes.ERR_CONSTRUCT_CALL_REQUIRED('Assert');
  options = Object.assign({ __proto__: null, strict: true, skipPrototype: false }, options);
  if (options.diff !== undefined) validateOneOf(options.diff, 'options.diff', ['simple', 'full']);
  this.AssertionError = AssertionError;
  Object.defineProperty(this, kOptions, { __proto__: null, value: options, enumerable: false });
  if (options.strict) {
    this.equal = this.strictEqual;
    this.deepEqual = this.deepStrictEqual;
    this.notEqual = this.notStrictEqual;
    this.notDeepEqual = this.notDeepStrictEqual;
  }
}

const diffOf = (self) => self?.[kOptions]?.diff;
const strictMode = (self) => (self?.[kOptions]?.skipPrototype ? kNoPrototype : kStrict);

function innerFail(obj) {
  if (isError(obj.message)) throw obj.message;
  throw new AssertionError(obj);
}

function needTwo(n) {
  if (n < 2) throw new codes.ERR_MISSING_ARGS('actual', 'expected');
}

// The source text of the expression that failed.
function getErrMessage() {
  const text = internalBinding('assert').expression();
  return text === undefined ? undefined : `The expression evaluated to a falsy value:\n\n  ${text}\n`;
}

function innerOk(fn, argLen, value, message) {
  if (value) return;
  let generatedMessage = false;
  if (argLen === 0) {
    generatedMessage = true;
    message = 'No value argument passed to `assert.ok()`';
  } else if (message == null) {
    generatedMessage = true;
    message = getErrMessage();
  } else if (isError(message)) {
    throw message;
  }
  const err = new AssertionError({ actual: value, expected: true, message, operator: '==', stackStartFn: fn });
  err.generatedMessage = generatedMessage;
  throw err;
}

function ok(value, message) {
  if (!value) innerOk(ok, arguments.length, value, message);
}

let warned = false;
Assert.prototype.fail = function fail(actual, expected, message, operator, stackStartFn) {
  const n = arguments.length;
  let internalMessage = false;
  if (actual == null && n <= 1) {
    internalMessage = 'Failed';
  } else if (n === 1) {
    message = actual;
    actual = undefined;
  } else {
    if (warned === false) {
      warned = true;
      process.emitWarning(
        'assert.fail() with more than one argument is deprecated. ' +
        'Please use assert.strictEqual() instead or only pass a message.', 'DeprecationWarning', 'DEP0094');
    }
    if (n === 2) operator = '!=';
  }
  if (isError(message)) throw message;
  const errArgs = {
    actual, expected, operator: operator === undefined ? 'fail' : operator, stackStartFn: stackStartFn || fail, message, diff: diffOf(this),
  };
  const err = new AssertionError(internalMessage ? { ...errArgs, message: internalMessage } : errArgs);
  if (internalMessage) err.generatedMessage = true;
  throw err;
};

Assert.prototype.ok = function ok(value, message) {
  if (!value) innerOk(ok, arguments.length, value, message);
};
Assert.prototype.AssertionError = AssertionError;

Assert.prototype.equal = function equal(actual, expected, message) {
  needTwo(arguments.length);
  // eslint-disable-next-line eqeqeq
  if (actual != expected && (actual === actual || expected === expected)) {
    innerFail({ actual, expected, message, operator: '==', stackStartFn: equal, diff: diffOf(this) });
  }
};

Assert.prototype.notEqual = function notEqual(actual, expected, message) {
  needTwo(arguments.length);
  // eslint-disable-next-line eqeqeq
  if (actual == expected || (actual !== actual && expected !== expected)) {
    innerFail({ actual, expected, message, operator: '!=', stackStartFn: notEqual, diff: diffOf(this) });
  }
};

Assert.prototype.deepEqual = function deepEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (!isDeepEqual(actual, expected, kLoose)) {
    innerFail({ actual, expected, message, operator: 'deepEqual', stackStartFn: deepEqual, diff: diffOf(this) });
  }
};

Assert.prototype.notDeepEqual = function notDeepEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (isDeepEqual(actual, expected, kLoose)) {
    innerFail({ actual, expected, message, operator: 'notDeepEqual', stackStartFn: notDeepEqual, diff: diffOf(this) });
  }
};

Assert.prototype.deepStrictEqual = function deepStrictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (!isDeepEqual(actual, expected, strictMode(this))) {
    innerFail({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: deepStrictEqual, diff: diffOf(this) });
  }
};

Assert.prototype.notDeepStrictEqual = function notDeepStrictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (isDeepEqual(actual, expected, strictMode(this))) {
    innerFail({ actual, expected, message, operator: 'notDeepStrictEqual', stackStartFn: notDeepStrictEqual, diff: diffOf(this) });
  }
};

Assert.prototype.strictEqual = function strictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (!Object.is(actual, expected)) {
    innerFail({ actual, expected, message, operator: 'strictEqual', stackStartFn: strictEqual, diff: diffOf(this) });
  }
};

Assert.prototype.notStrictEqual = function notStrictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (Object.is(actual, expected)) {
    innerFail({ actual, expected, message, operator: 'notStrictEqual', stackStartFn: notStrictEqual, diff: diffOf(this) });
  }
};

Assert.prototype.partialDeepStrictEqual = function partialDeepStrictEqual(actual, expected, message) {
  needTwo(arguments.length);
  if (!isDeepEqual(actual, expected, kPartial)) {
    innerFail({ actual, expected, message, operator: 'partialDeepStrictEqual', stackStartFn: partialDeepStrictEqual, diff: diffOf(this) });
  }
};

class Comparison {
  constructor(obj, keys, actual) {
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (!(key in obj)) continue;
      if (actual !== undefined && typeof actual[key] === 'string' && isRegExp(obj[key]) && RegExp.prototype.exec.call(obj[key], actual[key]) !== null) {
        this[key] = actual[key];
      } else {
        this[key] = obj[key];
      }
    }
  }
}

function compareExceptionKey(actual, expected, key, message, keys, fn, diff) {
  if (key in actual && isDeepEqual(actual[key], expected[key], kStrict)) return;
  if (!message) {
    const err = new AssertionError({
      actual: new Comparison(actual, keys), expected: new Comparison(expected, keys, actual),
      operator: 'deepStrictEqual', stackStartFn: fn, diff,
    });
    err.actual = actual;
    err.expected = expected;
    err.operator = fn.name;
    throw err;
  }
  innerFail({ actual, expected, message, operator: fn.name, stackStartFn: fn, diff });
}

function expectedException(actual, expected, message, fn, diff) {
  let generatedMessage = false, throwError = false;
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) {
      const str = String(actual);
      if (RegExp.prototype.exec.call(expected, str) !== null) return;
      if (!message) {
        generatedMessage = true;
        message = `The input did not match the regular expression ${inspect(expected)}. Input:\n\n${inspect(str)}\n`;
      }
      throwError = true;
    } else if (typeof actual !== 'object' || actual === null) {
      const err = new AssertionError({ actual, expected, message, operator: 'deepStrictEqual', stackStartFn: fn, diff });
      err.operator = fn.name;
      throw err;
    } else {
      const keys = Object.keys(expected);
      if (isError(expected)) keys.push('name', 'message');
      else if (keys.length === 0) throw new codes.ERR_INVALID_ARG_VALUE('error', expected, 'may not be an empty object');
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        if (typeof actual[key] === 'string' && isRegExp(expected[key]) && RegExp.prototype.exec.call(expected[key], actual[key]) !== null) continue;
        compareExceptionKey(actual, expected, key, message, keys, fn, diff);
      }
      return;
    }
  } else if (expected.prototype !== undefined && actual instanceof expected) {
    return;
  } else if (Object.prototype.isPrototypeOf.call(Error, expected)) {
    if (!message) {
      generatedMessage = true;
      message = `The error is expected to be an instance of "${expected.name}". Received `;
      if (!isError(actual)) message += `"${inspect(actual, { depth: -1 })}"`;
      else if (actual.constructor?.name === expected.name) message += 'an error with identical name but a different prototype.';
      else message += `"${actual.constructor?.name ?? actual.name}"`;
    }
    throwError = true;
  } else {
    const res = Reflect.apply(expected, {}, [actual]);
    if (res !== true) {
      if (!message) {
        generatedMessage = true;
        const name = expected.name ? `"${expected.name}" ` : '';
        message = `The ${name}validation function is expected to return "true". Received ${inspect(res)}`;
        if (isError(actual)) message += `\n\nCaught error:\n\n${actual}`;
      }
      throwError = true;
    }
  }
  if (throwError) {
    if (generatedMessage && Object.prototype.isPrototypeOf.call(Error, expected) && isError(actual)) {
      message += `\n\nError message:\n\n${actual.message}`;
    }
    const err = new AssertionError({ actual, expected, message, operator: fn.name, stackStartFn: fn, diff });
    err.generatedMessage = generatedMessage;
    throw err;
  }
}

function getActual(fn) {
  validateFunction(fn, 'fn');
  try {
    fn();
  } catch (e) {
    return e;
  }
  return kNoException;
}

function checkIsPromise(obj) {
  return isPromise(obj) || (obj !== null && typeof obj === 'object' && typeof obj.then === 'function' && typeof obj.catch === 'function');
}

async function waitForActual(promiseFn) {
  let promise;
  if (typeof promiseFn === 'function') {
    promise = promiseFn();
    if (!checkIsPromise(promise)) throw new codes.ERR_INVALID_RETURN_VALUE('instance of Promise', 'promiseFn', promise);
  } else if (checkIsPromise(promiseFn)) {
    promise = promiseFn;
  } else {
    throw new codes.ERR_INVALID_ARG_TYPE('promiseFn', ['Function', 'Promise'], promiseFn);
  }
  try {
    await promise;
  } catch (e) {
    return e;
  }
  return kNoException;
}

function expectsError(stackStartFn, actual, n, error, message, diff) {
  if (typeof error === 'string') {
    if (n === 3) throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
    if (typeof actual === 'object' && actual !== null) {
      if (actual.message === error) {
        throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error message "${actual.message}" is identical to the message.`);
      }
    } else if (actual === error) {
      throw new codes.ERR_AMBIGUOUS_ARGUMENT('error/message', `The error "${actual}" is identical to the message.`);
    }
    message = error;
    error = undefined;
  } else if (error != null && typeof error !== 'object' && typeof error !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('error', ['Object', 'Error', 'Function', 'RegExp'], error);
  }
  if (actual === kNoException) {
    let details = '';
    if (error?.name) details += ` (${error.name})`;
    details += message ? `: ${message}` : '.';
    const kind = stackStartFn === Assert.prototype.rejects ? 'rejection' : 'exception';
    innerFail({
      actual: undefined, expected: error, operator: stackStartFn.name, message: `Missing expected ${kind}${details}`, stackStartFn, diff,
    });
  }
  if (!error) return;
  expectedException(actual, error, message, stackStartFn, diff);
}

function hasMatchingError(actual, expected) {
  if (typeof expected !== 'function') {
    if (isRegExp(expected)) return RegExp.prototype.exec.call(expected, String(actual)) !== null;
    throw new codes.ERR_INVALID_ARG_TYPE('expected', ['Function', 'RegExp'], expected);
  }
  if (expected.prototype !== undefined && actual instanceof expected) return true;
  if (Object.prototype.isPrototypeOf.call(Error, expected)) return false;
  return Reflect.apply(expected, {}, [actual]) === true;
}

function expectsNoError(stackStartFn, actual, error, message, diff) {
  if (actual === kNoException) return;
  if (typeof error === 'string') {
    message = error;
    error = undefined;
  }
  if (!error || hasMatchingError(actual, error)) {
    const details = message ? `: ${message}` : '.';
    const kind = stackStartFn === Assert.prototype.doesNotReject ? 'rejection' : 'exception';
    innerFail({
      actual, expected: error, operator: stackStartFn.name,
      message: `Got unwanted ${kind}${details}\nActual message: "${actual?.message}"`, stackStartFn, diff,
    });
  }
  throw actual;
}

Assert.prototype.throws = function throws(fn, error, message) {
  expectsError(throws, getActual(fn), arguments.length, error, message, diffOf(this));
};

Assert.prototype.rejects = async function rejects(promiseFn, error, message) {
  const n = arguments.length;
  expectsError(rejects, await waitForActual(promiseFn), n, error, message, diffOf(this));
};

Assert.prototype.doesNotThrow = function doesNotThrow(fn, error, message) {
  expectsNoError(doesNotThrow, getActual(fn), error, message, diffOf(this));
};

Assert.prototype.doesNotReject = async function doesNotReject(fn, error, message) {
  expectsNoError(doesNotReject, await waitForActual(fn), error, message, diffOf(this));
};

Assert.prototype.ifError = function ifError(err) {
  if (err === null || err === undefined) return;
  let message = 'ifError got unwanted exception: ';
  if (typeof err === 'object' && typeof err.message === 'string') {
    if (err.message.length === 0 && err.constructor) message += err.constructor.name;
    else message += err.message;
  } else {
    message += inspect(err);
  }
  const newErr = new AssertionError({ actual: err, expected: null, operator: 'ifError', message, stackStartFn: ifError, diff: diffOf(this) });
  const origStack = err.stack;
  if (typeof origStack === 'string') {
    // The frames of the original error first, then what is new.
    const start = origStack.indexOf('\n    at');
    if (start !== -1) {
      const original = origStack.slice(start + 1).split('\n');
      let frames = newErr.stack.split('\n');
      for (let i = 0; i < original.length; i++) {
        const pos = frames.indexOf(original[i]);
        if (pos !== -1) {
          frames = frames.slice(0, pos);
          break;
        }
      }
      newErr.stack = `${frames.join('\n')}\n${original.join('\n')}`;
    }
  }
  throw newErr;
};

function internalMatch(string, regexp, message, fn, wanted, diff) {
  if (!isRegExp(regexp)) throw new codes.ERR_INVALID_ARG_TYPE('regexp', 'RegExp', regexp);
  if (typeof string === 'string' && (RegExp.prototype.exec.call(regexp, string) !== null) === wanted) return;
  if (isError(message)) throw message;
  const generatedMessage = !message;
  message ||= typeof string !== 'string' ?
    `The "string" argument must be of type string. Received type ${typeof string} (${inspect(string)})` :
    (wanted ? 'The input did not match the regular expression ' : 'The input was expected to not match the regular expression ') +
      `${inspect(regexp)}. Input:\n\n${inspect(string)}\n`;
  const err = new AssertionError({ actual: string, expected: regexp, message, operator: fn.name, stackStartFn: fn, diff });
  err.generatedMessage = generatedMessage;
  throw err;
}

Assert.prototype.match = function match(string, regexp, message) {
  internalMatch(string, regexp, message, match, true, diffOf(this));
};

Assert.prototype.doesNotMatch = function doesNotMatch(string, regexp, message) {
  internalMatch(string, regexp, message, doesNotMatch, false, diffOf(this));
};

const assert = module.exports = ok;
const methods = ['ok', 'fail', 'equal', 'notEqual', 'deepEqual', 'notDeepEqual', 'deepStrictEqual', 'notDeepStrictEqual', 'strictEqual',
  'notStrictEqual', 'partialDeepStrictEqual', 'match', 'doesNotMatch', 'throws', 'rejects', 'doesNotThrow', 'doesNotReject', 'ifError'];

assert.AssertionError = AssertionError;
assert.CallTracker = require('internal/util').deprecate(function CallTracker() {
  return Reflect.construct(require('internal/assert/calltracker'), arguments);
}, 'assert.CallTracker is deprecated.', 'DEP0173');
for (let i = 0; i < methods.length; i++) assert[methods[i]] = Assert.prototype[methods[i]];
assert.ok = assert;

function strict(value, message) {
  if (!value) innerOk(strict, arguments.length, value, message);
}

strict.AssertionError = AssertionError;
strict.CallTracker = assert.CallTracker;
for (let i = 0; i < methods.length; i++) strict[methods[i]] = assert[methods[i]];
strict.equal = assert.strictEqual;
strict.deepEqual = assert.deepStrictEqual;
strict.notEqual = assert.notStrictEqual;
strict.notDeepEqual = assert.notDeepStrictEqual;
assert.strict = strict;
assert.Assert = Assert;
strict.Assert = Assert;
strict.strict = strict;
