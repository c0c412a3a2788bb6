'use strict';
// FileHandle.readableWebStream: a byte stream over an open file.

const { codes } = require('internal/errors');
const { validateBoolean, validateObject } = require('internal/validators');
const { kRef, kUnref, kLocked, kClosePromise } = require('internal/fs/filehandle');

const CHUNK = 16384;

function readableWebStream(handle, options) {
  validateObject(options, 'options');
  const { autoClose = false, type } = options;
  validateBoolean(autoClose, 'options.autoClose');
  if (type !== undefined && type !== 'bytes') {
    process.emitWarning('A non-"bytes" options.type has no effect. A byte-oriented steam is always created.',
                        'ExperimentalWarning');
  }
  if (handle.fd === -1) throw new codes.ERR_INVALID_STATE('The FileHandle is closed');
  if (handle[kClosePromise]) throw new codes.ERR_INVALID_STATE('The FileHandle is closing');
  if (handle[kLocked]) throw new codes.ERR_INVALID_STATE('The FileHandle is locked');
  handle[kLocked] = true;

  let done = false;
  let controller;
  const release = () => {
    if (done) return false;
    done = true;
    handle.removeListener('close', onClose);
    handle[kUnref]();
    return true;
  };
  const onClose = () => {
    if (!release()) return;
    try {
      controller.close();
      if (controller.byobRequest) controller.byobRequest.respond(0);
    } catch {
      // closed already
    }
  };
  const stream = new ReadableStream({
    type: 'bytes',
    autoAllocateChunkSize: CHUNK,
    start(c) { controller = c; },
    async pull(c) {
      const { view } = c.byobRequest;
      const { bytesRead } = await handle.read(view, 0, view.byteLength);
      if (done) return;
      if (bytesRead === 0) {
        release();
        c.close();
        c.byobRequest.respond(0);
        if (autoClose) await handle.close();
        return;
      }
      c.byobRequest.respond(bytesRead);
    },
    async cancel() {
      release();
      if (autoClose) await handle.close();
    },
  });
  handle[kRef]();
  handle.once('close', onClose);
  return stream;
}

module.exports = { readableWebStream };
