'use strict';
// Interface: lines out of a readable stream, and an editor for them where that
// is a terminal. readline's own class and readline/promises' derive from it.

const EventEmitter = require('events');
const { codes } = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { StringDecoder } = require('string_decoder');
const {
  validateAbortSignal, validateArray, validateNumber, validateString, validateUint32,
} = require('internal/validators');
const { emitLines, lines: splitLines } = internalBinding('internal/readline/interface');
const { emit } = EventEmitter.prototype;
const { clearScreenDown, cursorTo } = require('internal/readline/cursor');
const { charLengthAt, charLengthLeft, editing } = require('internal/readline/edit');
const { emitKeypressEvents, kEscapeCodeTimeout } = require('internal/readline/keypress');

const kHistorySize = 30;
const kMinCrlfDelay = 100;
// So many characters at once were pasted, not typed.
const kPaste = 64;
const kTerminators = /[\n\r\u2028\u2029]/;

const kOldPrompt = Symbol('prompt before the question');
const kOnQuestion = Symbol('question callback');
const kLineBuffer = Symbol('line that has not ended');
const kLines = Symbol('emitter of lines');
const kDecoder = Symbol('decoder');
const kIterator = Symbol('async iterator');
const kSawReturnAt = Symbol('when the last \\r came');
const kPreviousKey = Symbol('previous key');

function isOptions(input) { return input !== null && typeof input === 'object' && input.input !== undefined; }

function Interface(input, output, completer, terminal) {
  if (!(this instanceof Interface)) return new Interface(input, output, completer, terminal);
  EventEmitter.call(this);

  let options = { input, output, completer, terminal };
  if (isOptions(input)) options = input;
  input = options.input;
  ({ output, completer, terminal } = options);
  const { history, historySize = kHistorySize, escapeCodeTimeout, tabSize, signal, crlfDelay } = options;

  if (completer !== undefined && typeof completer !== 'function') {
    throw new codes.ERR_INVALID_ARG_VALUE('completer', completer);
  }
  if (history === undefined) this.history = [];
  else {
    validateArray(history, 'history');
    this.history = history;
  }
  validateNumber(historySize, 'size', 0);
  this.escapeCodeTimeout = kEscapeCodeTimeout;
  if (escapeCodeTimeout !== undefined) {
    if (!Number.isFinite(escapeCodeTimeout)) {
      // The default is what Node names here.
      throw new codes.ERR_INVALID_ARG_VALUE('input.escapeCodeTimeout', this.escapeCodeTimeout);
    }
    this.escapeCodeTimeout = escapeCodeTimeout;
  }
  if (signal !== undefined) validateAbortSignal(signal, 'options.signal');
  if (tabSize !== undefined) validateUint32(tabSize, 'tabSize', true);
  if (terminal === undefined && output !== null && output !== undefined) terminal = output.isTTY;

  this.line = '';
  this.cursor = 0;
  this.prevRows = 0;
  this.historySize = historySize;
  this.historyIndex = -1;
  this.removeHistoryDuplicates = Boolean(options.removeHistoryDuplicates);
  this.crlfDelay = crlfDelay ? Math.max(kMinCrlfDelay, crlfDelay) : kMinCrlfDelay;
  this.tabSize = tabSize ?? 8;
  this.isCompletionEnabled = true;
  this.input = input;
  this.output = output;
  this.completer = completer;
  this.terminal = Boolean(terminal);
  this.closed = false;
  this.paused = false;
  this._prompt = options.prompt !== undefined ? `${options.prompt}` : '> ';
  // What begins each further row of a line with line feeds in it; and, if set,
  // what gives a line colours (line, cursor or -1).
  this._continuation = '';
  this._paint = undefined;
  this._entered = false; // the line is drawn for the last time
  this._substringSearch = null;
  this._undoStack = [];
  this._redoStack = [];
  this._killRing = [];
  this._killRingCursor = 0;
  this._yanking = false;
  this[kLineBuffer] = '';
  this[kSawReturnAt] = 0;
  this[kOnQuestion] = null;
  this[kOldPrompt] = '';

  const listeners = this.terminal ? listenToKeys(this) : listenToLines(this);
  this.once('close', () => {
    for (let i = 0; i < listeners.length; i += 3) listeners[i].removeListener(listeners[i + 1], listeners[i + 2]);
  });
  if (signal !== undefined) {
    const onAborted = () => this.close();
    if (signal.aborted) process.nextTick(onAborted);
    else {
      const disposable = EventEmitter.addAbortListener(signal, onAborted);
      this.once('close', disposable[Symbol.dispose]);
    }
  }
  input.resume();
}
Object.setPrototypeOf(Interface.prototype, EventEmitter.prototype);
Object.setPrototypeOf(Interface, EventEmitter);

