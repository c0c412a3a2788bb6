// An 'error' that nobody listens for.
const EventEmitter = require('events');
const e = new EventEmitter();
const show = (f) => { try { console.log(f()); } catch (err) { console.log(err.name, err.code, err.message, err.context); } };
show(() => e.emit('error', new TypeError('boom')));
show(() => e.emit('error'));
show(() => e.emit('error', { a: 1 }));
show(() => e.emit('error', 'text'));
e.on(EventEmitter.errorMonitor, (err) => console.log('monitor', err.message));
show(() => e.emit('error', new Error('seen')));
e.on('error', (err) => console.log('handled', err.message));
show(() => e.emit('error', new Error('second')));
for (const f of [() => e.on('x'), () => e.setMaxListeners(-1), () => { EventEmitter.defaultMaxListeners = 'a'; },
  () => EventEmitter.setMaxListeners(1, {}), () => EventEmitter.getEventListeners({}), () => new EventEmitter({ captureRejections: 1 })]) show(f);
