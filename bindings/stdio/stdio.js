'use strict';
// process.stdin, stdout and stderr, made when they are first asked for.

const native = internalBinding('internal/stdio');
const { Writable } = require('stream');

// A file, or an embedder's io.Writer: written at once.
function SyncWriteStream(fd) {
  Writable.call(this, { autoDestroy: true });
  this.fd = fd;
  this.readable = false;
  this.autoClose = false;
}
Object.setPrototypeOf(SyncWriteStream.prototype, Writable.prototype);
Object.setPrototypeOf(SyncWriteStream, Writable);

SyncWriteStream.prototype._write = function(chunk, encoding, cb) {
  try {
    native.write(this.fd, chunk);
  } catch (err) {
    cb(err);
    return;
  }
  cb();
};

// The three cannot be closed; who destroys one sees it close all the same.
function dummyDestroy(err, cb) {
  cb(err);
  this._undestroy();
  if (!this._writableState.emitClose) process.nextTick(() => this.emit('close'));
}

function output(fd) {
  let stream;
  switch (native.handleType(fd)) {
    case 'TTY': {
      const tty = require('tty');
      stream = new tty.WriteStream(fd);
      stream._type = 'tty';
      break;
    }
    case 'PIPE':
    case 'TCP': {
      const { Socket } = require('internal/net/socket');
      stream = new Socket({ fd, readable: false, writable: true });
      stream._type = 'pipe';
      break;
    }
    case 'FILE':
    case 'HOST':
      stream = new SyncWriteStream(fd);
      stream._type = 'fs';
      break;
    default:
      // Closed, or something that cannot be written to: a sink.
      stream = new Writable({ write(chunk, encoding, cb) { cb(); } });
  }
  stream.fd = fd;
  stream._isStdio = true;
  stream.destroySoon = stream.destroy;
  stream._destroy = dummyDestroy;
  if (stream.isTTY) process.on('SIGWINCH', () => stream._refreshSize());
  native.made[fd] = true;
  return stream;
}

function getStdout() { return output(1); }
function getStderr() { return output(2); }

// An embedder's io.Reader.
function hostInput() {
  const { Readable } = require('stream');
  const stdin = new Readable({
    highWaterMark: 65536,
    autoDestroy: false,
    read() {
      native.read((err, chunk) => {
        if (err) stdin.destroy(err);
        else stdin.push(chunk === undefined ? null : chunk);
      });
    },
  });
  stdin.ref = () => { native.ref(); return stdin; };
  stdin.unref = () => { native.unref(); return stdin; };
  return stdin;
}

function getStdin() {
  const fd = 0;
  let stdin;
  switch (native.handleType(fd)) {
    case 'TTY': {
      const tty = require('tty');
      stdin = new tty.ReadStream(fd);
      break;
    }
    case 'FILE': {
      const fs = require('fs');
      stdin = new fs.ReadStream(null, { fd, autoClose: false });
      break;
    }
    case 'PIPE':
    case 'TCP': {
      const { Socket } = require('internal/net/socket');
      if (process.channel && process.channel.fd === fd) {
        stdin = new Socket({ handle: process.channel, readable: true, writable: false, manualStart: true });
        stdin._type = 'pipe';
      } else {
        stdin = new Socket({ fd, readable: true, writable: false, manualStart: true });
      }
      break;
    }
    case 'HOST':
      stdin = hostInput();
      break;
    default: {
      const { Readable } = require('stream');
      stdin = new Readable({ read() {} });
      stdin.push(null);
    }
  }
  stdin.fd = fd;
  // Nothing is read before somebody listens: a program that ignores its input ends.
  if (stdin._handle?.readStop) {
    stdin._handle.reading = false;
    stdin._readableState.reading = false;
    stdin._handle.readStop();
  }
  stdin.on('pause', () => {
    const handle = stdin._handle;
    if (!handle?.reading) return;
    handle.reading = false;
    stdin._readableState.reading = false;
    handle.readStop();
  });
  native.made[fd] = true;
  return stdin;
}

module.exports = { SyncWriteStream, getStderr, getStdin, getStdout };
