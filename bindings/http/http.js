'use strict';
// node:http.

const { binding } = require('internal/http');
const { methods, parsers } = require('_http_common');
const { IncomingMessage } = require('_http_incoming');
const { OutgoingMessage, validateHeaderName, validateHeaderValue } = require('_http_outgoing');
const { STATUS_CODES, Server, ServerResponse, _connectionListener } = require('_http_server');

function createServer(options, requestListener) { return new Server(options, requestListener); }

function request(url, options, cb) {
  const { ClientRequest } = require('_http_client');
  return new ClientRequest(url, options, cb);
}

function get(url, options, cb) {
  const req = request(url, options, cb);
  req.end();
  return req;
}

function setMaxIdleHTTPParsers(max) {
  require('internal/validators').validateInteger(max, 'max', 1);
  parsers.max = max;
}

function lazy(id, key) {
  return {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return require(id)[key]; },
    set(value) { Object.defineProperty(module.exports, key, { __proto__: null, value, writable: true, configurable: true, enumerable: true }); },
  };
}

function global(name) {
  return { __proto__: null, configurable: true, enumerable: true, get() { return globalThis[name]; } };
}

module.exports = {
  _connectionListener,
  METHODS: methods.toSorted(),
  STATUS_CODES,
};
Object.defineProperty(module.exports, 'Agent', lazy('_http_agent', 'Agent'));
Object.defineProperty(module.exports, 'ClientRequest', lazy('_http_client', 'ClientRequest'));
Object.assign(module.exports, {
  IncomingMessage,
  OutgoingMessage,
  Server,
  ServerResponse,
  createServer,
  validateHeaderName(name, label) { validateHeaderName(name, label); },
  validateHeaderValue(name, value) { validateHeaderValue(name, value); },
  get,
  request,
  setMaxIdleHTTPParsers,
});
Object.defineProperties(module.exports, {
  WebSocket: global('WebSocket'),
  CloseEvent: global('CloseEvent'),
  MessageEvent: global('MessageEvent'),
  maxHeaderSize: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return binding.maxHeaderSize; },
  },
  globalAgent: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return require('_http_agent').globalAgent; },
    set(value) { require('_http_agent').globalAgent = value; },
  },
});
