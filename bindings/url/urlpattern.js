'use strict';
// URLPattern, as the URL Pattern Standard has it: a pattern string becomes
// tokens, the tokens parts, the parts a regular expression and, normalized, a
// pattern string again.

const { codes } = require('internal/errors');
const { URL } = require('internal/url');
const { isIdentifier } = internalBinding('internal/url');

const fail = () => new codes.ERR_INVALID_URL_PATTERN();

// Tokens: { type, index, value }

const modifiers = { '__proto__': null, '?': 1, '+': 1 };

function nameEnd(input, at) {
  let end = at;
  while (end < input.length) {
    const cp = input.codePointAt(end);
    if (!isIdentifier(cp, end === at)) break;
    end += cp > 0xffff ? 2 : 1;
  }
  return end;
}

// The end of the regular expression that begins after the parenthesis at
// start; -1 if it is not one.
function regexpEnd(input, start) {
  let depth = 1;
  let at = start + 1;
  if (input[at] === '?') return -1;
  while (at < input.length) {
    const c = input[at];
    if (c > '\x7f') return -1;
    if (c === '\\') {
      if (at + 1 >= input.length || input[at + 1] > '\x7f') return -1;
      at += 2;
      continue;
    }
    if (c === ')') {
      if (--depth === 0) return at === start + 1 ? -1 : at;
    } else if (c === '(') {
      depth++;
      if (input[at + 1] !== '?') return -1; // no capturing groups of one's own
    }
    at++;
  }
  return -1;
}

function tokenize(input, lenient) {
  const tokens = [];
  let at = 0;
  const add = (type, end, value) => {
    tokens.push({ type, index: at, value });
    at = end;
  };
  while (at < input.length) {
    const c = input[at];
    if (c === '*') add('asterisk', at + 1, c);
    else if (modifiers[c] === 1) add('other-modifier', at + 1, c);
    else if (c === '{') add('open', at + 1, c);
    else if (c === '}') add('close', at + 1, c);
    else if (c === '\\' && at + 1 < input.length) {
      const text = String.fromCodePoint(input.codePointAt(at + 1));
      add('escaped-char', at + 1 + text.length, text);
    } else if (c === ':' || c === '(' || c === '\\') {
      const end = c === ':' ? nameEnd(input, at + 1) : c === '(' ? regexpEnd(input, at) : -1;
      if (end <= at + 1) {
        if (!lenient) throw fail();
        add('invalid-char', at + 1, c);
      } else if (c === ':') {
        add('name', end, input.slice(at + 1, end));
      } else {
        add('regexp', end + 1, input.slice(at + 1, end));
      }
    } else {
      const text = String.fromCodePoint(input.codePointAt(at));
      add('char', at + text.length, text);
    }
  }
  add('end', at, '');
  return tokens;
}

// Parts: { type, value, modifier, name, prefix, suffix }; the modifier is '', '?', '*' or '+'.

const escapeRegexp = (text) => text.replace(/[.+*?^${}()[\]|/\\]/g, '\\$&');
const escapePattern = (text) => text.replace(/[+*?:{}()\\]/g, '\\$&');
const segmentWildcard = (options) => (options.delimiter === '' ? '.+?' : `[^${escapeRegexp(options.delimiter)}]+?`);

