'use strict';
// dns/promises: as dns.js, with promises for callbacks.

const cares = internalBinding('cares_wrap');
const { codes } = require('internal/errors');
const { validatePort, validateString } = require('internal/validators');
const { isIP } = require('internal/net');
const { DNSException } = require('internal/uv_errors');
const utils = require('internal/dns/utils');

const { GetAddrInfoReqWrap, GetNameInfoReqWrap, QueryReqWrap } = cares;

function onlookup(err, addresses) {
  if (err) return this.reject(new DNSException(err, 'getaddrinfo', this.hostname));
  this.resolve({ address: addresses[0], family: this.family || isIP(addresses[0]) });
}

function onlookupall(err, addresses) {
  if (err) return this.reject(new DNSException(err, 'getaddrinfo', this.hostname));
  const out = [];
  for (let i = 0; i < addresses.length; i++) {
    out.push({ address: addresses[i], family: this.family || isIP(addresses[i]) });
  }
  this.resolve(out);
}

function lookup(hostname, options) {
  if (hostname) validateString(hostname, 'hostname');
  if (options != null && typeof options !== 'object' && typeof options !== 'number') {
    throw new codes.ERR_INVALID_ARG_TYPE('options', ['integer', 'object'], options);
  }
  const o = utils.lookupOptions(options ?? {});
  if (!hostname) {
    utils.warnFalsyHostname(hostname);
    return Promise.resolve(o.all ? [] : { address: null, family: o.family === 6 ? 6 : 4 });
  }
  const version = isIP(hostname);
  if (version) {
    const entry = { address: hostname, family: version };
    return Promise.resolve(o.all ? [entry] : entry);
  }
  return new Promise((resolve, reject) => {
    const req = new GetAddrInfoReqWrap();
    req.family = o.family;
    req.hostname = hostname;
    req.oncomplete = o.all ? onlookupall : onlookup;
    req.resolve = resolve;
    req.reject = reject;
    const err = cares.getaddrinfo(req, hostname, o.family, o.hints, utils.orderNumbers[o.order]);
    if (err) reject(new DNSException(err, 'getaddrinfo', hostname));
  });
}

function onlookupservice(err, hostname, service) {
  if (err) return this.reject(new DNSException(err, 'getnameinfo', this.hostname));
  this.resolve({ hostname, service });
}

function lookupService(address, port) {
  if (arguments.length !== 2) throw new codes.ERR_MISSING_ARGS('address', 'port');
  if (isIP(address) === 0) throw new codes.ERR_INVALID_ARG_VALUE('address', address);
  validatePort(port);
  return new Promise((resolve, reject) => {
    const req = new GetNameInfoReqWrap();
    req.hostname = address;
    req.port = +port;
    req.oncomplete = onlookupservice;
    req.resolve = resolve;
    req.reject = reject;
    const err = cares.getnameinfo(req, address, +port);
    if (err) reject(new DNSException(err, 'getnameinfo', address));
  });
}

function onresolve(err, result, ttls) {
  if (err) return this.reject(new DNSException(err, this.bindingName, this.hostname));
  if (ttls && this.ttl) {
    const out = [];
    for (let i = 0; i < result.length; i++) out.push({ address: result[i], ttl: ttls[i] });
    result = out;
  }
  this.resolve(result);
}

function query(bindingName) {
  function query(name, options) {
    validateString(name, 'name');
    return new Promise((resolve, reject) => {
      const req = new QueryReqWrap();
      req.bindingName = bindingName;
      req.hostname = name;
      req.oncomplete = onresolve;
      req.ttl = Boolean(options?.ttl);
      req.resolve = resolve;
      req.reject = reject;
      const err = this._handle[bindingName](req, name);
      if (err) reject(new DNSException(err, bindingName, name));
    });
  }
  Object.defineProperty(query, 'name', { __proto__: null, value: bindingName });
  return query;
}

class Resolver extends utils.ResolverBase {
  resolve(hostname, rrtype) {
    validateString(hostname, 'name');
    let method = 'resolve4';
    if (rrtype !== undefined) {
      validateString(rrtype, 'rrtype');
      method = utils.rrtypes[rrtype];
      if (method === undefined) throw new codes.ERR_INVALID_ARG_VALUE('rrtype', rrtype);
    }
    return this[method](hostname);
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
  ...utils.errorCodes,
};

// On the default resolver's channel, which setServers replaces.
function bound(method) {
  const fn = Resolver.prototype[method];
  module.exports[method] = {
    [method]: function() {
      const self = utils.getDefaultResolver();
      if (method === 'getServers') return self.getServers();
      if (method !== 'resolve') return fn.apply(self, arguments);
      // resolve goes through a promise resolver that shares the channel.
      const view = Object.create(Resolver.prototype);
      view._handle = self._handle;
      return fn.apply(view, arguments);
    },
  }[method];
}
bound('getServers');
bound('resolve');
for (let i = 0; i < utils.queries.length; i++) bound(utils.queries[i][0]);
bound('reverse');
