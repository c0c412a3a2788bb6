'use strict';

const EventEmitter = require('events');
const path = require('path');
const { Worker, internal, sendHelper } = require('internal/cluster/worker');

const { owner_symbol, state } = require('internal/net');

const cluster = new EventEmitter();
const handles = new Map(); // key -> handle
const indexes = new Map(); // address -> how many servers asked for it
const noop = () => {};

module.exports = cluster;

cluster.isWorker = true;
cluster.isMaster = false;
cluster.isPrimary = false;
cluster.worker = null;
cluster.Worker = Worker;

cluster._setupWorker = function() {
  const worker = new Worker({ id: +process.env.NODE_UNIQUE_ID | 0, process, state: 'online' });
  cluster.worker = worker;
  state.cluster = cluster;
  const unwatch = internalBinding('internal/cluster/child').watchPrimary(process.channel.fd);
  process.once('disconnect', () => {
    unwatch();
    process.channel = null;
    worker.emit('disconnect');
    // Without being asked to: the primary is gone, and so is this worker.
    if (!worker.exitedAfterDisconnect) process.exit(0);
  });
  process.on('internalMessage', internal(worker, onmessage));
  send({ act: 'online' });

  function onmessage(message, handle) {
    if (message.act === 'newconn') onconnection(message, handle);
    else if (message.act === 'disconnect') disconnectWorker.call(worker, true);
  }
};

// Called by net and dgram in place of listening themselves.
cluster._getServer = function(obj, options, cb) {
  let { address } = options;
  // The primary's folder may be another one.
  if (options.port < 0 && typeof address === 'string' && process.platform !== 'win32') address = path.resolve(address);
  const indexesKey = [address, options.port, options.addressType, options.fd].join(':');
  let indexSet = indexes.get(indexesKey);
  if (indexSet === undefined) {
    indexSet = { nextIndex: 0, set: new Set() };
    indexes.set(indexesKey, indexSet);
  }
  const index = indexSet.nextIndex++;
  indexSet.set.add(index);
  const message = { act: 'queryServer', index, data: null, ...options };
  message.address = address;
  if (obj._getServerData) message.data = obj._getServerData();
  send(message, (reply, handle) => {
    if (typeof obj._setServerData === 'function') obj._setServerData(reply.data);
    if (handle) shared(reply, { handle, indexesKey, index }, cb);
    else rr(reply, { indexesKey, index }, cb);
  });
  obj.once('listening', () => {
    // Closed again before it listened.
    if (!indexes.has(indexesKey)) return;
    cluster.worker.state = 'listening';
    const info = obj.address();
    message.act = 'listening';
    message.port = (info && info.port) || options.port;
    send(message);
  });
};

function removeIndexesKey(indexesKey, index) {
  const indexSet = indexes.get(indexesKey);
  if (!indexSet) return;
  indexSet.set.delete(index);
  if (indexSet.set.size === 0) indexes.delete(indexesKey);
}

// The listening socket came along: use it, and tell the primary when it is closed.
function shared(message, { handle, indexesKey, index }, cb) {
  const { key } = message;
  const { close } = handle;
  handle.close = function() {
    send({ act: 'close', key });
    handles.delete(key);
    removeIndexesKey(indexesKey, index);
    return close.apply(handle, arguments);
  };
  handles.set(key, handle);
  cb(message.errno, handle);
}

// The primary accepts: this worker's server gets an object in place of a handle.
function rr(message, { indexesKey, index }, cb) {
  if (message.errno) return cb(message.errno, null);
  let { key } = message;
  let fakeHandle = null;

  function ref() {
    if (!fakeHandle) fakeHandle = setInterval(noop, 2 ** 31 - 1);
  }
  function unref() {
    if (fakeHandle) {
      clearInterval(fakeHandle);
      fakeHandle = null;
    }
  }
  function listen() { return 0; }
  function close() {
    if (key === undefined) return;
    unref();
    // Connections that are on their way already are refused, and go to another worker.
    send({ act: 'close', key });
    handles.delete(key);
    removeIndexesKey(indexesKey, index);
    key = undefined;
  }
  function getsockname(out) {
    if (key) Object.assign(out, message.sockname);
    return 0;
  }
  const handle = { close, listen, ref, unref };
  handle.ref();
  if (message.sockname) handle.getsockname = getsockname;
  handles.set(key, handle);
  cb(0, handle);
}

function onconnection(message, handle) {
  const server = handles.get(message.key);
  let accepted = server !== undefined;
  const owner = accepted ? server[owner_symbol] : undefined;
  if (owner && owner.maxConnections != null && owner._connections >= owner.maxConnections) {
    accepted = owner.dropMaxConnection === true; // it is full: another worker may have room
  }
  send({ ack: message.seq, accepted });
  if (accepted) server.onconnection(0, handle);
  else if (handle) handle.close();
}

function send(message, cb) { return sendHelper(process, message, null, cb); }

function disconnectWorker(primaryInitiated) {
  this.exitedAfterDisconnect = true;
  let waitingCount = 1;
  const checkWaitingCount = () => {
    waitingCount--;
    if (waitingCount !== 0) return;
    // The primary is told before the channel goes, unless it was its idea.
    if (primaryInitiated) process.disconnect();
    else send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
  };
  for (const handle of handles.values()) {
    waitingCount++;
    if (handle[owner_symbol]) handle[owner_symbol].close(checkWaitingCount);
    else handle.close(checkWaitingCount);
  }
  handles.clear();
  checkWaitingCount();
}

Worker.prototype.disconnect = function() {
  if (this.state !== 'disconnecting' && this.state !== 'destroying') {
    this.state = 'disconnecting';
    disconnectWorker.call(this);
  }
  return this;
};

Worker.prototype.destroy = function() {
  if (this.state === 'destroying') return;
  this.exitedAfterDisconnect = true;
  if (!this.isConnected()) {
    process.exit(0);
  } else {
    this.state = 'destroying';
    send({ act: 'exitedAfterDisconnect' }, () => process.disconnect());
    process.once('disconnect', () => process.exit(0));
  }
};