function parsePattern(input, options, encode) {
  const tokens = tokenize(input, false);
  const segment = segmentWildcard(options);
  const parts = [];
  let index = 0;
  let pending = '';
  let nextName = 0;

  const consume = (type) => (tokens[index].type === type ? tokens[index++] : undefined);
  const consumeMatcher = (name) => consume('regexp') ?? (name === undefined ? consume('asterisk') : undefined);
  const consumeModifier = () => (consume('other-modifier') ?? consume('asterisk'))?.value ?? '';
  function consumeText() {
    let text = '';
    for (;;) {
      const token = consume('char') ?? consume('escaped-char');
      if (token === undefined) return text;
      text += token.value;
    }
  }
  function flush() {
    if (pending === '') return;
    parts.push({ type: 'fixed-text', value: encode(pending), modifier: '', name: '', prefix: '', suffix: '' });
    pending = '';
  }
  function add(prefix, nameToken, matcher, suffix, modifier) {
    if (nameToken === undefined && matcher === undefined && modifier === '') {
      pending += prefix;
      return;
    }
    flush();
    if (nameToken === undefined && matcher === undefined) {
      if (prefix !== '') parts.push({ type: 'fixed-text', value: encode(prefix), modifier, name: '', prefix: '', suffix: '' });
      return;
    }
    let value = matcher === undefined ? segment : matcher.type === 'asterisk' ? '.*' : matcher.value;
    let type = 'regexp';
    if (value === segment) type = 'segment-wildcard';
    else if (value === '.*') type = 'full-wildcard';
    if (type !== 'regexp') value = '';
    const name = nameToken === undefined ? `${nextName++}` : nameToken.value;
    if (parts.some((part) => part.name === name)) throw fail();
    parts.push({ type, value, modifier, name, prefix: encode(prefix), suffix: encode(suffix) });
  }

  while (index < tokens.length) {
    const char = consume('char');
    const name = consume('name');
    const matcher = consumeMatcher(name);
    if (name !== undefined || matcher !== undefined) {
      let prefix = char === undefined ? '' : char.value;
      if (prefix !== '' && prefix !== options.prefix) {
        pending += prefix;
        prefix = '';
      }
      flush();
      add(prefix, name, matcher, '', consumeModifier());
      continue;
    }
    const fixed = char ?? consume('escaped-char');
    if (fixed !== undefined) {
      pending += fixed.value;
      continue;
    }
    if (consume('open') !== undefined) {
      const prefix = consumeText();
      const inner = consume('name');
      const innerMatcher = consumeMatcher(inner);
      const suffix = consumeText();
      if (consume('close') === undefined) throw fail();
      add(prefix, inner, innerMatcher, suffix, consumeModifier());
      continue;
    }
    flush();
    if (consume('end') === undefined) throw fail();
  }
  return parts;
}

function toRegexp(parts, options) {
  let source = '^';
  for (let i = 0; i < parts.length; i++) {
    const { type, value, modifier, prefix, suffix } = parts[i];
    if (type === 'fixed-text') {
      source += modifier === '' ? escapeRegexp(value) : `(?:${escapeRegexp(value)})${modifier}`;
      continue;
    }
    const re = type === 'segment-wildcard' ? segmentWildcard(options) : type === 'full-wildcard' ? '.*' : value;
    const once = modifier === '' || modifier === '?';
    if (prefix === '' && suffix === '') {
      source += once ? `(${re})${modifier}` : `((?:${re})${modifier})`;
      continue;
    }
    const before = escapeRegexp(prefix);
    const after = escapeRegexp(suffix);
    if (once) source += `(?:${before}(${re})${after})${modifier}`;
    else source += `(?:${before}((?:${re})(?:${after}${before}(?:${re}))*)${after})${modifier === '*' ? '?' : ''}`;
  }
  return `${source}$`;
}

const beginsName = (text) => isIdentifier(text.codePointAt(0), false);

// Whether a part has to stand in braces to be read as it is.
function needsGrouping(part, prev, next, options, named) {
  if (part.suffix !== '' || (part.prefix !== '' && part.prefix !== options.prefix)) return true;
  if (named && part.type === 'segment-wildcard' && part.modifier === '' && next !== undefined && next.prefix === '' &&
      next.suffix === '') {
    if (next.type === 'fixed-text' ? beginsName(next.value) : /^\d/.test(next.name)) return true;
  }
  return part.prefix === '' && prev !== undefined && prev.type === 'fixed-text' && options.prefix !== '' &&
    prev.value.endsWith(options.prefix);
}

