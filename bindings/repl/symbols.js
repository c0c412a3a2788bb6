'use strict';

module.exports = { kStandalone: Symbol('the process is the REPL') };
