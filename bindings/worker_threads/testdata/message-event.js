// MessageEvent: its dictionary, its receiver check, the ports that come along.
const { MessageChannel } = require('worker_threads');
const show = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
const { port1, port2 } = new MessageChannel();
for (const init of [undefined, null, 1, { data: 1, origin: 2, lastEventId: null }, { source: 1 }, { source: {} }, { source: null },
                    { ports: 0 }, { ports: [null] }, { ports: [{}] }, { lastEventId: Symbol() }]) {
  show(() => {
    const { type, data, origin, lastEventId, source, ports } = new MessageEvent('message', init);
    return JSON.stringify({ type, data, origin, lastEventId, source, ports });
  });
}
show(() => new MessageEvent());
show(() => new MessageEvent('x', { source: port1, ports: [port1] }).ports[0] === port1);
for (const key of ['data', 'origin', 'lastEventId', 'source', 'ports']) show(() => Reflect.get(MessageEvent.prototype, key, {}));
show(() => Object.prototype.toString.call(new MessageEvent('x')));
const c = new MessageChannel();
port2.addEventListener('message', (e) => {
  console.log(e.ports.length, e.ports[0].constructor.name, e.data, Object.isFrozen(e.ports), e.target === port2);
  port1.close();
  c.port1.close();
});
port2.start();
port1.postMessage('with a port', [c.port2]);
