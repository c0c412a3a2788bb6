'use strict';
// How a test file's process tells the one that runs it of its events: frames
// of serialized data among its output. A frame is FF 0F, the length in four
// bytes, and the data.

const HEADER = 6;
const errorKey = 'gonode:error';
const builtIn = { __proto__: null, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError };

// Errors as plain data: the class is lost, what inspect shows stays.
function pack(err, depth) {
  if (typeof err !== 'object' || err === null) {
    return typeof err === 'function' || typeof err === 'symbol' ? require('util').inspect(err) : err;
  }
  if (!require('util').types.isNativeError(err)) {
    try {
      require('v8').serialize(err);
      return err;
    } catch {
      return require('util').inspect(err);
    }
  }
  if (depth > 4) return String(err);
  const out = { __proto__: null, name: err.name, message: err.message, stack: err.stack, own: {} };
  const keys = Object.keys(err);
  for (let i = 0; i < keys.length; i++) out.own[keys[i]] = pack(err[keys[i]], depth + 1);
  if ('cause' in err && !keys.includes('cause')) out.cause = pack(err.cause, depth + 1);
  return { [errorKey]: out };
}

function unpack(data) {
  if (typeof data !== 'object' || data === null || data[errorKey] === undefined) return data;
  const from = data[errorKey];
  const err = new (builtIn[from.name] ?? Error)(from.message);
  const hidden = (name, value) => Object.defineProperty(err, name, { __proto__: null, value, writable: true, configurable: true, enumerable: false });
  hidden('stack', from.stack);
  if (from.name !== err.name) hidden('name', from.name);
  for (const key of Object.keys(from.own)) err[key] = unpack(from.own[key]);
  if ('cause' in from) hidden('cause', unpack(from.cause));
  return err;
}

function send(type, data) {
  const { details } = data;
  if (details?.error !== undefined) data = { ...data, details: { ...details, error: pack(details.error, 0) } };
  const body = require('v8').serialize({ type, data: { ...data } });
  const frame = Buffer.allocUnsafe(HEADER + body.length);
  frame[0] = 0xFF;
  frame[1] = 0x0F;
  frame.writeUInt32BE(body.length, 2);
  body.copy(frame, HEADER);
  // The file's own output must stay in its order, and a sudden exit must not lose the frame.
  process.stdout.write(frame);
}

// Takes a child's output apart.
class Parser {
  rest = Buffer.alloc(0);

  constructor(onEvent, onText) {
    this.onEvent = onEvent;
    this.onText = onText;
  }

  push(chunk) {
    let data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    while (data.length > 0) {
      const at = find(data);
      if (at > 0) this.onText(data.subarray(0, at));
      data = data.subarray(at);
      if (data.length < HEADER) break;
      const size = HEADER + data.readUInt32BE(2);
      if (data.length < size) break;
      const { type, data: event } = require('v8').deserialize(data.subarray(HEADER, size));
      if (event.details?.error !== undefined) event.details.error = unpack(event.details.error);
      this.onEvent(type, event);
      data = data.subarray(size);
    }
    this.rest = data;
  }

  end() {
    if (this.rest.length > 0) this.onText(this.rest);
    this.rest = Buffer.alloc(0);
  }
}

// Where the next frame may begin; the length if nowhere.
function find(data) {
  for (let at = data.indexOf(0xFF); at >= 0; at = data.indexOf(0xFF, at + 1)) {
    if (at + 1 === data.length || data[at + 1] === 0x0F) return at;
  }
  return data.length;
}

module.exports = { Parser, send };
