'use strict';
// Stream: the base class of all streams, and the pipe of Node 0.8.

const EE = require('events');

function Stream(opts) { EE.call(this, opts); }
Object.setPrototypeOf(Stream.prototype, EE.prototype);
Object.setPrototypeOf(Stream, EE);

Stream.prototype.pipe = function(dest, options) {
  const source = this;

  function ondata(chunk) {
    if (dest.writable && dest.write(chunk) === false && source.pause) source.pause();
  }
  function ondrain() {
    if (source.readable && source.resume) source.resume();
  }
  let ended = false;
  function onend() {
    if (ended) return;
    ended = true;
    dest.end();
  }
  function onclose() {
    if (ended) return;
    ended = true;
    if (typeof dest.destroy === 'function') dest.destroy();
  }
  // An error that nobody handles is not swallowed by the pipe.
  function onerror(er) {
    cleanup();
    if (EE.listenerCount(this, 'error') === 0) this.emit('error', er);
  }
  function cleanup() {
    source.removeListener('data', ondata);
    dest.removeListener('drain', ondrain);
    source.removeListener('end', onend);
    source.removeListener('close', onclose);
    source.removeListener('error', onerror);
    dest.removeListener('error', onerror);
    source.removeListener('end', cleanup);
    source.removeListener('close', cleanup);
    dest.removeListener('close', cleanup);
  }

  source.on('data', ondata);
  dest.on('drain', ondrain);
  if (!dest._isStdio && (!options || options.end !== false)) {
    source.on('end', onend);
    source.on('close', onclose);
  }
  prependListener(source, 'error', onerror);
  prependListener(dest, 'error', onerror);
  source.on('end', cleanup);
  source.on('close', cleanup);
  dest.on('close', cleanup);
  dest.emit('pipe', source);
  return dest; // a.pipe(b).pipe(c)
};
Object.defineProperty(Stream.prototype.pipe, 'name', { __proto__: null, value: '', configurable: true });

Stream.prototype.eventNames = function eventNames() {
  const names = EE.prototype.eventNames.call(this);
  return names.length > 1 ? inOrder(names, this) : names;
};

// Streams list the events that every stream has first, in a fixed order.
function inOrder(names, stream) {
  const known = ['close', 'error'];
  if (stream._writableState) known.push('prefinish', 'finish', 'drain');
  if (stream._readableState) known.push('data', 'end', 'readable');
  const out = [];
  for (let i = 0; i < known.length; i++) if (names.includes(known[i])) out.push(known[i]);
  for (let i = 0; i < names.length; i++) if (!known.includes(names[i])) out.push(names[i]);
  return out;
}

function prependListener(emitter, event, fn) {
  // Old emitters have no prependListener; their lists are reached into.
  if (typeof emitter.prependListener === 'function') return emitter.prependListener(event, fn);
  if (!emitter._events || !emitter._events[event]) emitter.on(event, fn);
  else if (Array.isArray(emitter._events[event])) emitter._events[event].unshift(fn);
  else emitter._events[event] = [fn, emitter._events[event]];
}

// What EventEmitter's constructor does, without the properties that the
// prototype has anyway: a stream is dear enough.
function initEmitter(stream, options) {
  if (stream._events !== undefined || EE.usingDomains || options?.captureRejections || EE.captureRejections) {
    EE.call(stream, options);
  } else {
    stream._events = { __proto__: null };
  }
}

// Duplex adds itself when it is loaded.
module.exports = { Duplex: undefined, Stream, initEmitter, prependListener };
