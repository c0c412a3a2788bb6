'use strict';

const { validateFunction } = require('internal/validators');
const { codes } = require('internal/errors');
const { isAsyncFunction } = require('util/types');

const hooks = { init: [], before: [], after: [], settled: [] };

function update() {
  const { native, start } = require('internal/async_context');
  start();
  native.setPromiseHooks(hooks.init, hooks.before, hooks.after, hooks.settled);
}

// An async hook would call itself for ever.
function validatePlainFunction(fn, name) {
  validateFunction(fn, name);
  if (isAsyncFunction(fn)) {
    throw new codes.ERR_INVALID_ARG_TYPE(name, 'function', fn);
  }
}

function add(kind, fn) {
  hooks[kind] = hooks[kind].concat([fn]);
  update();
}

function remove(kind, fn) {
  const at = hooks[kind].indexOf(fn);
  if (at < 0) return;
  hooks[kind] = hooks[kind].filter((_, i) => i !== at);
  update();
}

function maker(kind) {
  return function(fn) {
    validatePlainFunction(fn, `${kind}Hook`);
    add(kind, fn);
    return () => remove(kind, fn);
  };
}

const onInit = maker('init');
const onBefore = maker('before');
const onAfter = maker('after');
const onSettled = maker('settled');

function createHook({ init, before, after, settled } = {}) {
  const stops = [];
  if (init) stops.push(onInit(init));
  if (before) stops.push(onBefore(before));
  if (after) stops.push(onAfter(after));
  if (settled) stops.push(onSettled(settled));
  return () => { for (let i = 0; i < stops.length; i++) stops[i](); };
}

module.exports = { createHook, onInit, onBefore, onAfter, onSettled };
