'use strict';
const { finished } = require('internal/streams/end-of-stream');
const { promised } = require('internal/streams/pipeline');
require('stream');

Object.defineProperty(promised, 'name', { __proto__: null, value: 'pipeline', configurable: true });
module.exports = { finished, pipeline: promised };
