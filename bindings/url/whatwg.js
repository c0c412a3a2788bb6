'use strict';
// The classes URL and URLSearchParams, and what needs them.

const native = internalBinding('internal/url');
const { parse, parseParams, serializeParams, setHref, sortParams, toUSVString } = native;
const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');

const inspect = (value, options) => require('internal/util/inspect').inspect(value, options);

function toUSV(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return toUSVString(`${value}`);
}

function isSearchParams(value) { return typeof value === 'object' && value !== null && hasList(value); }
let hasList, getUpdate, setUpdate, setList, searchParamsOf;

const kKeys = 0, kValues = 1, kEntries = 2;

class URLSearchParams {
  // Keys and values alternate.
  #list = [];
  #url = null;

  static {
    hasList = (value) => #list in value;
    setList = (params, list) => { params.#list = list; };
    setUpdate = (params, url) => { params.#url = url; };
    getUpdate = (params) => params.#list;
  }

  constructor(init = undefined) {
    if (init == null) return;
    if (typeof init === 'object' || typeof init === 'function') {
      const method = init[Symbol.iterator];
      if (method === this[Symbol.iterator] && isSearchParams(init) && init.#list !== undefined) {
        this.#list = init.#list.slice();
      } else if (method != null) {
        if (typeof method !== 'function') throw new codes.ERR_ARG_NOT_ITERABLE('Query pairs');
        const pairs = [];
        for (const pair of { [Symbol.iterator]: () => method.call(init) }) {
          if (pair == null) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          if (Array.isArray(pair)) {
            if (pair.length !== 2) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
            pairs.push(toUSV(pair[0]), toUSV(pair[1]));
          } else {
            if (((typeof pair !== 'object' && typeof pair !== 'function') || typeof pair[Symbol.iterator] !== 'function')) {
              throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
            }
            let length = 0;
            for (const element of pair) {
              length++;
              pairs.push(toUSV(element));
            }
            if (length !== 2) throw new codes.ERR_INVALID_TUPLE('Each query pair', '[name, value]');
          }
        }
        this.#list = pairs;
      } else {
        // A record; keys that become equal replace each other.
        const visited = new Map();
        const keys = Reflect.ownKeys(init);
        for (let i = 0; i < keys.length; i++) {
          const key = keys[i];
          const desc = Reflect.getOwnPropertyDescriptor(init, key);
          if (desc !== undefined && desc.enumerable) {
            const name = toUSV(key);
            const value = toUSV(init[key]);
            const at = visited.get(name);
            if (at !== undefined) {
              this.#list[at] = value;
            } else {
              this.#list.push(name, value);
              visited.set(name, this.#list.length - 1);
            }
          }
        }
      }
      return;
    }
    init = toUSV(init);
    this.#list = init === '' ? [] : parseParams(init[0] === '?' ? init.slice(1) : init);
  }

  [customInspectSymbol](recurseTimes, ctx) {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const separator = ', ';
    const inner = { ...ctx };
    if (recurseTimes !== null) inner.depth = recurseTimes - 1;
    const list = this.#list;
    const output = [];
    for (let i = 0; i < list.length; i += 2) output.push(`${inspect(list[i], inner)} => ${inspect(list[i + 1], inner)}`);
    const colorRe = /\u001b\[\d\d?m/g;
    let length = -separator.length;
    for (let i = 0; i < output.length; i++) length += output[i].replace(colorRe, '').length + separator.length;
    if (length > ctx.breakLength) return `${this.constructor.name} {\n  ${output.join(',\n  ')} }`;
    if (output.length) return `${this.constructor.name} { ${output.join(separator)} }`;
    return `${this.constructor.name} {}`;
  }

  get size() {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    return this.#list.length / 2;
  }

  append(name, value) {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    name = toUSV(name);
    value = toUSV(value);
    this.#list.push(name, value);
    if (this.#url !== null) this.#url(this);
  }

  delete(name, value = undefined) {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    const list = this.#list;
    name = toUSV(name);
    if (value !== undefined) value = toUSV(value);
    const kept = [];
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] !== name || (value !== undefined && list[i + 1] !== value)) kept.push(list[i], list[i + 1]);
    }
    // Iterators look at the same array.
    list.length = 0;
    for (let i = 0; i < kept.length; i++) list.push(kept[i]);
    if (this.#url !== null) this.#url(this);
  }

  get(name) {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    const list = this.#list;
    name = toUSV(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) return list[i + 1];
    return null;
  }

  getAll(name) {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    const list = this.#list;
    const values = [];
    name = toUSV(name);
    for (let i = 0; i < list.length; i += 2) if (list[i] === name) values.push(list[i + 1]);
    return values;
  }

  has(name, value = undefined) {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('name');
    const list = this.#list;
    name = toUSV(name);
    if (value !== undefined) value = toUSV(value);
    for (let i = 0; i < list.length; i += 2) {
      if (list[i] === name && (value === undefined || list[i + 1] === value)) return true;
    }
    return false;
  }

  set(name, value) {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    if (arguments.length < 2) throw new codes.ERR_MISSING_ARGS('name', 'value');
    const list = this.#list;
    name = toUSV(name);
    value = toUSV(value);
    let found = false;
    for (let i = 0; i < list.length;) {
      if (list[i] !== name) {
        i += 2;
      } else if (!found) {
        list[i + 1] = value;
        found = true;
        i += 2;
      } else {
        list.splice(i, 2);
      }
    }
    if (!found) list.push(name, value);
    if (this.#url !== null) this.#url(this);
  }

  sort() {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    const list = this.#list;
    if (list.length > 2) {
      const sorted = sortParams(list);
      for (let i = 0; i < sorted.length; i++) list[i] = sorted[i];
    }
    if (this.#url !== null) this.#url(this);
  }

  entries() {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    return new URLSearchParamsIterator(this, kEntries);
  }

  forEach(callback, thisArg = undefined) {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    require('internal/validators').validateFunction(callback, 'callback');
    for (let i = 0; i < this.#list.length; i += 2) {
      callback.call(thisArg, this.#list[i + 1], this.#list[i], this);
    }
  }

  keys() {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    return new URLSearchParamsIterator(this, kKeys);
  }

  values() {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    return new URLSearchParamsIterator(this, kValues);
  }

  toString() {
    if (!isSearchParams(this)) throw new codes.ERR_INVALID_THIS('URLSearchParams');
    return serializeParams(this.#list);
  }
}

function enumerable(C, names) {
  for (let i = 0; i < names.length; i++) Object.defineProperty(C.prototype, names[i], { __proto__: null, enumerable: true });
}
enumerable(URLSearchParams, ['append', 'delete', 'get', 'getAll', 'has', 'set', 'size', 'sort', 'entries', 'forEach', 'keys',
  'values', 'toString']);
Object.defineProperties(URLSearchParams.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams' },
  [Symbol.iterator]: { __proto__: null, configurable: true, writable: true, value: URLSearchParams.prototype.entries },
});

class URLSearchParamsIterator {
  #target;
  #kind;
  #index = 0;

  constructor(target, kind) {
    this.#target = target;
    this.#kind = kind;
  }

  next() {
    if (typeof this !== 'object' || this === null || !(#target in this)) {
      throw new codes.ERR_INVALID_THIS('URLSearchParamsIterator');
    }
    const list = getUpdate(this.#target);
    const index = this.#index;
    if (index >= list.length) return { value: undefined, done: true };
    this.#index = index + 2;
    const value = this.#kind === kKeys ? list[index] :
      this.#kind === kValues ? list[index + 1] : [list[index], list[index + 1]];
    return { value, done: false };
  }

  [customInspectSymbol](recurseTimes, ctx) {
    if (this == null || typeof this !== 'object' || !(#target in this)) {
      throw new codes.ERR_INVALID_THIS('URLSearchParamsIterator');
    }
    if (typeof recurseTimes === 'number' && recurseTimes < 0) return ctx.stylize('[Object]', 'special');
    const inner = { ...ctx };
    if (recurseTimes !== null) inner.depth = recurseTimes - 1;
    const list = getUpdate(this.#target);
    const output = [];
    for (let i = this.#index; i < list.length; i += 2) {
      if (this.#kind === kKeys) output.push(list[i]);
      else if (this.#kind === kValues) output.push(list[i + 1]);
      else output.push([list[i], list[i + 1]]);
    }
    const breakLn = inspect(output, inner).includes('\n');
    const strs = output.map((p) => inspect(p, inner));
    if (breakLn) return `${this[Symbol.toStringTag]} {\n  ${strs.join(',\n  ')} }`;
    return `${this[Symbol.toStringTag]} { ${strs.join(', ')} }`;
  }
}
// https://heycam.github.io/webidl/#dfn-default-iterator-object
delete URLSearchParamsIterator.prototype.constructor;
Object.setPrototypeOf(URLSearchParamsIterator.prototype,
                      Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())));
Object.defineProperties(URLSearchParamsIterator.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'URLSearchParams Iterator' },
  next: { __proto__: null, enumerable: true },
});

function invalidURL(input, base) {
  const err = new TypeError('Invalid URL');
  err.code = 'ERR_INVALID_URL';
  err.input = input;
  if (base !== undefined) err.base = base;
  return err;
}

let isURLInstance, contextOf;

function notURL() { return new TypeError('Receiver must be an instance of class URL'); }
function noPrivate() { return new TypeError('Cannot read private member #context from an object whose class did not declare it'); }

class URL {
  // A Go record, whose properties are the components.
  #context;
  #searchParams;

  static {
    isURLInstance = (value) => typeof value === 'object' && value !== null && #context in value;
    contextOf = (url) => url.#context;
    searchParamsOf = (url) => url.#searchParams;
  }

  constructor(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    // A secret of URL.parse: the record is made already.
    if (input === kRecord) {
      this.#context = base;
      return;
    }
    input = str(input);
    if (base !== undefined) base = str(base);
    const context = parse(input, base);
    if (context === null || context === false) throw invalidURL(input, base);
    this.#context = context;
  }

  static parse(input, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    input = str(input);
    if (base !== undefined) base = str(base);
    const context = parse(input, base);
    return context === null || context === false ? null : new URL(kRecord, context);
  }

  static canParse(url, base = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    url = str(url);
    if (base !== undefined) base = str(base);
    const context = parse(url, base);
    return context !== null && context !== false;
  }

  static createObjectURL(obj) {
    return require('internal/blob').createObjectURL(obj);
  }

  static revokeObjectURL(url) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
    require('internal/blob').revokeObjectURL(url);
  }

  [customInspectSymbol](depth, opts) {
    if (!isURLInstance(this)) throw noPrivate();
    if (typeof depth === 'number' && depth < 0) return this;
    const { constructor = URL } = this;
    const obj = { __proto__: { constructor: this.constructor === undefined ? URL : constructor } };
    obj.href = this.href;
    obj.origin = this.origin;
    obj.protocol = this.protocol;
    obj.username = this.username;
    obj.password = this.password;
    obj.host = this.host;
    obj.hostname = this.hostname;
    obj.port = this.port;
    obj.pathname = this.pathname;
    obj.search = this.search;
    obj.searchParams = this.searchParams;
    obj.hash = this.hash;
    if (opts.showHidden) obj[Symbol('context')] = new URLContext(this.#context);
    return `${constructor.name} ${inspect(obj, opts)}`;
  }

  // The parameters changed: the query follows.
  #update(search) {
    if (search !== '') this.#context.search = `?${search}`;
    else this.#context.search = '';
  }

  #refresh() {
    if (this.#searchParams !== undefined) {
      const { search } = this.#context;
      setList(this.#searchParams, search === '' ? [] : parseParams(search.slice(1)));
    }
  }

  toString() {
    if (!isURLInstance(this)) throw notURL();
    return this.#context.href;
  }

  get href() {
    if (!isURLInstance(this)) throw notURL();
    return this.#context.href;
  }

  set href(value) {
    if (!isURLInstance(this)) throw noPrivate();
    value = str(value);
    if (!setHref(this.#context, value)) throw invalidURL(value);
    this.#refresh();
  }

  get origin() {
    if (!isURLInstance(this)) throw noPrivate();
    return this.#context.origin;
  }

  get protocol() {
    if (!isURLInstance(this)) throw noPrivate();
    return this.#context.protocol;
  }

  set protocol(value) {
    if (!isURLInstance(this)) throw noPrivate();
    this.#context.protocol = str(value);
  }

  get username() {
    if (!isURLInstance(this)) throw noPrivate();
    return this.#context.username;
  }

  set username(value) {
    if (!isURLInstance(this)) throw noPrivate();
    this.#context.username = str(value);
  }

  get password() {
    if (!isURLInstance(this)) throw noPrivate();
    return this.#context.password;
  }

  set password(value) {
    if (!isURLInstance(this)) throw noPrivate();
    this.#context.password = str(value);
  }

  get host() {
    if (!isURLInstance(this)) throw noPrivate();
    return this.#context.host;
  }

  set host(value) {
    if (!isURLInstance(this)) throw noPrivate();
    this.#context.host = str(value);
  }

  get hostname() {
    if (!isURLInstance(this)) throw noPrivate();
    return this.#context.hostname;
  }

  set hostname(value) {
    if (!isURLInstance(this)) throw noPrivate();
    this.#context.hostname = str(value);
  }

  get port() {
    if (!isURLInstance(this)) throw noPrivate();
    return this.#context.port;
  }

  set port(value) {
    if (!isURLInstance(this)) throw noPrivate();
    this.#context.port = str(value);
  }

  get pathname() {
    if (!isURLInstance(this)) throw noPrivate();
    return this.#context.pathname;
  }

  set pathname(value) {
    if (!isURLInstance(this)) throw noPrivate();
    this.#context.pathname = str(value);
  }

  get search() {
    if (!isURLInstance(this)) throw notURL();
    return this.#context.search;
  }

  set search(value) {
    if (!isURLInstance(this)) throw noPrivate();
    this.#context.search = str(value);
    this.#refresh();
  }

  get searchParams() {
    if (!isURLInstance(this)) throw noPrivate();
    if (this.#searchParams === undefined) {
      this.#searchParams = new URLSearchParams(this.#context.search);
      setUpdate(this.#searchParams, (params) => { this.#update(params.toString()); });
    }
    return this.#searchParams;
  }

  get hash() {
    if (!isURLInstance(this)) throw noPrivate();
    return this.#context.hash;
  }

  set hash(value) {
    if (!isURLInstance(this)) throw noPrivate();
    this.#context.hash = str(value);
  }

  toJSON() {
    if (!isURLInstance(this)) throw notURL();
    return this.#context.href;
  }
}
const kRecord = Symbol('record');

function str(value) {
  if (typeof value === 'string') return value;
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`;
}

enumerable(URL, ['toString', 'href', 'origin', 'protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname',
  'search', 'searchParams', 'hash', 'toJSON']);
Object.defineProperty(URL.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'URL' });
for (const C of [URL, URLSearchParams]) {
  Object.defineProperty(C.prototype, Symbol.for('messaging_uncloneable_symbol'), { __proto__: null, value: true });
}
for (const name of ['parse', 'canParse', 'createObjectURL', 'revokeObjectURL']) {
  Object.defineProperty(URL, name, { __proto__: null, configurable: true, writable: true, enumerable: true });
}

// What util.inspect shows of the record with showHidden.
class URLContext {
  constructor(context) {
    this.href = context.href;
    const at = native.offsets(context);
    for (const name of ['protocol_end', 'username_end', 'host_start', 'host_end', 'pathname_start', 'search_start',
      'hash_start', 'port', 'scheme_type']) this[name] = at[name];
  }

  get hasPort() { return this.port !== 0xffffffff; }
  get hasSearch() { return this.search_start !== 0xffffffff; }
  get hasHash() { return this.hash_start !== 0xffffffff; }
}

// Whether something looks like a WHATWG URL: enough to read its components.
function isURL(self) {
  return Boolean(self?.href && self.protocol && self.auth === undefined && self.path === undefined);
}

function domainToASCII(domain) {
  if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('domain');
  return native.domainToASCII(str(domain));
}

function domainToUnicode(domain) {
  if (arguments.length < 1) throw new codes.ERR_MISSING_ARGS('domain');
  return native.domainToUnicode(str(domain));
}

function urlToHttpOptions(url) {
  require('internal/validators').validateObject(url, 'url', 6);
  const { hostname, pathname, port, username, password, search } = url;
  const options = {
    __proto__: null,
    ...url, // In case the url object was extended by the user.
    protocol: url.protocol,
    hostname: hostname && hostname[0] === '[' ? hostname.slice(1, -1) : hostname,
    hash: url.hash,
    search,
    pathname,
    path: `${pathname || ''}${search || ''}`,
    href: url.href,
  };
  if (port !== '') options.port = Number(port);
  if (username || password) options.auth = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return options;
}

function badFilePath(reason, url) {
  const err = new codes.ERR_INVALID_FILE_URL_PATH(reason);
  err.input = url;
  return err;
}

const FORWARD_SLASH = /\//g;

function pathFromWin32(url, buffer) {
  const { hostname } = url;
  let { pathname } = url;
  if (/%2f|%5c/i.test(pathname)) {
    throw badFilePath('must not include encoded \\ or / characters', url);
  }
  pathname = pathname.replace(FORWARD_SLASH, '\\');
  if (buffer) {
    const bytes = native.percentDecodeBytes(pathname);
    if (hostname !== '') {
      return Buffer.concat([Buffer.from(`\\\\${domainToUnicode(hostname)}`), bytes]);
    }
    const letter = bytes[1] | 0x20;
    if (letter < 97 || letter > 122 || bytes[2] !== 58) {
      throw badFilePath('must be absolute', url);
    }
    return bytes.subarray(1);
  }
  pathname = decodeURIComponent(pathname);
  if (hostname !== '') return `\\\\${domainToUnicode(hostname)}${pathname}`;
  const letter = pathname.charCodeAt(1) | 0x20;
  if (!(letter >= 97 && letter <= 122) || pathname[2] !== ':') {
    throw badFilePath('must be absolute', url);
  }
  return pathname.slice(1);
}

function pathFromPosix(url, buffer) {
  if (url.hostname !== '') throw new codes.ERR_INVALID_FILE_URL_HOST(process.platform);
  const { pathname } = url;
  if (pathname.includes('%') && /%2f/i.test(pathname)) {
    throw badFilePath('must not include encoded / characters', url);
  }
  return buffer ? native.percentDecodeBytes(pathname) : decodeURIComponent(pathname);
}

function toFilePath(path, options, buffer) {
  const windows = options?.windows;
  if (typeof path === 'string') path = new URL(path);
  else if (!isURL(path)) throw new codes.ERR_INVALID_ARG_TYPE('path', ['string', 'URL'], path);
  if (path.protocol !== 'file:') throw new codes.ERR_INVALID_URL_SCHEME('file');
  return (windows ?? process.platform === 'win32') ? pathFromWin32(path, buffer) : pathFromPosix(path, buffer);
}

function fileURLToPath(path, options = undefined) { return toFilePath(path, options, false); }
function fileURLToPathBuffer(path, options = undefined) { return toFilePath(path, options, true); }

function pathToFileURL(filepath, options = undefined) {
  require('internal/validators').validateString(filepath, 'path');
  const windows = options?.windows ?? process.platform === 'win32';
  const isUNC = windows && filepath.startsWith('\\\\');
  const path = require('path');
  let resolved = isUNC ? filepath : (windows ? path.win32.resolve(filepath) : path.posix.resolve(filepath));
  if (isUNC || (windows && resolved.startsWith('\\\\'))) {
    // UNC: \\server\share\resource; a \\?\ prefix is skipped.
    const long = resolved.startsWith('\\\\?\\UNC\\');
    const prefix = long ? 8 : 2;
    const end = resolved.indexOf('\\', prefix);
    if (end === -1) throw new codes.ERR_INVALID_ARG_VALUE('path', resolved, 'Missing UNC resource path');
    if (end === 2) throw new codes.ERR_INVALID_ARG_VALUE('path', resolved, 'Empty UNC servername');
    const hostname = resolved.slice(prefix, end);
    const url = new URL('file://');
    url.hostname = hostname;
    url.pathname = native.encodePath(resolved.slice(end).replace(/\\/g, '/'), windows);
    return url;
  }
  // path.resolve strips trailing separators: they matter here.
  const last = filepath.charCodeAt(filepath.length - 1);
  if ((last === 47 || (windows && last === 92)) && resolved[resolved.length - 1] !== (windows ? '\\' : '/')) resolved += '/';
  const url = new URL('file://');
  let encoded = native.encodePath(resolved, windows);
  if (windows) encoded = encoded.replace(/\\/g, '/');
  url.pathname = encoded;
  return url;
}

function toPathIfFileURL(fileURLOrPath) {
  if (!isURL(fileURLOrPath)) return fileURLOrPath;
  return fileURLToPath(fileURLOrPath);
}

module.exports = {
  URL,
  URLSearchParams,
  domainToASCII,
  domainToUnicode,
  fileURLToPath,
  fileURLToPathBuffer,
  invalidURL,
  isURL,
  isURLInstance,
  native,
  pathToFileURL,
  toPathIfFileURL,
  urlToHttpOptions,
};
