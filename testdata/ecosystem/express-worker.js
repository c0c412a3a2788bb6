'use strict';
// The document's example with a worker, with the real express.
const path = require('path');
const express = require('express');
globalThis.app = express();
process.chdir(path.join(__dirname, 'doc/14-worker-for-the-task'));
require('./doc/14-worker-for-the-task/example.js');
require('./ask.js')(app, '/compute');
