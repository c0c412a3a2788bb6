let n = 0;
process.on('beforeExit', (c) => {
  console.log('beforeExit', c);
  if (n++ < 2) setImmediate(() => console.log('more', n));
});
process.on('exit', (c) => console.log('exit', c));
