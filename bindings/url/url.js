'use strict';
// node:url: the legacy parser's objects, and the WHATWG classes.

const {
  URL, URLSearchParams, domainToASCII, domainToUnicode, fileURLToPath, fileURLToPathBuffer, invalidURL, isURL, native, pathToFileURL,
  urlToHttpOptions,
} = require('internal/url');
const { codes } = require('internal/errors');
const { validateObject, validateString } = require('internal/validators');

function Url() {
  this.protocol = null;
  this.slashes = null;
  this.auth = null;
  this.host = null;
  this.port = null;
  this.hostname = null;
  this.hash = null;
  this.search = null;
  this.query = null;
  this.pathname = null;
  this.path = null;
  this.href = null;
}

const slashedProtocol = new Set(['http', 'http:', 'https', 'https:', 'ftp', 'ftp:', 'gopher', 'gopher:', 'file', 'file:',
  'ws', 'ws:', 'wss', 'wss:']);
const hostlessProtocol = new Set(['javascript', 'javascript:']);

let warnedParse = false, warnedPort = false;

// Only the application's own use is worth a warning.
function calledFromDependency() {
  const lines = String(new Error().stack).split('\n');
  for (let i = 1; i < lines.length; i++) {
    if (lines[i].includes('node:') || !lines[i].includes('/')) continue;
    return lines[i].includes('node_modules');
  }
  return false;
}

function urlParse(url, parseQueryString, slashesDenoteHost) {
  if (!warnedParse) {
    warnedParse = true;
    if (!calledFromDependency()) {
      process.emitWarning('`url.parse()` behavior is not standardized and prone to errors that have security implications. ' +
        'Use the WHATWG URL API instead. CVEs are not issued for `url.parse()` vulnerabilities.', 'DeprecationWarning', 'DEP0169');
    } else {
      warnedParse = false;
    }
  }
  if (url instanceof Url) return url;
  return parseUrl(url, parseQueryString, slashesDenoteHost);
}

function parseUrl(url, parseQueryString, slashesDenoteHost) {
  const object = new Url();
  object.parse(url, parseQueryString, slashesDenoteHost);
  return object;
}

Url.prototype.parse = function(url, parseQueryString, slashesDenoteHost) {
  validateString(url, 'url');
  const parts = native.parseLegacy(url, !!slashesDenoteHost);
  if (typeof parts === 'string') {
    if (parts === 'URI') throw new URIError('URI malformed');
    throw invalidURL(url);
  }
  if (parts[11] && !warnedPort) {
    warnedPort = true;
    process.emitWarning(`The URL ${url} is invalid. Future versions of Node.js will throw an error.`, 'DeprecationWarning', 'DEP0170');
  }
  if (!parts[10]) {
    this.protocol = parts[0] ?? this.protocol;
    this.slashes = parts[1] ?? this.slashes;
    this.auth = parts[2] ?? this.auth;
    this.host = parts[3] ?? this.host;
    this.port = parts[4] ?? this.port;
    this.hostname = parts[5] ?? this.hostname;
    this.hash = parts[6] ?? this.hash;
  }
  this.search = parts[7] ?? this.search;
  this.query = parts[8] ?? this.query;
  this.pathname = parts[9] ?? this.pathname;
  if (parseQueryString) {
    if (parts[8] !== null) {
      this.query = require('querystring').parse(parts[8]);
    } else {
      this.search = null;
      this.query = { __proto__: null };
    }
  }
  if (this.pathname || this.search) this.path = (this.pathname || '') + (this.search || '');
  this.href = parts[10] ? this.path : this.format();
  return this;
};

function urlFormat(urlObject, options) {
  if (typeof urlObject === 'string') {
    urlObject = parseUrl(urlObject);
  } else if (typeof urlObject !== 'object' || urlObject === null) {
    throw new codes.ERR_INVALID_ARG_TYPE('urlObject', ['Object', 'string'], urlObject);
  } else if (isURL(urlObject)) {
    let fragment = true, unicode = false, search = true, auth = true;
    if (options) {
      validateObject(options, 'options');
      if (options.fragment != null) fragment = Boolean(options.fragment);
      if (options.unicode != null) unicode = Boolean(options.unicode);
      if (options.search != null) search = Boolean(options.search);
      if (options.auth != null) auth = Boolean(options.auth);
    }
    return native.format(urlObject.href, fragment, unicode, search, auth);
  }
  return Url.prototype.format.call(urlObject);
}

