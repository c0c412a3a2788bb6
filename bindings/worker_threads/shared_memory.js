'use strict';
// The globals that share memory between isolates.
const { native } = require('internal/messaging');
module.exports = { Atomics: native.atomics(), SharedArrayBuffer: native.SharedArrayBuffer };
