'use strict';
// The line editor: methods that change an Interface's line, move its cursor and
// draw it again. interface.js puts them on Interface.prototype.

const {
  clearScreenDown, cursorMovement, cursorPosition, cursorTo, kClearScreenDown, moveCursor,
} = require('internal/readline/cursor');
const { position } = internalBinding('internal/readline/interface');
const { getStringWidth, stripVTControlCharacters } = require('internal/util/inspect');

const kMaxUndo = 2048;
const kMaxKillRing = 32;

// The word to the left, in the reversed text; the word to the right with what
// separates it from the next; the same for deleting, which takes punctuation too.
const kWordLeft = /^\s*(?:[^\w\s]+|\w+)?/;
const kWordRight = /^(?:\s+|[^\w\s]+|\w+)\s*/;
const kDeleteWordRight = /^(?:\s+|\W+|\w+)\s*/;

function charLengthLeft(text, i) {
  if (i <= 0) return 0;
  return (i > 1 && text.codePointAt(i - 2) > 0xffff) || text.codePointAt(i - 1) > 0xffff ? 2 : 1;
}

// At the end of the text there is a character, too: of the length 1.
function charLengthAt(text, i) {
  return text.length > i && text.codePointAt(i) > 0xffff ? 2 : 1;
}

function reversed(text) {
  return Array.from(text).reverse().join('');
}

function commonPrefix(strings) {
  if (strings.length === 0) return '';
  let prefix = strings[0];
  for (let i = 1; i < strings.length; i++) {
    let n = 0;
    while (n < prefix.length && prefix[n] === strings[i][n]) n++;
    prefix = prefix.slice(0, n);
  }
  return prefix;
}

