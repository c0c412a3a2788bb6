// Channels, stores, tracing.
const dc = require('diagnostics_channel');
const { AsyncLocalStorage } = require('async_hooks');
const ch = dc.channel('c');
const on = (m, name) => console.log(name, m);
console.log(ch.hasSubscribers, dc.channel('c') === ch);
dc.subscribe('c', on);
ch.publish(1);
console.log(ch.hasSubscribers, dc.hasSubscribers('c'), dc.unsubscribe('c', on), dc.unsubscribe('c', on));
ch.publish(2);
const store = new AsyncLocalStorage();
ch.bindStore(store, (d) => ({ d }));
console.log(ch.runStores(5, function(a) { return [this.x, a, store.getStore()]; }, { x: 'this' }, 'arg'), ch.unbindStore(store));
const t = dc.tracingChannel('t');
const h = {};
for (const k of ['start', 'end', 'asyncStart', 'asyncEnd', 'error']) h[k] = (m) => console.log(k, m.result, m.error?.message);
t.subscribe(h);
console.log(t.traceSync((a) => a * 2, {}, null, 21));
try { t.traceSync(() => { throw new Error('bad'); }); } catch (e) { console.log('threw', e.message); }
t.tracePromise(async () => 'p').then((v) => {
  console.log(v);
  t.traceCallback((a, cb) => setImmediate(cb, null, a), -1, {}, null, 'cb', (err, r) => console.log('callback', err, r, t.unsubscribe(h), t.hasSubscribers));
});
for (const f of [() => dc.channel(1), () => ch.subscribe(1), () => dc.tracingChannel(1)]) try { f(); } catch (e) { console.log(e.code, e.message); }
