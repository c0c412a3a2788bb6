'use strict';
// gonode: process
// The other end of an IPC channel goes away, or writes what is no message.
const { fork, spawn } = require('child_process');
const fs = require('fs');
const E = (what, e) => console.log(what, e && e.code, e && e.syscall, e && e.message);
const role = process.argv[2];
if (role === 'echo') {
  process.on('message', (m) => { if (m === 'bye') process.disconnect(); else process.send(m); });
} else if (role === 'die') {
  process.on('message', () => process.kill(process.pid, 'SIGKILL'));
  process.send('ready');
} else if (role === 'write') {
  fs.writeSync(3, process.argv[3]);
} else if (role === 'sleep') {
  process.on('message', () => {});
  process.send('ready');
} else if (role === 'orphan-parent') {
  const c = fork(__filename, ['orphan'], { stdio: ['ignore', 3, 3, 'ipc'] });
  c.on('message', () => process.kill(process.pid, 'SIGKILL'));
} else if (role === 'orphan') {
  process.on('disconnect', () => {
    // One write: whoever reads it gets it in one piece.
    const said = ['disconnect', process.connected];
    try { process.disconnect(); } catch (e) { said.push(e.code); }
    process.on('error', (e) => said.push('error', e.code));
    process.send('x', (e) => {
      said.push('send', e.code, e.message);
      fs.writeSync(1, said.join(' '));
    });
  });
  process.send('ready');
} else main();

function main() {
  const steps = [
    function disconnected(next) {
      const c = fork(__filename, ['echo']);
      c.once('message', (m) => {
        console.log('echoed', m);
        c.disconnect();
        console.log('connected', c.connected);
        c.send('x', (e) => E('send callback', e));
        console.log('send returned', (() => { try { return c.send('y', () => {}); } catch (e) { return e.code; } })());
        c.on('error', (e) => E('error event', e));
        c.send('z');
        c.disconnect();
      });
      c.send('hello');
      // Node gives no 'close' where the parent has disconnected.
      c.on('exit', (code, sig) => { console.log('exit', code, sig); next(); });
    },
    function badMessages(next) {
      const c = fork(__filename, ['echo']);
      for (const [name, args] of Object.entries({
        none: [], undef: [undefined], fn: [() => {}], sym: [Symbol('x')], big: [1n], nul: [null],
        handle: ['x', {}], options: ['x', null, 1], cb: ['x', null, {}, 1],
      })) {
        try { console.log(name, typeof c.send(...args)); } catch (e) { E(name, e); }
      }
      const loop = {}; loop.loop = loop;
      try { c.send(loop); } catch (e) { E('cycle', { code: e.code, message: e.message.split('\n')[0] }); }
      const got = [];
      c.on('message', (m) => { got.push(m); if (got.length === 2) c.send('bye'); });
      c.on('close', (code, sig) => { console.log('close', code, sig, got); next(); });
    },
    function dies(next) {
      const c = fork(__filename, ['die']);
      c.on('message', () => c.send('now'));
      c.on('error', (e) => E('error', e));
      c.on('close', (code, sig) => {
        console.log('close', code, sig, c.connected);
        c.send('late', (e) => { E('late', e); next(); });
      });
    },
    function killedWhileSending(next) {
      const c = fork(__filename, ['sleep']);
      c.on('error', () => {});
      c.once('message', () => {
        const big = 'x'.repeat(1 << 20);
        c.kill('SIGSTOP');
        let left = 9;
        const done = () => { if (--left === 0) { console.log('8 callbacks and close'); next(); } };
        for (let i = 0; i < 8; i++) c.send(big, done);
        c.on('close', done);
        c.kill('SIGKILL');
      });
    },
    function half(next) {
      const c = spawn(process.execPath, [__filename, 'write', '{"a":'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      c.on('message', (m) => console.log('message', m));
      c.on('error', (e) => E('error', e));
      c.on('close', (code, sig) => { console.log('close', code, sig); next(); });
    },
    function garbage(next) {
      process.once('uncaughtException', (e) => console.log('uncaught', e.name));
      const c = spawn(process.execPath, [__filename, 'write', '{oops\n'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      c.on('message', (m) => console.log('message', m));
      c.on('close', (code, sig) => { console.log('close', code, sig); next(); });
    },
    function values(next) {
      const c = spawn(process.execPath, [__filename, 'write', '"x"\n5\nnull\n{"cmd":"NODE_"}\n[]\n'], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      c.on('message', (m) => console.log('message', m));
      c.on('close', (code, sig) => { console.log('close', code, sig); next(); });
    },
    function orphan(next) {
      const c = spawn(process.execPath, [__filename, 'orphan-parent'], { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
      let said = '';
      c.stdio[3].on('data', (d) => { said += d; });
      c.on('close', (code, sig) => { console.log('close', code, sig, said); next(); });
    },
  ];
  (function next() { const s = steps.shift(); if (s) { console.log('---', s.name); s(next); } })();
}
