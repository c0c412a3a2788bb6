'use strict';

const { AbortError, codes } = require('internal/errors');
const { inspect } = require('internal/util/inspect');
const { kEmptyObject } = require('internal/util');
const { validateAbortSignal, validateBoolean, validateInteger } = require('internal/validators');
const { kClearScreenDown, cursorMovement, cursorPosition, lineClearing } = require('internal/readline/cursor');
const { Interface: Base } = require('internal/readline/interface');

class Interface extends Base {
  #reject = null;

  question(query, options = kEmptyObject) {
    return new Promise((resolve, reject) => {
      const { signal } = options ?? kEmptyObject;
      let answered = resolve;
      if (signal) {
        validateAbortSignal(signal, 'options.signal');
        if (signal.aborted) {
          reject(new AbortError(undefined, { cause: signal.reason }));
          return;
        }
        const onAbort = () => {
          this._questionCancel();
          reject(new AbortError(undefined, { cause: signal.reason }));
        };
        signal.addEventListener('abort', onAbort, { once: true });
        answered = (answer) => {
          signal.removeEventListener('abort', onAbort);
          resolve(answer);
        };
      }
      this._question(query, (answer) => {
        this.#reject = null;
        answered(answer);
      });
      this.#reject = reject;
    });
  }

  _abandon(why) {
    this.#reject?.(new AbortError(why));
    this.#reject = null;
    this.close();
  }

  async _tabComplete(again) {
    this.pause();
    let found;
    try {
      found = await this.completer(this.line.slice(0, this.cursor));
    } catch (err) {
      this._writeToOutput(`Tab completion error: ${inspect(err)}`);
      return;
    } finally {
      this.resume();
    }
    this._showCompletions(again, found);
  }
}

class Readline {
  #autoCommit = false;
  #stream;
  #todo = [];

  constructor(stream, options = undefined) {
    if (typeof stream?.write !== 'function' || typeof stream.on !== 'function' || stream.writable === false) {
      throw new codes.ERR_INVALID_ARG_TYPE('stream', 'Writable', stream);
    }
    this.#stream = stream;
    if (options?.autoCommit != null) {
      validateBoolean(options.autoCommit, 'options.autoCommit');
      this.#autoCommit = options.autoCommit;
    }
  }

  #add(data) {
    if (this.#autoCommit) process.nextTick(() => this.#stream.write(data));
    else this.#todo.push(data);
    return this;
  }

  cursorTo(x, y = undefined) {
    validateInteger(x, 'x');
    if (y !== undefined) validateInteger(y, 'y');
    return this.#add(cursorPosition(x, y));
  }

  moveCursor(dx, dy) {
    if (dx || dy) {
      validateInteger(dx, 'dx');
      validateInteger(dy, 'dy');
      return this.#add(cursorMovement(dx, dy));
    }
    return this;
  }

  clearLine(dir) {
    validateInteger(dir, 'dir', -1, 1);
    return this.#add(lineClearing(dir));
  }

  clearScreenDown() { return this.#add(kClearScreenDown); }

  commit() {
    return new Promise((resolve) => {
      this.#stream.write(this.#todo.join(''), resolve);
      this.#todo = [];
    });
  }

  rollback() {
    this.#todo = [];
    return this;
  }
}

function createInterface(input, output, completer, terminal) {
  return new Interface(input, output, completer, terminal);
}

module.exports = { Interface, Readline, createInterface };
