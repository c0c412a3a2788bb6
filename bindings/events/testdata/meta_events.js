// newListener and removeListener: when, and with what.
const EventEmitter = require('events');
const e = new EventEmitter();
e.on('newListener', (type, fn) => console.log('new', type, fn.name, e.listenerCount(type)));
e.on('removeListener', (type, fn) => console.log('removed', type, fn.name, e.listenerCount(type)));
function a() {}
function b() {}
e.on('x', a);
e.once('x', b);
e.prependListener('x', b);
e.off('x', b);
e.emit('x');
e.removeAllListeners('x');
e.removeAllListeners();
console.log(e.eventNames(), e._eventsCount);
