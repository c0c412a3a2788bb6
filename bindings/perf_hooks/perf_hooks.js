'use strict';
// performance: the clock, marks and measures, the loop's use of its time.

const { idleTime, loopStart, milestones, now, nowOf, timeOrigin } = internalBinding('perf_hooks');
const { codes } = require('internal/errors');
const { Event, EventTarget, defineEventHandler } = require('internal/event_target');
const { customInspectSymbol, kEmptyObject } = require('internal/util');
const { validateFunction, validateNumber, validateObject } = require('internal/validators');
const observe = require('internal/perf/observe');
const { PerformanceEntry, PerformanceNodeEntry, bufferUserTiming, enqueue, enumerable, kSecret, tag } = observe;

const milestoneNames = ['nodeStart', 'v8Start', 'environment', 'bootstrapComplete', 'loopStart', 'loopExit', 'idleTime'];

class PerformanceNodeTiming extends PerformanceEntry {
  constructor() {
    super(kSecret, 'node', 'node', 0, 0);
    const get = (name, fn) => Object.defineProperty(this, name, { __proto__: null, enumerable: true, configurable: true, get: fn });
    Object.defineProperty(this, 'name', { __proto__: null, enumerable: true, configurable: true, value: 'node' });
    Object.defineProperty(this, 'entryType', { __proto__: null, enumerable: true, configurable: true, value: 'node' });
    Object.defineProperty(this, 'startTime', { __proto__: null, enumerable: true, configurable: true, value: 0 });
    get('duration', now);
    const fixed = milestones();
    for (let i = 0; i < 4; i++) {
      Object.defineProperty(this, milestoneNames[i], { __proto__: null, enumerable: true, configurable: true, value: fixed[i] });
    }
    get('loopStart', loopStart);
    get('loopExit', () => milestones()[5]);
    get('idleTime', idleTime);
    Object.defineProperty(this, 'uvMetricsInfo', {
      __proto__: null,
      configurable: true,
      get() { return { loopCount: milestones()[7], events: milestones()[7], eventsWaiting: 0 }; },
    });
  }

  toJSON() {
    const out = { name: 'node', entryType: 'node', startTime: 0, duration: this.duration };
    for (let i = 0; i < milestoneNames.length; i++) out[milestoneNames[i]] = this[milestoneNames[i]];
    return out;
  }
}

const readOnlyNames = new Set(['nodeStart', 'v8Start', 'environment', 'loopStart', 'loopExit', 'bootstrapComplete']);
const nodeTiming = new PerformanceNodeTiming();
const markTimes = new Map();

function toText(value) {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return `${value}`;
}

class PerformanceMark extends PerformanceEntry {
  #detail;

