'use strict';

const { Interface } = require('readline');
const { codes } = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { deprecate } = require('internal/util');
const { validateFunction, validateObject } = require('internal/validators');
const domain = require('domain');
const path = require('path');
const { commonPrefix } = require('internal/readline/edit');
const { clearScreenDown, cursorTo } = require('internal/readline/cursor');
const vm = require('vm');
const { Module, makeRequire } = require('internal/modules/cjs/loader');
const { awaiting, forget, highlight, indent, isIncomplete, plainScript } = internalBinding('repl');
const { defineDefaultCommands } = require('internal/repl/commands');
const { complete } = require('internal/repl/complete');
const { prepare, trust } = require('internal/repl/evaluate');

const REPL_MODE_SLOPPY = Symbol('repl-sloppy');
const REPL_MODE_STRICT = Symbol('repl-strict');
const { quietLoader } = internalBinding('vm');
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

const defaultPrepare = Error.prepareStackTrace;

// An error's stack; a program's own Error.prepareStackTrace is given the frames
// of the program alone.
function stackOf(err) {
  const own = Error.prepareStackTrace;
  if (typeof own !== 'function' || own === defaultPrepare) return err.stack;
  Error.prepareStackTrace = function(error, frames) {
    let last = frames.length - 1;
    while (last >= 0 && !/^REPL\d+$/.test(frames[last].getFileName())) last--;
    if (last >= 0) frames = frames.slice(0, last);
    return Reflect.apply(own, this, [error, frames]);
  };
  try {
    return err.stack;
  } finally {
    Error.prepareStackTrace = own;
  }
}