const editing = {
  __proto__: null,

  _getDisplayPos(text) {
    return position(stripVTControlCharacters(text), this.columns, this.tabSize);
  },

  // What is on the screen for a line: the prompt, and before each further row
  // of several the continuation.
  _display(line) {
    return this._prompt + (line.includes('\n') ? line.replaceAll('\n', `\n${this._continuation}`) : line);
  },

  // Where the cursor stands behind a line.
  _positionOf(line) { return this._getDisplayPos(this._display(line)); },

  getCursorPos() { return this._positionOf(this.line.slice(0, this.cursor)); },

  // Draws the prompt and the line anew, from the row on where they begin.
  _refreshLine() {
    const text = this._display(this.line);
    const end = this._getDisplayPos(text);
    const cursor = this.getCursorPos();
    if (this._paint !== undefined) {
      // In one go: nothing flickers.
      let out = this.prevRows > 0 ? cursorMovement(0, -this.prevRows) : '';
      out += cursorPosition(0) + kClearScreenDown + this._display(this._paint(this.line, this._entered ? -1 : this.cursor));
      if (end.cols === 0) out += ' ';
      out += cursorPosition(cursor.cols) + cursorMovement(0, cursor.rows - end.rows);
      this._writeToOutput(out);
    } else {
      if (this.prevRows > 0) moveCursor(this.output, 0, -this.prevRows);
      cursorTo(this.output, 0);
      clearScreenDown(this.output);
      this._writeToOutput(text);
      // A terminal moves to the next row only with the next character.
      if (end.cols === 0) this._writeToOutput(' ');
      cursorTo(this.output, cursor.cols);
      if (end.rows > cursor.rows) moveCursor(this.output, 0, cursor.rows - end.rows);
    }
    this.prevRows = cursor.rows;
  },

  // Leaves the line as it stands and begins an empty one below it.
  clearLine() {
    if (this._paint !== undefined) {
      this.cursor = this.line.length;
      this._entered = true;
      this._refreshLine();
      this._entered = false;
    } else {
      this._moveCursor(Infinity);
    }
    this._writeToOutput('\r\n');
    this.line = '';
    this.cursor = 0;
    this.prevRows = 0;
  },

  _moveCursor(dx) {
    if (dx === 0) return;
    const from = this.getCursorPos();
    this.cursor = Math.min(Math.max(this.cursor + dx, 0), this.line.length);
    const to = this.getCursorPos();
    // Painted, the brackets at the cursor are marked.
    if (from.rows === to.rows && this._paint === undefined) moveCursor(this.output, to.cols - from.cols, 0);
    else this._refreshLine();
  },

  // The line before a change, for undo.
  _beforeEdit(text, cursor) {
    if (this._undoStack.push({ text, cursor }) > kMaxUndo) this._undoStack.shift();
  },

  _insertString(text) {
    this._beforeEdit(this.line, this.cursor);
    if (this.cursor < this.line.length) {
      this.line = this.line.slice(0, this.cursor) + text + this.line.slice(this.cursor);
      this.cursor += text.length;
      this._refreshLine();
      return;
    }
    const from = this.getCursorPos();
    this.line += text;
    this.cursor += text.length;
    if (this._paint !== undefined || from.rows < this.getCursorPos().rows) this._refreshLine();
    else this._writeToOutput(text);
  },

  // Replaces the text between from and to, and puts the cursor at from.
  _delete(from, to) {
    this._beforeEdit(this.line, this.cursor);
    const text = this.line.slice(from, to);
    this.line = this.line.slice(0, from) + this.line.slice(to);
    this.cursor = from;
    this._refreshLine();
    return text;
  },

  _deleteLeft() {
    if (this.cursor > 0) this._delete(this.cursor - charLengthLeft(this.line, this.cursor), this.cursor);
  },

  _deleteRight() {
    if (this.cursor < this.line.length) this._delete(this.cursor, this.cursor + charLengthAt(this.line, this.cursor));
  },

  _wordLeft() {
    if (this.cursor === 0) return;
    this._moveCursor(-kWordLeft.exec(reversed(this.line.slice(0, this.cursor)))[0].length);
  },

  _wordRight() {
    if (this.cursor === this.line.length) return;
    this._moveCursor(kWordRight.exec(this.line.slice(this.cursor))[0].length);
  },

  _deleteWordLeft() {
    if (this.cursor === 0) return;
    this._delete(this.cursor - kWordLeft.exec(reversed(this.line.slice(0, this.cursor)))[0].length, this.cursor);
  },

  _deleteWordRight() {
    if (this.cursor === this.line.length) return;
    this._delete(this.cursor, this.cursor + kDeleteWordRight.exec(this.line.slice(this.cursor))[0].length);
  },

  _deleteLineLeft() { this._kill(this._delete(0, this.cursor)); },

  _deleteLineRight() { this._kill(this._delete(this.cursor, this.line.length)); },

  _kill(text) {
    if (text === '' || text === this._killRing[0]) return;
    this._killRing.unshift(text);
    this._killRingCursor = 0;
    if (this._killRing.length > kMaxKillRing) this._killRing.pop();
  },

  _yank() {
    if (this._killRing.length === 0) return;
    this._yanking = true;
    this._insertString(this._killRing[this._killRingCursor]);
  },

  // Another text of the ring instead of the one just yanked.
  _yankPop() {
    if (!this._yanking || this._killRing.length < 2) return;
    const last = this._killRing[this._killRingCursor];
    if (++this._killRingCursor === this._killRing.length) this._killRingCursor = 0;
    const next = this._killRing[this._killRingCursor];
    const start = this.line.slice(0, this.cursor - last.length) + next;
    this.line = start + this.line.slice(this.cursor);
    this.cursor = start.length;
    this._refreshLine();
  },

  _restore(from, to) {
    if (from.length === 0) return;
    to.push({ text: this.line, cursor: this.cursor });
    const { text, cursor } = from.pop();
    this.line = text;
    this.cursor = cursor;
    this._refreshLine();
  },

  _undo() { this._restore(this._undoStack, this._redoStack); },

  _redo() { this._restore(this._redoStack, this._undoStack); },

  // The line that was entered joins the history. Returns what the history's
  // listeners left of it.
  _addHistory() {
    const { history, line } = this;
    this._historyGrew = false;
    if (line.length === 0 || history === undefined || this.historySize === 0 || line.trim().length === 0) return line;
    if (history.length > 0 && history[0] === line) {
      this.historyIndex = -1;
      return line;
    }
    if (this.removeHistoryDuplicates) {
      const i = history.indexOf(line);
      if (i !== -1) history.splice(i, 1);
    }
    history.unshift(line);
    this._historyGrew = true;
    if (history.length > this.historySize) history.pop();
    this.historyIndex = -1;
    this.emit('history', history);
    return line;
  },

  // Goes on in the direction of step to a line that begins as the one that was
  // typed, and at the ends back to that.
  _searchHistory(step) {
    this._beforeEdit(this.line, this.cursor);
    const typed = this._substringSearch || '';
    const { history } = this;
    let i = this.historyIndex + step;
    while (i >= 0 && i < history.length && (!history[i].startsWith(typed) || this.line === history[i])) i += step;
    this.historyIndex = i;
    this.line = i >= 0 && i < history.length ? history[i] : typed;
    this.cursor = this.line.length;
    this._refreshLine();
  },

  // Up and down within a line of several rows; false at its edge.
  _moveRow(step) {
    const { line, cursor } = this;
    if (!line.includes('\n')) return false;
    const start = line.lastIndexOf('\n', cursor - 1) + 1;
    const column = cursor - (cursor === 0 ? 0 : start);
    let target;
    if (step < 0) {
      if (start === 0 || cursor === 0) return false;
      target = line.lastIndexOf('\n', start - 2) + 1;
      if (start === 1) target = 0;
    } else {
      const end = line.indexOf('\n', cursor);
      if (end === -1) return false;
      target = end + 1;
    }
    let end = line.indexOf('\n', target);
    if (end === -1) end = line.length;
    this._moveCursor(Math.min(target + column, end) - cursor);
    return true;
  },

  _historyNext() {
    if (this.historyIndex >= 0) this._searchHistory(-1);
  },

  _historyPrev() {
    if (this.historyIndex < this.history.length && this.history.length > 0) this._searchHistory(1);
  },

  // Shows or applies what the completer found: [candidates, the text they complete].
  _showCompletions(again, found) {
    if (!Array.isArray(found)) return;
    const completions = found[0];
    const typed = found[1];
    if (!completions || completions.length === 0) return;
    const prefix = commonPrefix(completions.filter((c) => c !== ''));
    if (prefix.startsWith(typed) && prefix.length > typed.length) {
      this._insertString(prefix.slice(typed.length));
      return;
    }
    if (!typed.startsWith(prefix)) {
      const start = this.line.slice(0, this.cursor - typed.length) + prefix;
      this.line = start + this.line.slice(this.cursor);
      this.cursor = start.length;
      this._refreshLine();
      return;
    }
    if (!again) return;
    this._beforeEdit(this.line, this.cursor);
    const widths = completions.map((c) => getStringWidth(c));
    const width = Math.max(...widths) + 2;
    let perRow = Math.floor(this.columns / width) || 1;
    if (perRow === Infinity) perRow = 1;
    let out = '\r\n';
    let column = 0;
    let blank = 0;
    for (let i = 0; i < completions.length; i++) {
      if (completions[i] === '' || column === perRow) {
        out += '\r\n';
        column = 0;
        blank = 0;
      } else {
        out += ' '.repeat(blank);
      }
      if (completions[i] !== '') {
        out += completions[i];
        blank = width - widths[i];
        column++;
      } else {
        out += '\r\n';
      }
    }
    if (column !== 0) out += '\r\n\r\n';
    this._writeToOutput(out);
    this._refreshLine();
  },
};

module.exports = { charLengthAt, charLengthLeft, commonPrefix, editing };
