'use strict';
// What other threads ask of this one: its parent for figures, any thread with
// postMessageToThread.

const { codes } = require('internal/errors');
const { native } = require('internal/messaging');
const { validateNumber, validateObject, validateBoolean } = require('internal/validators');

function getHeapSnapshotOptions(options) {
  const wanted = { exposeInternals: false, exposeNumericValues: false };
  if (options === undefined) return wanted;
  validateObject(options, 'options');
  for (const key of ['exposeInternals', 'exposeNumericValues']) {
    if (options[key] === undefined) continue;
    validateBoolean(options[key], `options.${key}`);
    wanted[key] = options[key];
  }
  return wanted;
}

function heapSnapshot(options) {
  const chunks = [];
  const stream = require('v8').getHeapSnapshot(options);
  for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

native.setHook('answer', (what, arg) => {
  switch (what) {
    case 'heapSnapshot': return heapSnapshot(arg);
    case 'heapStatistics': return { __proto__: null, ...require('v8').getHeapStatistics() };
    case 'cpuUsage': return process.threadCpuUsage();
  }
  return undefined;
});

// The result says what became of the message.
native.setHook('threadMessage', (value, source) => {
  if (process.listenerCount('workerMessage') === 0) return 'none';
  try {
    process.emit('workerMessage', value, source);
  } catch {
    return 'threw';
  }
  return '';
});

async function postMessageToThread(threadId, value, transferList, timeout) {
  if (typeof transferList === 'number' && timeout === undefined) {
    timeout = transferList;
    transferList = [];
  }
  if (timeout !== undefined) validateNumber(timeout, 'timeout', 0);
  if (threadId === native.threadId) throw new codes.ERR_WORKER_MESSAGING_SAME_THREAD();
  const { transferOf } = require('internal/messaging');
  const status = await new Promise((resolve) => {
    let timer;
    if (timeout !== undefined) timer = setTimeout(resolve, timeout, 'late');
    native.threadPost(threadId, value, transferOf(transferList), (status) => {
      clearTimeout(timer);
      resolve(status);
    });
  });
  switch (status) {
    case 'late': throw new codes.ERR_WORKER_MESSAGING_TIMEOUT();
    case 'threw': throw new codes.ERR_WORKER_MESSAGING_ERRORED();
    case 'gone': case 'none': throw new codes.ERR_WORKER_MESSAGING_FAILED();
  }
}

module.exports = { getHeapSnapshotOptions, postMessageToThread };
