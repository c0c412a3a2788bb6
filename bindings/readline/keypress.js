'use strict';
// emitKeypressEvents: what a terminal sends becomes 'keypress' events.

const { decoder } = internalBinding('internal/readline/interface');
const { StringDecoder } = require('string_decoder');
const { setTimeout, clearTimeout } = require('timers');

const kKeypress = Symbol('keypress-decoder');
const kEscapeCodeTimeout = 500;

// An editor is the Interface that reads stream. It gets runs of plain characters
// for which nobody else listens as one insertion (see _insertRun): a long paste
// is not drawn once a character.
function emitKeypressEvents(stream, editor = {}) {
  if (stream[kKeypress]) {
    stream[kKeypress].editor = editor;
    return;
  }
  const state = stream[kKeypress] = { editor };
  const text = new StringDecoder('utf8');
  const keys = decoder();
  let timeout;

  function emit(presses) {
    const last = presses.length - 2;
    for (let i = 0; i <= last; i += 2) {
      const { editor } = state;
      // A tab in the middle of what was pasted is no wish to complete something.
      editor.isCompletionEnabled = i === last;
      if (presses[i + 1].name === 'paste') { // only its editor knows of it
        editor._ttyWrite(undefined, presses[i + 1]);
        continue;
      }
      if (editor._insertRun !== undefined && i < last && stream.listenerCount('keypress') === 1) {
        const end = editor._insertRun(presses, i, last);
        if (end > i) {
          i = end - 2;
          continue;
        }
      }
      stream.emit('keypress', presses[i], presses[i + 1]);
    }
  }

  function onData(chunk) {
    if (stream.listenerCount('keypress') === 0) {
      stream.removeListener('data', onData);
      stream.on('newListener', onNewListener);
      return;
    }
    const string = text.write(chunk);
    if (!string) return;
    clearTimeout(timeout);
    const { editor } = state;
    editor._sawKeyPress = string.length === 1;
    try {
      emit(keys.feed(string, editor._takesPaste === true));
      if (keys.waiting()) {
        timeout = setTimeout(() => emit(keys.flush()), state.editor.escapeCodeTimeout ?? kEscapeCodeTimeout);
      }
    } catch (err) {
      keys.reset();
      throw err;
    } finally {
      state.editor.isCompletionEnabled = true;
    }
  }

  function onNewListener(event) {
    if (event !== 'keypress') return;
    stream.on('data', onData);
    stream.removeListener('newListener', onNewListener);
  }

  if (stream.listenerCount('keypress') > 0) stream.on('data', onData);
  else stream.on('newListener', onNewListener);
}

module.exports = { emitKeypressEvents, kEscapeCodeTimeout };
