'use strict';
// Transform: what is written comes out of the other side, changed.

const Duplex = require('internal/streams/duplex');
const { WritableState } = require('internal/streams/writable');
const { getHighWaterMark } = require('internal/streams/state');
const { codes } = require('internal/errors');

function Transform(options) {
  if (!(this instanceof Transform)) return new Transform(options);
  // A readable side of 0 must not be taken for "not said": the writable side
  // then decides alone.
  const readableHwm = options ? getHighWaterMark(noState, options, 'readableHighWaterMark', true) : null;
  if (readableHwm === 0) {
    options = {
      ...options,
      highWaterMark: null,
      readableHighWaterMark: readableHwm,
      writableHighWaterMark: options.writableHighWaterMark || 0,
    };
  }
  Duplex.call(this, options);
  // Output may come without a read: push is not held back as inside _read.
  this._readableState.sync = false;
  if (options) {
    if (typeof options.transform === 'function') this._transform = options.transform;
    if (typeof options.flush === 'function') this._flush = options.flush;
  }
  this.on('prefinish', prefinish);
}
const noState = { objectMode: false };

// Kept in the writable state: what _transform is given as its callback, the
// callback of the write that is being transformed with the readable side's
// length when it began, and the callback that waits until there is room.
const state = WritableState.prototype;
state.transformed = null;
state.transforming = null;
state.lengthBefore = 0;
state.held = null;

module.exports = Transform;
Object.setPrototypeOf(Transform.prototype, Duplex.prototype);
Object.setPrototypeOf(Transform, Duplex);

function final(cb) {
  if (typeof this._flush === 'function' && !this.destroyed) {
    this._flush((er, data) => {
      if (er) {
        if (cb) cb(er);
        else this.destroy(er);
        return;
      }
      if (data != null) this.push(data);
      this.push(null);
      if (cb) cb();
    });
  } else {
    this.push(null);
    if (cb) cb();
  }
}

function prefinish() {
  // A subclass with a _final of its own still has its _flush called.
  if (this._final !== final) final.call(this);
}

Transform.prototype._final = final;

Transform.prototype._transform = function(chunk, encoding, callback) {
  throw new codes.ERR_METHOD_NOT_IMPLEMENTED('_transform()');
};

Transform.prototype._write = function(chunk, encoding, callback) {
  const w = this._writableState;
  w.transforming = callback;
  w.lengthBefore = this._readableState.length;
  this._transform(chunk, encoding, w.transformed === null ? w.transformed = makeDone(this) : w.transformed);
};

// One for the stream's life: a closure a chunk would be too dear.
function makeDone(stream) {
  return (err, val) => {
    const w = stream._writableState;
    const callback = w.transforming;
    if (callback === null) {
      // Called twice: the writable side knows what to say.
      w.onwrite(err);
      return;
    }
    w.transforming = null;
    if (err) {
      callback(err);
      return;
    }
    if (val !== undefined && val !== null) stream.push(val);
    const r = stream._readableState;
    if (r.ended) {
      // The end was pushed: what is written from now on is held back, so that
      // a source that is piped here hears that it should stop.
      process.nextTick(callback);
    } else if (w.ended || // as Node does, for old programs
        w.lengthBefore === r.length || r.length < r.highWaterMark) {
      callback();
    } else {
      w.held = callback;
    }
  };
}

Transform.prototype._read = function() {
  const w = this._writableState;
  const callback = w.held;
  if (callback !== null) {
    w.held = null;
    callback();
  }
};
