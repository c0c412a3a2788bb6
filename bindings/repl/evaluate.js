'use strict';
// Evaluation without side effects: what an expression that is still being typed
// would give. It walks the syntax tree, reads no accessor, enters no proxy and
// calls no function but those of the language that are known to change nothing;
// whatever else comes up, it gives up. Every step counts, so that it ends soon.

const vm = require('vm');
const { isProxy, isDate, isMap, isRegExp, isSet, isTypedArray } = require('internal/util/types');
const { tree } = internalBinding('repl');

const kMaxSteps = 20_000;
const kMaxSize = 10_000;
const kMaxDepth = 50;
// These make goja choose an engine that backtracks, which nothing could stop.
const kBacktracking = /\(\?[=!<]|\\[1-9k]/;

// What stops an evaluation that would have had an effect, or taken too long.
class Refused extends Error {}
// What the code itself throws.
class Thrown {
  constructor(value) { this.value = value; }
}

const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf } = Object;
const pure = new Set();
const changing = new Set(); // these change their receiver alone
const callbacks = new Set(); // these call a function
const makers = new Set(); // these give an object that nobody else holds
const constructors = new Set();
const accessors = new Set();
// What must still be in its place for an object to behave as expected.
const places = [];

function names(list) { return list.trim().split(/\s+/); }

function learn(into, object, list) {
  for (const name of names(list)) {
    const value = getOwnPropertyDescriptor(object, name)?.value;
    if (typeof value === 'function') into.add(value);
  }
}

function learnAll() {
  for (const name of Object.getOwnPropertyNames(Math)) {
    if (typeof Math[name] === 'function' && name !== 'random') pure.add(Math[name]);
  }
  learn(pure, globalThis, `parseInt parseFloat isNaN isFinite encodeURIComponent encodeURI decodeURIComponent decodeURI
    String Number Boolean BigInt Object Array`);
  learn(pure, String, 'fromCharCode fromCodePoint raw');
  learn(pure, String.prototype, `at charAt charCodeAt codePointAt concat endsWith includes indexOf isWellFormed lastIndexOf localeCompare
    match matchAll normalize padEnd padStart repeat replace replaceAll search slice split startsWith substr substring toLocaleLowerCase
    toLocaleUpperCase toLowerCase toString toUpperCase toWellFormed trim trimEnd trimStart valueOf`);
  learn(pure, Number, 'isFinite isInteger isNaN isSafeInteger parseFloat parseInt');
  learn(pure, Number.prototype, 'toExponential toFixed toLocaleString toPrecision toString valueOf');
  learn(pure, Boolean.prototype, 'toString valueOf');
  learn(pure, BigInt, 'asIntN asUintN');
  learn(pure, BigInt.prototype, 'toLocaleString toString valueOf');
  learn(pure, Symbol.prototype, 'toString valueOf');
  learn(pure, Array, 'isArray of from');
  learn(pure, Array.prototype, `at concat entries flat includes indexOf join keys lastIndexOf slice toReversed toSpliced toString values with`);
  learn(callbacks, Array.prototype, `every filter find findIndex findLast findLastIndex flatMap forEach map reduce reduceRight some
    toSorted`);
  learn(changing, Array.prototype, 'copyWithin fill pop push reverse shift splice unshift sort');
  learn(pure, Object, `entries fromEntries getOwnPropertyNames getOwnPropertySymbols getPrototypeOf hasOwn is isExtensible isFrozen isSealed
    keys values`);
  learn(pure, Object.prototype, 'hasOwnProperty isPrototypeOf propertyIsEnumerable toString valueOf');
  learn(pure, Map.prototype, 'entries get has keys values');
  learn(pure, Set.prototype, 'entries has keys values difference intersection isDisjointFrom isSubsetOf isSupersetOf symmetricDifference union');
  learn(pure, RegExp.prototype, 'test exec toString');
  learn(pure, Date, 'now parse UTC');
  for (const name of Object.getOwnPropertyNames(Date.prototype)) {
    if (/^(?:get|to)/.test(name)) pure.add(Date.prototype[name]);
  }
  learn(pure, JSON, 'parse stringify');
  learn(makers, Array, 'of from');
  learn(makers, Array.prototype, 'concat filter flat flatMap map slice toReversed toSorted toSpliced with');
  learn(makers, Object, 'entries fromEntries getOwnPropertyNames getOwnPropertySymbols keys values');
  learn(makers, String.prototype, 'split match');
  learn(makers, JSON, 'parse');
  learn(constructors, globalThis, `Array BigInt64Array BigUint64Array Boolean Date Error EvalError Float32Array Float64Array Int16Array
    Int32Array Int8Array Map Number Object RangeError ReferenceError RegExp Set String SyntaxError TypeError Uint16Array Uint32Array
    Uint8Array Uint8ClampedArray`);
  const typed = getPrototypeOf(Uint8Array.prototype);
  for (const [object, list] of [[Map.prototype, ['size']], [Set.prototype, ['size']], [Symbol.prototype, ['description']],
    [RegExp.prototype, ['flags', 'global', 'source', 'ignoreCase', 'multiline', 'sticky', 'unicode', 'dotAll', 'hasIndices']],
    [typed, ['length', 'byteLength', 'byteOffset', 'buffer', Symbol.toStringTag]], [ArrayBuffer.prototype, ['byteLength']],
    [Object.prototype, ['__proto__']]]) {
    for (const name of list) {
      const get = getOwnPropertyDescriptor(object, name)?.get;
      if (get !== undefined) accessors.add(get);
    }
  }
  for (const name of Object.getOwnPropertyNames(globalThis)) { // they load what they stand for
    const get = getOwnPropertyDescriptor(globalThis, name)?.get;
    if (get !== undefined) accessors.add(get);
  }
  const iterator = getPrototypeOf([][Symbol.iterator]());
  for (const object of [Object.prototype, Array.prototype, String.prototype, Number.prototype, RegExp.prototype, Map.prototype,
    Set.prototype, Date.prototype, iterator]) {
    for (const name of Reflect.ownKeys(object)) {
      const { value } = getOwnPropertyDescriptor(object, name);
      if (typeof value === 'function') places.push(object, name, value);
    }
  }
}

