'use strict';
const { startSignal, stopSignal } = internalBinding('process');

const active = { __proto__: null };

function deliver(name, number) { process.emit(name, name, number); }

function start(name) {
  if (active[name]) return;
  startSignal(name, deliver);
  active[name] = true;
}

function stop(name) {
  if (!active[name]) return;
  delete active[name];
  stopSignal(name);
}

module.exports = { start, stop };
