'use strict';
// The sockets of a server that live in another process. The sender's list asks
// the receiver's how many are left, and to say when none is: server.close and
// server.getConnections wait for the answer.

const EventEmitter = require('events');
const { codes } = require('internal/errors');

class SocketListSend extends EventEmitter {
  constructor(child, key) {
    super();
    this.key = key;
    this.child = child;
    child.once('exit', () => this.emit('exit', this));
  }

  #request(cmd, answer, swallowErrors, callback) {
    const { child, key } = this;
    const done = (err, message) => {
      child.removeListener('internalMessage', onreply);
      child.removeListener('disconnect', onclose);
      callback(err, message);
    };
    function onclose() { done(new codes.ERR_CHILD_CLOSED_BEFORE_REPLY()); }
    function onreply(message) {
      if (message.cmd === answer && message.key === key) done(null, message);
    }
    if (!child.connected) return onclose();
    child.once('disconnect', onclose);
    child.on('internalMessage', onreply);
    child._send({ cmd, key }, undefined, swallowErrors);
  }

  close(callback) { this.#request('NODE_SOCKET_NOTIFY_CLOSE', 'NODE_SOCKET_ALL_CLOSED', true, callback); }

  getConnections(callback) {
    this.#request('NODE_SOCKET_GET_COUNT', 'NODE_SOCKET_COUNT', false, (err, message) => {
      callback(err, err ? undefined : message.count);
    });
  }
}

class SocketListReceive extends EventEmitter {
  constructor(child, key) {
    super();
    this.connections = 0;
    const send = (message) => {
      if (child.connected) child._send({ ...message, key }, undefined, true);
    };
    child.on('internalMessage', (message) => {
      if (message.key !== key) return;
      if (message.cmd === 'NODE_SOCKET_GET_COUNT') {
        send({ cmd: 'NODE_SOCKET_COUNT', count: this.connections });
      } else if (message.cmd === 'NODE_SOCKET_NOTIFY_CLOSE') {
        const allClosed = () => send({ cmd: 'NODE_SOCKET_ALL_CLOSED' });
        if (this.connections === 0) allClosed();
        else this.once('empty', allClosed);
      }
    });
  }

  add(socket) {
    this.connections++;
    socket.once('close', () => {
      if (--this.connections === 0) this.emit('empty');
    });
  }
}

const kLists = Symbol('socket lists');

// The list of a channel's other side for a server's key.
function socketList(target, direction, key) {
  const lists = target[kLists] ??= { send: new Map(), got: new Map() };
  let list = lists[direction].get(key);
  if (list !== undefined) return list;
  list = direction === 'send' ? new SocketListSend(target, key) : new SocketListReceive(target, key);
  lists[direction].set(key, list);
  return list;
}

module.exports = { socketList };
