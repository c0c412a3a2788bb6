'use strict';
// process.nextTick, and what runs between the macrotasks.

const { tickScheduled, runMicrotasks } = internalBinding('runtime');

// A queue that grows at the end and is read from a moving head: shifting an
// array costs its length.
let queue = [];
let head = 0;

function TickObject(callback, args) {
  this.callback = callback;
  this.args = args;
  this.context = undefined;
}

function nextTick(callback) {
  if (typeof callback !== 'function') {
    require('internal/validators').validateFunction(callback, 'callback');
  }
  if (process._exiting) return;
  let args;
  if (arguments.length > 1) {
    args = [];
    for (let i = 1; i < arguments.length; i++) args.push(arguments[i]);
  }
  if (queue.length === head) tickScheduled();
  const tick = new TickObject(callback, args);
  queue.push(tick);
  if (context !== undefined) tick.context = context.capture('TickObject', tick);
}

// internal/async_context's, once async_hooks or AsyncLocalStorage are in use.
let context;
function setAsyncContext(value) { context = value; }

function processTicks() {
  while (head < queue.length) {
    const tock = queue[head];
    queue[head++] = undefined;
    if (head === queue.length) {
      queue = [];
      head = 0;
    } else if (head === 4096) {
      queue = queue.slice(head);
      head = 0;
    }
    const { callback, args } = tock;
    const token = tock.context;
    if (token !== undefined) context.enter(token);
    let threw = true;
    try {
      if (args === undefined) {
        callback();
      } else {
        switch (args.length) {
          case 1: callback(args[0]); break;
          case 2: callback(args[0], args[1]); break;
          case 3: callback(args[0], args[1], args[2]); break;
          default: callback.apply(undefined, args);
        }
      }
      threw = false;
    } finally {
      // What is left waits for the next callback scope.
      if (threw && head < queue.length) tickScheduled();
      if (token !== undefined && context.destroying) context.destroy(token);
    }
    if (token !== undefined) context.exit();
  }
}

const resolved = Promise.resolve();
const { then } = Promise.prototype;

function queueMicrotask(callback) {
  if (arguments.length === 0 || typeof callback !== 'function') {
    require('internal/validators').validateFunction(callback, 'callback');
  }
  then.call(resolved, () => {
    try {
      callback();
    } catch (err) {
      require('internal/process/execution').onUncaught(err, false);
    }
  });
}

module.exports = { nextTick, processTicks, queueMicrotask, runMicrotasks, setAsyncContext };
