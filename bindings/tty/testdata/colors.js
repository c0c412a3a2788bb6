// getColorDepth and hasColors for many environments.
const { WriteStream, isatty } = require('tty');
const depth = (env) => WriteStream.prototype.getColorDepth(env);
for (const env of [
  {}, { TERM: 'dumb' }, { TERM: 'xterm' }, { TERM: 'xterm-256color' }, { TERM: 'XTERM-KITTY' }, { TERM: 'linux' }, { TERM: 'vt100' },
  { TERM: 'screen' }, { TERM: 'konsole' }, { TERM: 'mosh' }, { TERM: 'unknown' }, { TERM: 'unknown', COLORTERM: '1' },
  { COLORTERM: 'truecolor' }, { COLORTERM: '24bit' }, { TMUX: '1' }, { CI: '1' }, { CI: '1', TRAVIS: '1' }, { CI: '1', CIRCLECI: '1' },
  { CI: '1', CI_NAME: 'codeship' }, { TEAMCITY_VERSION: '9.1.2' }, { TEAMCITY_VERSION: '8.0.0' }, { TF_BUILD: '', AGENT_NAME: '' },
  { TERM_PROGRAM: 'iTerm.app' }, { TERM_PROGRAM: 'iTerm.app', TERM_PROGRAM_VERSION: '3.0' }, { TERM_PROGRAM: 'HyperTerm' },
  { TERM_PROGRAM: 'Apple_Terminal' }, { NO_COLOR: '1', TERM: 'xterm' }, { NODE_DISABLE_COLORS: '1', TERM: 'xterm' },
  { FORCE_COLOR: '' }, { FORCE_COLOR: '1' }, { FORCE_COLOR: '2' }, { FORCE_COLOR: '3' }, { FORCE_COLOR: '0' }, { FORCE_COLOR: 'x' },
]) console.log(JSON.stringify(env), depth(env));
const has = (...a) => WriteStream.prototype.hasColors.call({ getColorDepth: depth }, ...a);
console.log(has({ TERM: 'xterm' }), has(17, { TERM: 'xterm' }), has(16, { TERM: 'xterm' }));
try { has('x', {}); } catch (e) { console.log(e.code, e.message); }
try { has(1, {}); } catch (e) { console.log(e.code, e.message); }
console.log(isatty(-1), isatty('0'), isatty(99999), isatty(1.5));
