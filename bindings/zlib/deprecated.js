'use strict';
// A class called without new.

const { emitDeprecation } = require('internal/util');

module.exports = function(C, name, opts) {
  emitDeprecation(`Instantiating ${name} without the 'new' keyword has been deprecated.`, 'DEP0184');
  return new C(opts);
};
