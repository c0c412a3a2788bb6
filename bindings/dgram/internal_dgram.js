'use strict';
// What dgram and its tests share.

const { UDP } = internalBinding('udp_wrap');
const { UV_EINVAL } = internalBinding('uv');
const { guessHandleType } = internalBinding('stream_wrap');
const { codes } = require('internal/errors');
const { validateFunction } = require('internal/validators');

const kStateSymbol = Symbol('state symbol');

function lookup4(lookup, address, callback) { return lookup(address || '127.0.0.1', 4, callback); }
function lookup6(lookup, address, callback) { return lookup(address || '::1', 6, callback); }

function newHandle(type, lookup) {
  if (lookup === undefined) lookup = require('dns').lookup;
  else validateFunction(lookup, 'lookup');
  if (type === 'udp4') {
    const handle = new UDP();
    handle.lookup = lookup4.bind(handle, lookup);
    return handle;
  }
  if (type === 'udp6') {
    const handle = new UDP();
    handle.lookup = lookup6.bind(handle, lookup);
    handle.bind = handle.bind6;
    handle.connect = handle.connect6;
    handle.send = handle.send6;
    return handle;
  }
  throw new codes.ERR_SOCKET_BAD_TYPE();
}

// A handle that is bound, or wraps a descriptor; an error number if that fails.
function _createSocketHandle(address, port, addressType, fd, flags) {
  const handle = newHandle(addressType);
  let err;
  if ((fd | 0) === fd && fd > 0) {
    err = guessHandleType(fd) === 'UDP' ? handle.open(fd) : UV_EINVAL;
  } else if (port || address) {
    err = handle.bind(address, port || 0, flags);
  }
  if (err) {
    handle.close();
    return err;
  }
  return handle;
}

module.exports = { kStateSymbol, _createSocketHandle, guessHandleType, newHandle };
