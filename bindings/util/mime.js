'use strict';
// MIMEType and MIMEParams, by the WHATWG's MIME Sniffing standard.

const { codes } = require('internal/errors');

const notToken = /[^!#$%&'*+\-.^_`|~A-Za-z0-9]/;
const notQuoted = /[^\t\u0020-~\u0080-\u00FF]/;
const notBlank = /[^\r\n\t ]/;

const lower = (s) => s.replace(/[A-Z]/g, (c) => c.toLowerCase());

function firstNotBlank(s, from) {
  const i = s.slice(from).search(notBlank);
  return i === -1 ? s.length : from + i;
}

const trimEnd = (s) => s.replace(/[\r\n\t ]+$/, '');

function parseType(str) {
  let position = firstNotBlank(str, 0);
  const slash = str.indexOf('/', position);
  const trimmedType = slash === -1 ? str.slice(position) : str.slice(position, slash);
  const bad = trimmedType.search(notToken);
  if (trimmedType === '' || bad !== -1 || slash === -1) {
    throw new codes.ERR_INVALID_MIME_SYNTAX('type', str, bad);
  }
  position = slash + 1;
  const semicolon = str.indexOf(';', position);
  const rawSubtype = semicolon === -1 ? str.slice(position) : str.slice(position, semicolon);
  const subtype = trimEnd(rawSubtype);
  position += rawSubtype.length;
  if (semicolon !== -1) position++;
  const badSub = subtype.search(notToken);
  if (subtype === '' || badSub !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('subtype', str, badSub);
  return [lower(trimmedType), lower(subtype), position];
}

const removeBackslashes = (s) => s.replace(/\\([\s\S])/g, '$1').replace(/\\$/, '\\');
const escapeQuotes = (s) => s.replace(/[\\"]/g, '\\$&');
const quote = (s) => {
  if (s.length === 0) return '""';
  return notToken.test(s) ? `"${escapeQuotes(s)}"` : s;
};

class MIMEParams {
  #data = new Map();
  #lazy = null; // [text, position] not yet parsed
  #checked = true;

  static from(text, position) {
    const p = new MIMEParams();
    p.#lazy = [text, position];
    return p;
  }

  #map() {
    if (this.#lazy !== null) {
      const text = this.#lazy[0], position = this.#lazy[1];
      this.#lazy = null;
      this.#parse(text, position);
    }
    return this.#data;
  }

  delete(name) { this.#map().delete(name); }

  get(name) {
    const data = this.#map();
    return data.has(name) ? data.get(name) : null;
  }

  has(name) { return this.#map().has(name); }

  set(name, value) {
    const data = this.#map();
    name = `${name}`;
    value = `${value}`;
    const bad = name.search(notToken);
    if (name.length === 0 || bad !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('parameter name', name, bad);
    const badValue = value.search(notQuoted);
    if (badValue !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('parameter value', value, badValue);
    data.set(name, value);
  }

  *entries() { yield* this.#map().entries(); }

  *keys() { yield* this.#map().keys(); }

  *values() { yield* this.#map().values(); }

  toString() {
    const out = [];
    this.#map().forEach((value, key) => { out.push(`${key}=${quote(value)}`); });
    return out.join(';');
  }

  #parse(str, position) {
    const data = this.#data;
    while (position < str.length) {
      position = firstNotBlank(str, position);
      let end = position;
      while (end < str.length && str[end] !== ';' && str[end] !== '=') end++;
      const name = lower(str.slice(position, end));
      position = end;
      if (position < str.length) {
        if (str[position++] === ';') continue; // no value
      }
      if (position >= str.length) break;
      let value;
      if (str[position] === '"') {
        let i = position + 1, closed = false;
        for (; i < str.length; i++) {
          if (str[i] === '\\') i++;
          else if (str[i] === '"') {
            closed = true;
            break;
          }
        }
        const inner = str.slice(position + 1, closed ? i : str.length);
        value = removeBackslashes(inner);
        position = closed ? i + 1 : str.length;
        const next = str.indexOf(';', position);
        position = next === -1 ? str.length : next + 1;
      } else {
        const next = str.indexOf(';', position);
        const raw = str.slice(position, next === -1 ? str.length : next);
        position += raw.length + 1;
        value = trimEnd(raw);
        if (value === '') continue;
      }
      if (name !== '' && !notToken.test(name) && !notQuoted.test(value) && !data.has(name)) data.set(name, value);
    }
  }
}
Object.defineProperty(MIMEParams.prototype, Symbol.iterator, { __proto__: null, configurable: true, writable: true, value: MIMEParams.prototype.entries });
Object.defineProperty(MIMEParams.prototype, 'toJSON', { __proto__: null, configurable: true, writable: true, value: MIMEParams.prototype.toString });
const makeParams = MIMEParams.from;
delete MIMEParams.from;

class MIMEType {
  #type;
  #subtype;
  #parameters;

  constructor(string) {
    string = `${string}`;
    const parts = parseType(string);
    this.#type = parts[0];
    this.#subtype = parts[1];
    this.#parameters = makeParams(string, parts[2]);
  }

  get type() { return this.#type; }

  set type(v) {
    v = `${v}`;
    const bad = v.search(notToken);
    if (v.length === 0 || bad !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('type', v, bad);
    this.#type = lower(v);
  }

  get subtype() { return this.#subtype; }

  set subtype(v) {
    v = `${v}`;
    const bad = v.search(notToken);
    if (v.length === 0 || bad !== -1) throw new codes.ERR_INVALID_MIME_SYNTAX('subtype', v, bad);
    this.#subtype = lower(v);
  }

  get essence() { return `${this.#type}/${this.#subtype}`; }

  get params() { return this.#parameters; }

  toString() {
    const params = this.#parameters.toString();
    return params === '' ? this.essence : `${this.essence};${params}`;
  }
}
Object.defineProperty(MIMEType.prototype, 'toJSON', { __proto__: null, configurable: true, writable: true, value: MIMEType.prototype.toString });

module.exports = { MIMEParams, MIMEType };
