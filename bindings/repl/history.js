'use strict';
// A history that lasts: one line an entry, the newest first, in a file that
// only its owner may read. Lines with line feeds are kept with \r in their place.

const fs = require('fs');
const os = require('os');
const path = require('path');

const kWriteDelay = 15;

function setup(repl, file, ready) {
  if (typeof file === 'string') file = file.trim();
  if (file === '') { // turned off
    ready?.(null, repl);
    return;
  }
  file ||= path.join(os.homedir(), '.node_repl_history');
  repl.pause();
  fs.readFile(file, 'utf8', (err, text) => {
    if (err !== null && err.code !== 'ENOENT') {
      repl.output.write('\nError: Could not open history file.\nREPL session history will not be persisted.\n');
      repl.resume();
      ready?.(null, repl);
      return;
    }
    const lines = (text ?? '').split(/\n+/).filter((line) => line !== '').map((line) => line.replaceAll('\r', '\n'));
    repl.history = lines.slice(0, repl.historySize);
    let timer, failed;
    const save = () => {
      clearTimeout(timer);
      timer = undefined;
      if (failed) return;
      const out = repl.history.map((line) => line.replaceAll('\n', '\r')).join('\n');
      try {
        fs.writeFileSync(file, `${out}\n`, { mode: 0o600 });
      } catch {
        failed = true;
      }
    };
    repl.on('history', () => {
      clearTimeout(timer);
      timer = setTimeout(save, kWriteDelay);
    });
    repl.on('exit', () => { if (timer !== undefined) save(); });
    repl.resume();
    ready?.(null, repl);
  });
}

module.exports = { setup };
