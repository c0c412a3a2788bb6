const fs = require('fs');
const crypto = require('crypto');

const start = Date.now();

// Perform 5 file operations simultaneously
for (let i = 0; i < 5; i++) {
  fs.readFile('./large-file.txt', (err, data) => {
    if (err) throw err;
  
    // Perform CPU-intensive operation on the data
    crypto.pbkdf2(data.toString().slice(0, 100), 'salt', 100000, 512, 'sha512', () => {
      console.log(`File ${i} processed in ${Date.now() - start}ms`);
    });
  });
}
