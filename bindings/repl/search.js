'use strict';
// The search in the history: Ctrl-R backwards, Ctrl-S forwards. Each key makes
// the text longer that the entry shown must have in it; a key of another kind
// ends the search and leaves its entry in the line.

const { clearScreenDown, cursorTo, moveCursor } = require('internal/readline/cursor');

const kLabels = { backward: 'bck-i-search: ', forward: 'fwd-i-search: ' };

class Search {
  #repl;
  #active = false;
  #backward = true;
  #text = '';
  #at = -1; // in the history
  #column = -1; // of the text in that entry
  #failed = false;
  #line = '';
  #cursor = 0;
  #rows = 0; // of the entry that is shown

  constructor(repl) { this.#repl = repl; }

  // Takes a key if it is the search's.
  key(s, key) {
    const repl = this.#repl;
    const again = key.ctrl && !key.meta && (key.name === 'r' || key.name === 's');
    if (!this.#active) {
      if (!again || repl.editorMode) return false;
      this.#start(key.name === 'r');
      return true;
    }
    if (again) {
      const backward = key.name === 'r';
      this.#backward = backward;
      if (this.#text !== '') this.#find(true);
      this.#draw();
      return true;
    }
    if (key.name === 'backspace' || key.ctrl && key.name === 'h') {
      this.#text = [...this.#text].slice(0, -1).join('');
      this.#restart();
      return true;
    }
    if (key.name === 'escape' || key.ctrl && (key.name === 'c' || key.name === 'g')) {
      this.#end(false);
      return true;
    }
    if (typeof s === 'string' && s !== '' && !key.ctrl && !key.meta && key.name !== 'return' && key.name !== 'enter' && key.name !== 'tab') {
      this.#text += s;
      this.#find(false);
      this.#draw();
      return true;
    }
    this.#end(true);
    return false;
  }

  #start(backward) {
    const repl = this.#repl;
    this.#active = true;
    this.#backward = backward;
    this.#text = '';
    this.#line = repl.line;
    this.#cursor = repl.cursor;
    this.#at = -1;
    this.#failed = false;
    this.#rows = repl.getCursorPos().rows;
    this.#draw();
  }

  #restart() {
    this.#at = -1;
    this.#column = -1;
    this.#failed = false;
    if (this.#text !== '') this.#find(false);
    this.#draw();
  }

  // Looks for an entry that has the text, from the present one on or behind it.
  #find(next) {
    const { history } = this.#repl;
    const step = this.#backward ? 1 : -1;
    let i = this.#at;
    if (next || i === -1) i += step;
    if (!this.#backward && this.#at === -1) i = history.length - 1;
    const shown = this.#at === -1 ? undefined : history[this.#at];
    for (; i >= 0 && i < history.length; i += step) {
      const column = history[i].lastIndexOf(this.#text);
      if (column === -1 || next && history[i] === shown) continue;
      this.#at = i;
      this.#column = column;
      this.#failed = false;
      return;
    }
    this.#failed = true;
  }

  get #entry() {
    if (this.#text === '' || this.#at === -1 || this.#failed) return undefined;
    return this.#repl.history[this.#at];
  }

  // Draws the entry in the line's place, its match underlined, and below it the
  // search's own row.
  #draw() {
    const repl = this.#repl;
    const { output } = repl;
    const entry = this.#entry;
    const shown = entry ?? (this.#failed ? '' : this.#line);
    this.#erase();
    const column = entry === undefined ? 0 : this.#column;
    const text = entry === undefined ? shown :
      `${shown.slice(0, column)}\x1b[4m${this.#text}\x1b[24m${shown.slice(column + this.#text.length)}`;
    repl._writeRows(text);
    const end = repl._positionOf(shown);
    const label = `${this.#failed ? 'failed-' : ''}${this.#backward ? kLabels.backward : kLabels.forward}${this.#text}_`;
    output.write(`\r\n${label}`);
    const below = end.rows + 1 + Math.floor((label.length - 1) / repl.columns || 0);
    const cursor = entry === undefined ? end : repl._positionOf(shown.slice(0, column));
    cursorTo(output, cursor.cols);
    moveCursor(output, 0, cursor.rows - below);
    this.#rows = cursor.rows;
  }

  #erase() {
    const { output } = this.#repl;
    if (this.#rows > 0) moveCursor(output, 0, -this.#rows);
    cursorTo(output, 0);
    clearScreenDown(output);
    this.#rows = 0;
  }

  #end(accept) {
    const repl = this.#repl;
    const entry = this.#entry;
    this.#erase();
    this.#active = false;
    repl.line = accept && entry !== undefined ? entry : this.#line;
    repl.cursor = accept && entry !== undefined ? this.#column : this.#cursor;
    if (accept && entry !== undefined) repl.historyIndex = this.#at;
    repl.prevRows = 0;
    repl._refreshLine();
  }
}

module.exports = { Search };
