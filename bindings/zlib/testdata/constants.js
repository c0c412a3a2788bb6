'use strict';
const zlib = require('zlib');
console.log(zlib.constants);
console.log(Object.getOwnPropertyNames(zlib).filter((n) => /^[A-Z]+_|^[A-Z]+$/.test(n)).sort().join(' '));
console.log(Object.keys(zlib).sort().join(' '));
