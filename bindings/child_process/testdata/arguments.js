// What the functions say to arguments of the wrong kind.
const cp = require('child_process');
const show = (f) => { try { f(); console.log('fine'); } catch (e) { console.log(e.name, e.code, e.message); } };
show(() => cp.spawn());
show(() => cp.spawn(''));
show(() => cp.spawn('a\0b'));
show(() => cp.spawn('x', 1));
show(() => cp.spawn('x', [], 1));
for (const o of [{ cwd: 1 }, { detached: 1 }, { uid: 'a' }, { gid: 1.5 }, { shell: 1 }, { argv0: 1 }, { windowsHide: 1 }, { timeout: -1 }, { killSignal: 'SIGNOT' },
                 { killSignal: {} }, { signal: 1 }, { stdio: 'x' }, { stdio: ['ipc', 'ipc'] }, { stdio: ['x'] }, { serialization: 'x' }, { serialization: null }, { env: { 'a\0': 'b' } }]) show(() => cp.spawn('x', [], o));
show(() => cp.execFileSync('x', { maxBuffer: -1 }));
show(() => cp.spawnSync('x', { stdio: 'ipc' }));
show(() => cp.spawnSync('x', { stdio: ['pipe', 'pipe', 'pipe', 'ipc'] }));
show(() => cp.spawnSync('x', { input: 1 }));
show(() => cp.exec(1));
show(() => cp.exec('x', {}, 1));
show(() => cp.fork(1));
show(() => cp.fork('x', 1));
show(() => cp.fork('x', [], { execPath: 1 }));
show(() => cp.fork('x', [], { stdio: ['pipe', 'pipe', 'pipe'] }));
show(() => cp.fork('x', [], { stdio: 'x' }));
