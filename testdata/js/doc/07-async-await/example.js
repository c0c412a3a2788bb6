// Using async/await for asynchronous operations
const fs = require('fs').promises;

async function combineFiles() {
  console.log('Program start');
  
  try {
    // Each await pauses execution of the function until the promise resolves
    const data1 = await fs.readFile('file1.txt', 'utf8');
    console.log('File 1 data:', data1);
  
    const data2 = await fs.readFile('file2.txt', 'utf8');
    console.log('File 2 data:', data2);
  
    await fs.writeFile('output.txt', data1 + data2);
    console.log('Files combined successfully');
  } catch (err) {
    console.error('Error:', err);
  }
}

// Call the async function
combineFiles();

console.log('Program continues executing');
