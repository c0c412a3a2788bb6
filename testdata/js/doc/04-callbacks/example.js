// Using callbacks for asynchronous operations
const fs = require('fs');

console.log('Program start');

// First asynchronous operation
fs.readFile('file1.txt', 'utf8', (err, data1) => {
  if (err) {
    console.error('Error reading file1:', err);
    return;
  }
  console.log('File 1 data:', data1);
  
  // Second asynchronous operation (nested)
  fs.readFile('file2.txt', 'utf8', (err, data2) => {
    if (err) {
      console.error('Error reading file2:', err);
      return;
    }
    console.log('File 2 data:', data2);
  
    // Third asynchronous operation (nested even deeper)
    fs.writeFile('output.txt', data1 + data2, (err) => {
      if (err) {
        console.error('Error writing file:', err);
        return;
      }
      console.log('Files combined successfully');
    });
  });
});

console.log('Program continues executing');
