'use strict';
// What the http modules share: symbols, the date, small checks.

const { codes } = require('internal/errors');
const binding = internalBinding('http');

const {
  kOutHeaders, kHead, kHeaders, kRawHeaders,
} = binding.symbols;

function noop() {}

const encodings = { __proto__: null };

// Calls back on the next tick with an error, or emits it, as a stream does.
function emitErrorNT(msg, err, callback) {
  callback(err);
  if (typeof msg.emit === 'function' && !msg.destroyed) msg.emit('error', err);
}

function connResetException(msg) {
  const err = new Error(msg);
  err.code = 'ECONNRESET';
  return err;
}

let channels;
// The diagnostics channels, made when somebody has loaded their module.
function channel(name) {
  if (channels === undefined) {
    if (!binding.isLoaded('diagnostics_channel')) return undefined;
    const dc = require('diagnostics_channel');
    channels = { __proto__: null };
    const names = ['http.client.request.created', 'http.client.request.start', 'http.client.request.error',
      'http.client.response.finish', 'http.server.request.start', 'http.server.response.created',
      'http.server.response.finish'];
    for (let i = 0; i < names.length; i++) channels[names[i]] = dc.channel(names[i]);
  }
  const c = channels[name];
  return c !== undefined && c.hasSubscribers ? c : undefined;
}

const validationModes = ['strict', 'relaxed', 'insecure'];

// options.httpValidation and options.insecureHTTPParser of servers and requests.
function validateLeniency(options) {
  const { insecureHTTPParser, httpValidation } = options;
  if (insecureHTTPParser !== undefined) {
    require('internal/validators').validateBoolean(insecureHTTPParser, 'options.insecureHTTPParser');
  }
  if (httpValidation !== undefined) {
    require('internal/validators').validateOneOf(httpValidation, 'options.httpValidation', validationModes);
    if (insecureHTTPParser !== undefined) {
      throw new codes.ERR_INVALID_ARG_VALUE('options.httpValidation', httpValidation,
        'cannot be used together with options.insecureHTTPParser');
    }
  }
}

module.exports = {
  binding,
  channel,
  connResetException,
  emitErrorNT,
  encodings,
  kHead,
  kHeaders,
  kNeedDrain: Symbol('kNeedDrain'),
  kOutHeaders,
  kRawHeaders,
  kSocket: Symbol('kSocket'),
  kThin: binding.symbols.kThin,
  noop,
  utcDate: binding.utcDate,
  validateLeniency,
};
