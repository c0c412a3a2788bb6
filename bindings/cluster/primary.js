'use strict';

const EventEmitter = require('events');
const { fork } = require('child_process');
const { Worker, internal, sendHelper } = require('internal/cluster/worker');

const cluster = new EventEmitter();
const intercom = new EventEmitter();
const SCHED_NONE = 1;
const SCHED_RR = 2;

module.exports = cluster;

const handles = new Map();
cluster.isWorker = false;
cluster.isMaster = true;
cluster.isPrimary = true;
cluster.Worker = Worker;
cluster.workers = {};
cluster.settings = {};
cluster.SCHED_NONE = SCHED_NONE;
cluster.SCHED_RR = SCHED_RR;

let ids = 0;
let initialized = false;

const policy = process.env.NODE_CLUSTER_SCHED_POLICY;
let schedulingPolicy = policy === 'rr' ? SCHED_RR : policy === 'none' ? SCHED_NONE : 0;
if (schedulingPolicy === 0) schedulingPolicy = process.platform === 'win32' ? SCHED_NONE : SCHED_RR;
cluster.schedulingPolicy = schedulingPolicy;

cluster.setupPrimary = function(options) {
  const settings = {
    args: process.argv.slice(2),
    exec: process.argv[1],
    execArgv: process.execArgv,
    silent: false,
    ...cluster.settings,
    ...options,
  };
  // A test of the flag in the worker's own arguments: the primary's inspector port is not the worker's.
  cluster.settings = settings;
  if (initialized === true) {
    process.nextTick(() => cluster.emit('setup', settings));
    return;
  }
  initialized = true;
  schedulingPolicy = cluster.schedulingPolicy; // fixed from here on
  if (schedulingPolicy !== SCHED_NONE && schedulingPolicy !== SCHED_RR) {
    throw new Error(`Bad cluster.schedulingPolicy: ${schedulingPolicy}`);
  }
  process.nextTick(() => cluster.emit('setup', settings));
  process.on('internalMessage', (message) => {
    if (message.cmd !== 'NODE_DEBUG_ENABLED') return;
    for (const id of Object.keys(cluster.workers)) {
      const worker = cluster.workers[id];
      if (worker.state === 'online' || worker.state === 'listening') process._debugProcess?.(worker.process.pid);
    }
  });
};
cluster.setupMaster = cluster.setupPrimary;

function createWorkerProcess(id, env) {
  const workerEnv = { ...process.env, ...env, NODE_UNIQUE_ID: `${id}` };
  const execArgv = [...cluster.settings.execArgv];
  return fork(cluster.settings.exec, cluster.settings.args, {
    cwd: cluster.settings.cwd,
    env: workerEnv,
    serialization: cluster.settings.serialization,
    silent: cluster.settings.silent,
    windowsHide: cluster.settings.windowsHide,
    execArgv,
    stdio: cluster.settings.stdio,
    gid: cluster.settings.gid,
    uid: cluster.settings.uid,
  });
}

function removeWorker(worker) {
  if (!worker) throw new Error('ERR_INTERNAL_ASSERTION');
  delete cluster.workers[worker.id];
  if (Object.keys(cluster.workers).length === 0) intercom.emit('disconnect');
}

function removeHandlesForWorker(worker) {
  if (!worker) throw new Error('ERR_INTERNAL_ASSERTION');
  for (const [key, handle] of handles) {
    if (handle.remove(worker)) handles.delete(key);
  }
}

