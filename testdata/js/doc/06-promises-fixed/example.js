// Correctly using promises for asynchronous operations
const fs = require('fs').promises;

console.log('Program start');

let data1;  // Declare variable in outer scope

fs.readFile('file1.txt', 'utf8')
  .then(fileData => {
    data1 = fileData;  // Store in outer variable
    console.log('File 1 data:', data1);
    return fs.readFile('file2.txt', 'utf8');
  })
  .then(data2 => {
    console.log('File 2 data:', data2);
    return fs.writeFile('output.txt', data1 + data2);  // Now data1 is accessible
  })
  .then(() => {
    console.log('Files combined successfully');
  })
  .catch(err => {
    console.error('Error:', err);
  });

console.log('Program continues executing');
