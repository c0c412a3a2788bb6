'use strict';
// The commands that begin with a dot.

const fs = require('fs');

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
      const missing = missingName('.save', file);
      try {
        if (missing !== undefined) throw missing;
        fs.writeFileSync(file, this.lines.join('\n'));
        this.output.write(`Session saved to: ${file}\n`);
      } catch (error) {
        this.output.write(error === missing ? `${error.message}\n` : `Failed to save: ${file}\n`);
      }
      this.displayPrompt();
    },
  });
  repl.defineCommand('load', {
    help: 'Load JS from a file into the REPL session',
    action(file) {
      const missing = missingName('.load', file);
      try {
        if (missing !== undefined) throw missing;
        if (fs.statSync(file).isFile()) {
          this.turnOnEditorMode();
          const text = fs.readFileSync(file, 'utf8');
          this.write(text);
          this.turnOffEditorMode();
          const code = text.endsWith('\n') ? text : `${text}\n`;
          this.clearBufferedCommand();
          this.line = '';
          this.cursor = 0;
          this.output.write('\n');
          this._run(code);
          return;
        }
        this.output.write(`Failed to load: ${file} is not a valid file\n`);
      } catch (error) {
        this.output.write(error === missing ? `${error.message}\n` : `Failed to load: ${file}\n`);
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

function missingName(command, file) {
  if (file !== '') return undefined;
  const { codes } = require('internal/errors');
  const err = new codes.ERR_MISSING_ARGS('file');
  err.message = `The "file" argument must be specified`;
  return err;
}

module.exports = { defineDefaultCommands };
