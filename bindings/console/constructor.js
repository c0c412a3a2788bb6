'use strict';
// The Console class, and the slow paths of the global console.

const { codes } = require('internal/errors');
const { inspect, formatWithOptions } = internalBinding('internal/util/inspect');
const direct = internalBinding('internal/console/global');
const { types } = internalBinding('util');
const { validateArray, validateInteger, validateObject, validateOneOf } = require('internal/validators');

const kColor = { colors: true };
const kNoColor = {};
const kMaxGroupIndentation = 1000;
const kStdout = 1, kStderr = 2;

const kState = Symbol('kState');
const kIsConsole = Symbol('kIsConsole');

const optionsMap = new WeakMap();

let channels;
function publish(name, args) {
  if (channels === undefined) {
    try {
      const { channel } = require('diagnostics_channel');
      channels = { __proto__: null };
      for (const n of ['log', 'info', 'debug', 'warn', 'error']) channels[n] = channel(`console.${n}`);
    } catch {
      channels = null;
    }
  }
  if (channels !== null && channels[name].hasSubscribers) channels[name].publish(args);
}

function Console(options) {
  if (!new.target) return Reflect.construct(Console, arguments);
  if (!options || typeof options.write === 'function') {
    options = { stdout: arguments[0], stderr: arguments[1], ignoreErrors: arguments[2] };
  }
  const { stdout, stderr = stdout, ignoreErrors = true, colorMode = 'auto', inspectOptions, groupIndentation } = options;
  if (!stdout || typeof stdout.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stdout');
  if (!stderr || typeof stderr.write !== 'function') throw new codes.ERR_CONSOLE_WRITABLE_STREAM('stderr');
  if (typeof colorMode !== 'boolean' && colorMode !== 'auto') validateOneOf(colorMode, 'colorMode', ['auto', true, false]);
  if (groupIndentation !== undefined) validateInteger(groupIndentation, 'groupIndentation', 0, kMaxGroupIndentation);
  if (inspectOptions !== undefined) {
    validateObject(inspectOptions, 'options.inspectOptions');
    const check = (o) => {
      if (o.colors !== undefined && options.colorMode !== undefined) {
        throw new codes.ERR_INCOMPATIBLE_OPTION_PAIR('options.inspectOptions.color', 'colorMode');
      }
    };
    if (types.isMap(inspectOptions)) inspectOptions.forEach(check);
    else check(inspectOptions);
    optionsMap.set(this, inspectOptions);
  }
  const keys = Object.keys(Console.prototype);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i];
    // From the instance: a subclass may have its own.
    this[key] = this[key].bind(this);
    Object.defineProperty(this[key], 'name', { __proto__: null, value: key, configurable: true });
  }
  const hidden = (name, value) => Object.defineProperty(this, name, { __proto__: null, value, writable: true, configurable: true });
  hidden('_stdout', stdout);
  hidden('_stderr', stderr);
  hidden('_stdoutErrorHandler', createWriteErrorHandler(this, kStdout));
  hidden('_stderrErrorHandler', createWriteErrorHandler(this, kStderr));
  hidden('_ignoreErrors', Boolean(ignoreErrors));
  hidden('_times', new Map());
  Object.defineProperty(this, kState, {
    __proto__: null, value: { counts: new Map(), indent: '', width: groupIndentation ?? 2, colorMode },
  });
  Object.defineProperty(this, kIsConsole, { __proto__: null, value: true });
  Object.defineProperty(this, Symbol.toStringTag, { __proto__: null, value: 'console', configurable: true });
}
Object.defineProperty(Console, Symbol.hasInstance, {
  __proto__: null,
  value(instance) {
    return instance === direct.console || (instance !== null && instance !== undefined && instance[kIsConsole] === true);
  },
});

// A failed write must not kill the process: the listener takes the error.
function createWriteErrorHandler(instance, which) {
  return (err) => {
    if (err !== null && !(which === kStdout ? instance._stdout : instance._stderr)._writableState?.errorEmitted) {
      const stream = which === kStdout ? instance._stdout : instance._stderr;
      if (stream.listenerCount('error') === 0) stream.once('error', noop);
    }
  };
}

function noop() {}

const globalState = { counts: new Map(), indent: '', width: 2, colorMode: 'auto' };
let globalFields; // _ignoreErrors, _times, handlers of the global console

function stateOf(self) {
  return self === direct.console ? globalState : self[kState] ?? globalState;
}

