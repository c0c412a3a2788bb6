'use strict';

const cares = internalBinding('cares_wrap');
const { codes } = require('internal/errors');
const { validateFunction, validatePort, validateString } = require('internal/validators');
const { isIP } = require('internal/net');
const { DNSException } = require('internal/uv_errors');
const { customPromisifyArgs, defineLazy } = require('internal/util');
const utils = require('internal/dns/utils');

const { GetAddrInfoReqWrap, GetNameInfoReqWrap, QueryReqWrap } = cares;

function onlookup(err, addresses) {
  if (err) return this.callback(new DNSException(err, 'getaddrinfo', this.hostname));
  this.callback(null, addresses[0], this.family || isIP(addresses[0]));
}

function onlookupall(err, addresses) {
  if (err) return this.callback(new DNSException(err, 'getaddrinfo', this.hostname));
  const { family } = this;
  const out = [];
  for (let i = 0; i < addresses.length; i++) {
    out.push({ address: addresses[i], family: family || isIP(addresses[i]) });
  }
  this.callback(null, out);
}

// (hostname[, options], callback); options may be a family.
function lookup(hostname, options, callback) {
  if (hostname) validateString(hostname, 'hostname');
  let o;
  if (typeof options === 'function') {
    callback = options;
    o = { family: 0, hints: 0, all: false, order: utils.getDefaultResultOrder() };
  } else if (typeof options === 'number') {
    validateFunction(callback, 'callback');
    o = utils.lookupOptions(options);
  } else if (options !== undefined && typeof options !== 'object') {
    validateFunction(arguments.length === 2 ? options : callback, 'callback');
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  } else {
    validateFunction(callback, 'callback');
    o = utils.lookupOptions(options ?? {});
  }
  if (!hostname) {
    utils.warnFalsyHostname(hostname);
    if (o.all) process.nextTick(callback, null, []);
    else process.nextTick(callback, null, null, o.family === 6 ? 6 : 4);
    return {};
  }
  const version = isIP(hostname);
  if (version) {
    if (o.all) process.nextTick(callback, null, [{ address: hostname, family: version }]);
    else process.nextTick(callback, null, hostname, version);
    return {};
  }
  const req = new GetAddrInfoReqWrap();
  req.callback = callback;
  req.family = o.family;
  req.hostname = hostname;
  req.oncomplete = o.all ? onlookupall : onlookup;
  const err = cares.getaddrinfo(req, hostname, o.family, o.hints, utils.orderNumbers[o.order]);
  if (err) {
    process.nextTick(callback, new DNSException(err, 'getaddrinfo', hostname));
    return {};
  }
  return req;
}
Object.defineProperty(lookup, customPromisifyArgs, { __proto__: null, value: ['address', 'family'], enumerable: false });

function onlookupservice(err, hostname, service) {
  if (err) return this.callback(new DNSException(err, 'getnameinfo', this.hostname));
  this.callback(null, hostname, service);
}

function lookupService(address, port, callback) {
  if (arguments.length !== 3) throw new codes.ERR_MISSING_ARGS('address', 'port', 'callback');
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  validateFunction(callback, 'callback');
  port = +port;
  const req = new GetNameInfoReqWrap();
  req.callback = callback;
  req.hostname = address;
  req.port = port;
  req.oncomplete = onlookupservice;
  const err = cares.getnameinfo(req, address, port);
  if (err) throw new DNSException(err, 'getnameinfo', address);
  return req;
}
Object.defineProperty(lookupService, customPromisifyArgs, { __proto__: null, value: ['hostname', 'service'], enumerable: false });

function onresolve(err, result, ttls) {
  if (err) return this.callback(new DNSException(err, this.bindingName, this.hostname));
  if (ttls && this.ttl) {
    const out = [];
    for (let i = 0; i < result.length; i++) out.push({ address: result[i], ttl: ttls[i] });
    result = out;
  }
  this.callback(null, result);
}

function query(bindingName) {
  function query(name, /* options, */ callback) {
    let options;
    if (arguments.length > 2) {
      options = callback;
      callback = arguments[2];
    }
    validateString(name, 'name');
    validateFunction(callback, 'callback');
    const req = new QueryReqWrap();
    req.bindingName = bindingName;
    req.callback = callback;
    req.hostname = name;
    req.oncomplete = onresolve;
    req.ttl = Boolean(options?.ttl);
    const err = this._handle[bindingName](req, name);
    if (err) throw new DNSException(err, bindingName, name);
    return req;
  }
  Object.defineProperty(query, 'name', { __proto__: null, value: bindingName });
  return query;
}

class Resolver extends utils.ResolverBase {
  resolve(hostname, rrtype, callback) {
    let method;
    if (typeof hostname !== 'string') throw new codes.ERR_INVALID_ARG_TYPE('name', 'string', hostname);
    if (typeof rrtype === 'string') {
      method = utils.rrtypes[rrtype];
    } else if (typeof rrtype === 'function') {
      method = 'resolve4';
      callback = rrtype;
    } else {
      throw new codes.ERR_INVALID_ARG_TYPE('rrtype', 'string', rrtype);
    }
    if (method === undefined) throw new codes.ERR_INVALID_ARG_VALUE('rrtype', rrtype);
    return this[method](hostname, callback);
  }
}
for (let i = 0; i < utils.queries.length; i++) Resolver.prototype[utils.queries[i][0]] = query(utils.queries[i][1]);
Resolver.prototype.reverse = query('getHostByAddr');

module.exports = {
  lookup,
  lookupService,
  Resolver,
  getDefaultResultOrder: utils.getDefaultResultOrder,
  setDefaultResultOrder: utils.setDefaultResultOrder,
  setServers: utils.setServers,
  ADDRCONFIG: cares.AI_ADDRCONFIG,
  ALL: cares.AI_ALL,
  V4MAPPED: cares.AI_V4MAPPED,
  ...utils.errorCodes,
};

// The functions of the module are those of a resolver that setServers replaces.
function bound(method) {
  const fn = function() {
    const resolver = utils.getDefaultResolver();
    return resolver[method].apply(resolver, arguments);
  };
  Object.defineProperty(fn, 'name', { __proto__: null, value: method });
  module.exports[method] = fn;
}
bound('getServers');
bound('resolve');
for (let i = 0; i < utils.queries.length; i++) bound(utils.queries[i][0]);
bound('reverse');
defineLazy(module.exports, 'promises', () => require('internal/dns/promises'));
