'use strict';
const { log, error } = internalBinding('internal/console/global');
exports.console = { log, info: log, debug: log, error, warn: error };