function toPatternString(parts, options) {
  let result = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    const { type, value, modifier, name, prefix, suffix } = part;
    const prev = parts[i - 1];
    if (type === 'fixed-text') {
      result += modifier === '' ? escapePattern(value) : `{${escapePattern(value)}}${modifier}`;
      continue;
    }
    const named = !/^\d/.test(name);
    const grouped = needsGrouping(part, prev, parts[i + 1], options, named);
    if (grouped) result += '{';
    result += escapePattern(prefix);
    if (named) result += `:${name}`;
    if (type === 'regexp') {
      result += `(${value})`;
    } else if (type === 'segment-wildcard') {
      if (!named) result += `(${segmentWildcard(options)})`;
    } else if (!named && (prev === undefined || prev.type === 'fixed-text' || prev.modifier !== '' || grouped || prefix !== '')) {
      result += '*';
    } else {
      result += '(.*)';
    }
    if (type === 'segment-wildcard' && named && suffix !== '' && beginsName(suffix)) result += '\\';
    result += escapePattern(suffix);
    if (grouped) result += '}';
    result += modifier;
  }
  return result;
}

function compile(input, encode, options, ignoreCase) {
  const parts = parsePattern(input, options, encode);
  let regexp;
  try {
    regexp = new RegExp(toRegexp(parts, options), ignoreCase ? 'ui' : 'u');
  } catch {
    throw fail();
  }
  return {
    regexp,
    names: parts.filter((part) => part.type !== 'fixed-text').map((part) => part.name),
    pattern: toPatternString(parts, options),
    hasRegexp: parts.some((part) => part.type === 'regexp'),
  };
}

const plain = { delimiter: '', prefix: '' };
const hostnameOptions = { delimiter: '.', prefix: '' };
const pathnameOptions = { delimiter: '/', prefix: '/' };

// Canonical forms, found by means of a URL that has the value

const defaultPorts = { '__proto__': null, 'http': '80', 'https': '443', 'ws': '80', 'wss': '443', 'ftp': '21', 'file': '' };
const isSpecial = (protocol) => defaultPorts[protocol] !== undefined;
const dummy = () => new URL('https://dummy.invalid/');

function parseURL(input, base) {
  try {
    return new URL(input, base);
  } catch {
    return undefined;
  }
}

function canonicalProtocol(value) {
  if (value === '') return '';
  const url = parseURL(`${value}://dummy.invalid/`);
  if (url === undefined) throw fail();
  return url.protocol.slice(0, -1);
}

function viaSetter(member, skip = 0) {
  return (value) => {
    if (value === '') return '';
    const url = dummy();
    url[member] = value;
    return url[member].slice(skip);
  };
}
const canonicalUsername = viaSetter('username');
const canonicalPassword = viaSetter('password');
const canonicalSearch = viaSetter('search', 1);
const canonicalHash = viaSetter('hash', 1);

function canonicalHostname(value) {
  if (value === '') return '';
  const url = dummy();
  url.hostname = value;
  if (url.hostname === 'dummy.invalid' && value !== 'dummy.invalid') throw fail();
  return url.hostname;
}

function canonicalIPv6(value) {
  if (!/^[0-9a-f[\]:]*$/i.test(value)) throw fail();
  return value.toLowerCase();
}

function canonicalPort(value, protocol) {
  if (value === '') return '';
  const digits = /^\d+/.exec(value.replace(/[\t\n\r]/g, ''));
  if (digits === null || +digits[0] > 65535) throw fail();
  const port = `${+digits[0]}`;
  return port === defaultPorts[protocol] ? '' : port;
}

function canonicalPathname(value) {
  if (value === '') return '';
  const url = dummy();
  if (value[0] === '/') {
    url.pathname = value;
    return url.pathname;
  }
  url.pathname = `/-${value}`;
  return url.pathname.slice(2);
}

function canonicalOpaque(value) {
  if (value === '') return '';
  const url = parseURL(`data:${value.replace(/[?#]/g, (c) => (c === '?' ? '%3F' : '%23'))}`);
  if (url === undefined) throw fail();
  return url.pathname;
}

const forPathname = (protocol) => (protocol === '' || isSpecial(protocol) ? canonicalPathname : canonicalOpaque);

// Dictionaries

