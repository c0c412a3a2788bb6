'use strict';

const messaging = require('internal/messaging');
const { native } = messaging;
const { SHARE_ENV, Worker, getEnvironmentData, setEnvironmentData } = require('internal/worker');

const threads = {
  isInternalThread: false,
  isMainThread: native.isMainThread,
  MessagePort: messaging.MessagePort,
  MessageChannel: messaging.MessageChannel,
  markAsUncloneable: messaging.markAsUncloneable,
  markAsUntransferable: messaging.markAsUntransferable,
  isMarkedAsUntransferable: messaging.isMarkedAsUntransferable,
  moveMessagePortToContext: messaging.moveMessagePortToContext,
  receiveMessageOnPort: messaging.receiveMessageOnPort,
  resourceLimits: {},
  postMessageToThread: require('internal/worker/ask').postMessageToThread,
  threadId: native.threadId,
  threadName: native.isMainThread ? '' : 'WorkerThread',
  SHARE_ENV,
  Worker,
  parentPort: null,
  workerData: null,
  BroadcastChannel: messaging.BroadcastChannel,
  setEnvironmentData,
  getEnvironmentData,
};

// In a worker: what the parent has sent.
Object.defineProperty(threads, 'setUp', {
  __proto__: null,
  configurable: true,
  enumerable: false,
  value(start) {
    delete threads.setUp;
    threads.parentPort = start.port;
    threads.workerData = start.data.workerData;
    threads.resourceLimits = start.data.resourceLimits;
    threads.threadName = start.data.name;
  },
});

module.exports = threads;
