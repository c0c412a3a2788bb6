// Bad practice: insufficient error handling
fs.readFile('file.txt', (err, data) => {
  // Missing error check!
  console.log(data.toString());  // Will crash if err is not null
});
