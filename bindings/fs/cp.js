'use strict';
// fs.cp: the options' checks; the copying itself is in Go.

const native = internalBinding('internal/fs/cp');
const { codes } = require('internal/errors');
const { validateBoolean, validateFunction, validateInteger, validateObject } = require('internal/validators');
const { getValidatedPath } = require('internal/fs/utils');

const defaults = {
  dereference: false, errorOnExist: false, filter: undefined, force: true, preserveTimestamps: false,
  recursive: false, verbatimSymlinks: false,
};

function checkOptions(options) {
  if (options === undefined) return { ...defaults, mode: 0 };
  validateObject(options, 'options');
  const o = { ...defaults, ...options };
  for (const name of ['dereference', 'errorOnExist', 'force', 'preserveTimestamps', 'recursive', 'verbatimSymlinks']) {
    validateBoolean(o[name], `options.${name}`);
  }
  if (o.mode === undefined || o.mode === null) o.mode = 0;
  else validateInteger(o.mode, 'mode', 0, 7);
  if (o.dereference === true && o.verbatimSymlinks === true) {
    throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('dereference', 'verbatimSymlinks');
  }
  if (o.filter !== undefined) validateFunction(o.filter, 'options.filter');
  return o;
}

function cp(src, dest, options, callback) {
  if (typeof options === 'function') {
    callback = options;
    options = undefined;
  }
  validateFunction(callback, 'cb');
  const o = checkOptions(options);
  native.cp(getValidatedPath(src, 'src'), getValidatedPath(dest, 'dest'), o, callback);
}

function cpSync(src, dest, options) {
  const o = checkOptions(options);
  native.cp(getValidatedPath(src, 'src'), getValidatedPath(dest, 'dest'), o);
}

function cpPromise(src, dest, options) {
  return new Promise((resolve, reject) => {
    const o = checkOptions(options);
    native.cp(getValidatedPath(src, 'src'), getValidatedPath(dest, 'dest'), o, (err) => (err ? reject(err) : resolve()));
  });
}

module.exports = { cp, cpPromise, cpSync };
