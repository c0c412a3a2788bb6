'use strict';
// destroy, errors and construct, which readable and writable sides share.
// The states' flags are set through their accessors: none of this is per chunk.

const { AbortError, aggregateTwoErrors, codes } = require('internal/errors');
const binding = internalBinding('internal/streams/destroy');
const { defineFlags, destroy, destroyNow, emitCloseNT } = binding;

// A stream that fails is marked as failed before anything is told.
function markErrored(err, w, r) {
  if (!err) return;
  err.stack; // formatted now, while it is still short
  if (w && !w.errored) w.errored = err;
  if (r && !r.errored) r.errored = err;
}

// destroy() of a stream that is being constructed.
function destroyLater(self, s, err, cb) {
  s.afterConstruct = (er) => destroyNow(self, aggregateTwoErrors(er, err), cb);
}

function emitErrorCloseNT(self, err) {
  emitErrorNT(self, err);
  emitCloseNT(self);
}

function emitErrorNT(self, err) {
  const r = self._readableState;
  const w = self._writableState;
  if (w?.errorEmitted || r?.errorEmitted) return;
  if (w) w.errorEmitted = true;
  if (r) r.errorEmitted = true;
  self.emit('error', err);
}

function undestroy() {
  const r = this._readableState;
  const w = this._writableState;
  if (r) {
    r.constructed = true;
    r.closed = false;
    r.closeEmitted = false;
    r.destroyed = false;
    r.errored = null;
    r.errorEmitted = false;
    r.reading = false;
    r.ended = r.readable === false;
    r.endEmitted = r.readable === false;
  }
  if (w) {
    w.constructed = true;
    w.destroyed = false;
    w.closed = false;
    w.closeEmitted = false;
    w.errored = null;
    w.errorEmitted = false;
    w.finalCalled = false;
    w.prefinished = false;
    w.ended = w.writable === false;
    w.ending = w.writable === false;
    w.finished = w.writable === false;
  }
}

// A failure that the stream itself has found. Without autoDestroy it is
// emitted and the stream lives on, as in Node 0.10.
function errorOrDestroy(stream, err, sync) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (w?.destroyed || r?.destroyed) return this;
  if (r?.autoDestroy || w?.autoDestroy) {
    stream.destroy(err);
  } else if (err) {
    markErrored(err, w, r);
    if (sync) process.nextTick(emitErrorNT, stream, err);
    else emitErrorNT(stream, err);
  }
}

// Calls _construct, if there is one, in a tick; until its callback nothing
// else of the stream's methods is called.
function construct(stream) {
  const r = stream._readableState;
  const w = stream._writableState;
  if (r) r.constructed = false;
  if (w) w.constructed = false;
  process.nextTick(constructNT, stream);
}

function constructNT(stream) {
  let called = false;
  function onConstruct(err) {
    if (called) {
      errorOrDestroy(stream, err ?? new codes.ERR_MULTIPLE_CALLBACK());
      return;
    }
    called = true;
    const r = stream._readableState;
    const w = stream._writableState;
    const s = w || r;
    if (r) r.constructed = true;
    if (w) w.constructed = true;
    if (s.destroyed) {
      const then = s.afterConstruct;
      if (then) {
        s.afterConstruct = undefined;
        then(err);
      }
    } else if (err) {
      errorOrDestroy(stream, err, true);
    } else {
      if (r) r.onConstructed(stream);
      if (w) w.onConstructed(stream);
    }
  }
  try {
    stream._construct((err) => { process.nextTick(onConstruct, err); });
  } catch (err) {
    process.nextTick(onConstruct, err);
  }
}

function isRequest(stream) { return stream?.setHeader && typeof stream.abort === 'function'; }

function emitCloseLegacy(stream) { stream.emit('close'); }
function emitErrorCloseLegacy(stream, err) {
  stream.emit('error', err);
  process.nextTick(emitCloseLegacy, stream);
}

// Destroys anything that looks like a stream.
function destroyer(stream, err) {
  const { isDestroyed, isFinished, isServerRequest, kIsDestroyed } = require('internal/streams/utils');
  if (!stream || isDestroyed(stream)) return;
  if (!err && !isFinished(stream)) err = new AbortError();
  if (isServerRequest(stream)) {
    stream.socket = null;
    stream.destroy(err);
  } else if (isRequest(stream)) {
    stream.abort();
  } else if (isRequest(stream.req)) {
    stream.req.abort();
  } else if (typeof stream.destroy === 'function') {
    stream.destroy(err);
  } else if (typeof stream.close === 'function') {
    stream.close();
  } else if (err) {
    process.nextTick(emitErrorCloseLegacy, stream, err);
  } else {
    process.nextTick(emitCloseLegacy, stream);
  }
  if (!stream.destroyed) stream[kIsDestroyed] = true;
}

binding.setup({ destroyLater, emitErrorCloseNT, markErrored });

module.exports = { construct, defineFlags, destroy, destroyer, errorOrDestroy, isRequest, undestroy };