const components = ['protocol', 'username', 'password', 'hostname', 'port', 'pathname', 'search', 'hash'];
const initMembers = [...components, 'baseURL'];

function toInit(input) {
  const init = {};
  for (let i = 0; i < initMembers.length; i++) {
    const value = input[initMembers[i]];
    init[initMembers[i]] = value === undefined ? undefined : `${value}`;
  }
  return init;
}

function isAbsolutePathname(input, isPattern) {
  if (input === '') return false;
  return input[0] === '/' || (isPattern && (input.startsWith('\\/') || input.startsWith('{/')));
}

// What a base URL gives where the dictionary says nothing: each component as
// long as those before it are missing, too.
function inherit(result, init, base, isPattern) {
  const escape = isPattern ? escapePattern : (text) => text;
  const missing = (...names) => names.every((name) => init[name] === undefined);
  if (missing('protocol')) result.protocol = escape(base.protocol.slice(0, -1));
  if (!isPattern && missing('protocol', 'hostname', 'port', 'username')) {
    result.username = base.username;
    if (missing('password')) result.password = base.password;
  }
  if (!missing('protocol', 'hostname')) return;
  result.hostname = escape(base.hostname);
  if (!missing('port')) return;
  result.port = escape(base.port);
  if (!missing('pathname')) return;
  result.pathname = escape(base.pathname);
  if (!missing('search')) return;
  result.search = escape(base.search.slice(1));
  if (missing('hash')) result.hash = escape(base.hash.slice(1));
}

