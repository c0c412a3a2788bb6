'use strict';
// Between the queues of the runtime (ticks, timers, immediates) and Go's
// record of asynchronous contexts. The queues get hold of this object when a
// script first uses AsyncLocalStorage or async_hooks, and not before.

const native = internalBinding('internal/async_context');
const { activate, capture, enter, exit, id, later, setHooks, trigger } = native;

const context = {
  capture, enter, exit, id, trigger,
  destroying: false, // a destroy hook is enabled
  destroy(token) { if (context.destroying) emitDestroy(id(token)); },
};

let active = false;
function start() {
  if (active) return;
  active = true;
  activate();
  require('internal/process/task_queues').setAsyncContext(context);
}

// The enabled hooks; a list that is being emitted is replaced, not changed.
let hooks = [];

function fatal(err) {
  const text = typeof err?.stack === 'string' ? err.stack : new Error(typeof err === 'symbol' ? String(err) : `${err}`).stack;
  process._rawDebug(text);
  process.reallyExit(1);
}

function emitter(name) {
  return function(asyncId, a, b, c) {
    const list = hooks;
    for (let i = 0; i < list.length; i++) {
      const fn = list[i][name];
      if (typeof fn !== 'function') continue;
      try {
        if (name === 'init') list[i].init(asyncId, a, b, c);
        else list[i][name](asyncId);
      } catch (err) {
        fatal(err);
      }
    }
  };
}
const emitInit = emitter('init'), emitBefore = emitter('before'), emitAfter = emitter('after');
const destroyNow = emitter('destroy'), emitPromiseResolve = emitter('promiseResolve');

let destroyQueue = [];
function flushDestroy() {
  while (destroyQueue.length > 0) {
    const list = destroyQueue;
    destroyQueue = [];
    for (let i = 0; i < list.length; i++) destroyNow(list[i]);
  }
}
function emitDestroy(asyncId) {
  if (!context.destroying) return;
  destroyQueue.push(asyncId);
  if (destroyQueue.length === 1) later(flushDestroy);
}

function update() {
  const has = (name) => hooks.some((h) => typeof h[name] === 'function');
  context.destroying = has('destroy');
  setHooks(has('init') ? emitInit : undefined, has('before') ? emitBefore : undefined, has('after') ? emitAfter : undefined,
           context.destroying ? emitDestroy : undefined, context.destroying ? flushDestroy : undefined,
           has('promiseResolve') ? emitPromiseResolve : undefined);
}

function enableHook(hook) {
  start();
  if (hooks.includes(hook)) return;
  hooks = hooks.concat([hook]);
  update();
}

function disableHook(hook) {
  if (!hooks.includes(hook)) return;
  hooks = hooks.filter((h) => h !== hook);
  update();
}

module.exports = { context, destroyNow, disableHook, emitDestroy, enableHook, hasHooks: () => hooks.length > 0, native, start };
