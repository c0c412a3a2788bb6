'use strict';
// Errors of system calls on sockets: made from libuv's numbers.

const { errname, getErrorMessage, UV_EAI_NODATA, UV_EAI_NONAME } = internalBinding('uv');

function nameOf(err) { return typeof err === 'number' ? errname(err) : err; }

function make(message, errno, code, syscall, from) {
  const limit = Error.stackTraceLimit;
  const ex = new Error(message);
  if (from !== undefined && limit > 0) Error.captureStackTrace(ex, from);
  ex.errno = errno;
  ex.code = code;
  ex.syscall = syscall;
  return ex;
}

// "read ECONNRESET", with what `original` says behind it.
function ErrnoException(err, syscall, original) {
  const code = nameOf(err);
  return make(original ? `${syscall} ${code} ${original}` : `${syscall} ${code}`, err, code, syscall, ErrnoException);
}

// "EBADF: bad file descriptor, open", from a context that a binding filled.
function UVException(ctx) {
  const code = ctx.code || nameOf(ctx.errno);
  let message = `${code}: ${ctx.message || getErrorMessage(ctx.errno)}, ${ctx.syscall}`;
  if (ctx.path) message += ` '${ctx.path}'`;
  if (ctx.dest) message += ` -> '${ctx.dest}'`;
  const ex = new Error(message);
  for (const key of Object.keys(ctx)) {
    if (key !== 'message' && key !== 'path' && key !== 'dest') ex[key] = ctx[key];
  }
  ex.code = code;
  if (ctx.path) ex.path = ctx.path;
  if (ctx.dest) ex.dest = ctx.dest;
  return ex;
}

function place(address, port) {
  if (port && port > 0) return ` ${address}:${port}`;
  return address ? ` ${address}` : '';
}

// "listen EADDRINUSE: address already in use :::3000"
function UVExceptionWithHostPort(err, syscall, address, port) {
  const code = nameOf(err);
  const ex = new Error(`${syscall} ${code}: ${getErrorMessage(err)}${place(address, port)}`);
  ex.code = code;
  ex.errno = err;
  ex.syscall = syscall;
  ex.address = address;
  if (port) ex.port = port;
  return ex;
}

// "connect ECONNREFUSED 127.0.0.1:1 - Local (…)"
function ExceptionWithHostPort(err, syscall, address, port, additional) {
  const code = nameOf(err);
  let message = `${syscall} ${code}${place(address, port)}`;
  if (additional) message += ` - Local (${additional})`;
  const ex = make(message, err, code, syscall, ExceptionWithHostPort);
  ex.address = address;
  if (port) ex.port = port;
  return ex;
}

// "getaddrinfo ENOTFOUND nothere"
function DNSException(err, syscall, hostname) {
  let errno;
  let code;
  if (typeof err === 'number') {
    errno = err;
    code = err === UV_EAI_NODATA || err === UV_EAI_NONAME ? 'ENOTFOUND' : errname(err);
  } else {
    code = err;
  }
  const ex = make(`${syscall} ${code}${hostname ? ` ${hostname}` : ''}`, errno, code, syscall, DNSException);
  if (hostname) ex.hostname = hostname;
  return ex;
}

// A connection that the other side cut while something was expected of it.
function ConnResetException(message) {
  const ex = new Error(message);
  ex.code = 'ECONNRESET';
  return ex;
}

// Several failed attempts as one error, whose code is that of the first.
class NodeAggregateError extends AggregateError {
  constructor(errors, message) {
    super(errors, message);
    this.code = errors[0]?.code;
  }
  get ['constructor']() { return AggregateError; }
}

const customInspect = Symbol.for('nodejs.util.inspect.custom');
class SystemErrorBase extends Error {
  toString() { return `${this.name} [${this.code}]: ${this.message}`; }

  [customInspect](depth, options) {
    return require('internal/util/inspect').inspect(this, { ...options, getters: true, customInspect: false });
  }
}
Object.defineProperties(SystemErrorBase.prototype, {
  name: { __proto__: null, value: 'SystemError', enumerable: false, writable: true, configurable: true },
  constructor: { __proto__: null, value: Error, enumerable: false, writable: true, configurable: true },
  toString: { __proto__: null, value: SystemErrorBase.prototype.toString, enumerable: false, writable: true, configurable: true },
});

// "TTY initialization failed: uv_tty_init returned EINVAL (invalid argument)"
function SystemError(code, text, ctx) {
  let message = `${text}: ${ctx.syscall} returned ${ctx.code} (${ctx.message})`;
  if (ctx.path !== undefined) message += ` ${ctx.path}`;
  if (ctx.dest !== undefined) message += ` => ${ctx.dest}`;
  const ex = internalBinding('errors').makeNodeError(SystemErrorBase, code, message);
  Object.defineProperties(ex, {
    name: { __proto__: null, value: 'SystemError', enumerable: false, writable: true, configurable: true },
    info: { __proto__: null, value: ctx, enumerable: true, configurable: true, writable: false },
    errno: { __proto__: null, get: () => ctx.errno, set: (v) => { ctx.errno = v; }, enumerable: true, configurable: true },
    syscall: { __proto__: null, get: () => ctx.syscall, set: (v) => { ctx.syscall = v; }, enumerable: true, configurable: true },
  });
  return ex;
}

module.exports = {
  ConnResetException,
  DNSException,
  ErrnoException,
  ExceptionWithHostPort,
  NodeAggregateError,
  SystemError,
  UVException,
  UVExceptionWithHostPort,
};
