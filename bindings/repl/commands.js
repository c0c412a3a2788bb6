'use strict';
// The commands that begin with a dot.

const fs = require('fs');

const kMissingFile = 'The "file" argument must be specified\n';

function defineDefaultCommands(repl) {
  repl.defineCommand('break', {
    help: 'Sometimes you get stuck, this gets you out',
    action() {
      this.clearBufferedCommand();
      this.displayPrompt();
    },
  });
  repl.defineCommand('clear', {
    help: repl.useGlobal ? 'Alias for .break' : 'Break, and also clear the local context',
    action() {
      this.clearBufferedCommand();
      if (!this.useGlobal) {
        this.output.write('Clearing context...\n');
        this.resetContext();
      }
      this.displayPrompt();
    },
  });
  repl.defineCommand('exit', { help: 'Exit the REPL', action() { this.close(); } });
  repl.defineCommand('help', {
    help: 'Print this help message',
    action() {
      const names = Object.keys(this.commands).sort();
      const width = names.reduce((max, name) => Math.max(max, name.length), 0);
      for (const name of names) {
        const { help } = this.commands[name];
        this.output.write(`.${name}${help ? ' '.repeat(width - name.length + 3) + help : ''}\n`);
      }
      this.output.write('\nPress Ctrl+C to abort current expression, Ctrl+D to exit the REPL\n');
      this.displayPrompt();
    },
  });
  repl.defineCommand('save', {
    help: 'Save all evaluated commands in this REPL session to a file',
    action(file) {
      try {
        if (file !== '') fs.writeFileSync(file, this.lines.join('\n'));
        this.output.write(file === '' ? kMissingFile : `Session saved to: ${file}\n`);
      } catch {
        this.output.write(`Failed to save: ${file}\n`);
      }
      this.displayPrompt();
    },
  });
  repl.defineCommand('load', {
    help: 'Load JS from a file into the REPL session',
    action(file) {
      if (file === '') {
        this.output.write(kMissingFile);
        this.displayPrompt();
        return;
      }
      try {
        if (fs.statSync(file).isFile()) {
          const text = fs.readFileSync(file, 'utf8');
          const code = text.endsWith('\n') ? text : `${text}\n`;
          if (this.terminal) { // the file is to be seen
            this.turnOnEditorMode();
            this._loading = true;
            this.write(text);
            this._loading = false;
            this.turnOffEditorMode();
            this.line = '';
            this.cursor = 0;
            this.output.write('\n');
          }
          this.clearBufferedCommand();
          this._run(code);
          return;
        }
        this.output.write(`Failed to load: ${file} is not a valid file\n`);
      } catch {
        this.output.write(`Failed to load: ${file}\n`);
      }
      this.displayPrompt();
    },
  });
  if (repl.terminal) {
    repl.defineCommand('editor', {
      help: 'Enter editor mode',
      action() {
        this.turnOnEditorMode();
        this.output.write('// Entering editor mode (Ctrl+D to finish, Ctrl+C to cancel)\n');
      },
    });
  }
}

module.exports = { defineDefaultCommands };
