// A worker's standard streams, read and written by its parent.
const { Worker } = require('worker_threads');
const w = new Worker(`
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (s) => { process.stdout.write(s.toUpperCase()); console.error('read', s); });
  process.stdin.on('end', () => { process.stdout.write('end\\n', () => console.log('written')); });
`, { eval: true, stdin: true, stdout: true, stderr: true });
let out = '', err = '';
w.stdout.setEncoding('utf8').on('data', (s) => { out += s; });
w.stderr.setEncoding('utf8').on('data', (s) => { err += s; });
w.stdin.write('one ');
w.stdin.end('two\n', () => console.log('stdin finished'));
w.on('exit', (code) => { console.log('exit', code); });
let ended = 0;
for (const s of [w.stdout, w.stderr]) s.on('end', () => { if (++ended === 2) console.log(JSON.stringify(out), err.replace(/\s+|read/g, ' ').trim().split(/\s+/)); });
