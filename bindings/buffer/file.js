'use strict';
// File: a Blob with a name and a time.

const { Blob } = require('internal/blob');
const { codes } = require('internal/errors');
const { customInspectSymbol, kEmptyObject } = require('internal/util');

const kClone = Symbol.for('messaging_clone_symbol');
const kDeserialize = Symbol.for('messaging_deserialize_symbol');

class File extends Blob {
  #name;
  #lastModified;

  constructor(fileBits, fileName, options = kEmptyObject) {
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('fileBits', 'fileName');
    super(fileBits, options);
    let { lastModified } = options ?? kEmptyObject;
    if (lastModified !== undefined) lastModified = Number(BigInt.asIntN(64, BigInt(Math.trunc(+lastModified) || 0)));
    else lastModified = Date.now();
    this.#name = `${fileName}`.toWellFormed?.() ?? `${fileName}`;
    this.#lastModified = lastModified;
  }

  get name() {
    if (!isFile(this)) throw new codes.ERR_INVALID_THIS('File');
    return this.#name;
  }

  get lastModified() {
    if (!isFile(this)) throw new codes.ERR_INVALID_THIS('File');
    return this.#lastModified;
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `File ${inspect({
      size: this.size, type: this.type, name: this.#name, lastModified: this.#lastModified,
    }, opts)}`;
  }

  [kClone]() {
    return {
      deserializeInfo: 'internal/file:File',
      data: { blob: this.slice(), name: this.#name, type: this.type, lastModified: this.#lastModified },
    };
  }

  static isFile(object) { return #name in object; }
}

const { isFile: hasName } = File;
delete File.isFile;
function isFile(object) { return object !== null && typeof object === 'object' && hasName(object); }

const enumerable = { __proto__: null, enumerable: true };
Object.defineProperty(File.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'File' });
Object.defineProperties(File.prototype, {
  name: enumerable, lastModified: enumerable, [kClone]: { __proto__: null, enumerable: false },
});

module.exports = {
  File,
  isFile,
  [kDeserialize]({ blob, name, type, lastModified }) { return new File([blob], name, { type, lastModified }); },
};
