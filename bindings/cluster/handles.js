'use strict';
// What the primary keeps for each address that workers listen to.

const net = require('net');
const { sendHelper } = require('internal/cluster/worker');

// The listening socket itself goes to every worker.
class SharedHandle {
  constructor(key, address, { port, addressType, fd, flags }) {
    this.key = key;
    this.workers = new Map();
    this.handle = null;
    this.errno = 0;
    let rval;
    if (addressType === 'udp4' || addressType === 'udp6') {
      rval = require('internal/dgram')._createSocketHandle(address, port, addressType, fd, flags);
    } else {
      rval = net._createServerHandle(address, port, addressType, fd, flags);
    }
    if (typeof rval === 'number') this.errno = rval;
    else this.handle = rval;
  }

  add(worker, send) {
    this.workers.set(worker.id, worker);
    send(this.errno, null, this.handle);
  }

  remove(worker) {
    if (!this.workers.has(worker.id)) return false;
    this.workers.delete(worker.id);
    if (this.workers.size !== 0) return false;
    this.handle.close();
    this.handle = null;
    return true;
  }
}

// The primary accepts, and hands connections round.
class RoundRobinHandle {
  constructor(key, address, { port, fd, flags, backlog, readableAll, writableAll }) {
    this.key = key;
    this.all = new Map();
    this.free = new Map();
    this.handles = []; // accepted, for whom no worker is free
    this.head = 0;
    this.handle = null;
    this.server = net.createServer(() => {});
    if (fd >= 0) {
      this.server.listen({ fd, backlog });
    } else if (port >= 0) {
      this.server.listen({ port, host: address, ipv6Only: Boolean(flags & 1), backlog });
    } else {
      this.server.listen({ path: address, backlog, readableAll, writableAll });
    }
    this.server.once('listening', () => {
      this.handle = this.server._handle;
      this.handle.onconnection = (err, handle) => this.distribute(err, handle);
      this.server._handle = null;
      this.server = null;
    });
  }

  add(worker, send) {
    this.all.set(worker.id, worker);
    const done = () => {
      if (this.handle.getsockname) {
        const out = {};
        this.handle.getsockname(out);
        send(null, { sockname: out }, null);
      } else {
        send(null, null, null); // a Unix-domain socket
      }
      this.handoff(worker); // connections may wait already
    };
    if (this.server === null) {
      done();
      return;
    }
    this.server.once('listening', done);
    this.server.once('error', (err) => send(err.errno, null));
  }

  remove(worker) {
    if (!this.all.delete(worker.id)) return false;
    this.free.delete(worker.id);
    if (this.all.size !== 0) return false;
    for (; this.head < this.handles.length; this.head++) this.handles[this.head].close();
    this.handles = [];
    this.head = 0;
    this.handle.close();
    this.handle = null;
    return true;
  }

  distribute(err, handle) {
    if (handle === undefined || handle === null) return;
    this.handles.push(handle);
    const first = this.free.entries().next();
    if (!first.done) {
      const worker = first.value[1];
      this.free.delete(first.value[0]);
      this.handoff(worker);
    }
  }

  handoff(worker) {
    if (!this.all.has(worker.id)) return;
    if (this.head === this.handles.length) {
      this.free.set(worker.id, worker); // it takes the next one
      return;
    }
    const handle = this.handles[this.head];
    this.handles[this.head++] = undefined;
    if (this.head === this.handles.length) {
      this.handles = [];
      this.head = 0;
    }
    const sent = sendHelper(worker.process, { act: 'newconn', key: this.key }, handle, (reply) => {
      if (reply.accepted) handle.close();
      else this.distribute(0, handle); // the worker is shutting down: to another one
      this.handoff(worker);
    });
    if (sent === false && !worker.process.connected) this.distribute(0, handle);
  }
}

module.exports = { RoundRobinHandle, SharedHandle };
