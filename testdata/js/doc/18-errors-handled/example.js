// Good practice: proper error handling
fs.readFile('file.txt', (err, data) => {
  if (err) {
    console.error('Error reading file:', err);
    return;
  }
  console.log(data.toString());
});

// With promises
fs.promises.readFile('file.txt')
  .then(data => console.log(data.toString()))
  .catch(err => console.error('Error reading file:', err));

// With async/await
async function readFileContent() {
  try {
    const data = await fs.promises.readFile('file.txt');
    console.log(data.toString());
  } catch (err) {
    console.error('Error reading file:', err);
  }
}
