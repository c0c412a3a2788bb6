'use strict';
// The deprecated sum of the other modules' constants.

const { constants: os } = require('os');
Object.assign(exports, os.dlopen, os.errno, os.priority, os.signals, require('fs').constants,
  require('crypto').constants);
Object.freeze(exports);
