// A stream of ours as a child's input blocks there, and is ours again afterwards.
const { spawn } = require('child_process');
const cat = spawn('cat', { stdio: ['pipe', 'pipe', 'inherit'] });
const head = spawn('head', ['-n1'], { stdio: [cat.stdout, 'pipe', 'inherit'] });
cat.stdin.write('one\n');
head.stdout.setEncoding('utf8').on('data', (s) => console.log('head', s));
head.on('exit', () => {
  cat.stdin.end('two\n');
  cat.stdout.setEncoding('utf8').on('data', (s) => console.log('we', s)).on('end', () => console.log('end'));
});
