'use strict';
// TextEncoder and TextDecoder.

const { codes } = require('internal/errors');
const { customInspectSymbol, kEmptyObject } = require('internal/util');
const binding = internalBinding('internal/encoding');

class TextEncoder {
  #brand = true;

  get encoding() {
    if (!(#brand in this)) throw new codes.ERR_INVALID_THIS('TextEncoder');
    return 'utf-8';
  }

  encode(input = '') {
    if (!(#brand in this)) throw new codes.ERR_INVALID_THIS('TextEncoder');
    return new Uint8Array(binding.encode(`${input}`));
  }

  encodeInto(src, dest) {
    if (!(#brand in this)) throw new codes.ERR_INVALID_THIS('TextEncoder');
    if (typeof src !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('src', 'string', src);
    if (!binding.isUint8Array(dest)) throw new codes.ERR_INVALID_ARG_TYPE('dest', 'Uint8Array', dest);
    return binding.encodeInto(src, dest);
  }

  [customInspectSymbol](depth, opts) {
    if (!(#brand in this)) throw new codes.ERR_INVALID_THIS('TextEncoder');
    if (typeof depth === 'number' && depth < 0) return this;
    const ctor = getConstructorOf(this);
    const obj = { __proto__: { constructor: this.constructor === undefined ? TextEncoder : ctor } };
    obj.encoding = this.encoding;
    return require('internal/util/inspect').inspect(obj, opts);
  }
}

function getConstructorOf(obj) {
  while (obj) {
    const d = Object.getOwnPropertyDescriptor(obj, 'constructor');
    if (d !== undefined && typeof d.value === 'function' && d.value.name !== '') return d.value;
    obj = Object.getPrototypeOf(obj);
  }
}

class TextDecoder {
  #decoder; // native state
  #encoding;
  #fatal;
  #ignoreBOM;

  constructor(encoding = 'utf-8', options = kEmptyObject) {
    encoding = `${encoding}`;
    require('internal/validators').validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
    const name = binding.encodingFromLabel(encoding);
    if (name === undefined) throw new codes.ERR_ENCODING_NOT_SUPPORTED(encoding);
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
    this.#encoding = name;
    this.#decoder = binding.makeDecoder(name, this.#fatal, this.#ignoreBOM);
  }

  decode(input = undefined, options = kEmptyObject) {
    if (!(#decoder in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    if (options !== kEmptyObject) {
      require('internal/validators').validateObject(options, 'options', { nullable: true, allowArray: true, allowFunction: true });
    }
    const result = binding.decode(this.#decoder, input, Boolean(options?.stream));
    if (result === null) throw new codes.ERR_ENCODING_INVALID_ENCODED_DATA(this.#encoding, undefined);
    if (result === undefined) throw new codes.ERR_INVALID_ARG_TYPE('list', ['ArrayBuffer', 'ArrayBufferView'], input);
    return result;
  }

  get encoding() {
    if (!(#decoder in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    return this.#encoding;
  }

  get fatal() {
    if (!(#decoder in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    return this.#fatal;
  }

  get ignoreBOM() {
    if (!(#decoder in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    return this.#ignoreBOM;
  }

  [customInspectSymbol](depth, opts) {
    if (!(#decoder in this)) throw new codes.ERR_INVALID_THIS('TextDecoder');
    if (typeof depth === 'number' && depth < 0) return this;
    const { name } = getConstructorOf(this) || TextDecoder;
    const obj = { encoding: this.encoding, fatal: this.fatal, ignoreBOM: this.ignoreBOM };
    return `${name} ${require('internal/util/inspect').inspect(obj, opts)}`;
  }
}

const enumerable = { __proto__: null, enumerable: true };
Object.defineProperties(TextEncoder.prototype, {
  encode: enumerable, encodeInto: enumerable, encoding: enumerable,
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'TextEncoder' },
});
Object.defineProperties(TextDecoder.prototype, {
  decode: enumerable, encoding: enumerable, fatal: enumerable, ignoreBOM: enumerable,
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'TextDecoder' },
});

module.exports = { TextDecoder, TextEncoder };