// Learns what the language's functions are, before a program changes anything.
function prepare() { if (pure.size === 0) learnAll(); }

// A getter of the REPL's own, that may run.
function trust(get) { accessors.add(get); }

// A name's value in a context, whether it is a property or declared with let.
function lookUp(context, name, isGlobal) {
  if (name === 'arguments') throw new Refused(); // of the glue's function
  let object = context;
  while (object !== null && object !== undefined) {
    if (isProxy(object)) throw new Refused();
    const found = getOwnPropertyDescriptor(object, name);
    if (found !== undefined) {
      if (found.get === undefined) break;
      if (!accessors.has(found.get)) throw new Refused();
      break;
    }
    object = getPrototypeOf(object);
  }
  const script = new vm.Script(name, { filename: 'preview' });
  try {
    return isGlobal ? script.runInThisContext() : script.runInContext(context);
  } catch (err) {
    throw new Thrown(err);
  }
}

class Evaluator {
  #context;
  #isGlobal;
  #steps = 0;
  #depth = 0;
  // Objects that this evaluation has made: nobody else can see them change.
  #own = new WeakSet();
  #functions = new WeakSet();
  #trusted;

  constructor(context, isGlobal) {
    prepare();
    this.#context = context;
    this.#isGlobal = isGlobal;
  }

  // The value of a script's last statement.
  run(body) {
    let value;
    for (let i = 0; i < body.length; i++) {
      const statement = body[i];
      switch (statement.type) {
        case 'expression': value = this.#value(statement.value, null); break;
        case 'throw': throw new Thrown(this.#value(statement.value, null));
        case 'block': value = this.run(statement.body); break;
        case 'empty': break;
        default: throw new Refused();
      }
    }
    return value;
  }

  #made(object) {
    this.#own.add(object);
    return object;
  }

  #fail(Class, message) { throw new Thrown(new Class(message)); }

