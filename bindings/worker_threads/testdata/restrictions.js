// What a worker must not do to the process.
const { Worker } = require('worker_threads');
process.env.NODE_CHANNEL_FD = 'none';
new Worker(`
  const show = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
  show(() => process.umask(0o600));
  for (const f of ['abort', 'chdir', 'send', 'disconnect', 'setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups']) {
    console.log(process[f].disabled);
    show(() => process[f]());
  }
  for (const k of ['channel', 'connected']) show(() => process[k]);
  process.title = 'mine';
  console.log(process.title);
  console.log(['_debugProcess', '_debugEnd', '_startProfilerIdleNotifier'].map((k) => k in process));
  console.log(typeof process.umask(), typeof process.cwd());
`, { eval: true }).on('exit', () => console.log(process.title === 'mine'));