// Adds the listeners, given as stream, event, function, …, and returns them.
function listen(listeners) {
  for (let i = 0; i < listeners.length; i += 3) listeners[i].on(listeners[i + 1], listeners[i + 2]);
  return listeners;
}

function listenToLines(rl) {
  rl[kDecoder] = new StringDecoder('utf8');
  return listen([
    rl.input, 'error', (err) => rl.emit('error', err),
    rl.input, 'data', (data) => rl._normalWrite(data),
    rl.input, 'end', () => {
      const rest = rl[kLineBuffer] + (rl[kLines]?.() ?? '');
      if (rest.length > 0) rl.emit('line', rest);
      rl.close();
    },
  ]);
}

function listenToKeys(rl) {
  const { input, output } = rl;
  emitKeypressEvents(input, rl);
  const listeners = listen([
    input, 'error', (err) => rl.emit('error', err),
    input, 'keypress', (s, key) => {
      rl._ttyWrite(s, key);
      // Half a character may have been drawn as one.
      const ch = key?.sequence?.codePointAt(0);
      if (ch >= 0xd800 && ch <= 0xdfff) rl._refreshLine();
    },
    input, 'end', () => {
      if (rl.line.length > 0) rl.emit('line', rl.line);
      rl.close();
    },
  ]);
  rl._setRawMode(true);
  if (output !== null && output !== undefined) listeners.push(...listen([output, 'resize', () => rl._refreshLine()]));
  return listeners;
}

