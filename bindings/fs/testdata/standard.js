'use strict';
const fs = require('fs');
// Descriptors 1 and 2 are the program's standard streams, wherever those lead.
fs.writeSync(1, 'write\n');
fs.writeFileSync(1, 'writeFile\n');
fs.write(1, Buffer.from('async\n'), () => fs.writeFile(1, 'last\n', () => fs.appendFileSync(1, 'append\n')));