  // The statements of an arrow function; undefined if none returned.
  #body(list, scope) {
    for (let i = 0; i < list.length; i++) {
      const s = list[i];
      let done;
      switch (s.type) {
        case 'return': return { value: s.value === null ? undefined : this.#value(s.value, scope) };
        case 'expression': this.#value(s.value, scope); break;
        case 'throw': throw new Thrown(this.#value(s.value, scope));
        case 'block': done = this.#body(s.body, { outer: scope, names: { __proto__: null } }); break;
        case 'if':
          if (this.#value(s.test, scope)) done = this.#body([s.then], scope);
          else if (s.else !== null) done = this.#body([s.else], scope);
          break;
        case 'declaration':
          for (const d of s.list) scope.names[d.name] = d.value === null ? undefined : this.#value(d.value, scope);
          break;
        case 'empty': break;
        default: throw new Refused();
      }
      if (done !== undefined) return done;
    }
    return undefined;
  }

  #function(node, scope) {
    const fn = (...args) => {
      if (++this.#depth > kMaxDepth) throw new Refused();
      const local = { __proto__: null };
      for (let i = 0; i < node.params.length; i++) local[node.params[i]] = args[i];
      try {
        return this.#body(node.body, { outer: scope, names: local })?.value;
      } finally {
        this.#depth--;
      }
    };
    defineProperty(fn, 'name', { __proto__: null, value: '' });
    this.#functions.add(fn);
    return fn;
  }

  #name(name, scope) {
    for (; scope !== null; scope = scope.outer) {
      if (name in scope.names) return scope.names[name];
    }
    if (name === 'undefined') return undefined;
    return lookUp(this.#context, name, this.#isGlobal);
  }

  #list(nodes, scope) {
    const out = [];
    for (let i = 0; i < nodes.length; i++) {
      const node = nodes[i];
      if (node === null) out.length++;
      else if (node.type === 'spread') {
        const value = this.#value(node.value, scope);
        if (!this.#plain(value) || !(typeof value === 'string' || Array.isArray(value) || isSet(value))) throw new Refused();
        for (const item of value) out.push(item);
      } else out.push(this.#value(node, scope));
    }
    return out;
  }

  #value(node, scope) {
    if (++this.#steps > kMaxSteps) throw new Refused();
    switch (node.type) {
      case 'literal': return node.value;
      case 'name': return this.#name(node.name, scope);
      case 'this': return this.#context;
      case 'regexp':
        if (kBacktracking.test(node.pattern)) throw new Refused();
        return this.#made(new RegExp(node.pattern, node.flags));
      case 'template': {
        let out = node.texts[0];
        for (let i = 0; i < node.list.length; i++) {
          const value = this.#primitive(this.#value(node.list[i], scope));
          if (typeof value === 'symbol') this.#fail(TypeError, 'Cannot convert a Symbol value to a string');
          out += `${value}${node.texts[i + 1]}`;
        }
        return out;
      }
      case 'array': return this.#made(this.#list(node.elements, scope));
      case 'object': return this.#object(node.list, scope);
      case 'sequence': {
        let value;
        for (let i = 0; i < node.list.length; i++) value = this.#value(node.list[i], scope);
        return value;
      }
      case 'conditional': return this.#value(this.#value(node.test, scope) ? node.then : node.else, scope);
      case 'unary': return this.#unary(node, scope);
      case 'binary': return this.#binary(node, scope);
      case 'member': {
        const object = this.#value(node.object, scope);
        return object === kShort ? object : this.#get(object, this.#key(this.#value(node.key, scope)));
      }
      case 'chain': {
        const value = this.#value(node.value, scope);
        return value === kShort ? undefined : value;
      }
      case 'optional': {
        const value = this.#value(node.value, scope);
        return value === null || value === undefined ? kShort : value;
      }
      case 'call': return this.#call(node, scope);
      case 'new': return this.#new(node, scope);
      case 'arrow': return this.#function(node, scope);
      case 'source': // a function that is only looked at
        if (scope !== null) throw new Refused();
        return lookUp(this.#context, `(${node.text})`, this.#isGlobal);
    }
    throw new Refused();
  }

  #key(value) { return typeof value === 'symbol' ? value : `${this.#primitive(value)}`; }

  #object(list, scope) {
    const out = {};
    for (let i = 0; i < list.length; i++) {
      const node = list[i];
      const value = this.#value(node.value, scope);
      if (node.type === 'spread') {
        if (value === null || value === undefined) continue;
        if (!this.#plain(value)) throw new Refused();
        Object.assign(out, value);
        continue;
      }
      const key = this.#key(this.#value(node.key, scope));
      if (typeof value === 'function' && value.name === '' && this.#functions.has(value)) {
        defineProperty(value, 'name', { __proto__: null, value: String(key) });
      }
      defineProperty(out, key, { __proto__: null, value, writable: true, enumerable: true, configurable: true });
    }
    return this.#made(out);
  }

  // Reads a property as long as that calls nothing.
  #get(object, key) {
    if (object === null || object === undefined) {
      this.#fail(TypeError, `Cannot read properties of ${object} (reading '${String(key)}')`);
    }
    if (typeof object === 'string' && (key === 'length' || /^\d+$/.test(key))) return object[key];
    const start = Object(object);
    for (let o = start; o !== null; o = getPrototypeOf(o)) {
      if (isProxy(o)) throw new Refused();
      const found = getOwnPropertyDescriptor(o, key);
      if (found === undefined) continue;
      if (found.get === undefined) return found.value;
      if (accessors.has(found.get)) return Reflect.apply(found.get, object, []);
      throw new Refused();
    }
    return undefined;
  }

  // What converting an object to a primitive gives, where that calls the
  // language's own functions only.
  #primitive(value) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return value;
    if (!this.#plain(value)) throw new Refused();
    return isDate(value) ? value : `${value}`;
  }

  #intact() {
    if (this.#trusted === undefined) {
      this.#trusted = true;
      for (let i = 0; i < places.length; i += 3) {
        const found = getOwnPropertyDescriptor(places[i], places[i + 1]);
        if (found === undefined || found.value !== places[i + 2]) this.#trusted = false;
      }
    }
    return this.#trusted;
  }

  // Data all through: arrays, plain objects, the language's own containers, of
  // a moderate size and without accessors.
  #plain(value, budget = { left: kMaxSize }, depth = 0) {
    if (typeof value === 'string') {
      budget.left -= value.length / 16;
      return budget.left >= 0;
    }
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return true;
    if (!this.#intact() || depth > 20 || --budget.left < 0 || isProxy(value)) return false;
    if (typeof value === 'function') return this.#functions.has(value);
    const proto = getPrototypeOf(value);
    if (isDate(value)) return proto === Date.prototype && Reflect.ownKeys(value).length === 0;
    if (isRegExp(value)) return proto === RegExp.prototype && this.#own.has(value);
    if (isTypedArray(value)) return value.length <= kMaxSize && accessors.size > 0 && Reflect.ownKeys(proto).every((k) => k === 'constructor' || k === 'BYTES_PER_ELEMENT');
    if (Array.isArray(value)) {
      if (proto !== Array.prototype || value.length > kMaxSize) return false;
    } else if (isMap(value) || isSet(value)) {
      if (proto !== (isMap(value) ? Map.prototype : Set.prototype) || value.size > kMaxSize) return false;
      const items = isMap(value) ? [...Map.prototype.entries.call(value)] : [...Set.prototype.values.call(value)];
      if (!items.every((item) => this.#plain(item, budget, depth + 1))) return false;
    } else if (proto !== Object.prototype && proto !== null) {
      return false;
    }
    const keys = Reflect.ownKeys(value);
    if (keys.length > kMaxSize) return false;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (key === 'toString' || key === 'valueOf' || key === 'toJSON' || key === 'join' || typeof key === 'symbol') return false;
      const found = getOwnPropertyDescriptor(value, key);
      if (found.get !== undefined || found.set !== undefined) return false;
      const item = found.value;
      // A function as a property is data until somebody calls it.
      if (typeof item !== 'function' && !this.#plain(item, budget, depth + 1)) return false;
    }
    return true;
  }

  #unary({ operator, value: node }, scope) {
    if (operator === 'typeof' && node.type === 'name') {
      try {
        return typeof this.#name(node.name, scope);
      } catch (err) {
        if (err instanceof Thrown && err.value instanceof ReferenceError) return 'undefined';
        throw err;
      }
    }
    const value = this.#value(node, scope);
    switch (operator) {
      case 'typeof': return typeof value;
      case 'void': return undefined;
      case '!': return !value;
    }
    const x = this.#primitive(value);
    return this.#operate(() => {
      switch (operator) {
        case '-': return -x;
        case '+': return +x;
        case '~': return ~x;
      }
      throw new Refused();
    });
  }

  #operate(fn) {
    try {
      return fn();
    } catch (err) {
      throw err instanceof Refused || err instanceof Thrown ? err : new Thrown(err);
    }
  }

