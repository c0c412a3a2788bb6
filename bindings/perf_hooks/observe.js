'use strict';
// The timeline: entries, the buffers that keep them, and who observes them.

const { now } = internalBinding('perf_hooks');
const { codes } = require('internal/errors');
const { customInspectSymbol } = require('internal/util');
const { validateFunction, validateObject } = require('internal/validators');

const kSecret = Symbol('secret');
const WARN_SIZE = 1e6;

let isEntry;

class PerformanceEntry {
  #name;
  #type;
  #start;
  #duration;

  static { isEntry = (value) => typeof value === 'object' && value !== null && #name in value; }

  constructor(secret, name, type, start, duration) {
    if (secret !== kSecret) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#name = name;
    this.#type = type;
    this.#start = start;
    this.#duration = duration;
  }

  get name() {
    if (!isEntry(this)) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
    return this.#name;
  }

  get entryType() {
    if (!isEntry(this)) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
    return this.#type;
  }

  get startTime() {
    if (!isEntry(this)) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
    return this.#start;
  }

  get duration() {
    if (!isEntry(this)) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
    return this.#duration;
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    return `${this.constructor.name} ${inspect(this._show?.() ?? this.toJSON(),
      { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  toJSON() {
    if (!isEntry(this)) throw new codes.ERR_INVALID_THIS('PerformanceEntry');
    return { name: this.name, entryType: this.entryType, startTime: this.startTime, duration: this.duration };
  }
}

function enumerable(C, names) {
  for (let i = 0; i < names.length; i++) Object.defineProperty(C.prototype, names[i], { __proto__: null, enumerable: true });
}

function tag(C, name = C.name) {
  Object.defineProperty(C.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: name });
}
enumerable(PerformanceEntry, ['name', 'entryType', 'startTime', 'duration', 'toJSON']);
tag(PerformanceEntry);

// What Node itself measures: function calls, requests.
class PerformanceNodeEntry extends PerformanceEntry {
  constructor(name, type, start, duration, detail) {
    super(kSecret, name, type, start, duration);
    this.detail = detail;
  }

  toJSON() {
    return { name: this.name, entryType: this.entryType, startTime: this.startTime, duration: this.duration, detail: this.detail };
  }
}
Object.defineProperty(PerformanceNodeEntry, 'name', { __proto__: null, value: 'PerformanceNodeEntry', configurable: true });

const supportedTypes = ['dns', 'function', 'gc', 'http', 'http2', 'mark', 'measure', 'net', 'quic', 'resource'];
const observers = new Set();
const counts = { __proto__: null };
let marks = [], measures = [], resources = [];
let resourceLimit = 250;

function hasObserver(type) { return counts[type] > 0; }

const pending = new Set();
let scheduled = false;
function dispatch() {
  scheduled = false;
  const list = Array.from(pending);
  pending.clear();
  for (let i = 0; i < list.length; i++) list[i]._dispatch();
}
function schedule(observer) {
  pending.add(observer);
  if (!scheduled) {
    scheduled = true;
    require('timers').setImmediate(dispatch);
  }
}

function enqueue(entry) {
  if (observers.size === 0) return;
  const type = entry.entryType;
  if (!(counts[type] > 0)) return;
  for (const observer of observers) observer._maybe(entry, type);
}

function bufferUserTiming(entry) {
  const buffer = entry.entryType === 'mark' ? marks : measures;
  buffer.push(entry);
  if (buffer.length === WARN_SIZE + 1) {
    const { entryType } = entry;
    const w = new Error(`Possible perf_hooks memory leak detected. ${buffer.length} ${entryType} entries added to the ` +
      `global performance entry buffer. Use performance.clear${entryType === 'mark' ? 'Marks' : 'Measures'} to clear the buffer.`);
    w.name = 'MaxPerformanceEntryBufferExceededWarning';
    w.entryType = entryType;
    w.count = buffer.length;
    process.emitWarning(w);
  }
  enqueue(entry);
}

// Entries that do not fit wait for the resourcetimingbufferfull event.
let overflow = [];
let fullEvent = false;
let onFull;
function setOnFull(fn) { onFull = fn; }

function bufferResource(entry) {
  if (resources.length < resourceLimit && !fullEvent) {
    resources.push(entry);
    return;
  }
  if (!fullEvent) {
    fullEvent = true;
    require('timers').setImmediate(() => {
      while (overflow.length > 0) {
        const before = overflow.length;
        onFull();
        while (overflow.length > 0 && resources.length < resourceLimit) resources.push(overflow.shift());
        // Nobody made room: what is left is lost.
        if (before <= overflow.length) overflow = [];
      }
      fullEvent = false;
    });
  }
  overflow.push(entry);
}

function setResourceLimit(n) {
  n = +n;
  resourceLimit = Number.isInteger(n) && n >= 0 && n < 2 ** 32 ? n : 0;
}

function sortEntries(list) { return list.sort((a, b) => a.startTime - b.startTime); }

function timeline(name, type) {
  let list;
  if (type === 'mark') list = marks.slice();
  else if (type === 'measure') list = measures.slice();
  else if (type === 'resource') list = resources.slice();
  else if (type !== undefined) return [];
  else list = marks.concat(measures, resources);
  if (name !== undefined) list = list.filter((e) => e.name === name);
  return sortEntries(list);
}

function clear(type, name) {
  const keep = name === undefined ? () => false : (e) => e.name !== name;
  if (type === 'mark') marks = marks.filter(keep);
  else if (type === 'measure') measures = measures.filter(keep);
  else resources = resources.filter(keep);
}

class PerformanceObserverEntryList {
  #entries;

  constructor(secret, entries) {
    if (secret !== kSecret) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    this.#entries = sortEntries(entries);
  }

  getEntries() { return this.#entries.slice(); }

  getEntriesByType(type) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    type = `${type}`;
    return this.#entries.filter((e) => e.entryType === type);
  }

  getEntriesByName(name, type = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = `${name}`;
    return this.#entries.filter((e) => e.name === name && (type == null || e.entryType === type));
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    return `PerformanceObserverEntryList ${inspect(this.#entries,
      { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}
enumerable(PerformanceObserverEntryList, ['getEntries', 'getEntriesByType', 'getEntriesByName']);
tag(PerformanceObserverEntryList);

class PerformanceObserver {
  #buffer = [];
  #types = new Set();
  #mode = 0; // 1: types one by one, 2: a list
  #callback;

  constructor(callback) {
    validateFunction(callback, 'callback');
    this.#callback = callback;
  }

  observe(options = {}) {
    validateObject(options, 'options');
    const { entryTypes, type, buffered } = options;
    if (entryTypes === undefined && type === undefined) throw new codes.ERR_MISSING_ARGS('options.entryTypes', 'options.type');
    if (entryTypes != null && type != null) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.entryTypes', entryTypes,
                                            'options.entryTypes can not set with options.type together');
    }
    const mode = entryTypes !== undefined ? 2 : 1;
    if (this.#mode !== 0 && this.#mode !== mode) {
      const { DOMException } = require('internal/domexception');
      throw new DOMException(mode === 1 ? 'PerformanceObserver can not change to single observation' :
        'PerformanceObserver can not change to multiple observations', 'InvalidModificationError');
    }
    this.#mode = mode;
    if (mode === 2) {
      if (!Array.isArray(entryTypes)) throw new codes.ERR_INVALID_ARG_TYPE('options.entryTypes', 'string[]', entryTypes);
      this.#drop();
      for (let i = 0; i < entryTypes.length; i++) this.#addType(entryTypes[i]);
    } else {
      if (!supportedTypes.includes(type)) return;
      this.#addType(type);
      if (buffered) {
        this.#buffer = this.#buffer.concat(timeline(undefined, type));
        if (this.#buffer.length > 0) schedule(this);
      }
    }
    if (this.#types.size > 0) observers.add(this);
    else this.disconnect();
  }

  #addType(type) {
    if (!supportedTypes.includes(type) || this.#types.has(type)) return;
    this.#types.add(type);
    counts[type] = (counts[type] ?? 0) + 1;
  }

  #drop() {
    for (const type of this.#types) counts[type]--;
    this.#types.clear();
  }

  disconnect() {
    this.#drop();
    this.#buffer = [];
    observers.delete(this);
    pending.delete(this);
    this.#mode = 0;
  }

  takeRecords() {
    const list = this.#buffer;
    this.#buffer = [];
    return list;
  }

  _maybe(entry, type) {
    if (!this.#types.has(type)) return;
    this.#buffer.push(entry);
    schedule(this);
  }

  _dispatch() {
    if (this.#buffer.length === 0) return;
    const list = new PerformanceObserverEntryList(kSecret, this.takeRecords());
    this.#callback.call(this, list, this);
  }

  static get supportedEntryTypes() { return supportedTypes.slice(); }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    return `PerformanceObserver ${inspect({
      connected: observers.has(this),
      pending: pending.has(this),
      entryTypes: Array.from(this.#types),
      buffer: this.#buffer,
    }, { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }
}
for (const name of ['_maybe', '_dispatch']) {
  Object.defineProperty(PerformanceObserver.prototype, name, { __proto__: null, enumerable: false });
}
enumerable(PerformanceObserver, ['observe', 'disconnect', 'takeRecords']);
tag(PerformanceObserver);

// For net, http, dns: a measurement that begins now, and its end.
function startPerf(target, key, context = {}) { target[key] = { ...context, startTime: now() }; }

function stopPerf(target, key, context = {}) {
  const ctx = target[key];
  if (!ctx) return;
  const { startTime } = ctx;
  enqueue(new PerformanceNodeEntry(ctx.name, ctx.type, startTime, now() - startTime, { ...ctx.detail, ...context.detail }));
}

module.exports = {
  PerformanceEntry,
  PerformanceNodeEntry,
  PerformanceObserver,
  PerformanceObserverEntryList,
  bufferResource,
  bufferUserTiming,
  clear,
  enqueue,
  enumerable,
  hasObserver,
  kSecret,
  setOnFull,
  setResourceLimit,
  startPerf,
  stopPerf,
  tag,
  timeline,
};
