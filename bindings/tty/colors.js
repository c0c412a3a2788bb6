'use strict';
// How many colours a terminal has, by what the environment tells of it.

const { validateInteger } = require('internal/validators');

const BW = 1;
const C16 = 4;
const C256 = 8;
const TRUE = 24;

// Terminals by TERM.
const terms = {
  __proto__: null,
  'cons25': C16, 'console': C16, 'cygwin': C16, 'dtterm': C16, 'eterm': C16, 'gnome': C16, 'hurd': C16,
  'jfbterm': C16, 'konsole': C16, 'kterm': C16, 'mlterm': C16, 'mosh': TRUE, 'putty': C16, 'st': C16,
  'rxvt-unicode-24bit': TRUE, 'terminator': TRUE, 'xterm-kitty': TRUE,
};
const ciEnvs = {
  __proto__: null,
  APPVEYOR: C256, BUILDKITE: C256, CIRCLECI: TRUE, DRONE: C256, GITEA_ACTIONS: TRUE, GITHUB_ACTIONS: TRUE,
  GITLAB_CI: C256, TRAVIS: C256,
};
const termPatterns = /ansi|color|linux|direct|^con[0-9]*x[0-9]|^rxvt|^screen|^xterm|^vt100|^vt220/;

let warned = false;
function isSet(v) { return v !== undefined && v !== ''; }
function warnIgnored(env) {
  if (warned) return;
  let name = '';
  if (isSet(env.NODE_DISABLE_COLORS)) name = 'NODE_DISABLE_COLORS';
  if (isSet(env.NO_COLOR)) name += name === '' ? 'NO_COLOR' : "' and 'NO_COLOR";
  if (name !== '') {
    process.emitWarning(`The '${name}' env is ignored due to the 'FORCE_COLOR' env being set.`, 'Warning');
    warned = true;
  }
}

function getColorDepth(env = process.env) {
  if (env.FORCE_COLOR !== undefined) {
    switch (env.FORCE_COLOR) {
      case '': case '1': case 'true': warnIgnored(env); return C16;
      case '2': warnIgnored(env); return C256;
      case '3': warnIgnored(env); return TRUE;
      default: return BW;
    }
  }
  if (isSet(env.NODE_DISABLE_COLORS) || isSet(env.NO_COLOR) || env.TERM === 'dumb') return BW;
  if (process.platform === 'win32') {
    // Windows 10 has 256 colours from build 10586 on, and all from 14931.
    const release = require('os').release().split('.');
    if (+release[0] < 10) return C16;
    if (+release[2] >= 14931) return TRUE;
    return +release[2] >= 10586 ? C256 : C16;
  }
  if (env.TMUX) return TRUE;
  if ('TF_BUILD' in env && 'AGENT_NAME' in env) return C16;
  if ('CI' in env) {
    for (const name in ciEnvs) {
      if (name in env) return ciEnvs[name];
    }
    return env.CI_NAME === 'codeship' ? C256 : BW;
  }
  if ('TEAMCITY_VERSION' in env) return /^(9\.(0*[1-9]\d*)\.|\d{2,}\.)/.test(env.TEAMCITY_VERSION) ? C16 : BW;
  switch (env.TERM_PROGRAM) {
    case 'iTerm.app': return !env.TERM_PROGRAM_VERSION || /^[0-2]\./.test(env.TERM_PROGRAM_VERSION) ? C256 : TRUE;
    case 'HyperTerm': case 'MacTerm': return TRUE;
    case 'Apple_Terminal': return C256;
  }
  if (env.COLORTERM === 'truecolor' || env.COLORTERM === '24bit') return TRUE;
  if (env.TERM) {
    if (/truecolor/.test(env.TERM)) return TRUE;
    if (/^xterm-256/.test(env.TERM)) return C256;
    const term = env.TERM.toLowerCase();
    if (terms[term]) return terms[term];
    if (termPatterns.test(term)) return C16;
  }
  return env.COLORTERM ? C16 : BW;
}

// (count, env), (count), (env)
function hasColors(count, env) {
  if (env === undefined && (count === undefined || (typeof count === 'object' && count !== null))) {
    env = count;
    count = 16;
  } else {
    validateInteger(count, 'count', 2);
  }
  return count <= 2 ** (env === undefined ? this.getColorDepth() : this.getColorDepth(env));
}

module.exports = { getColorDepth, hasColors };
