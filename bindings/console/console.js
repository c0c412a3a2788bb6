'use strict';
module.exports = internalBinding('internal/console/global').console;