  #binary({ operator, left, right }, scope) {
    let a = this.#value(left, scope);
    switch (operator) {
      case '&&': return a ? this.#value(right, scope) : a;
      case '||': return a ? a : this.#value(right, scope);
      case '??': return a === null || a === undefined ? this.#value(right, scope) : a;
    }
    let b = this.#value(right, scope);
    switch (operator) {
      case '===': return a === b;
      case '!==': return a !== b;
      case 'in':
        if (b === null || typeof b !== 'object' || isProxy(b)) throw new Refused();
        a = this.#key(a);
        for (let o = b; o !== null; o = getPrototypeOf(o)) {
          if (isProxy(o)) throw new Refused();
          if (getOwnPropertyDescriptor(o, a) !== undefined) return true;
        }
        return false;
      case 'instanceof':
        if (!constructors.has(b) || isProxy(a) || a === null || typeof a !== 'object') throw new Refused();
        return a instanceof b;
      case '==':
      case '!=': {
        const objects = Object(a) === a && Object(b) === b;
        if (objects || a === null || a === undefined || b === null || b === undefined) return operator === '==' ? a == b : a != b;
      }
    }
    a = this.#primitive(a);
    b = this.#primitive(b);
    if (typeof a === 'string' && a.length > kMaxSize || typeof b === 'string' && b.length > kMaxSize) throw new Refused();
    if (operator === '**' && typeof a === 'bigint' && b > 1000n || operator === '<<' && typeof b === 'bigint' && b > 1000n) throw new Refused();
    return this.#operate(() => {
      switch (operator) {
        case '+': return a + b;
        case '-': return a - b;
        case '*': return a * b;
        case '/': return a / b;
        case '%': return a % b;
        case '**': return a ** b;
        case '<<': return a << b;
        case '>>': return a >> b;
        case '>>>': return a >>> b;
        case '&': return a & b;
        case '|': return a | b;
        case '^': return a ^ b;
        case '<': return a < b;
        case '>': return a > b;
        case '<=': return a <= b;
        case '>=': return a >= b;
        case '==': return a == b;
        case '!=': return a != b;
      }
      throw new Refused();
    });
  }

  #call(node, scope) {
    let { callee } = node;
    let self, fn;
    let optional = false;
    if (callee.type === 'optional') { // f?.()
      optional = true;
      callee = callee.value;
    }
    if (callee.type === 'member') {
      self = this.#value(callee.object, scope);
      if (self === kShort) return kShort;
      fn = this.#get(self, this.#key(this.#value(callee.key, scope)));
    } else {
      fn = this.#value(callee, scope);
      if (fn === kShort) return kShort;
    }
    if (optional && (fn === null || fn === undefined)) return kShort;
    const args = this.#list(node.list, scope);
    if (typeof fn !== 'function') {
      const text = callee.type === 'literal' && typeof callee.value === 'string' ? `"${callee.value}"` : node.text;
      this.#fail(TypeError, `${text} is not a function`);
    }
    if (this.#functions.has(fn)) return fn(...args);
    this.#admit(fn, self, args);
    const result = this.#operate(() => Reflect.apply(fn, self, args));
    return makers.has(fn) && Object(result) === result ? this.#made(result) : result;
  }

  // Refuses a call that might have an effect.
  #admit(fn, self, args) {
    const known = pure.has(fn) || callbacks.has(fn) || changing.has(fn) && this.#own.has(self);
    if (!known || !this.#plain(self) && !(this.#harmless(fn) && !isProxy(self))) throw new Refused();
    if (self !== null && typeof self === 'object' && isRegExp(self) && !this.#own.has(self)) throw new Refused();
    if (self?.length > kMaxSize) throw new Refused();
    for (let i = 0; i < args.length; i++) {
      const arg = args[i];
      if (typeof arg === 'number' && arg > kMaxSize && typeof self === 'string') throw new Refused(); // repeat, padEnd
      if (Object(arg) === arg && !this.#plain(arg) && !(this.#harmless(fn) && !isProxy(arg))) throw new Refused();
      if (fn === Array.from && arg?.length > kMaxSize) throw new Refused();
    }
    if (fn === RegExp || this.#long(fn, args)) throw new Refused();
  }

  // fn looks at an object's keys alone.
  #harmless(fn) {
    return fn === Object.keys || fn === Object.getOwnPropertyNames || fn === Object.getOwnPropertySymbols || fn === Object.getPrototypeOf ||
      fn === Object.is || fn === Object.isFrozen || fn === Object.isSealed || fn === Object.isExtensible || fn === Array.isArray ||
      fn === Object.hasOwn || fn === Object.prototype.hasOwnProperty || fn === Object.prototype.isPrototypeOf || fn === Boolean;
  }

  // A pattern given as text is compiled by the method.
  #long(fn, args) {
    return (fn === String.prototype.match || fn === String.prototype.matchAll || fn === String.prototype.search) &&
      typeof args[0] === 'string' && kBacktracking.test(args[0]);
  }

  #new(node, scope) {
    const Class = this.#value(node.callee, scope);
    const args = this.#list(node.list, scope);
    if (typeof Class !== 'function') this.#fail(TypeError, `${node.text} is not a constructor`);
    if (!constructors.has(Class)) throw new Refused();
    for (let i = 0; i < args.length; i++) {
      if (typeof args[i] === 'number' && args[i] > kMaxSize && Class !== Date && Class !== Number && Class !== Object && Class !== String) {
        throw new Refused();
      }
      if (!this.#plain(args[i])) throw new Refused();
    }
    if (Class === RegExp && kBacktracking.test(String(args[0]))) throw new Refused();
    return this.#made(Object(this.#operate(() => Reflect.construct(Class, args))));
  }

  // Whether inspect can show a value and run nothing of the user's.
  presentable(value, depth = 0) {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function')) return true;
    for (let o = value; o !== null; o = getPrototypeOf(o)) {
      if (isProxy(o)) return o === value; // shown as a proxy
      for (const key of [Symbol.toStringTag, 'constructor', 'name', 'stack', 'message']) {
        const get = getOwnPropertyDescriptor(o, key)?.get;
        if (get !== undefined && !accessors.has(get) && !(o instanceof Error) && key !== 'stack') return false;
      }
    }
    if (depth >= 2) return true;
    const keys = Object.keys(value);
    for (let i = 0; i < keys.length && i < 200; i++) {
      const found = getOwnPropertyDescriptor(value, keys[i]);
      if (found?.get === undefined && !this.presentable(found?.value, depth + 1)) return false;
    }
    return true;
  }
}

// The value of an optional chain that has ended early.
const kShort = Symbol('short circuit');

// Evaluates code in a context: { value }, { thrown: { value } }, or undefined
// where that would have had an effect. presentable(value) says whether inspect
// may be shown a value.
function evaluate(code, context, isGlobal) {
  const body = tree(code);
  if (body === undefined) return undefined;
  const evaluator = new Evaluator(context, isGlobal);
  const presentable = (value) => evaluator.presentable(value);
  try {
    return { value: evaluator.run(body), presentable };
  } catch (err) {
    if (err instanceof Thrown) return { thrown: err, presentable };
    return undefined; // refused, or too deep for the stack
  }
}

module.exports = { evaluate, prepare, trust };
