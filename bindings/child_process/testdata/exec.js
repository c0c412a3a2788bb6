// exec, execFile and their promises: what the callback gets.
const { exec, execFile } = require('child_process');
const { promisify } = require('util');
const show = (label) => (err, stdout, stderr) => console.log(label, err && [err.message, err.code, err.killed, err.signal, err.cmd], JSON.stringify(stdout), JSON.stringify(stderr));
const list = [
  (cb) => exec('echo out; echo err >&2', cb),
  (cb) => exec('echo out; echo err >&2; exit 5', cb),
  (cb) => execFile('sh', ['-c', 'echo $0 $1', 'a', 'b'], cb),
  (cb) => execFile('/nonexistent', ['x'], cb),
  (cb) => exec('echo 1234567890', { maxBuffer: 5 }, cb),
  (cb) => exec('exec sleep 100', { timeout: 50 }, cb),
  (cb) => exec('printf "\\377"', { encoding: 'buffer' }, cb),
  (cb) => exec('printf "\\377"', { encoding: 'hex' }, cb),
];
(async () => {
  for (let i = 0; i < list.length; i++) await new Promise((r) => list[i]((...a) => { show(i)(...a); r(); }));
  console.log(await promisify(execFile)('echo', ['x']));
  await promisify(exec)('echo out; exit 2').catch((e) => console.log(e.code, e.stdout, e.stderr, e.cmd));
  console.log(promisify(exec)('true').child.constructor.name);
})();
