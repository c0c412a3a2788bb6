'use strict';
const { writeSync } = internalBinding('process');
const join = (args) => { const out = []; for (let i = 0; i < args.length; i++) out.push(String(args[i])); return out.join(' ') + '\n'; };
exports.console = {
  log() { writeSync(1, join(arguments)); },
  error() { writeSync(2, join(arguments)); },
};
