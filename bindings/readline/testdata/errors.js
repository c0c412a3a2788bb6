'use strict';
const readline = require('readline');
const { Readline } = require('readline/promises');
const { PassThrough } = require('stream');
const input = new PassThrough();
const show = (title, fn) => {
  try { console.log(title, fn()); } catch (e) { console.log(title, e.name, e.code, e.message); }
};
for (const options of [{ completer: 'x' }, { completer: null }, { history: {} }, { historySize: -1 }, { historySize: '1' }, { tabSize: 0 },
  { tabSize: '4' }, { tabSize: 4.5 }, { escapeCodeTimeout: NaN }, { escapeCodeTimeout: '5' }, { signal: {} }]) {
  show(Object.keys(options)[0], () => readline.createInterface({ input, ...options }).close());
}
const rl = readline.createInterface({ input });
rl.close();
rl.close();
for (const name of ['pause', 'resume', 'write', 'prompt', 'question']) show(name, () => rl[name]('x', () => {}));
const out = { write(s) { console.log(JSON.stringify(s)); return true; } };
show('cursorTo NaN', () => readline.cursorTo(out, NaN));
show('cursorTo y NaN', () => readline.cursorTo(out, 1, NaN));
show('cursorTo y alone', () => readline.cursorTo(out, 'a', 1));
show('cursorTo nothing', () => readline.cursorTo(out, 'a', 'b'));
show('cursorTo callback', () => readline.cursorTo(out, 1, 2, 3));
show('cursorTo', () => readline.cursorTo(out, 1, 2));
show('cursorTo x', () => readline.cursorTo(out, 1));
show('moveCursor', () => readline.moveCursor(out, -1, 2));
show('moveCursor nowhere', () => readline.moveCursor(out, 0, 0));
show('moveCursor callback', () => readline.moveCursor(out, 1, 2, 3));
for (const dir of [-1, 0, 1]) show('clearLine', () => readline.clearLine(out, dir));
show('clearScreenDown', () => readline.clearScreenDown(out));
show('no stream', () => readline.clearScreenDown(null));
show('Readline', () => new Readline());
show('Readline', () => new Readline(new PassThrough(), { autoCommit: 1 }));
const r = new Readline(new PassThrough());
show('clearLine', () => r.clearLine(2));
show('cursorTo', () => r.cursorTo('a'));
show('moveCursor', () => r.moveCursor(1.5, 0));
