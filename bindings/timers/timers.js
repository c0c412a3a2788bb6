'use strict';
const { clearImmediate, clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } =
  require('internal/timers');

module.exports = { setTimeout, clearTimeout, setImmediate, clearImmediate, setInterval, clearInterval };
Object.defineProperty(module.exports, 'promises', {
  __proto__: null,
  configurable: true,
  enumerable: true,
  get() { return require('timers/promises'); },
});
