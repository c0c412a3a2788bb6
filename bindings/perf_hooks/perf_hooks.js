'use strict';
const { now, timeOrigin } = internalBinding('perf_hooks');
module.exports = { performance: { now, timeOrigin } };
