'use strict';
const binding = internalBinding('internal/fs/promises');
const exported = {};
for (const k of Object.keys(binding)) if (k !== 'handle') exported[k] = binding[k];
exported.constants = require('fs').constants;
module.exports = exported;
