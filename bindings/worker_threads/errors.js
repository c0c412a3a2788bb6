'use strict';
// An uncaught error on its way to the parent: its class, as far as both sides
// know it, and its properties; what cannot be cloned goes as inspected text.

const classes = { Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

function classOf(err) {
  for (let proto = Object.getPrototypeOf(err); proto !== null; proto = Object.getPrototypeOf(proto)) {
    const { constructor } = proto;
    if (typeof constructor === 'function' && Object.hasOwn(classes, constructor.name)) return constructor.name;
  }
  return 'Error';
}

// The own properties, and those of the classes between it and the known one.
function propertiesOf(err, known) {
  const properties = [];
  const seen = new Set();
  for (let object = err; object !== null && object !== classes[known].prototype; object = Object.getPrototypeOf(object)) {
    for (const key of Object.getOwnPropertyNames(object)) {
      if (seen.has(key) || key === 'constructor') continue;
      seen.add(key);
      let value;
      try {
        value = err[key];
      } catch {
        continue; // A getter that throws has nothing to tell.
      }
      if (typeof value === 'function') continue;
      properties.push([key, key === 'cause' ? serialize(value) : value, Object.getOwnPropertyDescriptor(object, key).enumerable]);
    }
  }
  return properties;
}

function serialize(err) {
  try {
    if (Object.prototype.toString.call(err) === '[object Error]' || err instanceof Error) {
      const name = classOf(err);
      // The copy of an error that was made without our frames shows no place in here.
      const packed = { type: 'error', shell: new classes[name](), properties: propertiesOf(err, name) };
      structuredClone(packed);
      return packed;
    }
  } catch {
    // It goes as a value or as text.
  }
  try {
    return { type: 'value', value: structuredClone(err) };
  } catch {
    // As text then.
  }
  try {
    return { type: 'text', value: require('internal/util/inspect').inspect(err) };
  } catch {
    return { type: 'none' };
  }
}

function deserialize(packed) {
  switch (packed.type) {
    case 'value': return packed.value;
    case 'text': {
      const { inspect } = require('internal/util/inspect');
      return { [inspect.custom]: () => packed.value };
    }
    case 'none': return new (require('internal/errors').codes.ERR_WORKER_UNSERIALIZABLE_ERROR)();
  }
  const err = packed.shell;
  delete err.stack;
  for (const [key, value, enumerable] of packed.properties) {
    Object.defineProperty(err, key, {
      __proto__: null, value: key === 'cause' ? deserialize(value) : value, enumerable, writable: true, configurable: true,
    });
  }
  return err;
}

module.exports = { deserialize, serialize };
