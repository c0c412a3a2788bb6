'use strict';
// ChildProcess, and the stdio and spawn machinery beneath the public functions.

const EventEmitter = require('events');
const native = internalBinding('child_process');
const { codes } = require('internal/errors');
const { validateArray, validateObject, validateOneOf, validateString } = require('internal/validators');

function makeErrno(err, syscall, original) {
  const { errname } = internalBinding('uv');
  const code = errname(err);
  const message = original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`;
  const ex = new Error(message);
  ex.errno = err;
  ex.code = code;
  ex.syscall = syscall;
  return ex;
}

const errno = (code) => -require('os').constants.errno[code];

// 'pipe', 'inherit', …, arrays of those, numbers, streams → [{ type, fd, handle }]
function getValidStdio(stdio, sync) {
  let ipc, ipcFd;
  if (typeof stdio === 'string') {
    stdio = stringToStdio(stdio);
  } else if (!Array.isArray(stdio)) {
    throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  }
  const list = [];
  while (stdio.length < 3) stdio.push(undefined);
  for (let i = 0; i < stdio.length; i++) {
    let item = stdio[i];
    if (item === undefined || item === null) item = i < 3 ? 'pipe' : 'ignore';
    if (item === 'ignore') {
      list.push({ type: 'ignore' });
    } else if (item === 'pipe' || item === 'overlapped' || (typeof item === 'number' && item < 0)) {
      list.push({ type: 'pipe', readable: i === 0, writable: i !== 0 });
    } else if (item === 'ipc') {
      if (sync || ipc !== undefined) {
        if (!sync) throw new codes.ERR_IPC_ONE_PIPE();
        throw new codes.ERR_IPC_SYNC_FORK();
      }
      ipc = true;
      ipcFd = i;
      list.push({ type: 'ipc', ipc: true });
    } else if (item === 'inherit') {
      list.push({ type: 'fd', fd: i, inherit: true });
    } else if (typeof item === 'number' || typeof item.fd === 'number') {
      list.push({ type: 'fd', fd: typeof item === 'number' ? item : item.fd });
    } else if (item._handle && typeof item._handle.fd === 'number' && item._handle.fd >= 0) {
      list.push({ type: 'fd', fd: item._handle.fd, stream: item });
    } else if (ArrayBuffer.isView(item) || typeof item === 'string') {
      if (!sync) throw new codes.ERR_INVALID_SYNC_FORK_INPUT(require('util').inspect(item));
      list.push({ type: 'pipe', input: item });
    } else {
      throw new codes.ERR_INVALID_ARG_VALUE('stdio', item);
    }
  }
  return { stdio: list, ipc, ipcFd };
}

function stringToStdio(stdio) {
  switch (stdio) {
    case 'ignore': return ['ignore', 'ignore', 'ignore'];
    case 'overlapped': return ['overlapped', 'overlapped', 'overlapped'];
    case 'pipe': return ['pipe', 'pipe', 'pipe'];
    case 'inherit': return ['inherit', 'inherit', 'inherit'];
    default: throw new codes.ERR_INVALID_ARG_VALUE('stdio', stdio);
  }
}

const kAfterSpawnErrors = new Set(['EACCES', 'EAGAIN', 'EMFILE', 'ENFILE', 'ENOENT']);

function ChildProcess() {
  EventEmitter.call(this);
  this._closesNeeded = 1;
  this._closesGot = 0;
  this.connected = false;
  this.signalCode = null;
  this.exitCode = null;
  this.killed = false;
  this.spawnfile = null;
  this._handle = new Process();
  this._handle.owner = this;
  this._handle.onexit = (exitCode, signalCode) => onExit(this, exitCode, signalCode);
  require('internal/util').publish('child_process', 'process', this);
}
Object.setPrototypeOf(ChildProcess.prototype, EventEmitter.prototype);
Object.setPrototypeOf(ChildProcess, EventEmitter);

// The handle of a process; its native side is made by spawn.
class Process {
  constructor() { this.id = 0; this.pid = undefined; this.refed = true; }
  spawn(options) {
    const res = native.spawn(options, (code, signal) => { this.id = 0; this.onexit(code, signal); }, this);
    if (typeof res === 'number') return { err: res };
    this.id = res.id;
    this.pid = res.pid;
    if (!this.refed) native.setRef(this.id, false);
    return { err: 0, fds: res.fds };
  }
  kill(signal) { return this.id === 0 ? errno('ESRCH') : native.kill(this.id, signal); }
  ref() { this.refed = true; if (this.id) native.setRef(this.id, true); }
  unref() { this.refed = false; if (this.id) native.setRef(this.id, false); }
  hasRef() { return this.refed && this.id !== 0; }
  close() {}
}

function onExit(child, exitCode, signalCode) {
  if (signalCode) child.signalCode = signalCode;
  else child.exitCode = exitCode;
  if (child.stdin) child.stdin.destroy();
  if (child._handle) {
    child._handle.close();
    child._handle = null;
  }
  if (exitCode < 0) {
    const syscall = child.spawnfile ? `spawn ${child.spawnfile}` : 'spawn';
    const err = makeErrno(exitCode, syscall);
    if (child.spawnfile) err.path = child.spawnfile;
    err.spawnargs = child.spawnargs.slice(1);
    child.emit('error', err);
  } else {
    child.emit('exit', child.exitCode, child.signalCode);
  }
  process.nextTick(flushStdio, child);
  maybeClose(child);
}

// What nobody reads would keep 'close' from coming.
function flushStdio(child) {
  const { stdio } = child;
  if (!stdio) return;
  for (let i = 0; i < stdio.length; i++) {
    const stream = stdio[i];
    if (!stream || !stream.readable || stream[kIsUsed]) continue;
    stream.resume();
  }
}
const kIsUsed = Symbol('kIsUsedAsStdio');

function maybeClose(child) {
  child._closesGot++;
  if (child._closesGot === child._closesNeeded) child.emit('close', child.exitCode, child.signalCode);
}

// The child reads from this stream of ours now; when it has ended, it is ours
// again, and does not block.
function lend(child, stream) {
  const handle = stream._handle;
  if (typeof handle.readStop === 'function') {
    handle.reading = false;
    handle.readStop();
    stream.pause();
    stream.readableFlowing = false;
    if (stream._readableState) stream._readableState.reading = false;
  }
  stream[kIsUsed] = true;
  child.once('exit', () => {
    if (handle.fd >= 0) native.setNonblock(handle.fd);
  });
}

function createSocket(fd, readable) {
  const net = require('net');
  const { Pipe, constants } = internalBinding('pipe_wrap');
  const handle = new Pipe(constants.SOCKET);
  handle.open(fd);
  return new net.Socket({ handle, readable, writable: !readable || undefined });
}

ChildProcess.prototype.spawn = function(options) {
  validateObject(options, 'options');
  let stdio = options.stdio || 'pipe';
  const valid = getValidStdio(stdio, false);
  const { ipc, ipcFd } = valid;
  stdio = options.stdio = valid.stdio;
  validateOneOf(options.serialization, 'options.serialization', [undefined, 'json', 'advanced']);
  const serialization = options.serialization || 'json';
  if (ipc !== undefined) {
    if (options.envPairs === undefined) options.envPairs = [];
    else validateArray(options.envPairs, 'options.envPairs');
    options.envPairs.push(`NODE_CHANNEL_FD=${ipcFd}`);
    options.envPairs.push(`NODE_CHANNEL_SERIALIZATION_MODE=${serialization}`);
  }
  validateString(options.file, 'options.file');
  this.spawnfile = options.file;
  if (options.args === undefined) {
    this.spawnargs = [];
  } else {
    validateArray(options.args, 'options.args');
    this.spawnargs = options.args;
  }
  const { err, fds } = this._handle.spawn({ __proto__: null, ...options, args: this.spawnargs });
  if (err) {
    if (kAfterSpawnErrors.has(internalBinding('uv').errname(err))) {
      process.nextTick(onErrorNT, this, err);
      if (err === errno('EMFILE') || err === errno('ENFILE')) {
        this._handle = null;
        return err;
      }
    } else {
      this._handle = null;
      throw makeErrno(err, 'spawn');
    }
  } else {
    process.nextTick(onSpawnNT, this);
  }
  this.pid = this._handle.pid;
  const streams = [];
  for (let i = 0; i < stdio.length; i++) {
    const slot = stdio[i];
    if (slot.stream !== undefined && !err) lend(this, slot.stream);
    if (slot.type !== 'pipe' || slot.ipc) {
      streams.push(null);
      continue;
    }
    if (err) { // no pipe: streams that have ended already
      const net = require('net');
      const dead = new net.Socket({ readable: i !== 0, writable: i === 0 });
      if (i > 0) {
        this._closesNeeded++;
        dead.on('close', () => maybeClose(this));
      }
      setImmediate(() => dead.destroy()); // a pipe's end comes after the error, too
      streams.push(dead);
      continue;
    }
    const socket = createSocket(fds[i], i > 0);
    if (i > 0) {
      this._closesNeeded++;
      socket.on('close', () => maybeClose(this));
    }
    streams.push(socket);
  }
  this.stdin = stdio.length >= 1 && streams[0] !== undefined ? streams[0] : null;
  this.stdout = stdio.length >= 2 && streams[1] !== undefined ? streams[1] : null;
  this.stderr = stdio.length >= 3 && streams[2] !== undefined ? streams[2] : null;
  this.stdio = streams;
  if (ipc !== undefined && !err) {
    require('internal/child_process/ipc').setupChannel(this, fds[ipcFd], serialization);
  }
  return err;
};

function onErrorNT(self, err) { onExit(self, err, ''); }
function onSpawnNT(self) { self.emit('spawn'); }

ChildProcess.prototype.kill = function(sig) {
  const signal = sig === 0 ? sig : require('internal/child_process').toSignalNumber(sig === undefined ? 'SIGTERM' : sig);
  if (this._handle) {
    const err = this._handle.kill(signal);
    if (err === 0) {
      this.killed = true;
      return true;
    }
    if (err === errno('ESRCH')) {
      // Gone already.
    } else if (err === errno('EINVAL') || err === errno('ENOSYS')) {
      throw makeErrno(err, 'kill');
    } else {
      this.emit('error', makeErrno(err, 'kill'));
    }
  }
  return false;
};

ChildProcess.prototype[Symbol.dispose] = function() {
  if (!this.killed) this.kill();
};
ChildProcess.prototype.ref = function() { if (this._handle) this._handle.ref(); };
ChildProcess.prototype.unref = function() { if (this._handle) this._handle.unref(); };

function toSignalNumber(signal) {
  const { signals } = require('os').constants;
  if (typeof signal === 'number') {
    for (const name of Object.keys(signals)) if (signals[name] === signal) return signal;
    throw new codes.ERR_UNKNOWN_SIGNAL(signal);
  }
  if (typeof signal === 'string') {
    const number = signals[signal.toUpperCase()];
    if (number) return number;
  }
  throw new codes.ERR_UNKNOWN_SIGNAL(signal);
}

module.exports = { ChildProcess, errno, getValidStdio, kIsUsed, makeErrno, toSignalNumber };