function write(self, which, string) {
  const state = stateOf(self);
  if (self === direct.console && direct.write(which, string)) return;
  if (state.indent !== '') {
    if (string.includes('\n')) string = string.replaceAll('\n', `\n${state.indent}`);
    string = state.indent + string;
  }
  string += '\n';
  const stream = which === kStdout ? self._stdout : self._stderr;
  const ignoreErrors = self._ignoreErrors;
  if (ignoreErrors === false) return stream.write(string);
  const handler = which === kStdout ? self._stdoutErrorHandler : self._stderrErrorHandler;
  const hasOnce = typeof stream.once === 'function';
  if (hasOnce && (typeof stream.listenerCount !== 'function' || stream.listenerCount('error') === 0)) stream.once('error', noop);
  try {
    stream.write(string, handler);
  } catch (e) {
    // A stack overflow is the program's own failure.
    if (e instanceof RangeError && e.message === 'Maximum call stack size exceeded') throw e;
  } finally {
    if (hasOnce && typeof stream.removeListener === 'function') stream.removeListener('error', noop);
  }
}

function inspectOptionsFor(self, which) {
  const state = stateOf(self);
  let color = state.colorMode;
  if (self === direct.console && direct.plain(which)) return kNoColor;
  const stream = which === kStdout ? self._stdout : self._stderr;
  if (color === 'auto') color = require('internal/util/colors').shouldColorize(stream);
  const options = optionsMap.get(self);
  if (options !== undefined) {
    const own = types.isMap(options) ? options.get(stream) : options;
    if (own !== undefined) {
      if (own.colors === undefined) return { ...own, colors: color };
      return own;
    }
  }
  return color ? kColor : kNoColor;
}

function formatFor(self, which, args) {
  args.unshift(inspectOptionsFor(self, which));
  return formatWithOptions.apply(null, args);
}

function toArray(args) { return Array.prototype.slice.call(args); }

function timeLogImpl(self, name, label, data) {
  const times = self._times;
  const start = times.get(label);
  if (start === undefined) {
    process.emitWarning(`No such label '${label}' for console.${name}()`);
    return false;
  }
  const duration = process.hrtime(start);
  const ms = duration[0] * 1000 + duration[1] / 1e6;
  const formatted = require('internal/util/debuglog').formatTime(ms);
  if (data === undefined) self.log('%s: %s', label, formatted);
  else self.log.apply(self, ['%s: %s', label, formatted].concat(data));
  return true;
}

const keyKey = 'Key', valuesKey = 'Values', indexKey = '(index)', iterKey = '(iteration index)';

