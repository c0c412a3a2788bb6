'use strict';
module.exports = internalBinding('util').types;
