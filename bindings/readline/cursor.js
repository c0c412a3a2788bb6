'use strict';
// The functions that move a terminal's cursor and clear what it shows, with
// ECMA-48's control sequences.

const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const CSI = '\x1b[';
const kClearScreenDown = `${CSI}0J`;

function cursorPosition(x, y) {
  if (typeof x !== 'number') throw new codes.ERR_INVALID_CURSOR_POS();
  return typeof y === 'number' ? `${CSI}${y + 1};${x + 1}H` : `${CSI}${x + 1}G`;
}

function cursorMovement(dx, dy) {
  let out = '';
  if (dx < 0) out += `${CSI}${-dx}D`;
  else if (dx > 0) out += `${CSI}${dx}C`;
  if (dy < 0) out += `${CSI}${-dy}A`;
  else if (dy > 0) out += `${CSI}${dy}B`;
  return out;
}

function lineClearing(dir) {
  return `${CSI}${dir < 0 ? 1 : dir > 0 ? 0 : 2}K`;
}

// Writes data to stream; without either, callback is called all the same.
function send(stream, data, callback) {
  if (stream === null || stream === undefined || data === '') {
    if (typeof callback === 'function') process.nextTick(callback, null);
    return true;
  }
  return stream.write(data, callback);
}

function check(callback) {
  if (callback !== undefined) validateFunction(callback, 'callback');
}

function cursorTo(stream, x, y, callback) {
  check(callback);
  if (typeof y === 'function') {
    callback = y;
    y = undefined;
  }
  if (Number.isNaN(x)) throw new codes.ERR_INVALID_ARG_VALUE('x', x);
  if (Number.isNaN(y)) throw new codes.ERR_INVALID_ARG_VALUE('y', y);
  const nowhere = typeof x !== 'number' && typeof y !== 'number';
  if (stream === null || stream === undefined || nowhere) return send(null, '', callback);
  return send(stream, cursorPosition(x, y), callback);
}

function moveCursor(stream, dx, dy, callback) {
  check(callback);
  return send(stream, cursorMovement(dx, dy), callback);
}

function clearLine(stream, dir, callback) {
  check(callback);
  return send(stream, lineClearing(dir), callback);
}

function clearScreenDown(stream, callback) {
  check(callback);
  return send(stream, kClearScreenDown, callback);
}

module.exports = {
  clearLine,
  clearScreenDown,
  cursorMovement,
  cursorPosition,
  cursorTo,
  kClearScreenDown,
  lineClearing,
  moveCursor,
};
