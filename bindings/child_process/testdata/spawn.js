// spawn: streams, exit, errors.
const { once } = require('events');
const { spawn } = require('child_process');
const done = [];
const run = (file, args, options) => new Promise((resolve) => {
  const events = [];
  const child = spawn(file, args, options);
  let out = '';
  child.stdout?.setEncoding('utf8').on('data', (s) => { out += s; });
  for (const e of ['spawn', 'exit', 'close']) child.on(e, (...a) => events.push([e, ...a].join(' ')));
  child.on('error', (e) => { events.push(`error ${e.message} ${e.code} ${e.syscall} ${e.path} ${e.spawnargs}`); if (!child.pid) resolve([events, out]); });
  child.on('close', () => resolve([events, out, child.exitCode, child.signalCode, child.killed]));
});
(async () => {
  console.log(await run('sh', ['-c', 'echo out; exit 3']));
  console.log(await run('sh', ['-c', 'echo $FOO; pwd'], { env: { FOO: 'bar', PATH: process.env.PATH }, cwd: '/' }));
  console.log(await run('sh', ['-c', 'kill -TERM $$']));
  console.log(await run('/nonexistent/program', ['a', 'b']));
  console.log(await run('sh', ['-c', 'exec sleep 100'], { timeout: 50, killSignal: 'SIGKILL' }));
  console.log(await run('echo hello world', [], { shell: true }));
  console.log(await run('sh', ['-c', 'echo "$0"'], { argv0: 'mine' }));
  const c = spawn('cat');
  c.stdout.on('data', (d) => console.log('cat', `${d}`));
  c.stdin.end('through');
  console.log('cat ends', ...await once(c, 'close'));
  const stopped = spawn('cat');
  console.log(stopped.kill('SIGINT'), stopped.killed);
  console.log('stopped', ...await once(stopped, 'exit'), stopped.killed, stopped.kill());
  const ac = new AbortController();
  const aborted = spawn('cat', { signal: ac.signal });
  aborted.on('error', (e) => console.log(e.name, e.code, e.cause));
  ac.abort('reason');
})();
