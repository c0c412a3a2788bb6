'use strict';
// What a worker runs in place of a main script.

const { native } = require('internal/messaging');

// The process as a whole is not a worker's to change.
function unsupported(name) {
  const { codes } = require('internal/errors');
  function unavailableInWorker() { throw new codes.ERR_WORKER_UNSUPPORTED_OPERATION(name); }
  unavailableInWorker.disabled = true;
  return unavailableInWorker;
}

function restrict(process) {
  const fixed = ['abort', 'chdir'];
  if (process.getuid !== undefined) fixed.push('initgroups', 'setgroups', 'setegid', 'seteuid', 'setgid', 'setuid');
  if (process.env.NODE_CHANNEL_FD !== undefined) {
    fixed.push('send', 'disconnect');
    for (const name of ['channel', 'connected']) {
      Object.defineProperty(process, name, {
        __proto__: null, configurable: true, enumerable: false, get: unsupported(`process.${name}`),
      });
    }
  }
  for (let i = 0; i < fixed.length; i++) {
    Object.defineProperty(process, fixed[i], {
      __proto__: null, value: unsupported(`process.${fixed[i]}()`), writable: true, configurable: true, enumerable: true,
    });
  }
  for (const name of ['_startProfilerIdleNotifier', '_stopProfilerIdleNotifier', '_debugProcess', '_debugPause', '_debugEnd']) {
    delete process[name];
  }
  let { title } = process;
  Object.defineProperty(process, 'title', {
    __proto__: null, configurable: true, enumerable: true, get() { return title; }, set(value) { title = `${value}`; },
  });
}

function runMain() {
  const start = native.startOf();
  const { data } = start;
  require('internal/worker').assignEnvironmentData(data.environmentData);
  require('internal/worker/ask');
  require('worker_threads').setUp(start);
  restrict(process);
  require('internal/process/execution').setReporter((err) => {
    native.reportError(require('internal/worker/errors').serialize(err));
  });
  const { runFile, prepare, preload } = require('internal/modules/run_main');
  prepare();
  preload();
  if (start.url !== undefined) return require('internal/modules/esm/loader').runMainURL(start.url);
  if (start.source !== undefined) {
    const { evalScript } = require('internal/modules/run_eval');
    process.argv.splice(1, 1);
    Object.defineProperty(process, '_eval', {
      __proto__: null, value: start.source, configurable: true, writable: true, enumerable: true,
    });
    process.argv.splice(1, 0, '[worker eval]');
    return evalScript('[worker eval]', start.source, false);
  }
  runFile(start.filename);
}

module.exports = { runMain };
