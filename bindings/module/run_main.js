'use strict';
// Runs the main script that the command line names.

const { Module, native, addConditions, exposeInternals } = require('internal/modules/cjs/loader');

function runFile(path) {
  const absolute = native.resolve('', path);
  native.forget();
  const found = Module._findPath(absolute, null, true);
  Module._load(found || absolute, null, true);
}

function runMain() {
  Module._initPaths();
  if (process.argv[1] !== undefined) {
    const given = process.argv[1];
    process.argv[1] = native.resolve('', given);
    runFile(given);
  }
}

module.exports = { runFile, runMain };