cluster.fork = function(env) {
  cluster.setupPrimary();
  const id = ++ids;
  const workerProcess = createWorkerProcess(id, env);
  const worker = new Worker({ id, process: workerProcess });
  worker.on('message', function(message, handle) { cluster.emit('message', this, message, handle); });

  worker.process.once('exit', (exitCode, signalCode) => {
    // The channel may still hold messages: 'exit' of the worker comes after its 'disconnect'.
    if (!worker.isConnected()) {
      removeHandlesForWorker(worker);
      removeWorker(worker);
    }
    worker.exitedAfterDisconnect = !!worker.exitedAfterDisconnect;
    worker.state = 'dead';
    worker.emit('exit', exitCode, signalCode);
    cluster.emit('exit', worker, exitCode, signalCode);
  });
  worker.process.once('disconnect', () => {
    removeHandlesForWorker(worker);
    if (worker.isDead()) removeWorker(worker);
    worker.exitedAfterDisconnect = !!worker.exitedAfterDisconnect;
    worker.state = 'disconnected';
    worker.emit('disconnect');
    cluster.emit('disconnect', worker);
  });
  worker.process.on('internalMessage', internal(worker, onmessage));
  process.nextTick(() => cluster.emit('fork', worker));
  cluster.workers[worker.id] = worker;
  return worker;
};

cluster.disconnect = function(cb) {
  const list = Object.keys(cluster.workers);
  if (list.length === 0) {
    process.nextTick(() => intercom.emit('disconnect'));
  } else {
    for (let i = 0; i < list.length; i++) {
      const worker = cluster.workers[list[i]];
      if (worker.isConnected()) worker.disconnect();
    }
  }
  if (typeof cb === 'function') intercom.once('disconnect', cb);
};

const methods = {
  online(worker) {
    worker.state = 'online';
    worker.emit('online');
    cluster.emit('online', worker);
  },
  exitedAfterDisconnect(worker, message) {
    worker.exitedAfterDisconnect = true;
    send(worker, { ack: message.seq });
  },
  queryServer,
  listening(worker, message) {
    const info = { addressType: message.addressType, address: message.address, port: message.port, fd: message.fd };
    worker.state = 'listening';
    worker.emit('listening', info);
    cluster.emit('listening', worker, info);
  },
  close(worker, message) {
    const handle = handles.get(message.key);
    if (handle?.remove(worker)) handles.delete(message.key);
  },
};

function onmessage(message) {
  const fn = methods[message.act];
  if (typeof fn === 'function') fn(this, message);
}

function queryServer(worker, message) {
  if (worker.exitedAfterDisconnect) return; // it is on its way out
  const key = `${message.address}:${message.port}:${message.addressType}:${message.fd}` +
    (message.port === 0 ? `:${message.index}` : '');
  const cachedHandle = handles.get(key);
  let handle;
  if (cachedHandle && !cachedHandle.has?.(worker)) handle = cachedHandle;
  if (handle === undefined) {
    let { address } = message;
    // A long path would not fit into the kernel's structure; a relative one may.
    if (message.port < 0 && typeof address === 'string' && process.platform !== 'win32') {
      const relative = require('path').relative(process.cwd(), address);
      if (relative.length < address.length) address = relative;
    }
    const { RoundRobinHandle, SharedHandle } = require('internal/cluster/handles');
    const shared = schedulingPolicy !== SCHED_RR || message.addressType === 'udp4' || message.addressType === 'udp6';
    handle = shared ? new SharedHandle(key, address, message) : new RoundRobinHandle(key, address, message);
    handles.set(key, handle);
  }
  if (!handle.data) handle.data = message.data;
  handle.add(worker, (errno, reply, native) => {
    const { data } = handles.get(key) || handle;
    if (errno) handles.delete(key); // nobody got it: the next one tries again
    send(worker, { errno, key, ack: message.seq, data, ...reply }, native);
  });
}

function send(worker, message, handle, cb) {
  return sendHelper(worker.process, message, handle, cb);
}

// In the primary: the worker is told, and closes its servers before it goes.
Worker.prototype.disconnect = function() {
  this.exitedAfterDisconnect = true;
  send(this, { act: 'disconnect' });
  removeHandlesForWorker(this);
  removeWorker(this);
  return this;
};

Worker.prototype.destroy = function(signo) {
  const signal = signo || 'SIGTERM';
  this.process.kill(signal);
};