function processInit(init, isPattern, defaults) {
  const result = { ...defaults };
  let base;
  if (init.baseURL !== undefined) {
    base = parseURL(init.baseURL);
    if (base === undefined) throw fail();
    inherit(result, init, base, isPattern);
  }
  const set = (name, strip, canonical) => {
    let value = init[name];
    if (value === undefined) return;
    if (strip !== undefined) value = value.replace(strip, '');
    result[name] = isPattern ? value : canonical(value);
  };
  set('protocol', /:$/, canonicalProtocol);
  set('username', undefined, canonicalUsername);
  set('password', undefined, canonicalPassword);
  set('hostname', undefined, (value) => (value[0] === '[' ? canonicalIPv6(value) : canonicalHostname(value)));
  const protocol = result.protocol ?? '';
  set('port', undefined, (value) => canonicalPort(value, protocol));
  if (init.pathname !== undefined) {
    let { pathname } = init;
    // A URL that has an opaque path has nothing to resolve against.
    if (base !== undefined && base.pathname.startsWith('/') && !isAbsolutePathname(pathname, isPattern)) {
      const path = isPattern ? escapePattern(base.pathname) : base.pathname;
      pathname = path.slice(0, path.lastIndexOf('/') + 1) + pathname;
    }
    result.pathname = isPattern ? pathname : forPathname(protocol)(pathname);
  }
  set('search', /^\?/, canonicalSearch);
  set('hash', /^#/, canonicalHash);
  return result;
}

// The constructor string parser: which part of a URL each stretch of tokens is

const matchesSpecial = (component) => Object.keys(defaultPorts).some((scheme) => component.regexp.test(scheme));
const textTypes = ['char', 'escaped-char', 'invalid-char'];
const beforeHost = ['protocol', 'authority', 'username', 'password'];
const beforePath = [...beforeHost, 'hostname', 'port'];

function parseConstructorString(input) {
  const tokens = tokenize(input, true);
  const result = {};
  let state = 'init';
  let start = 0;
  let index = 0;
  let step = 1;
  let groups = 0;
  let brackets = 0;
  let special = false;

  const is = (value, at = index) => at < tokens.length && tokens[at].value === value && textTypes.includes(tokens[at].type);
  const isSearch = () => {
    if (is('?')) return true;
    if (tokens[index].value !== '?') return false;
    return index === 0 || !['name', 'regexp', 'close', 'asterisk'].includes(tokens[index - 1].type);
  };
  const component = () => input.slice(tokens[start].index, tokens[index].index);
  function rewind(newState) {
    index = start;
    step = 0;
    if (newState !== undefined) state = newState;
  }
  function change(newState, skip) {
    if (state !== 'init' && state !== 'authority' && state !== 'done') result[state] = component();
    if (state !== 'init' && newState !== 'done') {
      if (beforeHost.includes(state) && ['port', 'pathname', 'search', 'hash'].includes(newState)) result.hostname ??= '';
      if (beforePath.includes(state) && (newState === 'search' || newState === 'hash')) result.pathname ??= special ? '/' : '';
      if ((beforePath.includes(state) || state === 'pathname') && newState === 'hash') result.search ??= '';
    }
    state = newState;
    index += skip;
    start = index;
    step = 0;
  }
  // What ends every component that may be followed by all of these.
  function tail() {
    if (state !== 'pathname' && state !== 'search' && is('/')) change('pathname', 0);
    else if (state !== 'search' && isSearch()) change('search', 1);
    else if (is('#')) change('hash', 1);
  }

  for (; index < tokens.length; index += step) {
    step = 1;
    const { type } = tokens[index];
    if (type === 'end') {
      if (state === 'init') {
        rewind();
        if (is('#')) change('hash', 1);
        else if (isSearch()) change('search', 1);
        else change('pathname', 0);
        continue;
      }
      if (state === 'authority') {
        rewind('hostname');
        continue;
      }
      change('done', 0);
      break;
    }
    if (type === 'open') {
      groups++;
      continue;
    }
    if (groups > 0) {
      if (type !== 'close') continue;
      groups--;
    }
    switch (state) {
      case 'init':
        if (is(':')) rewind('protocol');
        break;
      case 'protocol':
        if (is(':')) {
          special = matchesSpecial(compile(component(), canonicalProtocol, plain, false));
          if (is('/', index + 1) && is('/', index + 2)) change('authority', 3);
          else change(special ? 'authority' : 'pathname', 1);
        }
        break;
      case 'authority':
        if (is('@')) rewind('username');
        else if (is('/') || isSearch() || is('#')) rewind('hostname');
        break;
      case 'username':
        if (is(':')) change('password', 1);
        else if (is('@')) change('hostname', 1);
        break;
      case 'password':
        if (is('@')) change('hostname', 1);
        break;
      case 'hostname':
        if (is('[')) brackets++;
        else if (is(']')) brackets--;
        else if (is(':') && brackets === 0) change('port', 1);
        else tail();
        break;
      default:
        tail();
    }
  }
  if (result.hostname !== undefined) result.port ??= '';
  return result;
}

const isIPv6Pattern = (input) => input.length > 1 && /^(?:\[|\{\[|\\\[)/.test(input);

// What an object holds: its compiled components by name, in a private field.
function build(init, ignoreCase) {
  const processed = processInit(init, true, {});
  for (let i = 0; i < components.length; i++) processed[components[i]] ??= '*';
  if (isSpecial(processed.protocol) && processed.port === defaultPorts[processed.protocol]) processed.port = '';
  const { protocol, username, password, hostname, port, pathname, search, hash } = processed;
  const c = {};
  c.protocol = compile(protocol, canonicalProtocol, plain, false);
  c.username = compile(username, canonicalUsername, plain, false);
  c.password = compile(password, canonicalPassword, plain, false);
  c.hostname = compile(hostname, isIPv6Pattern(hostname) ? canonicalIPv6 : canonicalHostname, hostnameOptions, false);
  c.port = compile(port, canonicalPort, plain, false);
  c.pathname = matchesSpecial(c.protocol) ? compile(pathname, canonicalPathname, pathnameOptions, ignoreCase) :
    compile(pathname, canonicalOpaque, plain, ignoreCase);
  c.search = compile(search, canonicalSearch, plain, ignoreCase);
  c.hash = compile(hash, canonicalHash, plain, ignoreCase);
  return c;
}

const empty = Object.fromEntries(components.map((name) => [name, '']));

function urlComponents(url) {
  return {
    protocol: url.protocol.slice(0, -1), username: url.username, password: url.password, hostname: url.hostname, port: url.port,
    pathname: url.pathname, search: url.search.slice(1), hash: url.hash.slice(1),
  };
}

// The components of what a pattern is matched with; undefined if that is no URL.
function inputComponents(input, baseURL) {
  if (typeof input === 'string') {
    const url = parseURL(input, baseURL);
    return url === undefined ? undefined : urlComponents(url);
  }
  try {
    return processInit(input, false, empty);
  } catch {
    return undefined;
  }
}

function toInput(input) {
  if (input === undefined || input === null) return toInit({});
  if (typeof input === 'string') return input;
  if (typeof input === 'object' || typeof input === 'function') return toInit(input);
  const err = new TypeError('Input must be an object or a string');
  err.code = 'ERR_INVALID_ARG_TYPE';
  throw err;
}

// Results and their groups list the components in this order.
const sorted = ['hash', 'hostname', 'inputs', 'password', 'pathname', 'port', 'protocol', 'search', 'username'];

class URLPattern {
  #components;

  constructor() { // the standard's overloads have no argument in common
    const input = toInput(arguments[0]);
    let baseURL = arguments[1];
    let options = arguments[2];
    if (baseURL !== undefined && typeof baseURL !== 'string') {
      options = baseURL;
      baseURL = undefined;
    }
    const ignoreCase = Boolean(options?.ignoreCase);
    let init = input;
    if (typeof input === 'string') {
      init = parseConstructorString(input);
      if (baseURL !== undefined) init.baseURL = baseURL;
      else if (init.protocol === undefined) throw fail();
    } else if (baseURL !== undefined) {
      throw fail();
    }
    this.#components = build(init, ignoreCase);
  }

  static of(pattern) {
    if (typeof pattern !== 'object' || pattern === null || !(#components in pattern)) throw new TypeError('Illegal invocation');
    return pattern.#components;
  }
}
const componentsOf = URLPattern.of;
delete URLPattern.of;

function match(pattern, input, baseURL) {
  const compiled = componentsOf(pattern);
  input = toInput(input);
  if (typeof input !== 'string' && baseURL !== undefined) throw fail();
  if (baseURL !== undefined) baseURL = `${baseURL}`;
  const values = inputComponents(input, baseURL);
  if (values === undefined) return null;
  const found = {};
  for (let i = 0; i < components.length; i++) {
    const name = components[i];
    const result = compiled[name].regexp.exec(values[name]);
    if (result === null) return null;
    found[name] = result;
  }
  return { values, found, compiled, inputs: baseURL === undefined ? [input] : [input, baseURL] };
}

const members = {
  exec() {
    const m = match(this, arguments[0], arguments[1]);
    if (m === null) return null;
    const result = { __proto__: null };
    for (let i = 0; i < sorted.length; i++) {
      const name = sorted[i];
      if (name === 'inputs') {
        result.inputs = m.inputs;
        continue;
      }
      const groups = {};
      const { names } = m.compiled[name];
      for (let k = 0; k < names.length; k++) groups[names[k]] = m.found[name][k + 1];
      result[name] = { groups, input: m.values[name] };
    }
    return result;
  },
  test() { return match(this, arguments[0], arguments[1]) !== null; },
};

const ctor = Object.getOwnPropertyDescriptor(URLPattern.prototype, 'constructor');
delete URLPattern.prototype.constructor;
for (const name of [...components, 'hasRegExpGroups']) {
  const get = name === 'hasRegExpGroups' ?
    function() {
      const c = componentsOf(this);
      return components.some((key) => c[key].hasRegexp);
    } :
    function() { return componentsOf(this)[name].pattern; };
  Object.defineProperty(URLPattern.prototype, name, { __proto__: null, get, enumerable: true, configurable: true });
}
for (const name of ['exec', 'test']) {
  Object.defineProperty(URLPattern.prototype, name,
    { __proto__: null, value: members[name], writable: true, enumerable: true, configurable: true });
}
Object.defineProperty(URLPattern.prototype, 'constructor', ctor);

module.exports = { URLPattern };
