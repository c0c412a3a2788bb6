'use strict';
// node:test: the functions that make tests of the current test, or of the file.

const { current, root, schedule } = require('internal/test_runner/test');

function define(isSuite) {
  function make(name, options, fn, overrides) {
    return schedule(current() ?? root(), isSuite, name, options, fn, overrides);
  }
  function test(name, options, fn) { return make(name, options, fn, undefined); }
  for (const keyword of ['expectFailure', 'skip', 'todo', 'only']) {
    test[keyword] = (name, options, fn) => make(name, options, fn, { [keyword]: true });
  }
  return test;
}

function hook(kind) {
  return (fn, options) => { (current() ?? root()).addHook(kind, fn, options); };
}

const test = define(false);
const suite = define(true);

module.exports = test;
Object.assign(test, {
  after: hook('after'),
  afterEach: hook('afterEach'),
  before: hook('before'),
  beforeEach: hook('beforeEach'),
  describe: suite,
  getTestContext() { return current()?.context; },
  it: test,
  run(options) { return require('internal/test_runner/runner').run(options); },
  suite,
  test,
});

let mock, snapshot, assertions;
Object.defineProperties(test, {
  mock: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const { MockTracker } = require('internal/test_runner/mock');
      return mock ??= new MockTracker();
    },
  },
  snapshot: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const { setDefaultSnapshotSerializers, setResolveSnapshotPath } = require('internal/test_runner/snapshot');
      return snapshot ??= { __proto__: null, setDefaultSnapshotSerializers, setResolveSnapshotPath };
    },
  },
  assert: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() {
      const { registerAssertion } = require('internal/test_runner/test');
      return assertions ??= { __proto__: null, register: registerAssertion };
    },
  },
});
