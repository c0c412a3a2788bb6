'use strict';

const { codes } = require('internal/errors');
const { unimplemented } = require('internal/util');
const { validateFunction, validateObject, validateOneOf, validateString } = require('internal/validators');
const { FastBuffer } = require('buffer');
const native = internalBinding('v8');
const { makeNodeError } = internalBinding('errors');

class Serializer {
  #handle;

  constructor() { this.#handle = native.makeSerializer(this); }

  writeHeader() { native.writeHeader(this.#handle); }
  writeValue(value) { return native.writeValue(this.#handle, value); }
  releaseBuffer() { return native.releaseBuffer(this.#handle); }
  transferArrayBuffer(id, arrayBuffer) { native.transferOut(this.#handle, id, arrayBuffer); }
  writeUint32(value) { native.writeUint32(this.#handle, value); }
  writeUint64(hi, lo) { native.writeUint64(this.#handle, hi, lo); }
  writeDouble(value) { native.writeDouble(this.#handle, value); }
  writeRawBytes(source) { native.writeRawBytes(this.#handle, source); }
  _setTreatArrayBufferViewsAsHostObjects(flag) { native.setHostViews(this.#handle, flag); }

  // Out of reach again right below: what may look into a serializer from outside.
  static view(serializer, view) { return native.writeHostView(serializer.#handle, view); }
}
const { view: writeView } = Serializer;
delete Serializer.view;
Serializer.prototype._getDataCloneError = Error;

class Deserializer {
  #handle;

  constructor(buffer) {
    if (!ArrayBuffer.isView(buffer)) throw makeNodeError(TypeError, 'ERR_INVALID_ARG_TYPE', 'buffer must be a TypedArray or a DataView');
    this.buffer = buffer;
    this.#handle = native.makeDeserializer(this, buffer);
  }

  readHeader() { return native.readHeader(this.#handle); }
  readValue() { return native.readValue(this.#handle); }
  getWireFormatVersion() { return native.wireFormatVersion(this.#handle); }
  transferArrayBuffer(id, arrayBuffer) { native.transferIn(this.#handle, id, arrayBuffer); }
  readUint32() { return native.readUint32(this.#handle); }
  readUint64() { return native.readUint64(this.#handle); }
  readDouble() { return native.readDouble(this.#handle); }
  _readRawBytes(length) { return native.readRaw(this.#handle, length); }

  readRawBytes(length) {
    const offset = this._readRawBytes(length);
    return new FastBuffer(this.buffer.buffer, this.buffer.byteOffset + offset, length);
  }

  static view(deserializer) { return native.readHostView(deserializer.#handle); }
}
const { view: readView } = Deserializer;
delete Deserializer.view;

class DefaultSerializer extends Serializer {
  constructor() {
    super();
    this._setTreatArrayBufferViewsAsHostObjects(true);
  }

  _writeHostObject(view) {
    if (!writeView(this, view)) {
      throw new this._getDataCloneError(`Unserializable host object: ${require('internal/util/inspect').inspect(view)}`);
    }
  }
}

class DefaultDeserializer extends Deserializer {
  _readHostObject() { return readView(this); }
}
native.setDefaults(DefaultSerializer.prototype._writeHostObject, DefaultDeserializer.prototype._readHostObject);

native.setMaker(() => new DefaultSerializer());

function serialize(value) { return native.serialize(value); }

function deserialize(buffer) {
  if (!ArrayBuffer.isView(buffer)) throw new codes.ERR_INVALID_ARG_TYPE('buffer', ['Buffer', 'TypedArray', 'DataView'], buffer);
  const deserializer = new DefaultDeserializer(buffer);
  deserializer.readHeader();
  return deserializer.readValue();
}

function getHeapStatistics() {
  const s = native.heapStatistics();
  return {
    total_heap_size: s[0],
    total_heap_size_executable: 0,
    total_physical_size: s[1],
    total_available_size: s[2],
    used_heap_size: s[3],
    heap_size_limit: s[4],
    malloced_memory: s[5],
    peak_malloced_memory: s[5],
    does_zap_garbage: 0,
    number_of_native_contexts: 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: s[6],
  };
}

const spaceNames = [
  'read_only_space', 'new_space', 'old_space', 'code_space', 'shared_space', 'trusted_space', 'shared_trusted_space',
  'new_large_object_space', 'large_object_space', 'code_large_object_space', 'shared_large_object_space',
  'shared_trusted_large_object_space', 'trusted_large_object_space',
];

function getHeapSpaceStatistics() {
  const s = native.heapSpaces();
  return spaceNames.map((name) => {
    const all = name === 'old_space';
    return {
      space_name: name,
      space_size: all ? s[0] : 0,
      space_used_size: all ? s[1] : 0,
      space_available_size: all ? s[2] : 0,
      physical_space_size: all ? s[0] : 0,
    };
  });
}

function getHeapCodeStatistics() {
  const s = native.codeStatistics();
  return {
    code_and_metadata_size: s[0],
    bytecode_and_metadata_size: s[1],
    external_script_source_size: s[2],
    cpu_profiler_metadata_size: s[3],
  };
}

let flags = '';
function setFlagsFromString(flag) {
  validateString(flag, 'flags');
  // V8 gives it to contexts that are made from now on, and programs look for it there.
  if (flag.replace(/_/g, '-') === '--expose-gc') internalBinding('runtime').exposeGC = true;
  flags += flag;
}

function cachedDataVersionTag() { return native.versionTag(flags); }

function isStringOneByteRepresentation(content) {
  validateString(content, 'content');
  return native.isOneByte(content);
}

function camel(stats) {
  const out = {};
  for (const key of Object.keys(stats)) out[key.replace(/_(\w)/g, (_, c) => c.toUpperCase())] = stats[key];
  return out;
}

class GCProfiler {
  #profile;

  start() {
    if (this.#profile !== undefined) return;
    this.#profile = { startTime: Date.now(), gc: native.gcCount(), before: GCProfiler.#heap() };
  }

  stop() {
    const profile = this.#profile;
    if (profile === undefined) return undefined;
    this.#profile = undefined;
    const gc = native.gcCount();
    const statistics = [];
    const count = gc[0] - profile.gc[0];
    if (count > 0) {
      const cost = (gc[1] - profile.gc[1]) / 1000 / count;
      const afterGC = GCProfiler.#heap();
      for (let i = 0; i < count; i++) statistics.push({ gcType: 'MarkSweepCompact', beforeGC: profile.before, cost, afterGC });
    }
    return { version: 1, startTime: profile.startTime, statistics, endTime: Date.now() };
  }

  [Symbol.dispose]() { this.stop(); }

  static #heap() {
    const { doesZapGarbage, numberOfNativeContexts, numberOfDetachedContexts, ...heapStatistics } = camel(getHeapStatistics());
    return { heapStatistics, heapSpaceStatistics: getHeapSpaceStatistics().map(camel) };
  }
}

function notBuilding() { throw new codes.ERR_NOT_BUILDING_SNAPSHOT(); }

const startupSnapshot = {
  addDeserializeCallback(callback, data) { notBuilding(callback, data); },
  addSerializeCallback(callback, data) { notBuilding(callback, data); },
  setDeserializeMainFunction(callback, data) { notBuilding(callback, data); },
  isBuildingSnapshot() { return false; },
};

const searchHeap = unimplemented('v8.queryObjects()');
function queryObjects(ctor, options = { __proto__: null }) {
  validateFunction(ctor, 'constructor');
  validateObject(options, 'options');
  validateOneOf(options.format ?? 'count', 'options.format', ['count', 'summary']);
  searchHeap();
}

module.exports = {
  cachedDataVersionTag,
  getHeapSnapshot: unimplemented('v8.getHeapSnapshot()'),
  getHeapStatistics,
  getHeapSpaceStatistics,
  getHeapCodeStatistics,
  getCppHeapStatistics: unimplemented('v8.getCppHeapStatistics()'),
  setFlagsFromString,
  Serializer,
  Deserializer,
  DefaultSerializer,
  DefaultDeserializer,
  deserialize,
  takeCoverage() {},
  stopCoverage() {},
  serialize,
  writeHeapSnapshot: unimplemented('v8.writeHeapSnapshot()'),
  promiseHooks: require('internal/promise_hooks'),
  queryObjects,
  startupSnapshot,
  setHeapSnapshotNearHeapLimit: unimplemented('v8.setHeapSnapshotNearHeapLimit()'),
  GCProfiler,
  isStringOneByteRepresentation,
  startCpuProfile: unimplemented('v8.startCpuProfile()'),
};
