// Blocking file read
const fs = require('fs');

// This will block the entire program until the file is read
const data = fs.readFileSync('/path/to/file.txt', 'utf8');
console.log(data);
console.log('File reading complete');
