'use strict';
// The document's fragment, and then "the rest of the code".
require('./example.js');
process.chdir(require('path').join(__dirname, '../11-thread-pool'));
require('../11-thread-pool/example.js');
