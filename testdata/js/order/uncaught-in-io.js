'use strict';
process.on('uncaughtException', (e) => console.log('U', e.message));
require('fs').stat(__filename, () => { process.nextTick(() => console.log('tick')); throw new Error('io'); });
