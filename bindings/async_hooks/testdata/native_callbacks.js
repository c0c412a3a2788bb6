'use strict';
// The callback of a native operation runs between before and after, also if it throws.
const async_hooks = require('async_hooks');
const log = [];
let id;
async_hooks.createHook({
  init(asyncId, type) { if (type === 'RANDOMBYTESREQUEST') id = asyncId; },
  before(asyncId) { if (asyncId === id) log.push('before'); },
  after(asyncId) { if (asyncId === id) log.push('after'); },
}).enable();
process.on('uncaughtException', (e) => log.push(`${e.message} ${async_hooks.executionAsyncId() === id}`));
process.on('exit', () => console.log(log.join()));
require('crypto').randomBytes(1, () => {
  log.push(async_hooks.executionAsyncId() === id);
  throw new Error('thrown');
});
