'use strict';
// What process.getActiveResourcesInfo, _getActiveHandles and _getActiveRequests
// say of each kind of thing that keeps a process alive.
const crypto = require('crypto'), dgram = require('dgram'), dns = require('dns'), fs = require('fs'), http = require('http');
const net = require('net'), os = require('os'), path = require('path'), zlib = require('zlib');
const { MessageChannel } = require('worker_threads');

const nothing = () => {};
const before = process.getActiveResourcesInfo().length;
const handles = process._getActiveHandles().length;
function show(name, open) {
  const close = open();
  const names = (list) => list.map((o) => o.constructor.name).join() || '-';
  console.log(name, process.getActiveResourcesInfo().slice(before).join() || '-',
              names(process._getActiveHandles().slice(handles)), names(process._getActiveRequests()));
  if (close !== undefined) close();
}

// Requests end by themselves: one a turn.
const requests = [
  ['callback', (done) => fs.readFile(__filename, done)],
  ['promise', (done) => { fs.promises.stat('.').then(done); }],
  ['pbkdf2', (done) => crypto.pbkdf2('a', 'b', 1, 8, 'sha1', done)],
  ['randomBytes', (done) => crypto.randomBytes(8, done)],
  ['gzip', (done) => zlib.gzip('abc', done)],
  ['lookup', (done) => dns.lookup('localhost', done)],
];
function next() {
  const r = requests.shift();
  if (r === undefined) return open();
  show(r[0], () => { r[1](() => setImmediate(next)); });
}

function open() {
  show('setTimeout', () => { const t = setTimeout(nothing, 1e6); return () => clearTimeout(t); });
  show('unref', () => { const t = setTimeout(nothing, 1e6).unref(); return () => clearTimeout(t); });
  show('setInterval', () => { const t = setInterval(nothing, 1e6); return () => clearInterval(t); });
  show('setImmediate', () => { const t = setImmediate(nothing); return () => clearImmediate(t); });
  show('signal', () => { process.on('SIGHUP', nothing); return () => process.off('SIGHUP', nothing); });
  const server = net.createServer().listen(0);
  show('net', () => () => server.close());
  console.log('the server itself', process._getActiveHandles().includes(server));
  setImmediate(() => {
    const web = http.createServer().listen(0);
    show('http', () => () => web.close());
    setImmediate(udp);
  });
}
function udp() {
  const socket = dgram.createSocket('udp4');
  socket.bind(0);
  show('dgram', () => () => socket.close());
  setImmediate(watchers);
}
function watchers() {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'active-'));
  const w = fs.watch(dir);
  show('watch', () => () => w.close());
  setImmediate(() => {
    const { port1 } = new MessageChannel();
    port1.on('message', nothing);
    show('port', () => () => port1.close());
    fs.rmdirSync(dir);
  });
}
next();
