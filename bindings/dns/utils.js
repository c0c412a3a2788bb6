'use strict';
// Resolver's common half, and the settings that all of dns shares.

const { codes } = require('internal/errors');
const { validateArray, validateInt32, validateOneOf, validateString, validateUint32 } = require('internal/validators');
const { isIP } = require('internal/net');
const cares = internalBinding('cares_wrap');

const orders = ['verbatim', 'ipv4first', 'ipv6first'];
const orderNumbers = {
  __proto__: null,
  verbatim: cares.DNS_ORDER_VERBATIM,
  ipv4first: cares.DNS_ORDER_IPV4_FIRST,
  ipv6first: cares.DNS_ORDER_IPV6_FIRST,
};

let defaultOrder;
function getDefaultResultOrder() {
  if (defaultOrder === undefined) {
    const flag = require('internal/options').getOptionValue('--dns-result-order');
    defaultOrder = orders.includes(flag) ? flag : 'verbatim';
  }
  return defaultOrder;
}
function setDefaultResultOrder(value) {
  validateOneOf(value, 'dnsOrder', orders);
  defaultOrder = value;
}

const IPv6RE = /^\[([^[\]]*)\]/;
const addrSplitRE = /(^.+?)(?::(\d+))?$/;

class ResolverBase {
  constructor(options = undefined) {
    const timeout = options?.timeout === undefined ? -1 : options.timeout;
    validateInt32(timeout, 'options.timeout', -1);
    const tries = options?.tries === undefined ? 4 : options.tries;
    validateInt32(tries, 'options.tries', 1);
    const maxTimeout = options?.maxTimeout === undefined ? 0 : options.maxTimeout;
    validateUint32(maxTimeout, 'options.maxTimeout');
    this._handle = new cares.ChannelWrap(timeout, tries, maxTimeout);
  }

  cancel() { this._handle.cancel(); }

  getServers() {
    const list = this._handle.getServers() || [];
    const out = [];
    for (let i = 0; i < list.length; i++) {
      const ip = list[i][0];
      const port = list[i][1];
      if (!port || port === 53) out.push(ip);
      else out.push(isIP(ip) === 6 ? `[${ip}]:${port}` : `${ip}:${port}`);
    }
    return out;
  }

  setServers(servers) {
    validateArray(servers, 'servers');
    const list = [];
    servers.forEach((server, index) => {
      validateString(server, `servers[${index}]`);
      let version = isIP(server);
      if (version !== 0) {
        list.push([version, server, 53]);
        return;
      }
      // A long string is no address: do not let the patterns loose on it.
      if (server.length <= 1024) {
        const m6 = IPv6RE.exec(server);
        if (m6) {
          version = isIP(m6[1]);
          if (version !== 0) {
            const port = parseInt(server.slice(m6[0].length + 1), 10) || 53;
            list.push([version, m6[1], port]);
            return;
          }
        }
        const m = addrSplitRE.exec(server);
        if (m) {
          version = isIP(m[1]);
          if (version !== 0) {
            list.push([version, m[1], parseInt(m[2] || 53, 10)]);
            return;
          }
        }
      }
      throw new codes.ERR_INVALID_IP_ADDRESS(server);
    });
    const err = this._handle.setServers(list);
    if (err !== 0) throw new codes.ERR_DNS_SET_SERVERS_FAILED(cares.strerror(err), String(servers));
  }

  setLocalAddress(ipv4, ipv6) {
    validateString(ipv4, 'ipv4');
    if (ipv6 !== undefined) validateString(ipv6, 'ipv6');
    this._handle.setLocalAddress(ipv4, ipv6);
  }
}

let defaultResolver;
function getDefaultResolver() {
  defaultResolver ??= new (require('dns').Resolver)();
  return defaultResolver;
}
// A query that runs keeps the servers that it was started with.
function setServers(servers) {
  const { Resolver } = require('dns');
  const resolver = new Resolver();
  resolver.setServers(servers);
  defaultResolver = resolver;
}

