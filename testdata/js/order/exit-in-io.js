'use strict';
// exit: 7
require('fs').stat(__filename, () => { Promise.resolve().then(() => console.log('never')); process.exit(7); });
