'use strict';
const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate } = require('internal/timers');
require('internal/bootstrap').loadTimers();
module.exports = { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate, clearImmediate };
