'use strict';
// A process that a primary has forked set its side up before its script ran.
const { state } = require('internal/net');
module.exports = state.cluster === undefined ? require('internal/cluster/primary') : state.cluster;
