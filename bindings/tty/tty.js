'use strict';

const { Socket } = require('internal/net/socket');
const { TTY, isTTY } = internalBinding('tty_wrap');
const { codes } = require('internal/errors');
const { ErrnoException, SystemError } = require('internal/uv_errors');
const { getColorDepth, hasColors } = require('internal/tty');

function isatty(fd) {
  return Number.isInteger(fd) && fd >= 0 && fd <= 2147483647 && isTTY(fd);
}

function open(fd) {
  if (fd >> 0 !== fd || fd < 0) throw new codes.ERR_INVALID_FD(fd);
  const ctx = {};
  const tty = new TTY(fd, ctx);
  if (ctx.code !== undefined) throw SystemError('ERR_TTY_INIT_FAILED', 'TTY initialization failed', ctx);
  return tty;
}

function ReadStream(fd, options) {
  if (!(this instanceof ReadStream)) return new ReadStream(fd, options);
  const handle = open(fd);
  Socket.call(this, { readableHighWaterMark: 0, handle, manualStart: true, ...options });
  this.isRaw = false;
  this.isTTY = true;
}
Object.setPrototypeOf(ReadStream.prototype, Socket.prototype);
Object.setPrototypeOf(ReadStream, Socket);

ReadStream.prototype.setRawMode = function(flag) {
  flag = Boolean(flag);
  const err = this._handle?.setRawMode(flag);
  if (err) {
    this.emit('error', new ErrnoException(err, 'setRawMode'));
    return this;
  }
  this.isRaw = flag;
  return this;
};

function WriteStream(fd) {
  if (!(this instanceof WriteStream)) return new WriteStream(fd);
  const handle = open(fd);
  Socket.call(this, { readableHighWaterMark: 0, handle, manualStart: true });
  // A program that ends must not lose what it has written.
  this._handle.setBlocking(true);
  const size = [0, 0];
  if (!this._handle.getWindowSize(size)) {
    this.columns = size[0];
    this.rows = size[1];
  }
}
Object.setPrototypeOf(WriteStream.prototype, Socket.prototype);
Object.setPrototypeOf(WriteStream, Socket);

WriteStream.prototype.isTTY = true;
WriteStream.prototype.getColorDepth = getColorDepth;
WriteStream.prototype.hasColors = hasColors;

WriteStream.prototype._refreshSize = function() {
  const oldCols = this.columns;
  const oldRows = this.rows;
  const size = [0, 0];
  const err = this._handle.getWindowSize(size);
  if (err) {
    this.emit('error', new ErrnoException(err, 'getWindowSize'));
    return;
  }
  if (oldCols !== size[0] || oldRows !== size[1]) {
    this.columns = size[0];
    this.rows = size[1];
    this.emit('resize');
  }
};

// The functions are looked up at each call: packages replace them.
WriteStream.prototype.cursorTo = function(x, y, callback) { return require('readline').cursorTo(this, x, y, callback); };
WriteStream.prototype.moveCursor = function(dx, dy, callback) { return require('readline').moveCursor(this, dx, dy, callback); };
WriteStream.prototype.clearLine = function(dir, callback) { return require('readline').clearLine(this, dir, callback); };
WriteStream.prototype.clearScreenDown = function(callback) { return require('readline').clearScreenDown(this, callback); };
WriteStream.prototype.getWindowSize = function() { return [this.columns, this.rows]; };

module.exports = { isatty, ReadStream, WriteStream };
