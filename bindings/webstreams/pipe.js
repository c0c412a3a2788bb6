'use strict';
// ReadableStreamPipeTo.

const { AbortError, codes } = require('internal/errors');
const { Deferred, kState, nop, setHandled } = require('internal/webstreams/util');
const {
  ReadableStreamDefaultReader, readableStreamCancel, readerRead, readerRelease,
} = require('internal/webstreams/readablestream');
const {
  WritableStreamDefaultWriter, closeQueuedOrInFlight, writableStreamAbort, writerCloseWithErrorPropagation,
  writerRelease, writerWrite,
} = require('internal/webstreams/writablestream');

module.exports = function pipeTo(source, dest, preventClose, preventAbort, preventCancel, signal) {
  const reader = new ReadableStreamDefaultReader(source);
  const writer = new WritableStreamDefaultWriter(dest);
  const s = source[kState], d = dest[kState];
  s.disturbed = true;
  let shuttingDown = false;
  let currentWrite;
  const result = new Deferred();
  let disposable;

  if (signal !== undefined) {
    const abort = () => {
      // Node's own AbortError is none of the web's.
      const error = signal.reason instanceof AbortError ? new DOMException(signal.reason.message, 'AbortError') :
        signal.reason;
      shutdownWithAction(() => {
        const actions = [];
        if (!preventAbort) actions.push(d.state === 'writable' ? writableStreamAbort(dest, error) : Promise.resolve());
        if (!preventCancel) actions.push(s.state === 'readable' ? readableStreamCancel(source, error) : Promise.resolve());
        return Promise.all(actions);
      }, true, error);
    };
    if (signal.aborted) {
      abort();
      return result.promise;
    }
    disposable = require('internal/events/abort_listener').addAbortListener(signal, abort);
  }

  const { close: readerClose } = reader[kState];
  function onSourceErrored() {
    const error = s.storedError;
    if (!preventAbort) shutdownWithAction(() => writableStreamAbort(dest, error), true, error);
    else shutdown(true, error);
  }
  function onDestErrored() {
    const error = d.storedError;
    if (!preventCancel) shutdownWithAction(() => readableStreamCancel(source, error), true, error);
    else shutdown(true, error);
  }
  function onSourceClosed() {
    if (!preventClose) shutdownWithAction(() => writerCloseWithErrorPropagation(writer));
    else shutdown();
  }

  if (s.state === 'errored') onSourceErrored();
  else readerClose.promise.then(undefined, onSourceErrored);
  if (d.state === 'errored') onDestErrored();
  else writer[kState].close.promise.then(undefined, onDestErrored);
  if (s.state === 'closed') onSourceClosed();
  else readerClose.promise.then(onSourceClosed, nop);
  if (closeQueuedOrInFlight(d) || d.state === 'closed') {
    const error = new codes.ERR_INVALID_STATE.TypeError('Destination WritableStream is closed');
    if (!preventCancel) shutdownWithAction(() => readableStreamCancel(source, error), true, error);
    else shutdown(true, error);
  }

  const request = {
    chunk(chunk) {
      if (writer[kState].stream !== undefined) {
        currentWrite = writerWrite(writer, chunk);
        setHandled(currentWrite);
      }
      step();
    },
    close() {},
    error() {},
  };
  function step() {
    if (shuttingDown) return;
    writer[kState].ready.promise.then(read, nop);
  }
  function read() {
    if (shuttingDown) return;
    readerRead(reader, request);
  }
  step();
  return result.promise;

  // Calls next once what is being written has been: more may be begun meanwhile.
  function afterWrites(next) {
    if (currentWrite === undefined || d.state !== 'writable' || closeQueuedOrInFlight(d)) {
      next();
      return;
    }
    const waited = currentWrite;
    const check = () => {
      if (waited !== currentWrite) afterWrites(next);
      else next();
    };
    waited.then(check, check);
  }

  function shutdownWithAction(action, isError, error) {
    if (shuttingDown) return;
    shuttingDown = true;
    afterWrites(() => {
      let p;
      try {
        p = action();
      } catch (err) {
        p = Promise.reject(err);
      }
      p.then(() => { finalize(isError, error); }, (err) => { finalize(true, err); });
    });
  }

  function shutdown(isError, error) {
    if (shuttingDown) return;
    shuttingDown = true;
    afterWrites(() => { finalize(isError, error); });
  }

  function finalize(isError, error) {
    writerRelease(writer);
    readerRelease(reader);
    disposable?.[Symbol.dispose]();
    if (isError) result.reject(error);
    else result.resolve();
  }
};
