// The synchronous functions: results, errors, limits.
const cp = require('child_process');
const plain = ({ status, signal, output, stdout, stderr, error }) => ({ status, signal, output: output && output.map((o) => o && `${o}`), stdout: stdout && `${stdout}`, stderr: stderr && `${stderr}`, error: error && [error.message, error.code, error.errno, error.syscall, error.path, error.spawnargs] });
console.log(plain(cp.spawnSync('sh', ['-c', 'echo out; echo err >&2; exit 3'])));
console.log(plain(cp.spawnSync('cat', { input: 'text' })));
console.log(plain(cp.spawnSync('cat', { input: new Uint16Array([0x4141, 0x4242]), encoding: 'latin1' })));
console.log(plain(cp.spawnSync('/nonexistent', ['a'])));
console.log(plain(cp.spawnSync('sh', ['-c', 'kill -9 $$'])));
console.log(plain(cp.spawnSync('sh', ['-c', 'echo this is long'], { maxBuffer: 1 })).stdout);
console.log(cp.spawnSync('sh', ['-c', 'echo this is long; exec sleep 100'], { maxBuffer: 1 }).error.code);
console.log(plain(cp.spawnSync('sh', ['-c', 'sleep 100; true'], { timeout: 50 })));
console.log(plain(cp.spawnSync('sh', ['-c', 'sleep 100; true'], { timeout: 50, killSignal: 'SIGKILL' })).signal);
console.log(cp.execSync('echo x', { encoding: 'utf8' }), cp.execFileSync('echo', ['y']).constructor.name);
for (const f of [() => cp.execSync('echo out; exit 4', { stdio: 'pipe' }), () => cp.execFileSync('sh', ['-c', 'echo e >&2; exit 1'], { stdio: 'pipe' }), () => cp.execFileSync('/nonexistent')]) {
  try { f(); } catch (e) { console.log(e.message, e.status, e.signal, e.code, `${e.stdout}`, `${e.stderr}`, Object.keys(e).sort().join()); }
}
console.log(cp.spawnSync('sh', ['-c', 'echo three >&3'], { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] }).output.map(String));
