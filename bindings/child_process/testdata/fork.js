// fork: messages both ways, their order, disconnect, what cannot be sent.
// gonode: process
const { fork } = require('child_process');
if (process.argv[2] === 'child') {
  process.send({ argv: process.argv.slice(2), connected: process.connected, env: process.env.FROM });
  process.on('message', (m) => {
    process.send(['echo', m]);
    if (m === 'stop') process.disconnect();
  });
  process.on('disconnect', () => process.exit(process.connected ? 1 : 0));
} else {
  const child = fork(__filename, ['child', 'x'], { env: { ...process.env, FROM: 'parent' } });
  const events = [];
  child.on('message', (m) => console.log(m));
  child.on('disconnect', () => events.push('disconnect'));
  child.on('exit', (code, signal) => events.push(['exit', code, signal]));
  child.on('close', () => {
    console.log(events, child.connected, child.channel);
    child.send('late', (e) => console.log(e.code, e.message));
    child.on('error', (e) => console.log(e.code));
    child.disconnect();
  });
  for (const bad of [undefined, Symbol('x'), () => {}]) {
    try { child.send(bad); } catch (e) { console.log(e.name, e.code, e.message); }
  }
  console.log(child.send(1), child.send(null), child.send({ a: [1, { b: undefined }] }), child.send('stop', () => console.log('sent')));
}