// What runs a line's code.
const kMachinery = /^\s+at (?:execute|Script\.run\w+) \(node:vm:|^\s+at REPLServer\._evaluate \(node:repl:/;

let lastName = 0;

function syntaxOf(code, filename) {
  try {
    return { script: new vm.Script(code, { filename, importModuleDynamically: quietLoader }) };
  } catch (error) {
    // The stack begins with the line, whatever a program makes of stacks.
    const own = Error.prepareStackTrace;
    Error.prepareStackTrace = defaultPrepare;
    try { error.stack; } finally { Error.prepareStackTrace = own; } // eslint-disable-line no-unused-expressions
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
  if (this.terminal) this._continuation = kContinuation;
  // Every line's evaluation waits for the one before it.
  this._queue = [];
  this._busy = false;

  this.writer = options.writer || writer;
  if (this.useColors && this.writer === writer) writer.options.colors = true;
  this._ownEval = typeof eval_ === 'function';
  this.eval = eval_ || ((code, context, file, callback) => this._evaluate(code, context, file, callback));
  this._standalone = options[kStandalone] === true;
  defineDefaultCommands(this);
  if (this.terminal) {
    prepare();
    const dumb = process.env.TERM === 'dumb';
    if (!dumb && (options.preview === undefined ? !this._ownEval : options.preview)) {
      this._preview = new (require('internal/repl/preview').Preview)(this);
    }
    if (!dumb) this._search = new (require('internal/repl/search').Search)(this);
    if (options.highlight && this.useColors && !dumb) this._paint = highlight;
  }
  this.resetContext();

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
      const get = () => {
        const value = replModule.require(name);
        define(name, value);
        return value;
      };
      trust(get);
      Object.defineProperty(context, name, {
        __proto__: null,
        configurable: true,
        enumerable: false,
        get,
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
    const result = (name, field, flag) => {
      const get = () => server[field];
      trust(get);
      Object.defineProperty(this.context, name, {
        __proto__: null,
        configurable: true,
        get,
        set(value) {
          server[field] = value;
          if (server[flag]) return;
          server[flag] = true;
          server.output.write(`Expression assignment to ${name} now disabled.\n`);
        },
      });
    };
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
      // Types and import declarations, where no program counts on their being errors.
      if (script === undefined && this._standalone && i === tries.length - 1 && tries.length < 4) {
        const javascript = plainScript(code);
        if (javascript !== undefined) tries.push(javascript);
      }
      if (script !== undefined && this._standalone) forget(waiting ?? tries[i]);
    }
    if (script === undefined) {
      if (isIncomplete(code, this._standalone)) {
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
    let thrown = false;
    const interruptible = this.breakEvalOnSigint;
    if (interruptible) this._setRawMode(false);
    try {
      const options = { displayErrors: false, breakOnSigint: interruptible };
      value = this.useGlobal ? script.runInThisContext(options) : script.runInContext(context, options);
    } catch (err) {
      thrown = true;
      value = err;
    }
    // Before there is a prompt to type at.
    if (interruptible && this.terminal) this._setRawMode(true);
    if (thrown) {
      if (value?.code === 'ERR_SCRIPT_EXECUTION_INTERRUPTED') this._freeOutput();
      const { domain: inner } = process;
      if (inner && inner !== this._domain && inner.listenerCount('error') > 0) {
        // A domain that the code itself has entered.
        inner.emit('error', value);
        inner.exit();
        callback(null);
      } else {
        callback(value ?? new Nothing(value));
      }
      return;
    }
    if (!waits) {
      callback(null, value);
      return;
    }
    this._awaited = callback;
    value.then(
      (result) => this._settle(callback, null, result?.value),
      (err) => this._settle(callback, err ?? new Nothing(err)),
    );
  },

  // Ctrl-C may have cut off a write, of which nobody would tell the stream that
  // it is over. A terminal's writes are done at once.
  _freeOutput() {
    const state = this.output._writableState;
    if (this.output.isTTY && state?.writing && typeof state.writecb === 'function') state.onwrite();
  },

  // Ctrl-C may have given up waiting.
  _settle(callback, err, value) {
    if (this._awaited !== callback) return;
    this._awaited = undefined;
    callback(err, value);
  },

  _onInput(line) {
    this._sawInterrupt = false;
    if (this.editorMode) {
      this[kBuffered] += `${line}\n`;
      if (this._sawKeyPress && !this._loading) this._insertString(indent(this[kBuffered].slice(0, -1)));
      return;
    }
    // A command may stand in a further row, where a call of a method may, too.
    const further = line.lastIndexOf('\n');
    const trimmed = line.slice(further + 1).trim();
    const command = (further === -1 ? /^\.(\w+)\s*(.*)$/ : /^\.(\w+)(?:\s+([^=\s(].*))?$/).exec(trimmed);
    if (trimmed[0] === '.' && trimmed[1] !== '.' && Number.isNaN(Number.parseFloat(trimmed))) {
      if (command !== null && this._runCommand(command[1], command[2] ?? '')) return;
      if (this[kBuffered] === '' && further === -1) {
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
    // The user's code may have broken arrays: no spreading here.
    const server = this;
    const finish = function(err, value) {
      if (done) return;
      done = true;
      server._busy = false;
      server._finish(code, arguments.length, err, value);
      if (server._exitWhenIdle) server.emit('exit');
      while (!server._busy && server._queue.length > 0) server._onInput(server._queue.shift());
    };
    this._abandonRun = finish;
    this._domain.run(() => {
      this.eval(code, this.context, `REPL${++lastName}`, finish);
    });
  },

  _finish(code, count, err, value) {
    if (err instanceof Nothing) {
      this._onError(err.value);
      return;
    }
    if (err instanceof Recoverable) {
      if (this.terminal && !this._loading) this._continueLine(code);
      else {
        this[kBuffered] = code;
        this.displayPrompt();
      }
      return;
    }
    if (err !== null && err !== undefined) {
      if (this._standalone) this._domain.emit('error', err);
      else this._onError(err);
      return;
    }
    this.lines.push(code.slice(0, -1));
    this.clearBufferedCommand();
    if (count > 1 && (value !== undefined || !this.ignoreUndefined)) {
      if (!this.underscoreAssigned) this.last = value;
      this.output.write(`${this.writer(value)}\n`);
    }
    if (!this.closed) this.displayPrompt();
  },

  // The line goes on in another row: all of it stays in the editor.
  _continueLine(code) {
    if (this._historyGrew) {
      this.history.shift(); // it will come back whole
      this._historyGrew = false;
    }
    this.line = code;
    this.cursor = code.length;
    this.prevRows = 0;
    const { cols, rows } = this.getCursorPos();
    cursorTo(this.output, 0);
    clearScreenDown(this.output);
    this._writeToOutput(kContinuation);
    cursorTo(this.output, cols);
    this.prevRows = rows;
  },

  // Shows what was thrown. A stack ends where the line's own code began.
  _onError(err) {
    let text = '';
    if (!this.underscoreErrAssigned) this.lastError = err;
    if (err?.domainThrown && Object.hasOwn(err, 'domainThrown')) { // the domain is the REPL's own affair
      delete err.domain;
      delete err.domainThrown;
    }
    if (typeof err === 'object' && err !== null && Error.isError(err) && typeof stackOf(err) === 'string') {
      if (err.name === 'SyntaxError') {
        const at = err.stack.indexOf('\n    at ');
        if (at !== -1) err.stack = err.stack.slice(0, at);
        err.stack = err.stack.replace(/^REPL\d+:\d+\r?\n/, '');
      } else {
        const frames = err.stack.split('\n');
        const own = frames.findLastIndex((f) => /^\s+at REPL\d+:/.test(f));
        // Without any, an end that came from outside: only the REPL's are left.
        const machinery = own === -1 ? frames.findIndex((f) => kMachinery.test(f)) : own;
        if (machinery !== -1) err.stack = frames.slice(0, machinery).join('\n');
      }
    }
    text = this.writer(err);
    if (Error.isError(err) && text[0] === '[') text = text.replace(/^\[(.*)\](?=$| \{\n)/s, '$1');
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
    const options = typeof file === 'object' && file !== null ? file : { filePath: file, onHistoryFileLoaded: callback };
    const { onHistoryFileLoaded: ready } = options;
    if (ready !== undefined) validateFunction(ready, 'onHistoryFileLoadedCallback');
    const { HistoryManager } = require('internal/repl/history');
    this.historyManager = new HistoryManager(this);
    this.historyManager.setup(options, ready ?? (() => {}));
  },

  close() {
    if (this.closed) return;
    process.nextTick(() => Interface.prototype.close.call(this));
  },

  _ttyWrite(s, key) {
    key ??= {};
    if (this.editorMode) {
      this._onEditorKey(s, key);
      return;
    }
    // Nothing of the line is left behind it when the REPL ends.
    if (key.ctrl && key.name === 'd' && this.cursor === 0 && this.line.length === 0) this.clearLine();
    this._preview?.clear(key);
    if (this._search?.key(s, key)) return;
    Interface.prototype._ttyWrite.call(this, s, key);
    // In a run of keys that came at once, the last is enough.
    if (!this._busy && !this.editorMode) this._preview?.show(key.name !== 'escape');
  },

  _onEditorKey(s, key) {
    if (key.ctrl && !key.meta && key.name === 'd') {
      const code = `${this[kBuffered]}${this.line}\n`;
      this._addHistory();
      this.clearLine();
      this.turnOffEditorMode();
      this[kBuffered] = '';
      this._run(code);
      return;
    }
    // The rows above are not this line's.
    if (key.name === 'up' || key.name === 'down' || key.ctrl && (key.name === 'p' || key.name === 'n')) return;
    if (key.name === 'tab' && this.cursor === 0) {
      this._insertString('  ');
      return;
    }
    // A closing brace goes back to where its block began.
    if (s === '}' && this._sawKeyPress && /^ {2,}$/.test(this.line) && this.cursor === this.line.length) this._delete(this.cursor - 2, this.cursor);
    Interface.prototype._ttyWrite.call(this, s, key);
  },

  // Asks the terminal to mark what is pasted, so that it is not run line by line.
  // While code runs the terminal is as it was.
  _bracketPaste() {
    this._takesPaste = true;
    const mark = (on) => { if (!this.output.destroyed) this.output.write(on ? '\x1b[?2004h' : '\x1b[?2004l'); };
    mark(true);
    this._setRawMode = (mode) => {
      if (mode !== this.input.isRaw) mark(mode);
      return Interface.prototype._setRawMode.call(this, mode);
    };
    process.once('exit', () => { if (!this.closed) mark(false); });
  },

  // To the right of the line's end is what may complete it.
  _moveCursor(dx) {
    const beyond = this.cursor + dx > this.line.length;
    Interface.prototype._moveCursor.call(this, dx);
    if (beyond && !this._clearing) this._preview?.accept();
  },

  clearLine() {
    this._clearing = true;
    Interface.prototype.clearLine.call(this);
    this._clearing = false;
  },

  _historyPrev() {
    if (this.historyManager?.remind()) return;
    Interface.prototype._historyPrev.call(this);
  },

  _isStrict() { return this.replMode === REPL_MODE_STRICT || process.execArgv.includes('--use-strict'); },

  _moduleNames() { return builtinModules; },

  // Draws the prompt and some text in the line's place.
  _writeRows(text) { this._writeToOutput(this._display(text)); },

  // A completion that is to be shown unasked: a program's own completer may
  // take its time, this one's does not.
  _completeNow(text, callback) { this.completer(text, callback); },

  _complete(text, callback) {
    complete(this, text, (err, found) => {
      // An editor offers no choice: what all candidates have in common.
      if (err === null && this.editorMode && found[0].length > 1) {
        found = [[commonPrefix(found[0].filter((name) => name !== ''))], found[1]];
      }
      callback(err, found);
    });
  },

  complete() { return this.completer.apply(this, arguments); },
};
// A deprecation that only --pending-deprecation tells of.
function pending(fn, text, code) {
  return require('internal/options').getOptionValue('--pending-deprecation') ? deprecate(fn, text, code) : fn;
}

for (const [name, stream] of [['inputStream', 'input'], ['outputStream', 'output']]) {
  const text = 'repl.inputStream and repl.outputStream are deprecated. Use repl.input and repl.output instead';
  Object.defineProperty(REPLServer.prototype, name, {
    __proto__: null, configurable: true, enumerable: true,
    get: pending(function() { return this[stream]; }, text, 'DEP0141'),
    set: pending(function(value) { this[stream] = value; }, text, 'DEP0141'),
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
  start,
  writer,
};

let builtinModules = Module.builtinModules.filter((name) => name[0] !== '_');
for (const [name, code, enumerable] of [['builtinModules', 'DEP0191', true], ['_builtinLibs', 'DEP0142', false]]) {
  const text = `repl.${name} is deprecated. Check module.builtinModules instead`;
  Object.defineProperty(module.exports, name, {
    __proto__: null, configurable: true, enumerable,
    get: pending(() => builtinModules, text, code),
    set: pending((value) => { builtinModules = value; }, text, code),
  });
}
