'use strict';
// Blob: a list of parts, each memory that nobody writes to or a range of a file.

const { concatBytes, viewKind, replaceLineEndings } = internalBinding('buffer');
const { codes } = require('internal/errors');
const { customInspectSymbol, kEmptyObject } = require('internal/util');
const { validateDictionary } = require('internal/validators');

const kParts = Symbol('kHandle');
const kType = Symbol('kType');
const kLength = Symbol('kLength');
const kClone = Symbol.for('messaging_clone_symbol');
const kDeserialize = Symbol.for('messaging_deserialize_symbol');
const kArrayBuffer = 1;
const chunkSize = 65536;

const badType = /[^\x20-\x7e]/;

function isBlob(object) {
  return object?.[kParts] !== undefined;
}

// A blob's part: { bytes } or { path, start, length, mtimeMs, size }.
function partLength(part) {
  return part.bytes !== undefined ? part.bytes.length : part.length;
}

function addSource(parts, source, endings) {
  if (isBlob(source)) {
    const list = source[kParts];
    for (let i = 0; i < list.length; i++) parts.push(list[i]);
    return source[kLength];
  }
  let bytes;
  if (viewKind(source) !== 0) {
    bytes = new Uint8Array(concatBytes([source]));
  } else {
    source = `${source}`;
    if (endings === 'native') source = replaceLineEndings(source);
    bytes = new Uint8Array(concatBytes([require('buffer').Buffer.from(source)]));
  }
  if (bytes.length > 0) parts.push({ bytes });
  return bytes.length;
}

class Blob {
  constructor(sources = [], options = kEmptyObject) {
    if (sources === null || typeof sources !== 'object' || typeof sources[Symbol.iterator] !== 'function') {
      const err = new TypeError('Value cannot be converted to sequence.');
      err.code = 'ERR_INVALID_ARG_TYPE';
      throw err;
    }
    validateDictionary(options, 'options');
    let { endings = 'transparent', type = '' } = options ?? kEmptyObject;
    endings = `${endings}`;
    if (endings !== 'transparent' && endings !== 'native') {
      throw new codes.ERR_INVALID_ARG_VALUE('options.endings', endings);
    }
    const parts = [];
    let length = 0;
    for (const source of sources) length += addSource(parts, source, endings);
    type = `${type}`;
    init(this, parts, length, badType.test(type) ? '' : type.toLowerCase());
  }

  [customInspectSymbol](depth, options) {
    if (depth < 0) return this;
    const { inspect } = require('internal/util/inspect');
    const opts = { ...options, depth: options.depth == null ? null : options.depth - 1 };
    return `Blob ${inspect({ size: this.size, type: this.type }, opts)}`;
  }

  get type() {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    return this[kType];
  }

  get size() {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    return this[kLength];
  }

  slice(start = 0, end = this[kLength], contentType = '') {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    const size = this[kLength];
    start = clamp(start, size);
    end = clamp(end, size);
    contentType = `${contentType}`;
    contentType = badType.test(contentType) ? '' : contentType.toLowerCase();
    const span = Math.max(end - start, 0);
    return createBlob(cut(this[kParts], start, start + span), span, contentType);
  }

  arrayBuffer() {
    if (!isBlob(this)) return Promise.reject(new codes.ERR_INVALID_THIS('Blob'));
    return readAll(this);
  }

  text() {
    if (!isBlob(this)) return Promise.reject(new codes.ERR_INVALID_THIS('Blob'));
    return readAll(this).then(decodeText);
  }

  bytes() {
    if (!isBlob(this)) return Promise.reject(new codes.ERR_INVALID_THIS('Blob'));
    return readAll(this).then(toBytes);
  }

  stream() {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    const { ReadableStream } = require('stream/web');
    const blob = this;
    let position = 0;
    return new ReadableStream({
      type: 'bytes',
      async pull(controller) {
        if (position >= blob[kLength]) {
          if (blob[kLength] === 0) await readAll(blob); // an empty file may have grown
          controller.close();
          controller.byobRequest?.respond(0);
          return;
        }
        const end = Math.min(position + chunkSize, blob[kLength]);
        const parts = cut(blob[kParts], position, end);
        position = end;
        controller.enqueue(new Uint8Array(await readParts(parts)));
      },
    }, { highWaterMark: 0 });
  }

  textStream() {
    if (!isBlob(this)) throw new codes.ERR_INVALID_THIS('Blob');
    const { TextDecoderStream } = require('internal/webstreams/encoding');
    return this.stream().pipeThrough(new TextDecoderStream());
  }

