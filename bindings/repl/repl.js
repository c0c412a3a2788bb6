'use strict';

const { Interface } = require('readline');
const { codes } = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { deprecate } = require('internal/util');
const { validateFunction, validateObject } = require('internal/validators');
const domain = require('domain');
const path = require('path');
const vm = require('vm');
const { Module, makeRequire } = require('internal/modules/cjs/loader');
const { awaiting, isIncomplete } = internalBinding('repl');
const { defineDefaultCommands } = require('internal/repl/commands');
const { complete } = require('internal/repl/complete');

const REPL_MODE_SLOPPY = Symbol('repl-sloppy');
const REPL_MODE_STRICT = Symbol('repl-strict');
const kContinuation = '| ';
const { kStandalone } = require('internal/repl/symbols');
const kBuffered = Symbol('bufferedCommand');

// What a later line may complete.
class Recoverable extends SyntaxError {
  constructor(err) {
    super();
    this.err = err;
  }
}

// A thrown null or undefined, which to a callback says that nothing was thrown.
class Nothing {
  constructor(value) { this.value = value; }
}

function writer(value) { return inspect(value, writer.options); }
writer.options = { ...inspect.defaultOptions, showProxy: true };
Object.defineProperty(inspect, 'replDefaults', {
  __proto__: null,
  configurable: true,
  get() { return writer.options; },
  set(options) {
    validateObject(options, 'options');
    Object.assign(writer.options, options);
  },
});

let lastName = 0;

function syntaxOf(code, filename) {
  try {
    return { script: new vm.Script(code, { filename, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER }) };
  } catch (error) {
    return { error };
  }
}

