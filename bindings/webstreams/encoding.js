'use strict';
// TextEncoderStream and TextDecoderStream. Their slots are private fields: calling
// a getter on something else gives the engine's error, as in Node.

const { customInspect, customInspectSymbol, finishClass } = require('internal/webstreams/util');
const { TransformStream } = require('internal/webstreams/transformstream');

class TextEncoderStream {
  #transform;
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
    this.#transform = transform;
  }
  get encoding() {
    return this.#transform && 'utf-8';
  }
  get readable() {
    return this.#transform.readable;
  }
  get writable() {
    return this.#transform.writable;
  }
  [customInspectSymbol](depth, options) {
    if (typeof this !== 'object' || this === null || !(#transform in this)) {
      throw new (require('internal/errors').codes.ERR_INVALID_THIS)('TextEncoderStream');
    }
    return customInspect.call(this, depth, options, 'TextEncoderStream', {
      encoding: this.encoding, readable: this.readable, writable: this.writable,
    });
  }
}
finishClass(TextEncoderStream, ['encoding', 'readable', 'writable'], '');

class TextDecoderStream {
  #handle;
  #transform;
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
    this.#handle = handle;
    this.#transform = transform;
  }
  get encoding() {
    return this.#handle.encoding;
  }
  get fatal() {
    return this.#handle.fatal;
  }
  get ignoreBOM() {
    return this.#handle.ignoreBOM;
  }
  get readable() {
    return this.#transform.readable;
  }
  get writable() {
    return this.#transform.writable;
  }
  [customInspectSymbol](depth, options) {
    if (typeof this !== 'object' || this === null || !(#transform in this)) {
      throw new (require('internal/errors').codes.ERR_INVALID_THIS)('TextDecoderStream');
    }
    return customInspect.call(this, depth, options, 'TextDecoderStream', {
      encoding: this.encoding, fatal: this.fatal, ignoreBOM: this.ignoreBOM,
      readable: this.readable, writable: this.writable,
    });
  }
}
finishClass(TextDecoderStream, ['encoding', 'fatal', 'ignoreBOM', 'readable', 'writable'], '');

module.exports = { TextDecoderStream, TextEncoderStream };
