'use strict';
// What a worker runs in place of a main script.

const { MessagePort, native } = require('internal/messaging');

function runMain() {
  const start = native.startOf();
  const { data } = start;
  const worker = require('internal/worker');
  worker.assignEnvironmentData(data.environmentData);
  const threads = require('worker_threads');
  threads.setUp(start);
  const execution = require('internal/process/execution');
  execution.setReporter((err) => {
    let text;
    try {
      text = require('internal/util/inspect').inspect(err);
    } catch {
      text = 'unknown error';
    }
    native.reportError(err, text);
  });
  const { prepare, preload } = require('internal/modules/run_main');
  prepare();
  preload();
  if (start.eval) {
    const { evalScript } = require('internal/modules/run_main');
    process.argv.splice(1, 1);
    Object.defineProperty(process, '_eval', { __proto__: null, value: start.source, configurable: true, writable: true, enumerable: true });
    process.argv.splice(1, 0, '[worker eval]');
    return evalScript('[worker eval]', start.source, false);
  }
  require('module')._load(start.filename, null, true);
}

module.exports = { MessagePort, runMain };
