'use strict';
// What the command runs without a script on a terminal, and with -i.

const { kStandalone } = require('internal/repl/symbols');
const publicModule = require('repl');
const { REPLServer, REPL_MODE_SLOPPY, REPL_MODE_STRICT } = publicModule;

function runMain() {
  const { env } = process;
  console.log(`Welcome to Node.js ${process.version}.\nType ".help" for more information.`);
  const mode = env.NODE_REPL_MODE?.toLowerCase().trim();
  const size = Number(env.NODE_REPL_HISTORY_SIZE);
  const repl = new REPLServer({
    prompt: '> ',
    ignoreUndefined: false,
    useGlobal: true,
    breakEvalOnSigint: true,
    [kStandalone]: true,
    highlight: env.GONODE_REPL_HIGHLIGHT !== '0',
    terminal: env.NODE_NO_READLINE === '1' ? false : undefined,
    replMode: mode === 'strict' ? REPL_MODE_STRICT : REPL_MODE_SLOPPY,
    historySize: size > 0 ? size : 1000,
  });
  publicModule.repl = repl;
  repl.on('exit', () => process.exit());
  if (repl.terminal) {
    if (env.TERM !== 'dumb' && process.stdin.isTTY && process.stdout.isTTY) repl._bracketPaste();
    repl.setupHistory(env.NODE_REPL_HISTORY);
  }
}

module.exports = { runMain };
