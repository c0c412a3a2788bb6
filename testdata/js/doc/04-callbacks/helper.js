'use strict';
// Shows what the example left in output.txt, and takes it away again.
const fs = require('fs');
process.on('exit', () => {
  try {
    console.log('output.txt:', fs.readFileSync('output.txt', 'utf8'));
    fs.unlinkSync('output.txt');
  } catch (err) {
    console.log('output.txt:', err.code);
  }
});
