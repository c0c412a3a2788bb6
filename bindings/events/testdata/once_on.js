// events.once and events.on, against ticks and microtasks.
const EventEmitter = require('events');
const { once, on } = EventEmitter;
const e = new EventEmitter();
once(e, 'a').then((v) => console.log('once', v));
e.emit('a', 1, 2);
Promise.resolve().then(() => console.log('m1')).then(() => console.log('m2')).then(() => console.log('m3')).then(() => console.log('m4'));
process.nextTick(() => console.log('tick'));
once(e, 'b').catch((err) => console.log('rejected', err.message));
e.emit('error', new Error('no b'));
(async () => {
  const it = on(e, 'c', { close: ['end'] });
  e.emit('c', 1);
  e.emit('c', 2);
  console.log(await it.next(), await it.next());
  setImmediate(() => e.emit('end'));
  console.log(await it.next(), e.eventNames());
  const ac = new AbortController();
  setImmediate(() => ac.abort());
  try {
    for await (const v of on(e, 'd', { signal: ac.signal })) console.log(v);
  } catch (err) { console.log(err.name, err.code); }
  try { await once(e, 'x', { signal: AbortSignal.abort() }); } catch (err) { console.log(err.name, err.code); }
})();
