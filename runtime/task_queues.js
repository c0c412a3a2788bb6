'use strict';
// process.nextTick, and what runs between the macrotasks.

const { tickScheduled, runMicrotasks } = internalBinding('runtime');

// The queue is a list of blocks, each an array that grows at the end and is
// read from a moving head: shifting an array costs its length. A tick is three
// entries: the callback, its arguments (undefined: none), its async context.
const kBlock = 3 * 1024;
let block = { ticks: [], next: null }; // the one that is read
let last = block; // the one that grows
let queue = block.ticks;
let head = 0;

// What async_hooks calls the resource of a tick.
function TickObject(callback, args) {
  this.callback = callback;
  this.args = args;
}

// A rest parameter: goja's arguments object costs four times as much.
function nextTick(callback, ...args) {
  if (typeof callback !== 'function') {
    require('internal/validators').validateFunction(callback, 'callback');
  }
  if (process._exiting) return;
  if (queue.length === head) tickScheduled();
  if (args.length === 0) args = undefined;
  if (last.ticks.length === kBlock) last = last.next = { ticks: [], next: null };
  last.ticks.push(callback, args,
             context === undefined ? undefined : context.capture('TickObject', new TickObject(callback, args)));
}

// internal/async_context's, once async_hooks or AsyncLocalStorage are in use.
let context;
function setAsyncContext(value) { context = value; }

function processTicks() {
  while (head < queue.length) {
    const callback = queue[head], args = queue[head + 1], token = queue[head + 2];
    queue[head] = queue[head + 1] = queue[head + 2] = undefined;
    head += 3;
    if (head === queue.length) {
      head = 0;
      if (block.next !== null) {
        block = block.next;
        queue = block.ticks;
      } else {
        queue.length = 0;
      }
    }
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
          default: Reflect.apply(callback, undefined, args);
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
  if (typeof callback !== 'function') {
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

module.exports = { nextTick, processTicks, queueMicrotask, runMicrotasks, setAsyncContext, asyncContext: () => context };
