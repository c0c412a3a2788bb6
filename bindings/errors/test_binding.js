'use strict';
// What Node's own tests take bindings from, with --expose-internals.
process.emitWarning('These APIs are for internal testing only. Do not use them.', 'internal/test/binding');
module.exports = { internalBinding };