const errorCodes = {
  NODATA: 'ENODATA', FORMERR: 'EFORMERR', SERVFAIL: 'ESERVFAIL', NOTFOUND: 'ENOTFOUND', NOTIMP: 'ENOTIMP',
  REFUSED: 'EREFUSED', BADQUERY: 'EBADQUERY', BADNAME: 'EBADNAME', BADFAMILY: 'EBADFAMILY', BADRESP: 'EBADRESP',
  CONNREFUSED: 'ECONNREFUSED', TIMEOUT: 'ETIMEOUT', EOF: 'EOF', FILE: 'EFILE', NOMEM: 'ENOMEM',
  DESTRUCTION: 'EDESTRUCTION', BADSTR: 'EBADSTR', BADFLAGS: 'EBADFLAGS', NONAME: 'ENONAME', BADHINTS: 'EBADHINTS',
  NOTINITIALIZED: 'ENOTINITIALIZED', LOADIPHLPAPI: 'ELOADIPHLPAPI', ADDRGETNETWORKPARAMS: 'EADDRGETNETWORKPARAMS',
  CANCELLED: 'ECANCELLED',
};

// Method names of a resolver and their queries.
const queries = [
  ['resolve4', 'queryA'], ['resolve6', 'queryAaaa'], ['resolveAny', 'queryAny'], ['resolveCaa', 'queryCaa'],
  ['resolveCname', 'queryCname'], ['resolveMx', 'queryMx'], ['resolveNaptr', 'queryNaptr'], ['resolveNs', 'queryNs'],
  ['resolvePtr', 'queryPtr'], ['resolveSoa', 'querySoa'], ['resolveSrv', 'querySrv'], ['resolveTlsa', 'queryTlsa'],
  ['resolveTxt', 'queryTxt'],
];
const rrtypes = {
  __proto__: null,
  A: 'resolve4', AAAA: 'resolve6', ANY: 'resolveAny', CAA: 'resolveCaa', CNAME: 'resolveCname', MX: 'resolveMx',
  NAPTR: 'resolveNaptr', NS: 'resolveNs', PTR: 'resolvePtr', SOA: 'resolveSoa', SRV: 'resolveSrv', TLSA: 'resolveTlsa',
  TXT: 'resolveTxt',
};

function validateHints(hints) {
  if ((hints & ~(cares.AI_ADDRCONFIG | cares.AI_ALL | cares.AI_V4MAPPED)) !== 0) {
    throw new codes.ERR_INVALID_ARG_VALUE('hints', hints);
  }
}

// What lookup's options come to: {family, hints, all, order}.
const validFamilies = [0, 4, 6];
function lookupOptions(options) {
  const { validateBoolean, validateNumber } = require('internal/validators');
  const out = { family: 0, hints: 0, all: false, order: getDefaultResultOrder() };
  if (options === null || typeof options !== 'object') {
    validateOneOf(options, 'family', validFamilies);
    out.family = options;
    return out;
  }
  if (options.hints != null) {
    validateNumber(options.hints, 'options.hints');
    out.hints = options.hints >>> 0;
    validateHints(out.hints);
  }
  if (options.family != null) {
    switch (options.family) {
      case 'IPv4': out.family = 4; break;
      case 'IPv6': out.family = 6; break;
      default:
        validateOneOf(options.family, 'options.family', validFamilies);
        out.family = options.family;
    }
  }
  if (options.all != null) {
    validateBoolean(options.all, 'options.all');
    out.all = options.all;
  }
  if (options.verbatim != null) {
    validateBoolean(options.verbatim, 'options.verbatim');
    out.order = options.verbatim ? 'verbatim' : 'ipv4first';
  }
  if (options.order != null) {
    validateOneOf(options.order, 'options.order', orders);
    out.order = options.order;
  }
  return out;
}

let warnedFalsy = false;
function warnFalsyHostname(hostname) {
  if (warnedFalsy) return;
  warnedFalsy = true;
  process.emitWarning(`The provided hostname "${hostname}" is not a valid hostname, and is supported in the dns module ` +
                      'solely for compatibility.', 'DeprecationWarning', 'DEP0118');
}

module.exports = {
  ResolverBase, errorCodes, getDefaultResolver, getDefaultResultOrder, lookupOptions, orderNumbers, queries, rrtypes,
  setDefaultResultOrder, setServers, warnFalsyHostname,
};
