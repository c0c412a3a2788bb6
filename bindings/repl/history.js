'use strict';
// A history that lasts: one line an entry, the newest first, in a file that
// only its owner may read. Node's format: an entry of several rows is kept as
// one line, the last row first and \r between them.

const fs = require('fs');
const os = require('os');
const path = require('path');

const kWriteDelay = 15;
const kDisabled = '\nPersistent history support disabled. Set the NODE_REPL_HISTORY environment\n' +
  'variable to a valid, user-writable path to enable.\n';
const kNoHome = '\nError: Could not get the home directory.\nREPL session history will not be persisted.\n';
const kNoFile = '\nError: Could not open history file.\nREPL session history will not be persisted.\n';

function encode(entry) { return entry.split('\n').reverse().join('\r'); }

function decode(line) { return line.split('\r').reverse().join('\n'); }

class HistoryManager {
  #repl;
  #file;
  #timer;
  #dirty = false;
  #reported = false; // the user has been told that nothing is kept
  isFlushing = false;

  constructor(repl) { this.#repl = repl; }

  setup(options, ready) {
    const repl = this.#repl;
    let file = options.filePath;
    const size = Number(options.size);
    if (size > 0) repl.historySize = size;
    if (options.removeHistoryDuplicates !== undefined) repl.removeHistoryDuplicates = Boolean(options.removeHistoryDuplicates);
    if (typeof file === 'string') file = file.trim();
    if (file === '') { // turned off
      ready(null, repl);
      return;
    }
    if (!file) {
      try {
        file = path.join(os.homedir(), '.node_repl_history');
      } catch {
        this.#complain(kNoHome);
        ready(null, repl);
        return;
      }
    }
    repl.pause();
    fs.open(file, 'a+', 0o600, (err, fd) => {
      if (err !== null) {
        this.#unreadable(ready);
        return;
      }
      fs.close(fd, () => fs.readFile(file, 'utf8', (err, text) => {
        if (err !== null) {
          this.#unreadable(ready);
          return;
        }
        this.#loaded(file, text);
        repl.resume();
        ready(null, repl);
      }));
    });
  }

  #unreadable(ready) {
    this.#complain(kNoFile);
    this.#repl.resume();
    ready(null, this.#repl);
  }

  #complain(text) {
    const repl = this.#repl;
    repl._writeToOutput(text);
    repl.prevRows = 0;
    repl._refreshLine();
  }

  #loaded(file, text) {
    const repl = this.#repl;
    this.#file = file;
    // What was entered while the file was read stays the newest.
    const old = text.split(/\n+/).filter((line) => line !== '').map(decode);
    repl.history = repl.history.concat(old).slice(0, repl.historySize);
    repl.on('history', () => {
      this.#dirty = true;
      clearTimeout(this.#timer);
      // A user's entry is kept before it runs: it may be the last.
      if (repl._standalone) {
        this.flush();
        return;
      }
      this.isFlushing = true;
      this.#timer = setTimeout(() => this.flush(), kWriteDelay);
    });
    repl.once('exit', () => this.flush());
    process.once('exit', () => this.flush());
  }

  // Writes beside the file and puts that in its place, so that a process that
  // dies halfway loses nothing; where that cannot be (a device, a symbolic link,
  // a folder that is not writable), into the file.
  flush() {
    clearTimeout(this.#timer);
    if (!this.#dirty) return;
    this.#dirty = false;
    const file = this.#file;
    const text = `${this.#repl.history.map(encode).join('\n')}\n`;
    try {
      const beside = `${file}.${process.pid}`;
      try {
        if (!fs.lstatSync(file).isFile()) throw new Error('not a file of its own');
        fs.writeFileSync(beside, text, { mode: 0o600 });
        fs.renameSync(beside, file);
      } catch {
        try { fs.unlinkSync(beside); } catch { /* was not made */ }
        fs.writeFileSync(file, text, { mode: 0o600 });
      }
    } catch {
      this.#file = undefined;
      if (!this.#repl.closed && !this.#reported) {
        this.#reported = true;
        this.#complain(kNoFile);
      }
    }
    this.isFlushing = false;
    this.#repl.emit('flushHistory');
  }

  // The user asks for an entry of a history that is not kept.
  remind() {
    if (this.#file !== undefined || this.#reported || this.#repl.history.length > 0) return false;
    this.#reported = true;
    this.#complain(kDisabled);
    return true;
  }
}

module.exports = { HistoryManager };