  constructor(name, options = undefined) {
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = toText(name);
    if (readOnlyNames.has(name)) throw new codes.ERR_INVALID_ARG_VALUE('name', name);
    if (options != null) validateObject(options, 'options');
    const startTime = options?.startTime ?? now();
    validateNumber(startTime, 'startTime');
    if (startTime < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(startTime);
    markTimes.set(name, startTime);
    super(kSecret, name, 'mark', startTime, 0);
    const detail = options?.detail;
    this.#detail = detail != null ? structuredClone(detail) : null;
  }

  get detail() { return this.#detail; }

  toJSON() {
    return { name: this.name, entryType: 'mark', startTime: this.startTime, duration: 0, detail: this.#detail };
  }
}
enumerable(PerformanceMark, ['detail']);
tag(PerformanceMark);

class PerformanceMeasure extends PerformanceEntry {
  #detail;

  constructor(secret, name, start, duration, detail) {
    super(secret, name, 'measure', start, duration);
    this.#detail = detail;
  }

  get detail() { return this.#detail; }

  toJSON() {
    return { name: this.name, entryType: 'measure', startTime: this.startTime, duration: this.duration, detail: this.#detail };
  }
}
enumerable(PerformanceMeasure, ['detail']);
tag(PerformanceMeasure);

const resourceNames = ['initiatorType', 'nextHopProtocol', 'workerStart', 'redirectStart', 'redirectEnd', 'fetchStart',
  'domainLookupStart', 'domainLookupEnd', 'connectStart', 'connectEnd', 'secureConnectionStart', 'requestStart',
  'responseStart', 'responseEnd', 'transferSize', 'encodedBodySize', 'decodedBodySize'];

class PerformanceResourceTiming extends PerformanceEntry {
  #info; #initiator; #cacheMode; #status; #delivery;

  constructor(secret, url, info, initiator, cacheMode, status, delivery) {
    super(secret, url, 'resource', info?.startTime, info?.endTime - info?.startTime);
    this.#info = info;
    this.#initiator = initiator;
    this.#cacheMode = cacheMode;
    this.#status = status ?? 0;
    this.#delivery = delivery ?? '';
  }

  get startTime() { return this.#info.startTime; }
  get duration() { return this.#info.endTime - this.#info.startTime; }
  get initiatorType() { return this.#initiator; }
  get workerStart() { return this.#info.finalServiceWorkerStartTime; }
  get redirectStart() { return this.#info.redirectStartTime; }
  get redirectEnd() { return this.#info.redirectEndTime; }
  get fetchStart() { return this.#info.postRedirectStartTime; }
  get domainLookupStart() { return this.#info.finalConnectionTimingInfo?.domainLookupStartTime; }
  get domainLookupEnd() { return this.#info.finalConnectionTimingInfo?.domainLookupEndTime; }
  get connectStart() { return this.#info.finalConnectionTimingInfo?.connectionStartTime; }
  get connectEnd() { return this.#info.finalConnectionTimingInfo?.connectionEndTime; }
  get secureConnectionStart() { return this.#info.finalConnectionTimingInfo?.secureConnectionStartTime; }
  get nextHopProtocol() { return this.#info.finalConnectionTimingInfo?.ALPNNegotiatedProtocol; }
  get requestStart() { return this.#info.finalNetworkRequestStartTime; }
  get responseStart() { return this.#info.finalNetworkResponseStartTime; }
  get responseEnd() { return this.#info.endTime; }
  get encodedBodySize() { return this.#info.encodedBodySize; }
  get decodedBodySize() { return this.#info.decodedBodySize; }

  get transferSize() {
    if (this.#cacheMode === 'local') return 0;
    if (this.#cacheMode === 'validated') return 300;
    return this.#info.encodedBodySize + 300;
  }

  get deliveryType() { return this.#delivery; }
  get responseStatus() { return this.#status; }

  #list(last) {
    const out = { name: this.name, entryType: 'resource', startTime: this.startTime, duration: this.duration };
    for (let i = 0; i < resourceNames.length; i++) out[resourceNames[i]] = this[resourceNames[i]];
    for (let i = 0; i < last.length; i++) out[last[i]] = this[last[i]];
    return out;
  }

  _show() { return this.#list(['deliveryType', 'responseStatus']); }
  toJSON() { return this.#list(['responseStatus', 'deliveryType']); }
}
enumerable(PerformanceResourceTiming, resourceNames.concat(['responseStatus', 'deliveryType', 'toJSON']));
Object.defineProperty(PerformanceResourceTiming.prototype, '_show', { __proto__: null, enumerable: false });
tag(PerformanceResourceTiming);

function markTime(name) {
  if (name === undefined) return undefined;
  if (typeof name === 'number') {
    if (name < 0) throw new codes.ERR_PERFORMANCE_INVALID_TIMESTAMP(name);
    return name;
  }
  name = toText(name);
  if (readOnlyNames.has(name)) return nodeTiming[name];
  const time = markTimes.get(name);
  if (time === undefined) {
    const { DOMException } = require('internal/domexception');
    throw new DOMException(`The "${name}" performance mark has not been set`, 'SyntaxError');
  }
  return time;
}

function measureTimes(startOrOptions, endMark) {
  let options = {};
  let startMark;
  if (startOrOptions !== null && typeof startOrOptions === 'object') {
    options = startOrOptions;
    const { start, end, duration } = options;
    if (start !== undefined || end !== undefined || duration !== undefined) {
      if (endMark !== undefined) {
        throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('endMark must not be specified');
      }
      if (start === undefined && end === undefined) {
        throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS('One of options.start or options.end is required');
      }
      if (start !== undefined && end !== undefined && duration !== undefined) {
        throw new codes.ERR_PERFORMANCE_MEASURE_INVALID_OPTIONS(
          'Must not have options.start, options.end, and options.duration specified');
      }
    }
  } else if (startOrOptions != null) {
    startMark = startOrOptions;
  }
  let end;
  if (endMark !== undefined) end = markTime(endMark);
  else if (options.end !== undefined) end = markTime(options.end);
  else if (options.start !== undefined && options.duration !== undefined) end = markTime(options.start) + markTime(options.duration);
  else end = now();
  let start = 0;
  if (startMark !== undefined) start = markTime(startMark);
  else if (options.start !== undefined) start = markTime(options.start);
  else if (options.duration !== undefined && options.end !== undefined) start = end - markTime(options.duration);
  return { start, duration: end - start, detail: options.detail };
}

function finished(name, start, args, histogram) {
  const duration = now() - start;
  if (histogram !== undefined) histogram.record(Math.max(Math.ceil(duration * 1e6), 1));
  const entry = new PerformanceNodeEntry(name, 'function', start, duration, args);
  for (let i = 0; i < args.length; i++) entry[i] = args[i];
  enqueue(entry);
}

function timerify(fn, options = kEmptyObject) {
  validateFunction(fn, 'fn');
  validateObject(options, 'options');
  const { histogram } = options;
  if (histogram !== undefined && (typeof histogram?.record !== 'function')) {
    throw new codes.ERR_INVALID_ARG_TYPE('options.histogram', 'RecordableHistogram', histogram);
  }
  function timerified() {
    const args = Array.prototype.slice.call(arguments);
    const start = now();
    const result = new.target ? Reflect.construct(fn, args, fn) : Reflect.apply(fn, this, args);
    if (!new.target && typeof result?.finally === 'function') {
      return result.finally(() => finished(fn.name, start, args, histogram));
    }
    finished(fn.name, start, args, histogram);
    return result;
  }
  Object.defineProperties(timerified, {
    length: { __proto__: null, configurable: false, enumerable: true, value: fn.length },
    name: { __proto__: null, configurable: false, enumerable: true, value: `timerified ${fn.name}` },
  });
  return timerified;
}

function eventLoopUtilization(util1, util2) {
  const ls = loopStart();
  if (ls <= 0) return { idle: 0, active: 0, utilization: 0 };
  const idle = idleTime();
  return require('internal/perf/utilization').utilization(now() - ls - idle, idle, util1, util2);
}

class Performance extends EventTarget {
  constructor(secret) {
    if (secret !== kSecret) throw new codes.ERR_ILLEGAL_CONSTRUCTOR();
    super();
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    return `Performance ${inspect({ nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin },
      { ...options, depth: options.depth == null ? null : options.depth - 1 })}`;
  }

  clearMarks(name = undefined) {
    check(this);
    if (name !== undefined) {
      name = toText(name);
      markTimes.delete(name);
    } else {
      markTimes.clear();
    }
    observe.clear('mark', name);
  }

  clearMeasures(name = undefined) {
    check(this);
    observe.clear('measure', name === undefined ? undefined : toText(name));
  }

  clearResourceTimings() {
    check(this);
    observe.clear('resource');
  }

  getEntries() {
    check(this);
    return observe.timeline();
  }

  getEntriesByName(name, type = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    return observe.timeline(toText(name), type === undefined ? undefined : toText(type));
  }

  getEntriesByType(type) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('type');
    return observe.timeline(undefined, toText(type));
  }

  mark(name, options = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    const mark = new PerformanceMark(name, options);
    bufferUserTiming(mark);
    return mark;
  }

  measure(name, startOrMeasureOptions = undefined, endMark = undefined) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('name');
    name = toText(name);
    const { start, duration, detail } = measureTimes(startOrMeasureOptions, endMark);
    const measure = new PerformanceMeasure(kSecret, name, start, duration, detail != null ? structuredClone(detail) : null);
    bufferUserTiming(measure);
    return measure;
  }

  setResourceTimingBufferSize(maxSize) {
    check(this);
    if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('maxSize');
    observe.setResourceLimit(typeof maxSize === 'number' ? maxSize : 0);
  }

  get timeOrigin() {
    check(this);
    return timeOrigin;
  }

  toJSON() {
    check(this);
    return { nodeTiming: this.nodeTiming, timeOrigin: this.timeOrigin, eventLoopUtilization: this.eventLoopUtilization() };
  }
}

function check(value) { if (value !== performance) throw new codes.ERR_INVALID_THIS('Performance'); }

function markResourceTiming(timingInfo, requestedUrl, initiatorType, global, cacheMode, bodyInfo, responseStatus, deliveryType = '') {
  if (cacheMode !== '' && cacheMode !== 'local' && cacheMode !== 'validated') {
    require('internal/validators').validateOneOf(cacheMode, 'cacheMode', ['', 'local', 'validated']);
  }
  const entry = new PerformanceResourceTiming(kSecret, requestedUrl, timingInfo, initiatorType, cacheMode, responseStatus, deliveryType);
  enqueue(entry);
  observe.bufferResource(entry);
  return entry;
}

enumerable(Performance, ['clearMarks', 'clearMeasures', 'clearResourceTimings', 'getEntries', 'getEntriesByName',
  'getEntriesByType', 'mark', 'measure', 'setResourceTimingBufferSize', 'timeOrigin', 'toJSON']);
for (const [name, value] of [['eventLoopUtilization', eventLoopUtilization], ['nodeTiming', nodeTiming],
  ['markResourceTiming', markResourceTiming], ['timerify', timerify]]) {
  Object.defineProperty(Performance.prototype, name, { __proto__: null, configurable: true, writable: true, value });
}
defineEventHandler(Performance.prototype, 'resourcetimingbufferfull');
tag(Performance);

const performance = new Performance(kSecret);
Object.defineProperty(Performance.prototype, 'now', {
  __proto__: null, configurable: true, writable: true, enumerable: true, value: nowOf(performance),
});
observe.setOnFull(() => performance.dispatchEvent(new Event('resourcetimingbufferfull')));

const constants = {};
for (const [name, value] of Object.entries({
  NODE_PERFORMANCE_GC_MAJOR: 4, NODE_PERFORMANCE_GC_MINOR: 1, NODE_PERFORMANCE_GC_MINOR_MARK_SWEEP: 2,
  NODE_PERFORMANCE_GC_INCREMENTAL: 8, NODE_PERFORMANCE_GC_WEAKCB: 16, NODE_PERFORMANCE_GC_FLAGS_NO: 0,
  NODE_PERFORMANCE_GC_FLAGS_CONSTRUCT_RETAINED: 2, NODE_PERFORMANCE_GC_FLAGS_FORCED: 4,
  NODE_PERFORMANCE_GC_FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8, NODE_PERFORMANCE_GC_FLAGS_ALL_AVAILABLE_GARBAGE: 16,
  NODE_PERFORMANCE_GC_FLAGS_ALL_EXTERNAL_MEMORY: 32, NODE_PERFORMANCE_GC_FLAGS_SCHEDULE_IDLE: 64,
})) Object.defineProperty(constants, name, { __proto__: null, enumerable: true, value });

module.exports = {
  Performance,
  PerformanceEntry,
  PerformanceMark,
  PerformanceMeasure,
  PerformanceObserver: observe.PerformanceObserver,
  PerformanceObserverEntryList: observe.PerformanceObserverEntryList,
  PerformanceResourceTiming,
  monitorEventLoopDelay(options) { return require('internal/histogram').monitorEventLoopDelay(options); },
  eventLoopUtilization,
  timerify,
  createHistogram(options) { return require('internal/histogram').createHistogram(options); },
  performance,
};
Object.defineProperty(module.exports, 'constants', { __proto__: null, configurable: false, enumerable: true, value: constants });
