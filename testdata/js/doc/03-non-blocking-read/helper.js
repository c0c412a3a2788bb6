'use strict';
// /path/to/file.txt is the document's placeholder: it reads the file beside the example.
const fs = require('fs');
const path = require('path');
const real = path.join(__dirname, 'file.txt');
for (const name of ['readFile', 'readFileSync']) {
  const original = fs[name];
  fs[name] = function(file, ...rest) {
    return original.call(this, file === '/path/to/file.txt' ? real : file, ...rest);
  };
}
