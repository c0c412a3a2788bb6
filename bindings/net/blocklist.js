'use strict';
// net.BlockList and net.SocketAddress; what they compute is Go.

const native = internalBinding('internal/net');
const { codes } = require('internal/errors');
const { validateArray, validateObject, validatePort, validateString, validateUint32, validateInt32 } =
  require('internal/validators');
const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

const kHandle = Symbol('kHandle');
const kDetail = Symbol('kDetail');
const kClone = Symbol.for('messaging_clone_symbol');

function checkFamily(family, name) {
  validateString(family, name);
  family = family.toLowerCase();
  if (family !== 'ipv4' && family !== 'ipv6') {
    throw new codes.ERR_INVALID_ARG_VALUE('options.family', family);
  }
  return family;
}

class SocketAddress {
  static isSocketAddress(value) { return value?.[kDetail] !== undefined; }

  static parse(input) {
    validateString(input, 'input');
    const found = native.parseSocketAddress(input);
    if (found === undefined) return undefined;
    return new SocketAddress({ address: found[0], port: found[1], family: found[2] });
  }

  constructor(options = {}) {
    validateObject(options, 'options');
    let { family = 'ipv4' } = options;
    const { address = family === 'ipv4' ? '127.0.0.1' : '::', port = 0, flowlabel = 0 } = options;
    if (typeof family?.toLowerCase === 'function') family = family.toLowerCase();
    if (family !== 'ipv4' && family !== 'ipv6') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.family', options.family);
    }
    validateString(address, 'options.address');
    validatePort(port, 'options.port');
    validateUint32(flowlabel, 'options.flowlabel', false);
    const canonical = native.canonical(address, family);
    if (canonical === undefined) throw new codes.ERR_INVALID_ADDRESS();
    this[kDetail] = { address: canonical, port: port | 0, family, flowlabel: family === 'ipv6' ? flowlabel & 0xfffff : 0 };
  }

  [kClone]() { return { deserializeInfo: 'internal/blocklist:SocketAddress', data: this.toJSON() }; }

  get address() { return this[kDetail].address; }
  get port() { return this[kDetail].port; }
  get family() { return this[kDetail].family; }
  get flowlabel() { return this[kDetail].flowlabel; }

  toJSON() {
    const d = this[kDetail];
    return { address: d.address, port: d.port, family: d.family, flowlabel: d.flowlabel };
  }

  [inspectSymbol](depth, options) {
    if (depth < 0) return this;
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `SocketAddress ${require('internal/util/inspect').inspect(this.toJSON(), opts)}`;
  }
}
Object.defineProperty(SocketAddress.prototype, kDetail, { __proto__: null, value: undefined, writable: true });

function addressOf(address, family, name) {
  if (SocketAddress.isSocketAddress(address)) return address[kDetail];
  validateString(address, name);
  family = checkFamily(family, 'family');
  const canonical = native.canonical(address, family);
  if (canonical === undefined) throw new codes.ERR_INVALID_ADDRESS();
  return { address: canonical, family };
}

// "10.0.0.0/8" → address, prefix length, family.
function splitCIDR(cidr) {
  validateString(cidr, 'cidr');
  const slash = cidr.lastIndexOf('/');
  if (slash === -1 || !/^\d+$/.test(cidr.slice(slash + 1))) {
    throw new codes.ERR_INVALID_ARG_VALUE('cidr', cidr, 'must contain a prefix length (e.g. "10.0.0.0/8")');
  }
  const network = cidr.slice(0, slash);
  return [network, +cidr.slice(slash + 1), network.includes(':') ? 'ipv6' : 'ipv4'];
}

class BlockList {
  static PRIVATE_RANGES = Object.freeze([
    '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '127.0.0.0/8', '::1/128', '169.254.0.0/16', 'fe80::/10', 'fc00::/7',
  ]);

  static isBlockList(value) { return value?.[kHandle] !== undefined; }

  constructor() { this[kHandle] = native.newBlockList(); }

  addAddress(address, family = 'ipv4') {
    const a = addressOf(address, family, 'address');
    this[kHandle].addAddress(a.address);
  }

