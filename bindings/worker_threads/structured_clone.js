'use strict';
const { native, nativeError } = require('internal/messaging');
const { codes } = require('internal/errors');

function fail(text) { return nativeError('ERR_INVALID_ARG_TYPE', `Failed to execute 'structuredClone': ${text}`); }

// WebIDL's sequence<object> transfer of StructuredSerializeOptions.
function transferIn(options) {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== 'object' && typeof options !== 'function') throw fail('Options cannot be converted to a dictionary');
  const { transfer } = options;
  if (transfer === undefined) return undefined;
  if (transfer === null || (typeof transfer !== 'object' && typeof transfer !== 'function') ||
      typeof transfer[Symbol.iterator] !== 'function') {
    throw fail('transfer in Options cannot be converted to sequence.');
  }
  const list = Array.from(transfer);
  for (let i = 0; i < list.length; i++) {
    if (list[i] === null || (typeof list[i] !== 'object' && typeof list[i] !== 'function')) {
      throw fail(`transfer in Options[${i}] is not an object.`);
    }
  }
  return list;
}

function structuredClone(value, options) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('The value argument must be specified'); // Node's text
  return native.structuredClone(value, transferIn(options));
}

module.exports = { structuredClone };
