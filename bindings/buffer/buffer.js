'use strict';
// The classes; the work is in the native side.

const binding = internalBinding('buffer');
const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');

const kMaxLength = Number.MAX_SAFE_INTEGER;
const kStringMaxLength = 536870888;
let INSPECT_MAX_BYTES = 50;

class FastBuffer extends Uint8Array {
  constructor(bufferOrLength, byteOffset, length) {
    super(bufferOrLength, byteOffset, length);
  }
}

// Whether the first caller that is not built in lies under node_modules.
function calledFromDependency() {
  const lines = `${new Error().stack}`.split('\n');
  for (let i = 1; i < lines.length; i++) {
    if (/^\s+at (?:.*\()?node:|\(<anonymous>\)$/.test(lines[i])) continue;
    return /[/\\]node_modules[/\\]/.test(lines[i]);
  }
  return false;
}

let warned = false;
function Buffer(arg, encodingOrOffset, length) {
  if (!warned) {
    if (require('internal/options').getOptionValue('--pending-deprecation') || !calledFromDependency()) {
      warned = true;
      process.emitWarning('Buffer() is deprecated due to security and usability issues. ' +
        'Please use the Buffer.alloc(), Buffer.allocUnsafe(), or Buffer.from() methods instead.',
      'DeprecationWarning', 'DEP0005', Buffer);
    }
  }
  if (typeof arg === 'number') {
    if (typeof encodingOrOffset === 'string') throw new codes.ERR_INVALID_ARG_TYPE('string', 'string', arg);
    return Buffer.alloc(arg);
  }
  return Buffer.from(arg, encodingOrOffset, length);
}

FastBuffer.prototype.constructor = Buffer;
Buffer.prototype = FastBuffer.prototype;
Object.defineProperty(Buffer, Symbol.species, {
  __proto__: null, configurable: true, enumerable: false, get() { return FastBuffer; },
});
Buffer.poolSize = 64 * 1024;
Object.setPrototypeOf(Buffer, Uint8Array);
binding.install(Buffer, FastBuffer);

// The one method that Node's own tests call with new.
Buffer.prototype.lastIndexOf = function lastIndexOf(value, byteOffset, encoding) {
  return binding.lastIndexOf(this, value, byteOffset, encoding);
};

Object.defineProperty(Buffer.prototype, 'parent', {
  __proto__: null, enumerable: true,
  get() { return this instanceof Buffer ? this.buffer : undefined; },
});
Object.defineProperty(Buffer.prototype, 'offset', {
  __proto__: null, enumerable: true,
  get() { return this instanceof Buffer ? this.byteOffset : undefined; },
});

Buffer.prototype[customInspectSymbol] = function inspect(recurseTimes, ctx) {
  const max = INSPECT_MAX_BYTES;
  const actualMax = Math.min(max, this.length);
  const remaining = this.length - max;
  let str = binding.inspectHex(this, actualMax).trim();
  if (remaining > 0) str += ` ... ${remaining} more byte${remaining > 1 ? 's' : ''}`;
  if (ctx) {
    let extras = false;
    const obj = { __proto__: null };
    const keys = Object.getOwnPropertyNames(this).concat(Object.getOwnPropertySymbols(this));
    for (let i = this.length; i < keys.length; i++) {
      const d = Object.getOwnPropertyDescriptor(this, keys[i]);
      if (ctx.showHidden || d.enumerable) {
        extras = true;
        obj[keys[i]] = this[keys[i]];
      }
    }
    if (extras) {
      if (this.length !== 0) str += ', ';
      const { inspect } = require('internal/util/inspect');
      // "[Object: null prototype] { a: 1 }" without its frame
      const text = inspect(obj, { ...ctx, breakLength: Infinity, compact: true });
      str += text.slice(27, -2);
    }
  }
  const name = this.constructor?.name || 'Buffer';
  return `<${name} ${str}>`;
};
Buffer.prototype.inspect = Buffer.prototype[customInspectSymbol];

function SlowBuffer(size) { return binding.unsafeSlow(size); }
Object.setPrototypeOf(SlowBuffer.prototype, Uint8Array.prototype);
Object.setPrototypeOf(SlowBuffer, Uint8Array);

function domException(message, name) {
  const { DOMException } = require('internal/domexception');
  return new DOMException(message, name);
}

function atob(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  const result = binding.atob(`${input}`);
  if (result === 1) throw domException('Invalid character', 'InvalidCharacterError');
  if (result === 2) throw domException('The string to be decoded is not correctly encoded.', 'InvalidCharacterError');
  return result;
}

function btoa(input) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('input');
  const result = binding.btoa(`${input}`);
  if (result === undefined) throw domException('Invalid character', 'InvalidCharacterError');
  return result;
}

function transcode(source, fromEncoding, toEncoding) {
  const result = binding.transcode(source, fromEncoding, toEncoding);
  if (typeof result === 'object') return result;
  const code = result === undefined ? 'U_ILLEGAL_ARGUMENT_ERROR' : result;
  const err = new Error(`Unable to transcode Buffer [${code}]`);
  err.code = code;
  err.errno = code === 'U_ILLEGAL_ARGUMENT_ERROR' ? 1 : 10;
  throw err;
}

const deprecatedSlow = require('internal/util').deprecate(SlowBuffer,
  'SlowBuffer() is deprecated. Please use Buffer.allocUnsafeSlow()', 'DEP0030');

module.exports = {
  Buffer,
  SlowBuffer: deprecatedSlow,
  transcode,
  kMaxLength,
  kStringMaxLength,
  btoa,
  atob,
  isUtf8: binding.isUtf8,
  isAscii: binding.isAscii,
};

Object.defineProperties(module.exports, {
  constants: {
    __proto__: null, configurable: false, enumerable: true,
    value: Object.defineProperties({}, {
      MAX_LENGTH: { __proto__: null, configurable: false, enumerable: true, value: kMaxLength },
      MAX_STRING_LENGTH: { __proto__: null, configurable: false, enumerable: true, value: kStringMaxLength },
    }),
  },
  INSPECT_MAX_BYTES: {
    __proto__: null, configurable: true, enumerable: true,
    get() { return INSPECT_MAX_BYTES; },
    set(val) {
      require('internal/validators').validateNumber(val, 'INSPECT_MAX_BYTES', 0);
      INSPECT_MAX_BYTES = val;
    },
  },
  FastBuffer: { __proto__: null, value: FastBuffer, configurable: true, enumerable: false },
});

const { defineLazy } = require('internal/util');
defineLazy(module.exports, 'Blob', () => require('internal/blob').Blob);
defineLazy(module.exports, 'resolveObjectURL', () => require('internal/blob').resolveObjectURL);
defineLazy(module.exports, 'File', () => require('internal/file').File);