// Node's words for an import declaration, which a script cannot have.
function importHint(code) {
  const match = /^\s*import\s+(?:([\w$]+)\s*,?\s*)?(?:\{([^}]*)\}|\*\s+as\s+([\w$]+))?\s*(?:from\s*)?(['"])(.*?)\4/.exec(code);
  if (match === null) return '';
  const names = [];
  if (match[1] !== undefined) names.push(`default: ${match[1]}`);
  if (match[2] !== undefined) {
    for (const name of match[2].split(',')) if (name.trim() !== '') names.push(name.trim().replace(/\s+as\s+/, ': '));
  }
  let target = '';
  if (match[3] !== undefined) target = `const ${match[3]} = `;
  else if (names.length > 0) target = `const { ${names.join(', ')} } = `;
  return 'Cannot use import statement inside the Node.js REPL, alternatively use dynamic import: ' +
    `${target}await import(${JSON.stringify(match[5])});`;
}

// A listener for uncaughtException that a REPL's user adds would take the
// errors of the program around it.
let domains;
function guardListeners(own) {
  if (domains !== undefined) {
    domains.add(own);
    return;
  }
  domains = new WeakSet([own]);
  process.prependListener('newListener', (event) => {
    if (event === 'uncaughtException' && process.domain && domains.has(process.domain)) {
      throw new codes.ERR_INVALID_REPL_INPUT('Listeners for `uncaughtException` cannot be used in the REPL');
    }
  });
}

function REPLServer(prompt, stream, eval_, useGlobal, ignoreUndefined, replMode) {
  if (!(this instanceof REPLServer)) {
    return deprecate((...args) => new REPLServer(...args),
      "Instantiating REPLServer without the 'new' keyword has been deprecated.", 'DEP0185')(
      prompt, stream, eval_, useGlobal, ignoreUndefined, replMode);
  }
  let options;
  if (prompt !== null && typeof prompt === 'object') {
    options = { ...prompt };
    stream = options.stream || options.socket;
    eval_ = options.eval;
    ({ useGlobal, ignoreUndefined, prompt, replMode } = options);
  } else {
    options = {};
  }
  if (!options.input && !options.output) {
    stream ||= process;
    options.input = stream.stdin || stream;
    options.output = stream.stdout || stream;
  }
  if (options.terminal === undefined) options.terminal = options.output.isTTY;
  options.terminal = Boolean(options.terminal);
  if (options.terminal && options.useColors === undefined) {
    options.useColors = typeof options.output.getColorDepth === 'function' ? options.output.getColorDepth() > 2 : false;
  }
  if (options.breakEvalOnSigint && eval_) {
    throw new codes.ERR_INVALID_REPL_EVAL_CONFIG();
  }

  Interface.call(this, {
    input: options.input,
    output: options.output,
    completer: options.completer || ((text, callback) => this._complete(text, callback)),
    terminal: options.terminal,
    historySize: options.historySize,
    prompt: prompt !== undefined ? prompt : '> ',
  });

  this.useColors = Boolean(options.useColors);
  this._domain = options.domain || domain.create();
  this.useGlobal = Boolean(useGlobal);
  this.ignoreUndefined = Boolean(ignoreUndefined);
  this.replMode = replMode || REPL_MODE_SLOPPY;
  this.underscoreAssigned = false;
  this.last = undefined;
  this.underscoreErrAssigned = false;
  this.lastError = undefined;
  this.breakEvalOnSigint = Boolean(options.breakEvalOnSigint);
  this.editorMode = false;
  this.lines = [];
  this.lines.level = [];
  this.commands = { __proto__: null };
  this[kBuffered] = '';
  this._initialPrompt = this.getPrompt();
  // Every line's evaluation waits for the one before it.
  this._queue = [];
  this._busy = false;

  this.writer = options.writer || writer;
  if (this.useColors && this.writer === writer) writer.options.colors = true;
  this.eval = eval_ || ((code, context, file, callback) => this._evaluate(code, context, file, callback));
  defineDefaultCommands(this);
  this.resetContext();

  this._standalone = options[kStandalone] === true;
  if (!this._standalone) guardListeners(this._domain);
  this._domain.on('error', (err) => {
    if (this._standalone && process.listenerCount('uncaughtException') > 0) {
      process.nextTick(() => {
        process.emit('uncaughtException', err);
        this.clearBufferedCommand();
        this._busy = false;
        this.displayPrompt();
      });
      return;
    }
    this._onError(err);
  });
  this.on('SIGINT', () => this._onInterrupt());
  this.on('close', () => {
    if (this._busy) this._exitWhenIdle = true;
    else this.emit('exit');
  });
  this.on('line', (line) => {
    line ||= '';
    if (this._busy) this._queue.push(line);
    else this._onInput(line);
  });
  this.displayPrompt();
}
Object.setPrototypeOf(REPLServer.prototype, Interface.prototype);
Object.setPrototypeOf(REPLServer, Interface);

const methods = {
  createContext() {
    let context;
    if (this.useGlobal) {
      context = globalThis;
    } else {
      context = vm.createContext();
      const own = new Set(Object.getOwnPropertyNames(vm.runInContext('globalThis', context)));
      for (const name of Object.getOwnPropertyNames(globalThis)) {
        if (!own.has(name)) Object.defineProperty(context, name, { __proto__: null, ...Object.getOwnPropertyDescriptor(globalThis, name) });
      }
      context.global = context;
      Object.defineProperty(context, 'console', {
        __proto__: null, configurable: true, writable: true,
        value: new (require('console').Console)(this.output),
      });
    }
    const replModule = new Module('<repl>');
    replModule.paths = Module._nodeModulePaths(path.resolve('.')).concat(Module.globalPaths ?? []);
    replModule.filename = null;
    const define = (name, value) => Object.defineProperty(context, name, {
      __proto__: null, configurable: true, writable: true, value,
    });
    define('module', replModule);
    define('require', makeRequire(replModule));
    for (const name of Module.builtinModules) {
      if (name.includes('/') || name[0] === '_' || Object.hasOwn(context, name)) continue;
      Object.defineProperty(context, name, {
        __proto__: null,
        configurable: true,
        enumerable: false,
        get() {
          const value = replModule.require(name);
          define(name, value);
          return value;
        },
        set(value) {
          delete context[name];
          context[name] = value;
        },
      });
    }
    return context;
  },

  resetContext() {
    this.context = this.createContext();
    this.underscoreAssigned = false;
    this.underscoreErrAssigned = false;
    this.lines = [];
    this.lines.level = [];
    const server = this;
    const result = (name, field, flag, text) => Object.defineProperty(this.context, name, {
      __proto__: null,
      configurable: true,
      get() { return server[field]; },
      set(value) {
        server[field] = value;
        if (server[flag]) return;
        server[flag] = true;
        server.output.write(`Expression assignment to ${name} now disabled.\n`);
      },
    });
    result('_', 'last', 'underscoreAssigned');
    result('_error', 'lastError', 'underscoreErrAssigned');
    this.emit('reset', this.context);
  },

  _evaluate(code, context, file, callback) {
    if (code === '\n') {
      callback(null);
      return;
    }
    const tries = [];
    // An object literal rather than a block.
    if (/^\s*\{/.test(code) && !/;\s*$/.test(code)) tries.push(`(${code.trim()})\n`);
    tries.push(code);
    let script, waits, error;
    for (let i = 0; i < tries.length && script === undefined; i++) {
      const strict = this.replMode === REPL_MODE_STRICT ? "'use strict'; void 0; " : '';
      const waiting = awaiting(tries[i]);
      const found = syntaxOf(strict + (waiting ?? tries[i]), file);
      ({ script, error } = found);
      waits = waiting !== undefined;
    }
    if (script === undefined) {
      if (isIncomplete(code)) {
        callback(new Recoverable(error));
        return;
      }
      const hint = importHint(code);
      if (hint !== '') {
        error.stack = error.stack.replace(/SyntaxError: .*/, `SyntaxError: ${hint}`);
        error.message = hint;
      }
      callback(error);
      return;
    }
    let value;
    const interruptible = this.breakEvalOnSigint;
    if (interruptible) this._setRawMode(false);
    try {
      const options = { displayErrors: false, breakOnSigint: interruptible };
      value = this.useGlobal ? script.runInThisContext(options) : script.runInContext(context, options);
    } catch (err) {
      callback(err ?? new Nothing(err));
      return;
    } finally {
      if (interruptible && this.terminal) this._setRawMode(true);
    }
    if (!waits) {
      callback(null, value);
      return;
    }
    this._awaited = callback;
    value.then(
      (result) => this._settle(callback, null, result?.value),
      (err) => this._settle(callback, err),
    );
  },

  // Ctrl-C may have given up waiting.
  _settle(callback, err, value) {
    if (this._awaited !== callback) return;
    this._awaited = undefined;
    callback(err, value);
  },

  _onInput(line) {
    if (this.editorMode) {
      this[kBuffered] += `${line}\n`;
      return;
    }
    const trimmed = line.trim();
    const command = /^\.(\w+)\s*(.*)$/.exec(trimmed);
    if (trimmed[0] === '.' && trimmed[1] !== '.' && Number.isNaN(Number.parseFloat(trimmed))) {
      if (command !== null && this._runCommand(command[1], command[2])) return;
      if (this[kBuffered] === '') {
        this.output.write('Invalid REPL keyword\n');
        this.displayPrompt();
        return;
      }
    }
    // What cannot be a script's beginning is a line for a shell.
    if (this[kBuffered] === '' && /^npm\s+(?:\w|-)/.test(trimmed)) {
      this.output.write('npm should be run outside of the Node.js REPL, in your normal shell.\n(Press Ctrl+D to exit.)\n');
      this.displayPrompt();
      return;
    }
    this._run(`${this[kBuffered]}${line}\n`);
  },

  // False if there is no such command.
  _runCommand(name, rest) {
    const command = this.commands[name];
    if (command === undefined) return false;
    command.action.call(this, rest);
    return true;
  },

  _run(code) {
    this._busy = true;
    let done = false;
    const finish = (...result) => {
      if (done) return;
      done = true;
      this._busy = false;
      this._finish(code, ...result);
      if (this._exitWhenIdle) this.emit('exit');
      while (!this._busy && this._queue.length > 0) this._onInput(this._queue.shift());
    };
    this._abandonRun = finish;
    this._domain.run(() => {
      this.eval(code, this.context, `REPL${++lastName}`, finish);
    });
  },

  _finish(code, err, value) {
    if (err instanceof Nothing) {
      this._onError(err.value);
      return;
    }
    if (err instanceof Recoverable) {
      this[kBuffered] = code;
      this.displayPrompt();
      return;
    }
    if (err !== null && err !== undefined) {
      if (this._standalone) this._domain.emit('error', err);
      else this._onError(err);
      return;
    }
    this.lines.push(code.slice(0, -1));
    this.clearBufferedCommand();
    if (arguments.length > 2 && (value !== undefined || !this.ignoreUndefined)) {
      if (!this.underscoreAssigned) this.last = value;
      this.output.write(`${this.writer(value)}\n`);
    }
    if (!this.closed) this.displayPrompt();
  },

  // Shows what was thrown. A stack ends where the line's own code began.
  _onError(err) {
    let text = '';
    if (!this.underscoreErrAssigned) this.lastError = err;
    if (typeof err === 'object' && err !== null && typeof err.stack === 'string' && Error.isError(err)) {
      if (err.name === 'SyntaxError') {
        const at = err.stack.indexOf('\n    at ');
        if (at !== -1) err.stack = err.stack.slice(0, at);
        err.stack = err.stack.replace(/^REPL\d+:\d+\r?\n/, '');
      } else {
        const frames = err.stack.split('\n');
        const own = frames.findLastIndex((f) => /^\s+at REPL\d+:/.test(f));
        if (own !== -1) err.stack = frames.slice(0, own).join('\n');
      }
    }
    text = this.writer(err);
    if (Error.isError(err) && text[0] === '[' && text.endsWith(']')) text = text.slice(1, -1);
    const lines = text.split(/(?<=\n)/);
    const head = lines.findIndex((line) => /^\[?([A-Z][a-z0-9_]*)*Error/.test(line));
    if (head === -1) {
      text = `Uncaught${lines.length === 1 ? ' ' : ':\n'}${text}`;
    } else {
      lines[head] = (this.writer.options?.breakLength ?? 80) >= lines[head].length ?
        `Uncaught ${lines[head]}` : `Uncaught:\n${lines[head]}`;
      text = lines.join('');
    }
    if (!text.endsWith('\n')) text += '\n';
    this.clearBufferedCommand();
    this.lines.level = [];
    this._busy = false;
    this.output.write(text);
    if (!this.closed) this.displayPrompt();
  },

  _onInterrupt() {
    if (this._awaited !== undefined) {
      this._awaited = undefined;
      this._abandonRun(new codes.ERR_SCRIPT_EXECUTION_INTERRUPTED());
      return;
    }
    const empty = this.line.length === 0;
    this.clearLine();
    if (this.editorMode) this.turnOffEditorMode();
    const command = this[kBuffered];
    if (command === '' && empty) {
      if (this._sawInterrupt) {
        this.close();
        this._sawInterrupt = false;
        return;
      }
      this.output.write('(To exit, press Ctrl+C again or Ctrl+D or type .exit)\n');
      this._sawInterrupt = true;
    } else {
      this._sawInterrupt = false;
    }
    this.clearBufferedCommand();
    this.lines.level = [];
    this.displayPrompt();
  },

  clearBufferedCommand() { this[kBuffered] = ''; },

  turnOnEditorMode() {
    this.editorMode = true;
    Interface.prototype.setPrompt.call(this, '');
  },

  turnOffEditorMode() {
    this.editorMode = false;
    this.setPrompt(this._initialPrompt);
  },

  setPrompt(prompt) {
    this._initialPrompt = prompt;
    Interface.prototype.setPrompt.call(this, prompt);
  },

  displayPrompt(preserveCursor) {
    Interface.prototype.setPrompt.call(this, this[kBuffered] === '' ? this._initialPrompt : kContinuation);
    this.prompt(preserveCursor);
  },

  defineCommand(keyword, command) {
    if (typeof command === 'function') command = { action: command };
    else validateFunction(command.action, 'cmd.action');
    this.commands[keyword] = command;
  },

  setupHistory(file, callback) {
    if (typeof file === 'function') {
      callback = file;
      file = undefined;
    }
    require('internal/repl/history').setup(this, file?.filePath ?? file, callback ?? file?.onHistoryFileLoaded);
  },

  close() {
    if (this.closed) return;
    process.nextTick(() => Interface.prototype.close.call(this));
  },

  _ttyWrite(s, key) {
    key ??= {};
    if (!(key.ctrl && key.name === 'c')) this._sawInterrupt = false;
    if (this.editorMode && key.ctrl && !key.meta && key.name === 'd') {
      const code = `${this[kBuffered]}${this.line}\n`;
      this.clearLine();
      this.turnOffEditorMode();
      this[kBuffered] = '';
      this._run(code);
      return;
    }
    if (this.editorMode && key.name === 'tab' && this.cursor === 0) {
      this._insertString('  ');
      return;
    }
    Interface.prototype._ttyWrite.call(this, s, key);
  },

  _complete(text, callback) {
    complete(this, text, (err, found) => {
      // An editor offers no choice: what all candidates have in common.
      if (err === null && this.editorMode && found[0].length > 1) {
        const names = found[0].filter((name) => name !== '');
        let n = 0;
        while (names.every((name) => n < name.length && name[n] === names[0][n])) n++;
        found = [[names[0].slice(0, n)], found[1]];
      }
      callback(err, found);
    });
  },

  complete() { return this.completer.apply(this, arguments); },
};
for (const [name, stream] of [['inputStream', 'input'], ['outputStream', 'output']]) {
  Object.defineProperty(REPLServer.prototype, name, {
    __proto__: null, configurable: true, enumerable: true,
    get() { return this[stream]; },
    set(value) { this[stream] = value; },
  });
}
for (const name of Object.keys(methods)) {
  Object.defineProperty(REPLServer.prototype, name, {
    __proto__: null, value: methods[name], writable: true, configurable: true, enumerable: false,
  });
}

function start(prompt, source, eval_, useGlobal, ignoreUndefined, replMode) {
  return new REPLServer(prompt, source, eval_, useGlobal, ignoreUndefined, replMode);
}

module.exports = {
  REPLServer,
  REPL_MODE_SLOPPY,
  REPL_MODE_STRICT,
  Recoverable,
  builtinModules: Module.builtinModules.filter((name) => name[0] !== '_'),
  start,
  writer,
};
