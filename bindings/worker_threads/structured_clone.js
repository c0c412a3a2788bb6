'use strict';
const { native, transferOf } = require('internal/messaging');
const { codes } = require('internal/errors');

function structuredClone(value, options) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('The value argument');
  if (options !== undefined && options !== null && typeof options !== 'object' && typeof options !== 'function') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['object', 'undefined', 'null'], options);
  }
  return native.structuredClone(value, transferOf(options === null ? undefined : options && { transfer: options.transfer }));
}

module.exports = { structuredClone };