const methods = {
  log() {
    const args = toArray(arguments);
    publish('log', args);
    write(this, kStdout, formatFor(this, kStdout, args));
  },
  info() {
    const args = toArray(arguments);
    publish('info', args);
    write(this, kStdout, formatFor(this, kStdout, args));
  },
  debug() {
    const args = toArray(arguments);
    publish('debug', args);
    write(this, kStdout, formatFor(this, kStdout, args));
  },
  warn() {
    const args = toArray(arguments);
    publish('warn', args);
    write(this, kStderr, formatFor(this, kStderr, args));
  },
  error() {
    const args = toArray(arguments);
    publish('error', args);
    write(this, kStderr, formatFor(this, kStderr, args));
  },
  dir(object, options) {
    write(this, kStdout, inspect(object, { customInspect: false, ...inspectOptionsFor(this, kStdout), ...options }));
  },
  time(label = 'default') {
    label = `${label}`;
    if (this._times.has(label)) {
      process.emitWarning(`Label '${label}' already exists for console.time()`);
      return;
    }
    this._times.set(label, process.hrtime());
  },
  timeEnd(label = 'default') {
    label = `${label}`;
    if (timeLogImpl(this, 'timeEnd', label)) this._times.delete(label);
  },
  timeLog(label = 'default') {
    timeLogImpl(this, 'timeLog', `${label}`, toArray(arguments).slice(1));
  },
  trace: function trace() {
    const err = { name: 'Trace', message: formatFor(this, kStderr, toArray(arguments)) };
    Error.captureStackTrace(err, trace);
    this.error(err.stack);
  },
  assert(expression) {
    if (expression) return;
    const args = toArray(arguments).slice(1);
    if (typeof args[0] === 'string') args[0] = `Assertion failed: ${args[0]}`;
    else args.unshift('Assertion failed');
    this.warn.apply(this, args);
  },
  clear() {
    if (this._stdout.isTTY && process.env.TERM !== 'dumb') {
      this._stdout.write('\u001b[1;1H');
      this._stdout.write('\u001b[0J');
    }
  },
  count(label = 'default') {
    label = `${label}`;
    const { counts } = stateOf(this);
    const count = (counts.get(label) ?? 0) + 1;
    counts.set(label, count);
    this.log(`${label}: ${count}`);
  },
  countReset(label = 'default') {
    label = `${label}`;
    const { counts } = stateOf(this);
    if (!counts.has(label)) {
      process.emitWarning(`Count for '${label}' does not exist`);
      return;
    }
    counts.delete(label);
  },
  group() {
    if (arguments.length > 0) this.log.apply(this, arguments);
    setIndent(this, stateOf(this).indent + ' '.repeat(stateOf(this).width));
  },
  groupEnd() {
    const state = stateOf(this);
    setIndent(this, state.indent.slice(0, state.indent.length - state.width));
  },
  table(tabularData, properties) {
    if (tabularData === null || typeof tabularData !== 'object') return this.log(tabularData);
    if (properties !== undefined) validateArray(properties, 'properties');
    const final = (k, v) => this.log(require('internal/cli_table')(k, v));
    const show = (v) => inspect(v, {
      ...inspectOptionsFor(this, kStdout),
      depth: v !== null && typeof v === 'object' && !Array.isArray(v) && Object.keys(v).length > 2 ? -1 : 0,
      maxArrayLength: 3, breakLength: Infinity,
    });
    const indexes = (length) => Array.from({ length }, (_, i) => show(i));
    const { previewEntries } = internalBinding('util');
    const mapIter = types.isMapIterator(tabularData);
    let isKeyValue = false;
    if (mapIter) {
      const res = previewEntries(tabularData, true);
      tabularData = res[0];
      isKeyValue = res[1];
    }
    if (isKeyValue || types.isMap(tabularData)) {
      const keys = [], values = [];
      if (mapIter) {
        for (let i = 0; i < tabularData.length; i += 2) {
          keys.push(show(tabularData[i]));
          values.push(show(tabularData[i + 1]));
        }
      } else {
        tabularData.forEach((v, k) => {
          keys.push(show(k));
          values.push(show(v));
        });
      }
      return final([iterKey, keyKey, valuesKey], [indexes(keys.length), keys, values]);
    }
    const setIter = types.isSetIterator(tabularData);
    if (setIter) tabularData = previewEntries(tabularData);
    if (setIter || mapIter || types.isSet(tabularData)) {
      const values = [];
      tabularData.forEach((v) => { values.push(show(v)); });
      return final([iterKey, valuesKey], [indexes(values.length), values]);
    }
    const map = { __proto__: null };
    let hasPrimitives = false;
    const primitives = [];
    const rows = Object.keys(tabularData);
    for (let i = 0; i < rows.length; i++) {
      const item = tabularData[rows[i]];
      const primitive = item === null || (typeof item !== 'function' && typeof item !== 'object');
      if (primitive && properties === undefined) {
        hasPrimitives = true;
        primitives[i] = show(item);
      } else {
        const keys = properties || Object.keys(item);
        for (let j = 0; j < keys.length; j++) {
          const key = keys[j];
          map[key] ??= [];
          map[key][i] = !primitive && Object.hasOwn(item, key) ? show(item[key]) : '';
        }
      }
    }
    const keys = Object.keys(map), columns = Object.values(map);
    if (hasPrimitives) {
      keys.push(valuesKey);
      columns.push(primitives);
    }
    keys.unshift(indexKey);
    columns.unshift(rows);
    return final(keys, columns);
  },
  dirxml() { write(this, kStdout, formatFor(this, kStdout, toArray(arguments))); },
};
methods.groupCollapsed = methods.group;
Object.assign(Console.prototype, methods);

function setIndent(self, indent) {
  const state = stateOf(self);
  state.indent = indent;
  if (state === globalState) direct.setIndent(indent);
}

// makeGlobal returns the methods and fields behind the global console.
function makeGlobal(console) {
  globalFields = {
    __proto__: null,
    ...methods,
    createTask(name) {
      if (typeof name !== 'string' || name === '') throw new Error('First argument must be a non-empty string.');
      return { run(f) { return f(); } };
    },
    _stdoutErrorHandler: createWriteErrorHandler(console, kStdout),
    _stderrErrorHandler: createWriteErrorHandler(console, kStderr),
    _ignoreErrors: true,
    _times: new Map(),
  };
  return globalFields;
}

module.exports = { Console, makeGlobal };
