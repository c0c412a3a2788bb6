'use strict';
// process.nextTick, and what runs between the macrotasks. The queue is Go's;
// what is here shows in stack traces, or is needed with async_hooks only.

const { nextTick, queueMicrotask, runMicrotasks, runTicks, setHook } = internalBinding('runtime');

function processTicks() { runTicks(); }

// What async_hooks calls the resource of a tick.
function TickObject(callback, args) {
  this.callback = callback;
  this.args = args;
}
setHook('makeTickObject', (callback, args) => new TickObject(callback, args));

// internal/async_context's, once async_hooks or AsyncLocalStorage are in use.
let context;
function setAsyncContext(value) { context = value; }

module.exports = { nextTick, processTicks, queueMicrotask, runMicrotasks, setAsyncContext, asyncContext: () => context };
