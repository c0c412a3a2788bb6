'use strict';
// node:test/reporters: names that a script may look for; results are written
// by internal/test_runner/report.

const { codes } = require('internal/errors');
for (const name of ['dot', 'junit', 'spec', 'tap', 'lcov']) {
  module.exports[name] = { [name]: function() { throw new codes.ERR_METHOD_NOT_IMPLEMENTED(`reporters.${name}`); } }[name];
}
