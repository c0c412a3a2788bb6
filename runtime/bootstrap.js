'use strict';
// Makes the process object, and tells the runtime which functions to call. The
// globals that a script may not need are in globals.go.

const { setHook } = internalBinding('runtime');

require('internal/process/setup');

const tasks = require('internal/process/task_queues');
const execution = require('internal/process/execution');
setHook('processTicks', tasks.processTicks);
setHook('uncaught', execution.uncaught);
setHook('unhandledRejections', (news) => require('internal/process/promises').processRejections(news));
setHook('emitExit', execution.emitExit);
setHook('emitBeforeExit', execution.emitBeforeExit);

function define(name, value, enumerable = false) {
  Object.defineProperty(globalThis, name, { __proto__: null, value, writable: true, configurable: true, enumerable });
}

Object.defineProperty(globalThis, Symbol.toStringTag, { __proto__: null, value: 'global', configurable: true });
define('queueMicrotask', tasks.queueMicrotask, true);
// Node's own test suite reads this global in every test: it must be there even though it cannot work yet.
define('fetch', function fetch(input) { return Promise.try(require('internal/util').unimplemented('fetch()')); }, true);
process.nextTick = tasks.nextTick;
process._tickCallback = tasks.processTicks;

