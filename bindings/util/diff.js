'use strict';
// util.diff: the shortest edit script between two strings or lists of strings.

const { codes } = require('internal/errors');
const { validateString } = require('internal/validators');
const { diff: edits } = internalBinding('assert');

function list(value, name) {
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) validateString(value[i], `${name}[${i}]`);
    return value;
  }
  if (typeof value === 'string') return value.split('');
  throw new codes.ERR_INVALID_ARG_TYPE(name, 'string', value);
}

function diff(actual, expected) {
  if (actual === expected) return [];
  const flat = edits(list(actual, 'actual'), list(expected, 'expected'), false);
  const out = [];
  for (let i = 0; i < flat.length; i += 2) out.push([flat[i], flat[i + 1]]);
  return out;
}

module.exports = { diff };