const methods = {
  __proto__: editing,

  getPrompt() { return this._prompt; },

  setPrompt(prompt) { this._prompt = prompt; },

  _setRawMode(mode) {
    const was = this.input.isRaw;
    if (typeof this.input.setRawMode === 'function') this.input.setRawMode(mode);
    return was;
  },

  prompt(preserveCursor) {
    if (this.paused) this.resume();
    if (this.terminal && process.env.TERM !== 'dumb') {
      if (!preserveCursor) this.cursor = 0;
      this._refreshLine();
    } else {
      this._writeToOutput(this._prompt);
    }
  },

  // A question that is already open stays the one that is answered.
  _question(query, callback) {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this[kOnQuestion] !== null) {
      this.prompt();
      return;
    }
    this[kOldPrompt] = this._prompt;
    this.setPrompt(query);
    this[kOnQuestion] = callback;
    this.prompt();
  },

  _questionCancel() {
    if (this[kOnQuestion] === null) return;
    this[kOnQuestion] = null;
    this.setPrompt(this[kOldPrompt]);
    this.clearLine();
  },

  _onLine(line) {
    const callback = this[kOnQuestion];
    if (callback === null) {
      this.emit('line', line);
      return;
    }
    this[kOnQuestion] = null;
    this.setPrompt(this[kOldPrompt]);
    callback(line);
  },

  _writeToOutput(text) {
    validateString(text, 'stringToWrite');
    if (text !== '' && this.output !== null && this.output !== undefined) this.output.write(text);
  },

  close() {
    if (this.closed) return;
    this.pause();
    if (this.terminal) this._setRawMode(false);
    this.closed = true;
    this.emit('close');
  },

  // Closes because of a key; why is for the promise of a question.
  _abandon() { this.close(); },

  pause() {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this.paused) return undefined;
    this.input.pause();
    this.paused = true;
    this.emit('pause');
    return this;
  },

  resume() {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (!this.paused) return undefined;
    this.input.resume();
    this.paused = false;
    this.emit('resume');
    return this;
  },

  write(data, key) {
    if (this.closed) throw new codes.ERR_USE_AFTER_CLOSE('readline');
    if (this.paused) this.resume();
    if (this.terminal) this._ttyWrite(data, key);
    else this._normalWrite(data);
  },

  _normalWrite(data) {
    if (data === undefined) return;
    let text = this[kDecoder].write(data);
    if (this[kSawReturnAt] > 0) {
      if (text[0] === '\n' && Date.now() - this[kSawReturnAt] <= this.crlfDelay) text = text.slice(1);
      this[kSawReturnAt] = 0;
    }
    if (text.endsWith('\r')) this[kSawReturnAt] = Date.now();
    // Where nothing of a program's own stands between a line and its listeners.
    if (this._onLine === methods._onLine && this.emit === emit && !this.domain && !EventEmitter.captureRejections) {
      this[kLines] ??= emitLines(this, kOnQuestion);
      this[kLines](text);
      return;
    }
    const parts = splitLines(text);
    const last = parts.length - 1;
    const rest = this[kLines]?.();
    if (rest) parts[0] = rest + parts[0];
    parts[0] = this[kLineBuffer] + parts[0];
    this[kLineBuffer] = parts[last];
    for (let i = 0; i < last; i++) this._onLine(parts[i]);
  },

  _tabComplete(again) {
    this.pause();
    this.completer(this.line.slice(0, this.cursor), (err, found) => {
      this.resume();
      if (err) this._writeToOutput(`Tab completion error: ${inspect(err)}`);
      else this._showCompletions(again, found);
    });
  },

  // The line has been entered.
  _line() {
    const line = this._addHistory();
    this._undoStack = [];
    this._redoStack = [];
    this.clearLine();
    this._onLine(line);
  },

  // Inserts the plain characters among presses from i on, up to the one at last,
  // at once. Returns where it stopped.
  _insertRun(presses, i, last) {
    if (Object.hasOwn(this, '_ttyWrite') || !this.terminal) return i; // a program's own sees every key
    const start = i;
    const run = [];
    for (; i < last; i += 2) {
      const key = presses[i + 1];
      if (presses[i] === undefined || key.ctrl || key.meta || (key.name !== undefined && key.name.length > 1 &&
        key.name !== 'space')) break;
      run.push(presses[i]);
    }
    if (run.length < kPaste) return start;
    this._endModes(presses[i - 1]);
    this[kSawReturnAt] = 0;
    this._insertString(run.join(''));
    return i;
  },

  // Yanking and the search in the history end with a key that is not theirs.
  _endModes(key) {
    if (!key.meta || key.name !== 'y') this._yanking = false;
    if ((key.name === 'up' || key.name === 'down') && !key.ctrl && !key.meta && !key.shift) {
      this._substringSearch ??= this.line.slice(0, this.cursor);
    } else if (this._substringSearch !== null) {
      this._substringSearch = null;
      if (this.history.length === this.historyIndex) this.historyIndex = -1;
    }
    const previous = this[kPreviousKey];
    this[kPreviousKey] = key;
    return previous;
  },

  _ttyWrite(s, key) {
    key ??= {};
    const previous = this._endModes(key);
    if (key.sequence === '\x1f') this._undo();
    else if (key.sequence === '\x1e') this._redo();
    else if (key.name === 'escape') return;
    else if (key.ctrl && key.shift) this._onCtrlShift(key.name);
    else if (key.ctrl) this._onCtrl(key.name);
    else if (key.meta) this._onMeta(key.name);
    else this._onKey(s, key, previous);
  },

  _onCtrlShift(name) {
    if (name === 'backspace') this._deleteLineLeft();
    else if (name === 'delete') this._deleteLineRight();
  },

  _onCtrl(name) {
    switch (name) {
      case 'c':
        if (this.listenerCount('SIGINT') > 0) this.emit('SIGINT');
        else this._abandon('Aborted with Ctrl+C');
        break;
      case 'h': this._deleteLeft(); break;
      case 'd':
        if (this.cursor === 0 && this.line.length === 0) this._abandon('Aborted with Ctrl+D');
        else this._deleteRight();
        break;
      case 'u': this._deleteLineLeft(); break;
      case 'k': this._deleteLineRight(); break;
      case 'a': this._moveCursor(-Infinity); break;
      case 'e': this._moveCursor(Infinity); break;
      case 'b': this._moveCursor(-charLengthLeft(this.line, this.cursor)); break;
      case 'f': this._moveCursor(charLengthAt(this.line, this.cursor)); break;
      case 'l':
        cursorTo(this.output, 0, 0);
        clearScreenDown(this.output);
        this._refreshLine();
        break;
      case 'n': this._historyNext(); break;
      case 'p': this._historyPrev(); break;
      case 'y': this._yank(); break;
      case 'z': this._suspend(); break;
      case 'w':
      case 'backspace': this._deleteWordLeft(); break;
      case 'delete': this._deleteWordRight(); break;
      case 'left': this._wordLeft(); break;
      case 'right': this._wordRight(); break;
    }
  },

  _onMeta(name) {
    switch (name) {
      case 'b': this._wordLeft(); break;
      case 'f': this._wordRight(); break;
      case 'd':
      case 'delete': this._deleteWordRight(); break;
      case 'backspace': this._deleteWordLeft(); break;
      case 'y': this._yankPop(); break;
    }
  },

  _onKey(s, key, previous) {
    if (key.name !== 'enter' && this[kSawReturnAt]) this[kSawReturnAt] = 0;
    switch (key.name) {
      case 'return':
        this[kSawReturnAt] = Date.now();
        this._line();
        break;
      case 'enter':
        if (this[kSawReturnAt] === 0 || Date.now() - this[kSawReturnAt] > this.crlfDelay) this._line();
        this[kSawReturnAt] = 0;
        break;
      case 'paste': // a bracketed one, for who asked for it
        this._insertString(key.text.replace(/\r\n?/g, '\n'));
        break;
      case 'backspace': this._deleteLeft(); break;
      case 'delete': this._deleteRight(); break;
      case 'left': this._moveCursor(-charLengthLeft(this.line, this.cursor)); break;
      case 'right': this._moveCursor(charLengthAt(this.line, this.cursor)); break;
      case 'home': this._moveCursor(-Infinity); break;
      case 'end': this._moveCursor(Infinity); break;
      case 'up': if (!this._moveRow(-1)) this._historyPrev(); break;
      case 'down': if (!this._moveRow(1)) this._historyNext(); break;
      case 'tab':
        if (typeof this.completer === 'function' && this.isCompletionEnabled) {
          this._tabComplete(previous?.name === 'tab');
          break;
        }
        this._type(s);
        break;
      default: this._type(s);
    }
  },

  // Text, which may be several lines of it: write() takes anything.
  _type(s) {
    if (typeof s !== 'string' || s === '') return;
    if (!kTerminators.test(s)) {
      this._insertString(s);
      return;
    }
    const parts = splitLines(s);
    for (let i = 0; i < parts.length; i++) {
      if (i > 0) this._line();
      if (parts[i] !== '') this._insertString(parts[i]);
    }
  },

  // The shell gets the terminal, as with any other program that is stopped.
  _suspend() {
    if (process.platform === 'win32') return;
    if (this.listenerCount('SIGTSTP') > 0) {
      this.emit('SIGTSTP');
      return;
    }
    process.once('SIGCONT', () => {
      if (!this.paused) {
        this.pause();
        this.emit('SIGCONT');
      }
      this._setRawMode(true);
      this._refreshLine();
    });
    this._setRawMode(false);
    process.kill(process.pid, 'SIGTSTP');
  },
};

for (let proto = methods; proto !== null; proto = Object.getPrototypeOf(proto)) {
  for (const name of Object.keys(proto)) {
    Object.defineProperty(Interface.prototype, name, {
      __proto__: null, value: proto[name], writable: true, configurable: true, enumerable: false,
    });
  }
}

Object.defineProperties(Interface.prototype, {
  columns: {
    __proto__: null,
    configurable: true,
    enumerable: true,
    get() { return this.output?.columns ?? Infinity; },
  },
  [Symbol.asyncIterator]: {
    __proto__: null,
    configurable: true,
    writable: true,
    value: function() {
      this[kIterator] ??= EventEmitter.on(this, 'line', {
        close: ['close'],
        highWaterMark: 1024,
        [require('internal/events/symbols').kFirstEventParam]: true,
      });
      return this[kIterator];
    },
  },
  [Symbol.dispose]: {
    __proto__: null,
    configurable: true,
    writable: true,
    value: { [Symbol.dispose]() { this.close(); } }[Symbol.dispose],
  },
});

module.exports = { Interface };
