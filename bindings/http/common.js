'use strict';
// _http_common: parsers, and what client and server do with what they read.

const { binding, kHead } = require('internal/http');
const { methods, HTTPParser, setOwnCallback } = internalBinding('http_parser');
const { IncomingMessage, attachHead, readStart, readStop } = require('_http_incoming');

const kIncomingMessage = Symbol('IncomingMessage');
const kSkipPendingData = Symbol('SkipPendingData');
const kOnMessageBegin = HTTPParser.kOnMessageBegin | 0;
const kOnHeaders = HTTPParser.kOnHeaders | 0;
const kOnHeadersComplete = HTTPParser.kOnHeadersComplete | 0;
const kOnBody = HTTPParser.kOnBody | 0;
const kOnMessageComplete = HTTPParser.kOnMessageComplete | 0;
const kOnExecute = HTTPParser.kOnExecute | 0;
const kOnTimeout = HTTPParser.kOnTimeout | 0;

const MAX_HEADER_PAIRS = 2000;

// Trailer fields come through here.
function parserOnHeaders(headers, url) {
  if (this.maxHeaderPairs <= 0 || this._headers.length < this.maxHeaderPairs) {
    this._headers = this._headers.concat(headers);
  }
  this._url += url;
}

function parserOnHeadersComplete(versionMajor, versionMinor, headers, method, url, statusCode, statusMessage,
  upgrade, shouldKeepAlive, head) {
  const { socket } = this;
  this._headers = [];
  this._url = '';
  const server = socket?.server;
  const Incoming = server?.[kIncomingMessage] || IncomingMessage;
  const incoming = new Incoming(socket);
  this.incoming = incoming;
  if (server?.joinDuplicateHeaders || this.joinDuplicateHeaders) incoming.joinDuplicateHeaders = true;
  attachHead(incoming, head, this.maxHeaderPairs);
  if (upgrade) incoming.upgrade = true;
  return this.onIncoming(incoming, shouldKeepAlive);
}

setOwnCallback(parserOnHeadersComplete);

function parserOnBody(b) {
  const stream = this.incoming;
  if (stream === null) return;
  // Pretend this was the result of a stream._read call.
  if (!stream._dumped && !stream.push(b)) readStop(this.socket);
}

function parserOnMessageComplete() {
  const stream = this.incoming;
  if (stream !== null && !stream.upgrade) {
    stream.complete = true;
    if (this._headers.length > 0) {
      stream._addHeaderLines(this._headers, this._headers.length);
      this._headers = [];
      this._url = '';
    }
    stream._endOfBody();
  } else if (stream !== null) {
    stream.complete = true;
    stream._endOfBody();
  }
  // Force to read the next incoming message.
  readStart(this.socket);
}

class FreeList {
  constructor(name, max, ctor) {
    this.name = name;
    this.ctor = ctor;
    this.max = max;
    this.list = [];
  }

  alloc() {
    return this.list.length > 0 ? this.list.pop() : Reflect.apply(this.ctor, this, arguments);
  }

  free(obj) {
    if (this.list.length < this.max) {
      this.list.push(obj);
      return true;
    }
    return false;
  }
}

const parsers = new FreeList('parsers', 1000, function parsersCb() {
  const parser = new HTTPParser();
  cleanParser(parser);
  parser[kOnHeaders] = parserOnHeaders;
  parser[kOnHeadersComplete] = parserOnHeadersComplete;
  parser[kOnBody] = parserOnBody;
  parser[kOnMessageComplete] = parserOnMessageComplete;
  return parser;
});

// Gives a parser back; its links are cut first, so that nothing is kept alive.
function freeParser(parser, req, socket) {
  if (parser) {
    if (parser._consumed) parser.unconsume();
    cleanParser(parser);
    parser.remove();
    if (parsers.free(parser) === false) {
      // It may be executing right now.
      setImmediate(closeParserInstance, parser);
    } else {
      parser.free();
    }
  }
  if (req) req.parser = null;
  if (socket) socket.parser = null;
}

function closeParserInstance(parser) { parser.close(); }

function cleanParser(parser) {
  parser._headers = [];
  parser._url = '';
  parser.socket = null;
  parser.incoming = null;
  parser.outgoing = null;
  parser.maxHeaderPairs = MAX_HEADER_PAIRS;
  parser[kOnMessageBegin] = null;
  parser[kOnExecute] = null;
  parser[kOnTimeout] = null;
  parser._consumed = false;
  parser.onIncoming = null;
  parser.joinDuplicateHeaders = null;
}

function checkIsHttpToken(val) { return binding.checkToken(val); }
function checkInvalidHeaderChar(val, lenient) { return binding.checkInvalidHeaderChar(val, lenient === true); }

function prepareError(e, parser, rawPacket) {
  e.rawPacket = rawPacket || parser.getCurrentBuffer();
  if (e.reason) e.message = `Parse Error: ${e.reason}`;
}

let warnedLenient = false;
function isLenient() {
  const insecure = binding.insecureHTTPParser;
  if (insecure && !warnedLenient) {
    warnedLenient = true;
    process.emitWarning('Using insecure HTTP parsing');
  }
  return insecure;
}

// The parser's flags for a server's or a request's options.
function calculateLenientFlags(insecureHTTPParser, httpValidation) {
  if (httpValidation === 'strict') return HTTPParser.kLenientNone | 0;
  if (httpValidation === 'relaxed') return HTTPParser.kLenientHeaderValueRelaxed | 0;
  if (httpValidation === 'insecure') return HTTPParser.kLenientAll | 0;
  const lenient = insecureHTTPParser === undefined ? isLenient() : insecureHTTPParser;
  return lenient ? HTTPParser.kLenientAll | 0 : HTTPParser.kLenientNone | 0;
}

module.exports = {
  _checkInvalidHeaderChar: checkInvalidHeaderChar,
  _checkIsHttpToken: checkIsHttpToken,
  chunkExpression: /(?:^|\W)chunked(?:$|\W)/i,
  continueExpression: /(?:^|\W)100-continue(?:$|\W)/i,
  CRLF: '\r\n',
  freeParser,
  methods,
  parsers,
  kIncomingMessage,
  HTTPParser,
  isLenient,
  calculateLenientFlags,
  prepareError,
  kSkipPendingData,
};
