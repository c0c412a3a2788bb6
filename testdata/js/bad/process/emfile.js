'use strict';
// gonode: process
// Every descriptor is taken: each API that needs one says so, and what is open
// already goes on working.
const fs = require('fs');
const net = require('net');
const http = require('http');
const { spawn, spawnSync, exec } = require('child_process');

const show = (what, e) => console.log(what, e && e.code, e && e.syscall, e && e.message.replace(/127.0.0.1:\d+/, 'ADDR'), e && e.errno);
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const server = http.createServer((req, res) => res.end('served'));

function get(cb) {
  http.get({ port: server.address().port, agent }, (res) => {
    let s = '';
    res.on('data', (d) => { s += d; }).on('end', () => cb(s));
  }).on('error', (e) => cb(e.code));
}

if (process.argv[2] === 'client') {
  // Connects while the server has no descriptor left for it.
  const socket = net.connect(process.argv[3], '127.0.0.1');
  socket.on('connect', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'));
  socket.on('data', () => {}).on('error', () => {}).on('close', () => console.log('turned away'));
} else if (process.argv[2] === 'server') {
  server.listen(0, '127.0.0.1', () => get((s) => {
    console.log('before', s);
    setImmediate(exhaust);
  }));
} else {
  spawnSync('/bin/sh', ['-c', 'ulimit -n 64; exec "$0" "$1" server', process.execPath, __filename], { stdio: 'inherit' });
}

function exhaust() {
  const taken = [];
  try {
    for (;;) taken.push(fs.openSync(__filename));
  } catch (e) { show('openSync', { ...e, code: e.code, message: e.message.replace(__filename, 'FILE'), syscall: e.syscall, errno: e.errno }); }
  const steps = [
    (next) => { try { fs.readFileSync(__filename); } catch (e) { show('readFileSync', { ...e, message: e.message.replace(__filename, 'FILE') }); } next(); },
    (next) => { try { fs.readdirSync('/'); } catch (e) { show('readdirSync', e); } next(); },
    (next) => { console.log('stat', fs.statSync(__filename).isFile()); next(); },
    (next) => { try { fs.writeFileSync('/dev/null', ''); } catch (e) { show('writeFileSync', e); } next(); },
    (next) => { try { fs.copyFileSync('/dev/null', '/tmp/never'); } catch (e) { show('copyFileSync', e); } next(); },
    (next) => { try { fs.opendirSync('/'); } catch (e) { show('opendirSync', e); } next(); },
    (next) => fs.open('/dev/null', (e) => { show('open', e); next(); }),
    (next) => fs.readFile('/dev/null', (e) => { show('readFile', e); next(); }),
    (next) => fs.promises.readFile('/dev/null').catch((e) => { show('promises.readFile', e); next(); }),
    (next) => fs.promises.open('/dev/null').catch((e) => { show('promises.open', e); next(); }),
    (next) => fs.createReadStream('/dev/null').on('error', (e) => { show('createReadStream', e); next(); }),
    (next) => fs.createWriteStream('/dev/null').on('error', (e) => { show('createWriteStream', e); next(); }),
    (next) => { try { fs.watch('/tmp'); } catch (e) { show('watch', e); } next(); },
    (next) => net.connect(server.address().port, '127.0.0.1').on('error', (e) => { show('connect', e); next(); }),
    (next) => net.connect('/tmp/no-such.sock').on('error', (e) => { show('connect pipe', e); next(); }),
    (next) => net.createServer().listen(0, '127.0.0.1').on('error', (e) => { show('listen', { ...e, message: e.message.replace(/:\d+$/, '') }); next(); }),
    (next) => net.createServer().listen('/tmp/never.sock').on('error', (e) => { show('listen pipe', e); next(); }),
    (next) => require('dgram').createSocket('udp4').bind(0).on('error', (e) => { show('dgram', e); next(); }),
    (next) => spawn('true').on('error', (e) => { show('spawn', e); next(); }).on('exit', (c) => { console.log('spawn exit', c); next(); }),
    (next) => { show('spawnSync', spawnSync('true').error); next(); },
    (next) => exec('true', (e) => { show('exec', e); next(); }),
    (next) => get((s) => { console.log('during, kept alive', s); next(); }),
    (next) => {
      // Room for a child with its three pipes, and none for its connection.
      for (let i = 0; i < 12; i++) fs.closeSync(taken.pop());
      const child = spawn(process.execPath, [__filename, 'client', server.address().port], { stdio: ['ignore', 'pipe', 'inherit'] });
      try { for (;;) taken.push(fs.openSync(__filename)); } catch { /* all taken again */ }
      child.stdout.on('data', (d) => console.log('client', String(d).trim()));
      child.on('close', (code) => { console.log('client exit', code); next(); });
    },
    (next) => {
      for (const fd of taken) fs.closeSync(fd);
      get((s) => { console.log('after', s); next(); });
    },
    (next) => spawn('true').on('exit', (c) => { console.log('spawn exit', c); next(); }),
    (next) => { console.log('read', fs.readFileSync(__filename).length > 0); server.close(); agent.destroy(); },
  ];
  (function next() { const s = steps.shift(); if (s) s(next); })();
}
