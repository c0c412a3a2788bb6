'use strict';
// High water marks.

const { codes } = require('internal/errors');

let bytesDefault = process.platform === 'win32' ? 16 * 1024 : 64 * 1024;
let objectsDefault = 16;

function getDefaultHighWaterMark(objectMode) { return objectMode ? objectsDefault : bytesDefault; }

function setDefaultHighWaterMark(objectMode, value) {
  require('internal/validators').validateInteger(value, 'value', 0);
  if (objectMode) objectsDefault = value;
  else bytesDefault = value;
}

function getHighWaterMark(state, options, duplexKey, isDuplex) {
  const hwm = options.highWaterMark != null ? options.highWaterMark :
    isDuplex ? options[duplexKey] : null;
  if (hwm != null) {
    if (!Number.isInteger(hwm) || hwm < 0) {
      const name = isDuplex ? `options.${duplexKey}` : 'options.highWaterMark';
      throw new codes.ERR_INVALID_ARG_VALUE(name, hwm);
    }
    return Math.floor(hwm);
  }
  return state.objectMode ? objectsDefault : bytesDefault;
}

module.exports = { getDefaultHighWaterMark, getHighWaterMark, setDefaultHighWaterMark };
