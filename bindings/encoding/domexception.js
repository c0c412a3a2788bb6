'use strict';
// DOMException: an error whose name, message and code are accessors.

const { codes } = require('internal/errors');

const kName = Symbol('kName');
const kMessage = Symbol('kMessage');
const kCode = Symbol('kCode');
const kClone = Symbol.for('messaging_clone_symbol');

const names = [
  ['IndexSizeError', 'INDEX_SIZE_ERR', 1],
  [null, 'DOMSTRING_SIZE_ERR', 2],
  ['HierarchyRequestError', 'HIERARCHY_REQUEST_ERR', 3],
  ['WrongDocumentError', 'WRONG_DOCUMENT_ERR', 4],
  ['InvalidCharacterError', 'INVALID_CHARACTER_ERR', 5],
  [null, 'NO_DATA_ALLOWED_ERR', 6],
  ['NoModificationAllowedError', 'NO_MODIFICATION_ALLOWED_ERR', 7],
  ['NotFoundError', 'NOT_FOUND_ERR', 8],
  ['NotSupportedError', 'NOT_SUPPORTED_ERR', 9],
  ['InUseAttributeError', 'INUSE_ATTRIBUTE_ERR', 10],
  ['InvalidStateError', 'INVALID_STATE_ERR', 11],
  ['SyntaxError', 'SYNTAX_ERR', 12],
  ['InvalidModificationError', 'INVALID_MODIFICATION_ERR', 13],
  ['NamespaceError', 'NAMESPACE_ERR', 14],
  ['InvalidAccessError', 'INVALID_ACCESS_ERR', 15],
  ['ValidationError', 'VALIDATION_ERR', 16],
  ['TypeMismatchError', 'TYPE_MISMATCH_ERR', 17],
  ['SecurityError', 'SECURITY_ERR', 18],
  ['NetworkError', 'NETWORK_ERR', 19],
  ['AbortError', 'ABORT_ERR', 20],
  ['URLMismatchError', 'URL_MISMATCH_ERR', 21],
  ['QuotaExceededError', 'QUOTA_EXCEEDED_ERR', 22],
  ['TimeoutError', 'TIMEOUT_ERR', 23],
  ['InvalidNodeTypeError', 'INVALID_NODE_TYPE_ERR', 24],
  ['DataCloneError', 'DATA_CLONE_ERR', 25],
];

const codeOf = { __proto__: null };

class DOMException {
  constructor(message = '', options = 'Error') {
    const self = new Error();
    Object.setPrototypeOf(self, new.target.prototype);
    const d = { __proto__: null, value: `${message}`, configurable: true, enumerable: false, writable: true };
    Object.defineProperty(self, kMessage, d);
    let name = options;
    if (options !== null && typeof options === 'object') {
      name = options.name === undefined ? 'Error' : options.name;
      if ('cause' in options) {
        Object.defineProperty(self, 'cause',
          { __proto__: null, value: options.cause, configurable: true, writable: true, enumerable: false });
      }
    }
    name = `${name}`;
    d.value = name;
    Object.defineProperty(self, kName, d);
    d.value = codeOf[name] || 0;
    Object.defineProperty(self, kCode, d);
    Error.captureStackTrace(self, DOMException);
    return self;
  }

  get name() {
    if (!isDOMException(this)) throw new codes.ERR_INVALID_THIS('DOMException');
    return this[kName];
  }

  get message() {
    if (!isDOMException(this)) throw new codes.ERR_INVALID_THIS('DOMException');
    return this[kMessage];
  }

  get code() {
    if (!isDOMException(this)) throw new codes.ERR_INVALID_THIS('DOMException');
    return this[kCode];
  }
}

function isDOMException(value) {
  return value !== null && typeof value === 'object' && value[kName] !== undefined;
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperties(DOMException.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'DOMException' },
  name: { __proto__: null, enumerable: true },
  message: { __proto__: null, enumerable: true },
  code: { __proto__: null, enumerable: true },
  [kClone]: {
    __proto__: null,
    configurable: true,
    writable: true,
    value() {
      if (!isDOMException(this)) return undefined; // something that only has the prototype
      return {
        deserializeInfo: 'internal/domexception:DOMException',
        data: { name: this[kName], message: this[kMessage], stack: this.stack },
      };
    },
  },
});
for (let i = 0; i < names.length; i++) {
  const entry = names[i];
  const d = { __proto__: null, enumerable: true, value: entry[2] };
  Object.defineProperty(DOMException, entry[1], d);
  Object.defineProperty(DOMException.prototype, entry[1], d);
  if (entry[0] !== null) codeOf[entry[0]] = entry[2];
}

module.exports = {
  DOMException,
  isDOMException,
  [Symbol.for('messaging_deserialize_symbol')]({ name, message, stack }) {
    const err = new DOMException(message, name);
    Object.defineProperty(err, 'stack', { __proto__: null, value: stack, writable: true, configurable: true, enumerable: false });
    return err;
  },
};
