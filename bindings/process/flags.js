'use strict';
// What options of the command line change in process and the globals.

const b = internalBinding('process');
const { getOptionValue, hasOption } = require('internal/options');

function apply() {
  if (!getOptionValue('--deprecation')) process.noDeprecation = true;
  if (getOptionValue('--throw-deprecation')) process.throwDeprecation = true;
  if (getOptionValue('--trace-deprecation')) process.traceDeprecation = true;
  if (getOptionValue('--trace-warnings')) process.traceProcessWarnings = true;
  if (hasOption('--stack-trace-limit')) Error.stackTraceLimit = getOptionValue('--stack-trace-limit');
  if (getOptionValue('--expose-gc')) {
    Object.defineProperty(globalThis, 'gc', {
      __proto__: null, value: b.gc, writable: true, enumerable: false, configurable: true,
    });
  }
  if (getOptionValue('--trace-exit')) require('internal/process/execution').traceExit();
  if (getOptionValue('--disallow-code-generation-from-strings')) {
    const refuse = { eval() { throw new EvalError('Code generation from strings disallowed for this context'); } }.eval;
    Object.defineProperty(globalThis, 'eval', { __proto__: null, value: refuse, writable: true, enumerable: false, configurable: true });
    globalThis.Function = new Proxy(Function, { __proto__: null, apply: refuse, construct: refuse });
  }
  const mode = getOptionValue('--disable-proto');
  if (mode === 'delete') {
    delete Object.prototype.__proto__;
  } else if (mode === 'throw') {
    const fail = () => {
      throw new (require('internal/errors').codes.ERR_PROTO_ACCESS)();
    };
    Object.defineProperty(Object.prototype, '__proto__', {
      __proto__: null, enumerable: false, configurable: true, get: fail, set: fail,
    });
  }
}

module.exports = { apply };
