'use strict';
// getOptionValue('--name'): what the command line and NODE_OPTIONS say.

const { get, has, environment } = internalBinding('internal/options');
const { flagCount } = internalBinding('runtime');

// Switches with NODE_* variables of their own.
function getOptionValue(name) {
  if (name === '--pending-deprecation' && process.env.NODE_PENDING_DEPRECATION === '1') return true;
  if (name === '--redirect-warnings') return get(name) || process.env.NODE_REDIRECT_WARNINGS || '';
  if (name === '--preserve-symlinks' && process.env.NODE_PRESERVE_SYMLINKS === '1') return true;
  return get(name);
}

module.exports = { environment, getOptionValue, hasOption: has, hasOptions: flagCount > 0 };
