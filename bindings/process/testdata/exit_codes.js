// exit: 42
process.on('exit', (code) => {
  console.log(code, process.exitCode);
  process.exitCode = 42;
});
process.exitCode = '7';
console.log(typeof process.exitCode);
for (const bad of ['', 'x', 2.1, {}, true, NaN]) {
  try { process.exitCode = bad; } catch (e) { console.log(e.code, e.message); }
}
