'use strict';
// What each key writes to the terminal, and the line that comes of it.
const { EventEmitter } = require('events');
const readline = require('readline');
class Terminal extends EventEmitter {
  constructor(columns) { super(); this.columns = columns; this.out = ''; }
  write(data) { this.out += data; return true; }
  resume() {}
  pause() {}
}
function session(title, keys, options) {
  const tty = new Terminal(options?.columns ?? 20);
  const rl = readline.createInterface({ input: tty, output: tty, terminal: true, ...options });
  console.log(`# ${title}`);
  rl.on('line', (line) => console.log('line', JSON.stringify(line)));
  rl.on('close', () => console.log('close'));
  rl.prompt();
  for (const key of ['', ...keys]) {
    tty.out = '';
    if (key !== '') tty.emit('data', key);
    console.log(JSON.stringify(key), JSON.stringify(tty.out), rl.cursor, JSON.stringify(rl.getCursorPos()));
  }
  if (!rl.closed) rl.close();
}
session('moving', ['abc def', '\x01', '\x1bf', '\x1b[D', '\x06', '\x02', '\x05', '\x1b[H', '\x1b[F', '\x1b[1;5D', '\x1b[1;5C']);
session('deleting', ['one two three four', '\x7f', '\x17', '\x1bb', '\x1bd', '\x15', '\x0b', 'x', '\x1b[D', '\x1b[3~']);
session('kill ring', ['one', '\x15', 'two', '\x15', '\x19', '\x1by', '!']);
session('undo and redo', ['abc', '\x17', '\x1f', '\x1f', '\x1e', 'z']);
session('wrapping', [...'0123456789abcdefghij', '\x01', 'X', '\x1b[D', '\x0c', '\x05', '\x7f'], { columns: 10 });
session('wide characters', ['日本語', '\x1b[D', '💻', '\x7f', 'é'], { columns: 8 });
session('tabs', ['a\tb', '\x02', '\x01'], { tabSize: 4 });
session('history', ['one\r', 'two\r', 'tree\r', '\x1b[A', '\x1b[A', '\x1b[B', '\x0e', 't', '\x1b[A', '\x1b[A', '\x1b[A', '\x10']);
session('ends', ['abc', '\x04', '\x01', '\x04', '\x15', '\x0b', '\x04']);
session('interrupt', ['abc', '\x03']);
session('completion', ['f', '\t', '\t', 'o', '\t', '\t'], { completer: (l) => [['foo', 'foobar', 'fab'].filter((c) => c.startsWith(l)), l] });
session('completion replaces', ['FO', '\t'], { completer: (l) => [['foo'], l] });
session('completion fails', ['a', '\t'], { completer: (l, cb) => cb('no') });
