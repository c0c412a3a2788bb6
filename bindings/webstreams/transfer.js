'use strict';
// Streams that go to another thread: each end keeps its side of a message
// channel, and the transferred stream is made anew on the other port
// (the standard's cross-realm transforms).

const { kDeserialize, kTransfer, MessageChannel } = require('internal/messaging');
const { ReadableStream } = require('internal/webstreams/readablestream');
const { WritableStream } = require('internal/webstreams/writablestream');
const { Deferred, kState, setHandled } = require('internal/webstreams/util');
const pipeTo = require('internal/webstreams/pipe');

function locked(name) { return new DOMException(`Cannot transfer a locked ${name}`, 'DataCloneError'); }

function packError(value) { return { type: 'error', value }; }

// Sends what it is told; an error that cannot be cloned is sent as that error.
function postError(port, reason) {
  try {
    port.postMessage(packError(reason));
  } catch (err) {
    port.postMessage(packError(err));
    throw err;
  }
}

// The readable end: chunks come when they are pulled.
function readableOver(port, keepAlive) {
  let waiting = false;
  function settle() {
    if (!waiting) return;
    waiting = false;
    port.unref();
  }
  return new ReadableStream({
    start(controller) {
      port.onmessage = ({ data }) => {
        settle();
        switch (data?.type) {
          case 'chunk':
            controller.enqueue(data.value);
            break;
          case 'close':
            controller.close();
            port.close();
            break;
          case 'error':
            controller.error(data.value);
            port.close();
        }
      };
      port.onmessageerror = ({ data }) => {
        controller.error(data);
        postError(port, data);
        port.close();
      };
      port.unref();
    },
    pull() {
      // A script's read that waits keeps the process alive.
      if (keepAlive && !waiting) {
        waiting = true;
        port.ref();
      }
      port.postMessage({ type: 'pull' });
    },
    cancel(reason) {
      settle();
      try {
        postError(port, reason);
      } finally {
        port.close();
      }
    },
  }, { highWaterMark: 0 });
}

// The writable end: a chunk goes when the other side has asked for one.
function writableOver(port, keepAlive) {
  let asked = new Deferred();
  let pending = true;
  return new WritableStream({
    start(controller) {
      port.onmessage = ({ data }) => {
        switch (data?.type) {
          case 'pull':
            if (pending) {
              pending = false;
              asked.resolve();
            }
            break;
          case 'error':
            controller.error(data.value);
            if (pending) {
              pending = false;
              asked.resolve();
            }
        }
      };
      port.onmessageerror = ({ data }) => {
        controller.error(data);
        postError(port, data);
        port.close();
      };
      port.unref();
    },
    async write(chunk) {
      // As above: a script's write that waits keeps the process alive.
      if (keepAlive) port.ref();
      await asked.promise;
      if (keepAlive) port.unref();
      asked = new Deferred();
      pending = true;
      try {
        port.postMessage({ type: 'chunk', value: chunk });
      } catch (err) {
        postError(port, err);
        port.close();
        throw err;
      }
    },
    close() {
      port.postMessage({ type: 'close' });
      port.close();
    },
    abort(reason) {
      try {
        postError(port, reason);
      } finally {
        port.close();
      }
    },
  });
}

function transferReadable(stream) {
  if (stream.locked) throw locked('ReadableStream');
  const { port1, port2 } = new MessageChannel();
  setHandled(pipeTo(stream, writableOver(port1, false), false, false, false));
  return { kind: 'ReadableStream', port: port2 };
}

function transferWritable(stream) {
  if (stream.locked) throw locked('WritableStream');
  const { port1, port2 } = new MessageChannel();
  setHandled(pipeTo(readableOver(port1, false), stream, false, false, false));
  return { kind: 'WritableStream', port: port2 };
}

function made(kind) { return `internal/webstreams/transfer:${kind}`; }

function transfer(stream) {
  switch (stream[kState]?.brand) {
    case 'ReadableStream': {
      const data = transferReadable(stream);
      return { deserializeInfo: made(data.kind), data, transfer: [data.port] };
    }
    case 'WritableStream': {
      const data = transferWritable(stream);
      return { deserializeInfo: made(data.kind), data, transfer: [data.port] };
    }
    default: {
      const { readable, writable } = stream[kState];
      if (readable.locked) throw locked('ReadableStream');
      if (writable.locked) throw locked('WritableStream');
      const r = transferReadable(readable), w = transferWritable(writable);
      return {
        deserializeInfo: made('TransformStream'), data: { kind: 'TransformStream', readable: r, writable: w },
        transfer: [r.port, w.port],
      };
    }
  }
}

function receive(data) {
  switch (data.kind) {
    case 'ReadableStream': return readableOver(data.port, true);
    case 'WritableStream': return writableOver(data.port, true);
  }
  const stream = Object.create(require('internal/webstreams/transformstream').TransformStream.prototype);
  stream[kState] = {
    brand: 'TransformStream', readable: receive(data.readable), writable: receive(data.writable),
    controller: undefined, backpressure: undefined, backpressureChange: undefined,
  };
  return stream;
}

module.exports = { [kDeserialize]: receive, kTransfer, transfer };
