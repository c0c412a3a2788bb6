'use strict';
// The example only declares its function: this runs it, and then calls the function.
const fs = require('fs');
const path = require('path');
require('./helper.js');
const file = path.join(__dirname, 'example.js');
module._compile(`${fs.readFileSync(file, 'utf8')}
processOrder(7).then((result) => console.log('result:', result));`, file);
