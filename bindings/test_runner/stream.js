'use strict';
// TestsStream, what run() returns: the events, as objects to read and as events.

const { Readable } = require('stream');

class TestsStream extends Readable {
  constructor() { super({ objectMode: true, highWaterMark: Number.MAX_SAFE_INTEGER }); }

  _read() {}

  send(type, data) {
    this.emit(type, data);
    this.push({ __proto__: null, type, data });
  }

  end() { this.push(null); }
}

module.exports = { TestsStream };