  addRange(start, end, family = 'ipv4') {
    const a = addressOf(start, family, 'start');
    const b = addressOf(end, family, 'end');
    if (!this[kHandle].addRange(a.address, b.address)) {
      throw new codes.ERR_INVALID_ARG_VALUE('start', SocketAddress.isSocketAddress(start) ? start :
        new SocketAddress({ address: a.address, family: a.family }), 'must come before end');
    }
  }

  addSubnet(network, prefix, family = 'ipv4') {
    const a = addressOf(network, family, 'network');
    validateInt32(prefix, 'prefix', 0, a.family === 'ipv4' ? 32 : 128);
    this[kHandle].addSubnet(a.address, prefix);
  }

  addAddresses(addresses, family = 'ipv4') {
    validateArray(addresses, 'addresses');
    for (let i = 0; i < addresses.length; i++) this.addAddress(addresses[i], family);
  }

  addCIDR(cidr) {
    const [network, prefix, family] = splitCIDR(cidr);
    this.addSubnet(network, prefix, family);
  }

  addCIDRs(cidrs) {
    validateArray(cidrs, 'cidrs');
    for (let i = 0; i < cidrs.length; i++) this.addCIDR(cidrs[i]);
  }

  removeAddress(address, family = 'ipv4') {
    this[kHandle].remove(`A${addressOf(address, family, 'address').address}`);
  }

  removeRange(start, end, family = 'ipv4') {
    this[kHandle].remove(`R${addressOf(start, family, 'start').address}-${addressOf(end, family, 'end').address}`);
  }

  removeSubnet(network, prefix, family = 'ipv4') {
    const a = addressOf(network, family, 'network');
    validateInt32(prefix, 'prefix', 0, a.family === 'ipv4' ? 32 : 128);
    this[kHandle].remove(`S${a.address}/${prefix}`);
  }

  removeCIDR(cidr) {
    const [network, prefix, family] = splitCIDR(cidr);
    this.removeSubnet(network, prefix, family);
  }

  clear() { this[kHandle].clear(); }

  get size() { return this[kHandle].size(); }

  check(address, family = 'ipv4') {
    if (!SocketAddress.isSocketAddress(address)) {
      validateString(address, 'address');
      family = checkFamily(family, 'family');
      const canonical = native.canonical(address, family);
      // What is no address is in no list.
      if (canonical === undefined) return false;
      return this[kHandle].check(canonical);
    }
    return this[kHandle].check(address.address);
  }

  [kClone]() { return { deserializeInfo: 'internal/blocklist:BlockList', data: this.rules }; }

  get rules() { return this[kHandle].rules(); }

  toJSON() { return this.rules; }

  // The text of a list of rules, or the rules themselves.
  fromJSON(data) {
    const given = data;
    if (typeof data === 'string') data = JSON.parse(data);
    if (!Array.isArray(data) || !data.every((rule) => typeof rule === 'string')) {
      throw new codes.ERR_INVALID_ARG_TYPE('data', ['string', 'string[]'], given);
    }
    for (let i = 0; i < data.length; i++) {
      let m;
      if ((m = /^Address: IPv([46]) (\S+)$/.exec(data[i])) !== null) this.addAddress(m[2], `ipv${m[1]}`);
      else if ((m = /^Range: IPv([46]) ([^\s-]+)-(\S+)$/.exec(data[i])) !== null) this.addRange(m[2], m[3], `ipv${m[1]}`);
      else if ((m = /^Subnet: IPv([46]) (\S+)\/(\d+)$/.exec(data[i])) !== null) this.addSubnet(m[2], +m[3], `ipv${m[1]}`);
    }
  }

  [inspectSymbol](depth, options) {
    if (depth < 0) return this;
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `BlockList ${require('internal/util/inspect').inspect({ rules: this.rules }, opts)}`;
  }
}
Object.defineProperty(BlockList.prototype, kHandle, { __proto__: null, value: undefined, writable: true });

module.exports = {
  BlockList,
  SocketAddress,
  [Symbol.for('messaging_deserialize_symbol')](data, kind) {
    if (kind === 'SocketAddress') return new SocketAddress(data);
    const list = new BlockList();
    list.fromJSON(data);
    return list;
  },
};
