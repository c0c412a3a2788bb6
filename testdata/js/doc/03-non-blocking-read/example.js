// Non-blocking file read
const fs = require('fs');

// This registers a callback and immediately continues
fs.readFile('/path/to/file.txt', 'utf8', (err, data) => {
  if (err) {
    console.error('Error reading file:', err);
    return;
  }
  console.log(data);
});
console.log('File reading started');
