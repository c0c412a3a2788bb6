// What the module and its objects look like.
const EventEmitter = require('events');
for (const k of Reflect.ownKeys(EventEmitter)) {
  const d = Object.getOwnPropertyDescriptor(EventEmitter, k);
  if (!/kMax/.test(String(k))) console.log(String(k), d.get ? 'accessor' : typeof d.value, d.enumerable, typeof d.value === 'function' ? d.value.length : '');
}
for (const k of Object.keys(EventEmitter.prototype)) console.log(k, typeof EventEmitter.prototype[k], EventEmitter.prototype[k]?.name, EventEmitter.prototype[k]?.length);
console.log(Object.keys(new EventEmitter()));
function Old() { EventEmitter.call(this); }
require('util').inherits(Old, EventEmitter);
const o = new Old();
o.on('x', function() { console.log(this === o, arguments.length); });
o.emit('x', undefined, 1, 2, 3, 4);
console.log(o._events.x.length, o._eventsCount, Object.getPrototypeOf(o._events));