  [kClone]() {
    const parts = this[kParts];
    for (let i = 0; i < parts.length; i++) {
      if (parts[i].path !== undefined) throw new codes.ERR_INVALID_STATE('File-backed Blobs are not cloneable');
    }
    return { deserializeInfo: 'internal/blob:Blob', data: { parts: this[kParts], length: this[kLength], type: this[kType] } };
  }
}

function decodeText(buffer) {
  const { TextDecoder } = require('internal/encoding');
  return new TextDecoder().decode(buffer);
}

function toBytes(buffer) { return new Uint8Array(buffer); }

// Web IDL's [Clamp] long long, then relative to the end if negative.
function clamp(n, size) {
  n = Math.trunc(+n) || 0;
  return n < 0 ? Math.max(size + n, 0) : Math.min(n, size);
}

function cut(parts, start, end) {
  const out = [];
  let at = 0;
  for (let i = 0; i < parts.length && at < end; i++) {
    const part = parts[i];
    const length = partLength(part);
    const from = Math.max(start - at, 0);
    const to = Math.min(end - at, length);
    if (from < to) {
      if (part.bytes !== undefined) out.push({ bytes: part.bytes.subarray(from, to) });
      else out.push({ ...part, start: part.start + from, length: to - from });
    }
    at += length;
  }
  return out;
}

function readAll(blob) {
  return readParts(blob[kParts]);
}

async function readParts(parts) {
  const list = [];
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i];
    list.push(part.bytes !== undefined ? part.bytes : await readFilePart(part));
  }
  return concatBytes(list);
}

async function readFilePart(part) {
  const { DOMException } = require('internal/domexception');
  const fs = require('fs').promises;
  let handle;
  try {
    handle = await fs.open(part.path, 'r');
    const stat = await handle.stat();
    if (stat.size !== part.size || stat.mtimeMs !== part.mtimeMs) throw new Error('modified');
    const bytes = new Uint8Array(part.length);
    let done = 0;
    while (done < part.length) {
      const { bytesRead } = await handle.read(bytes, done, part.length - done, part.start + done);
      if (bytesRead === 0) throw new Error('short');
      done += bytesRead;
    }
    return bytes;
  } catch {
    throw new DOMException('The blob could not be read', 'NotReadableError');
  } finally {
    if (handle !== undefined) await handle.close();
  }
}

function init(blob, parts, length, type) {
  const d = { __proto__: null, value: parts, writable: true, configurable: true, enumerable: false };
  Object.defineProperty(blob, kParts, d);
  d.value = length;
  Object.defineProperty(blob, kLength, d);
  d.value = type;
  Object.defineProperty(blob, kType, d);
}

// A Blob of parts, without the constructor's copies.
function createBlob(parts, length, type = '') {
  const blob = Object.create(Blob.prototype);
  init(blob, parts, length, type);
  return blob;
}

// What fs.openAsBlob gives: stat is the file's at the time.
function createFileBlob(path, stat, type = '') {
  return createBlob([{ path, start: 0, length: stat.size, size: stat.size, mtimeMs: stat.mtimeMs }], stat.size, type);
}

const enumerable = { __proto__: null, enumerable: true };
Object.defineProperty(Blob.prototype, Symbol.toStringTag, { __proto__: null, configurable: true, value: 'Blob' });
Object.defineProperties(Blob.prototype, {
  size: enumerable, type: enumerable, slice: enumerable, stream: enumerable,
  text: enumerable, arrayBuffer: enumerable, bytes: enumerable, textStream: enumerable,
  [kClone]: { __proto__: null, enumerable: false },
});

// Object URLs: blob:nodedata:id
const urls = new Map();

function createObjectURL(obj) {
  if (!isBlob(obj)) throw new codes.ERR_INVALID_ARG_TYPE('obj', 'Blob', obj);
  const id = require('crypto').randomUUID();
  urls.set(id, obj);
  return `blob:nodedata:${id}`;
}

function objectId(url) {
  if (!url.startsWith('blob:nodedata:')) return undefined;
  return url.slice(14).replace(/[?#].*$/, '');
}

function revokeObjectURL(url) {
  if (arguments.length === 0) throw new codes.ERR_MISSING_ARGS('url');
  urls.delete(objectId(`${url}`));
}

function resolveObjectURL(url) {
  const blob = urls.get(objectId(`${url}`));
  return blob === undefined ? undefined : createBlob(blob[kParts], blob[kLength], blob[kType]);
}

module.exports = {
  Blob,
  createBlob,
  createFileBlob,
  createObjectURL,
  isBlob,
  kLength,
  kParts,
  kType,
  resolveObjectURL,
  revokeObjectURL,
  [kDeserialize]({ parts, length, type }) { return createBlob(parts, length, type); },
};
