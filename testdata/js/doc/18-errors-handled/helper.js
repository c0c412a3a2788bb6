'use strict';
globalThis.fs = require('fs');
