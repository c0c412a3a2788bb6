'use strict';
// TextEncoderStream and TextDecoderStream.

const {
  check, customInspect, customInspectSymbol, finishClass, kState,
} = require('internal/webstreams/util');
const { TransformStream } = require('internal/webstreams/transformstream');
const { slot } = require('internal/webstreams/writablestream');

class TextEncoderStream {
  constructor() {
    let high = ''; // a surrogate whose other half may come with the next chunk
    const handle = new TextEncoder();
    const transform = new TransformStream({
      transform(chunk, controller) {
        let text = high + String(chunk);
        high = '';
        const last = text.charCodeAt(text.length - 1);
        if (last >= 0xD800 && last <= 0xDBFF) {
          high = text.slice(-1);
          text = text.slice(0, -1);
        }
        if (text.length > 0) controller.enqueue(handle.encode(text));
      },
      flush(controller) {
        if (high !== '') controller.enqueue(new Uint8Array([0xEF, 0xBF, 0xBD]));
      },
    });
    slot(this, 'TextEncoderStream', { transform });
  }
  get encoding() {
    check(this, 'TextEncoderStream');
    return 'utf-8';
  }
  get readable() {
    check(this, 'TextEncoderStream');
    return this[kState].transform.readable;
  }
  get writable() {
    check(this, 'TextEncoderStream');
    return this[kState].transform.writable;
  }
  [customInspectSymbol](depth, options) {
    check(this, 'TextEncoderStream');
    return customInspect.call(this, depth, options, 'TextEncoderStream', {
      encoding: this.encoding, readable: this.readable, writable: this.writable,
    });
  }
}
finishClass(TextEncoderStream, ['encoding', 'readable', 'writable'], '');

class TextDecoderStream {
  constructor(encoding = 'utf-8', options = {}) {
    const handle = new TextDecoder(encoding, options);
    const transform = new TransformStream({
      transform(chunk, controller) {
        if (chunk === undefined) {
          const { codes } = require('internal/errors');
          throw new codes.ERR_INVALID_ARG_TYPE('list', ['SharedArrayBuffer', 'ArrayBuffer', 'ArrayBufferView'], chunk);
        }
        const value = handle.decode(chunk, { stream: true });
        if (value) controller.enqueue(value);
      },
      flush(controller) {
        const value = handle.decode();
        if (value) controller.enqueue(value);
        controller.terminate();
      },
    });
    slot(this, 'TextDecoderStream', { handle, transform });
  }
  get encoding() {
    check(this, 'TextDecoderStream');
    return this[kState].handle.encoding;
  }
  get fatal() {
    check(this, 'TextDecoderStream');
    return this[kState].handle.fatal;
  }
  get ignoreBOM() {
    check(this, 'TextDecoderStream');
    return this[kState].handle.ignoreBOM;
  }
  get readable() {
    check(this, 'TextDecoderStream');
    return this[kState].transform.readable;
  }
  get writable() {
    check(this, 'TextDecoderStream');
    return this[kState].transform.writable;
  }
  [customInspectSymbol](depth, options) {
    check(this, 'TextDecoderStream');
    return customInspect.call(this, depth, options, 'TextDecoderStream', {
      encoding: this.encoding, fatal: this.fatal, ignoreBOM: this.ignoreBOM,
      readable: this.readable, writable: this.writable,
    });
  }
}
finishClass(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable'], '');

module.exports = { TextDecoderStream, TextEncoderStream };
