'use strict';
// for await over a Readable. goja has no async generators: this is one by
// hand, whose requests (next, return, throw) are served one after the other.

const { AsyncIteratorPrototype } = require('internal/events/async_iterator');
const { aggregateTwoErrors } = require('internal/errors');
const { destroyer } = require('internal/streams/destroy');
const { eos } = require('internal/streams/end-of-stream');

const kNext = 0, kReturn = 1, kThrow = 2;
const kFresh = 0, kSuspended = 1, kRunning = 2, kDone = 3;

class ReadableIterator {
  #stream;
  #options;
  #state = kFresh;
  #queue = null; // requests in waiting: kind, value, resolve, reject
  #error = undefined; // null: the stream has ended well
  #wake = null;
  #onReadable = null;
  #cleanup = null;

  constructor(stream, options) {
    this.#stream = stream;
    this.#options = options;
  }

  next() {
    // What is there already needs no promise of its own making.
    if (this.#state === kSuspended && this.#queue === null) {
      const stream = this.#stream;
      const chunk = stream.destroyed ? null : stream.read();
      if (chunk !== null) {
        if (typeof chunk === 'object' && typeof chunk.then === 'function') {
          return Promise.resolve(chunk).then((value) => ({ value, done: false }));
        }
        return Promise.resolve({ value: chunk, done: false });
      }
    }
    return this.#request(kNext, undefined);
  }
  return(value) { return this.#request(kReturn, value); }
  throw(err) { return this.#request(kThrow, err); }

  #request(kind, value) {
    return new Promise((resolve, reject) => {
      if (this.#queue === null) this.#queue = [];
      this.#queue.push(kind, value, resolve, reject);
      if (this.#state !== kRunning) this.#serve();
    });
  }

  #serve() {
    const queue = this.#queue;
    while (queue.length > 0 && this.#state !== kRunning) {
      const kind = queue[0], value = queue[1];
      if (this.#state === kDone || (this.#state === kFresh && kind !== kNext)) {
        this.#state = kDone;
        const resolve = queue[2], reject = queue[3];
        queue.splice(0, 4);
        if (kind === kThrow) reject(value);
        else if (kind === kReturn) Promise.resolve(value).then((v) => { resolve({ value: v, done: true }); }, reject);
        else resolve({ value: undefined, done: true });
      } else if (kind === kNext) {
        if (this.#state === kFresh) this.#start();
        this.#state = kRunning;
        this.#step();
      } else if (kind === kReturn) {
        // A generator waits for the value first.
        this.#state = kRunning;
        Promise.resolve(value).then((v) => {
          this.#finish();
          this.#settle(true, v);
          this.#serveRest();
        }, (err) => {
          this.#error = aggregateTwoErrors(this.#error, err);
          this.#finish();
          this.#reject(this.#error);
          this.#serveRest();
        });
      } else {
        this.#error = aggregateTwoErrors(this.#error, value);
        this.#finish();
        this.#reject(this.#error);
      }
    }
    if (queue.length === 0 && this.#queue === queue) this.#queue = null;
  }

  #start() {
    const stream = this.#stream;
    this.#onReadable = () => { this.#awake(); };
    stream.on('readable', this.#onReadable);
    this.#cleanup = eos(stream, { writable: false }, (err) => {
      this.#error = err ? aggregateTwoErrors(this.#error, err) : null;
      this.#awake();
    });
  }

  #awake() {
    if (this.#wake === null) return;
    this.#wake = null;
    // Not inside the event: other listeners come first.
    Promise.resolve().then(() => { this.#step(); this.#serveRest(); });
  }

  #step() {
    const stream = this.#stream;
    let chunk;
    try {
      chunk = stream.destroyed ? null : stream.read();
    } catch (err) {
      this.#error = aggregateTwoErrors(this.#error, err);
      this.#finish();
      this.#reject(this.#error);
      return;
    }
    if (chunk !== null) {
      if (typeof chunk === 'object' && typeof chunk.then === 'function') {
        // A generator would wait for it, too.
        Promise.resolve(chunk).then((value) => {
          this.#settle(false, value);
          this.#serveRest();
        }, (err) => {
          this.#error = aggregateTwoErrors(this.#error, err);
          this.#finish();
          this.#reject(this.#error);
          this.#serveRest();
        });
        return;
      }
      this.#settle(false, chunk);
    } else if (this.#error) {
      const err = this.#error;
      this.#finish();
      this.#reject(err);
    } else if (this.#error === null) {
      this.#finish();
      this.#settle(true, undefined);
    } else {
      this.#wake = true;
    }
  }

  #serveRest() {
    if (this.#queue !== null && this.#state !== kRunning) this.#serve();
  }

  #settle(done, value) {
    const queue = this.#queue;
    const resolve = queue[2];
    queue.splice(0, 4);
    if (!done) this.#state = kSuspended;
    resolve({ value, done });
    if (queue.length === 0) this.#queue = null;
  }

  #reject(err) {
    const queue = this.#queue;
    const reject = queue[3];
    queue.splice(0, 4);
    reject(err);
    if (queue.length === 0) this.#queue = null;
  }

  // What a generator would do in its finally.
  #finish() {
    this.#state = kDone;
    const stream = this.#stream;
    const error = this.#error;
    if ((error || this.#options?.destroyOnReturn !== false) &&
        (error === undefined || stream._readableState.autoDestroy)) {
      destroyer(stream, null);
    } else {
      stream.off('readable', this.#onReadable);
      this.#cleanup();
    }
  }
}
Object.setPrototypeOf(ReadableIterator.prototype, AsyncIteratorPrototype);

function streamToAsyncIterator(stream, options) {
  if (typeof stream.read !== 'function') {
    stream = require('internal/streams/readable').wrap(stream, { objectMode: true });
  }
  const iterator = new ReadableIterator(stream, options);
  iterator.stream = stream;
  return iterator;
}

module.exports = { streamToAsyncIterator };
