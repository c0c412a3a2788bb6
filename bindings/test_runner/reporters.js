'use strict';
// node:test/reporters: names that a script may look for; results are written
// by internal/test_runner/report.

const { unimplemented } = require('internal/util');

module.exports = {
  dot: unimplemented('reporters.dot()'),
  junit: unimplemented('reporters.junit()'),
  spec: unimplemented('reporters.spec()'),
  tap: unimplemented('reporters.tap()'),
  lcov: unimplemented('reporters.lcov()'),
};
