'use strict';
// What is shown in grey while a line is typed: the rest of a name that can only
// be one, behind the cursor, and the result of the line, in the row below it.

const { clearLine, cursorTo, moveCursor } = require('internal/readline/cursor');
const { commonPrefix } = require('internal/readline/edit');
const { inspect } = require('internal/util/inspect');
const { evaluate } = require('internal/repl/evaluate');

const kMaxColumns = 250;

// Inspected in one row, and with nothing of the user's running.
function oneRow(repl, value) {
  return inspect(value, {
    ...repl.writer.options,
    breakLength: Infinity,
    colors: false,
    compact: true,
    customInspect: false,
    depth: 1,
    getters: false,
    showProxy: true,
  });
}

// A number's or an object's text for a line that evaluates to value.
function textOf(repl, found) {
  if (found === undefined) return undefined;
  const { thrown, presentable } = found;
  const value = thrown === undefined ? found.value : thrown.value;
  if (!presentable(value)) return undefined;
  if (thrown === undefined || !Error.isError(value)) return oneRow(repl, value);
  // A name may be on its way to one that exists.
  if (value.name === 'SyntaxError' || value.name === 'ReferenceError' && !repl._isStrict()) return undefined;
  return `${value.name}: ${value.message}`;
}

// What all completions have in common and is not typed yet.
function suffixOf([found, typed]) {
  const names = found.filter((name) => name !== '');
  return names.length === 0 || typed === undefined ? '' : commonPrefix(names).slice(typed.length);
}

class Preview {
  #repl;
  #result = null;
  #completion = null;
  // The line whose completion Escape has refused.
  #refused = null;

  constructor(repl) { this.#repl = repl; }

  // Takes what is shown off the screen, before key has its effect.
  clear(key) {
    const repl = this.#repl;
    if (this.#result !== null) {
      const { rows } = this.#rowsBelow();
      moveCursor(repl.output, 0, rows + 1);
      clearLine(repl.output);
      moveCursor(repl.output, 0, -rows - 1);
      this.#result = null;
    }
    if (this.#completion !== null) {
      const cursor = repl.getCursorPos();
      const end = repl._positionOf(repl.line);
      const rows = end.rows - cursor.rows;
      const moved = rows !== 0 || end.cols !== cursor.cols;
      if (moved) {
        cursorTo(repl.output, end.cols);
        moveCursor(repl.output, 0, rows);
      }
      clearLine(repl.output, 1);
      if (moved) {
        cursorTo(repl.output, cursor.cols);
        moveCursor(repl.output, 0, -rows);
      }
      if (!key.ctrl && !key.shift) {
        if (key.name === 'escape') {
          if (this.#refused === null && key.meta) this.#refused = repl.line;
        } else if ((key.name === 'return' || key.name === 'enter') && !key.meta && this.#refused !== repl.line && this.#atEnd()) {
          repl._insertString(this.#completion);
        }
      }
      this.#completion = null;
    }
    if (this.#refused !== repl.line) this.#refused = null;
  }

  // The row of the line's end, relative to the cursor.
  #rowsBelow() {
    const repl = this.#repl;
    const cursor = repl.getCursorPos();
    const end = repl._positionOf(repl.line + (this.#completion ?? ''));
    return { cursor, rows: end.rows - cursor.rows };
  }

  #atEnd() {
    const repl = this.#repl;
    const rest = repl.line.slice(repl.cursor);
    return rest.trim() === '';
  }

  show(withCompletion) {
    const repl = this.#repl;
    const line = repl.line.trim();
    if (this.#result !== null || !repl.isCompletionEnabled || line === '' || repl.closed) return;
    if (withCompletion) {
      repl._completeNow(repl.line.slice(0, repl.cursor), (err, found) => { if (!err) this.#showCompletion(found); });
    }
    let code = line;
    if (this.#completion !== null && this.#atEnd() && this.#refused !== repl.line) code += this.#completion;
    this.#evaluate(code, (text) => this.#showResult(line, text));
  }

  #evaluate(code, callback) {
    const repl = this.#repl;
    if (repl._ownEval) {
      repl.eval(code, repl.context, 'repl', (err, value) => { if (!err) callback(oneRow(repl, value)); });
      return;
    }
    const tries = /^\s*\{/.test(code) && !/;\s*$/.test(code) ? [`(${code})`, code] : [code];
    for (let i = 0; i < tries.length; i++) {
      const text = textOf(repl, evaluate(tries[i], repl.context, repl.useGlobal));
      if (text !== undefined) {
        callback(text);
        return;
      }
    }
  }

  // Puts what would be shown into the line.
  accept() {
    const repl = this.#repl;
    repl._completeNow(repl.line.slice(0, repl.cursor), (err, found) => {
      const suffix = err ? '' : suffixOf(found);
      if (suffix !== '') repl._insertString(suffix);
    });
  }

  #showCompletion(found) {
    const repl = this.#repl;
    const suffix = suffixOf(found);
    if (suffix === '') return;
    this.#completion = suffix;
    const cursor = repl.getCursorPos();
    const end = repl._positionOf(repl.line);
    if (repl.line.length !== repl.cursor) {
      cursorTo(repl.output, end.cols);
      moveCursor(repl.output, 0, end.rows - cursor.rows);
    }
    repl._writeToOutput(repl.useColors ? `\x1b[90m${suffix}\x1b[39m` : ` // ${suffix}`);
    cursorTo(repl.output, cursor.cols);
    const total = repl._positionOf(repl.line + suffix);
    moveCursor(repl.output, 0, cursor.rows - total.rows);
  }

  #showResult(line, text) {
    const repl = this.#repl;
    if (text === line) return; // nothing new
    if (text === 'undefined' && (!repl.useColors || repl.ignoreUndefined)) return;
    let shown = text;
    const max = Math.min(repl.columns, kMaxColumns) - (repl.useColors ? 0 : 3);
    if (shown.length > max) shown = `${shown.slice(0, max - 3)}...`;
    const end = /[\r\n\v]/.exec(shown);
    if (end !== null) shown = shown.slice(0, end.index);
    this.#result = shown;
    const { cursor, rows } = this.#rowsBelow();
    moveCursor(repl.output, 0, rows);
    repl._writeToOutput(`\n${repl.useColors ? `\x1b[90m${shown}\x1b[39m` : `// ${shown}`}`);
    cursorTo(repl.output, cursor.cols);
    moveCursor(repl.output, 0, -rows - 1);
  }
}

module.exports = { Preview };