function isIPv6(hostname) { return hostname[0] === '[' && hostname[hostname.length - 1] === ']'; }

Url.prototype.format = function() {
  let auth = this.auth || '';
  if (auth) auth = `${native.encodeAuth(auth)}@`;
  let protocol = this.protocol || '';
  let pathname = this.pathname || '';
  let hash = this.hash || '';
  let host = '';
  let query = '';

  if (this.host) {
    host = auth + this.host;
  } else if (this.hostname) {
    host = auth + (this.hostname.includes(':') && !isIPv6(this.hostname) ? `[${this.hostname}]` : this.hostname);
    if (this.port) host += `:${this.port}`;
  }
  if (this.query !== null && typeof this.query === 'object') query = require('querystring').stringify(this.query);
  let search = this.search || (query && `?${query}`) || '';
  if (protocol && protocol[protocol.length - 1] !== ':') protocol += ':';
  if (pathname.includes('#')) pathname = pathname.replace(/#/g, '%23');
  if (pathname.includes('?')) pathname = pathname.replace(/\?/g, '%3F');

  // mailto: and its like have slashes only if they came with them.
  if (this.slashes || slashedProtocol.has(protocol)) {
    if (this.slashes || host) {
      if (pathname && pathname[0] !== '/') pathname = `/${pathname}`;
      host = `//${host}`;
    } else if (protocol.startsWith('file')) {
      host = '//';
    }
  }
  if (search.includes('#')) search = search.replace(/#/g, '%23');
  if (hash && hash[0] !== '#') hash = `#${hash}`;
  if (search && search[0] !== '?') search = `?${search}`;
  return protocol + host + pathname + search + hash;
};

function urlResolve(source, relative) { return parseUrl2(source).resolve(relative); }
function parseUrl2(source) { return source instanceof Url ? source : parseUrl(source, false, true); }

Url.prototype.resolve = function(relative) {
  return this.resolveObject(parseUrl2(relative)).format();
};

function urlResolveObject(source, relative) {
  if (!source) return relative;
  return parseUrl2(source).resolveObject(relative);
}

function setPath(url) {
  if (url.pathname !== null || url.search !== null) url.path = (url.pathname ? url.pathname : '') + (url.search ? url.search : '');
}

function finish(url) {
  url.href = url.format();
  return url;
}

// A host that was the path's first segment may bring its auth along.
function putHost(url, host) {
  url.hostname = url.host = host;
  const at = host ? host.indexOf('@') : -1;
  if (at > 0) {
    const parts = host.split('@');
    url.auth = parts[0];
    url.host = url.hostname = parts[1];
  }
}

function prepend(path, host) {
  if (path[0] === '') path[0] = host;
  else path.unshift(host);
}

Url.prototype.resolveObject = function(relative) {
  if (typeof relative === 'string') relative = parseUrl(relative, false, true);
  const result = new Url();
  Object.assign(result, this);
  // The hash is always the relative one's, even none.
  result.hash = relative.hash;
  if (relative.href === '') return finish(result);

  if (relative.slashes && !relative.protocol) {
    // "//host/path": all but the protocol.
    const { protocol } = result;
    Object.assign(result, relative);
    result.protocol = protocol;
    if (slashedProtocol.has(result.protocol) && result.hostname && !result.pathname) result.path = result.pathname = '/';
    return finish(result);
  }

  if (relative.protocol && relative.protocol !== result.protocol) return finish(otherProtocol(result, relative));

  const sourceAbsolute = result.pathname && result.pathname[0] === '/';
  const relativeAbsolute = relative.host || (relative.pathname && relative.pathname[0] === '/');
  let mustEndAbsolute = relativeAbsolute || sourceAbsolute || (result.host && relative.pathname);
  const removeAllDots = mustEndAbsolute;
  let path = result.pathname ? result.pathname.split('/') : [];
  const relPath = relative.pathname ? relative.pathname.split('/') : [];
  const noLeadingSlashes = result.protocol && !slashedProtocol.has(result.protocol);

  // Without slashes the host is a segment like the others, and ".." may reach it.
  if (noLeadingSlashes) {
    result.hostname = '';
    result.port = null;
    if (result.host) prepend(path, result.host);
    result.host = '';
    if (relative.protocol) {
      relative.hostname = null;
      relative.port = null;
      result.auth = null;
      if (relative.host) prepend(relPath, relative.host);
      relative.host = null;
    }
    mustEndAbsolute = mustEndAbsolute && (relPath[0] === '' || path[0] === '');
  }

  if (relativeAbsolute) {
    if (relative.host || relative.host === '') {
      if (result.host !== relative.host) result.auth = null;
      result.host = relative.host;
      result.port = relative.port;
    }
    if (relative.hostname || relative.hostname === '') {
      if (result.hostname !== relative.hostname) result.auth = null;
      result.hostname = relative.hostname;
    }
    result.search = relative.search;
    result.query = relative.query;
    path = relPath;
  } else if (relPath.length) {
    path.pop(); // the file that is replaced
    path = path.concat(relPath);
    result.search = relative.search;
    result.query = relative.query;
  } else if (relative.search !== null && relative.search !== undefined) {
    if (noLeadingSlashes) putHost(result, path.shift());
    result.search = relative.search;
    result.query = relative.query;
    setPath(result);
    return finish(result);
  }

  if (!path.length) {
    result.pathname = null;
    result.path = result.search ? `/${result.search}` : null;
    return finish(result);
  }

  const last = path[path.length - 1];
  const trailing = ((result.host || relative.host || path.length > 1) && (last === '.' || last === '..')) || last === '';

  let up = 0;
  for (let i = path.length - 1; i >= 0; i--) {
    if (path[i] === '.') {
      path.splice(i, 1);
    } else if (path[i] === '..') {
      path.splice(i, 1);
      up++;
    } else if (up) {
      path.splice(i, 1);
      up--;
    }
  }
  if (!mustEndAbsolute && !removeAllDots) while (up-- > 0) path.unshift('..');
  if (mustEndAbsolute && path[0] !== '' && (!path[0] || path[0][0] !== '/')) path.unshift('');
  if (trailing && path.join('/').slice(-1) !== '/') path.push('');

  const absolute = path[0] === '' || (path[0] && path[0][0] === '/');
  if (noLeadingSlashes) putHost(result, absolute ? '' : path.length ? path.shift() : '');
  mustEndAbsolute = mustEndAbsolute || (result.host && path.length);
  if (mustEndAbsolute && !absolute) path.unshift('');

  if (!path.length) {
    result.pathname = null;
    result.path = null;
  } else {
    result.pathname = path.join('/');
  }
  setPath(result);
  result.auth = relative.auth || result.auth;
  result.slashes = result.slashes || relative.slashes;
  return finish(result);
};

function otherProtocol(result, relative) {
  if (!slashedProtocol.has(relative.protocol)) return Object.assign(result, relative);
  result.protocol = relative.protocol;
  if (!relative.host && !/^file:?$/.test(relative.protocol) && !hostlessProtocol.has(relative.protocol)) {
    // "http:/a/b" of another protocol: the first segment is the host.
    const segments = (relative.pathname || '').split('/');
    relative.host = '';
    while (segments.length && !relative.host) relative.host = segments.shift();
    relative.host ||= '';
    relative.hostname ||= '';
    if (segments[0] !== '') segments.unshift('');
    if (segments.length < 2) segments.unshift('');
    result.pathname = segments.join('/');
  } else {
    result.pathname = relative.pathname;
  }
  result.search = relative.search;
  result.query = relative.query;
  result.host = relative.host || '';
  result.auth = relative.auth;
  result.hostname = relative.hostname || relative.host;
  result.port = relative.port;
  if (result.pathname || result.search) result.path = (result.pathname || '') + (result.search || '');
  result.slashes = result.slashes || relative.slashes;
  return result;
}

Url.prototype.parseHost = function() {
  let { host } = this;
  const port = /:[0-9]*$/.exec(host);
  if (port) {
    if (port[0] !== ':') this.port = port[0].slice(1);
    host = host.slice(0, host.length - port[0].length);
  }
  if (host) this.hostname = host;
};

module.exports = {
  Url,
  parse: urlParse,
  resolve: urlResolve,
  resolveObject: urlResolveObject,
  format: urlFormat,
  URL,
  URLSearchParams,
  domainToASCII,
  domainToUnicode,
  pathToFileURL,
  fileURLToPath,
  fileURLToPathBuffer,
  urlToHttpOptions,
};
require('internal/util').defineLazy(module.exports, 'URLPattern', () => require('internal/urlpattern').URLPattern);
