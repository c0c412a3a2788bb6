// What ports say to wrong receivers and arguments.
const { MessageChannel, MessagePort } = require('worker_threads');
const show = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
const { port1, port2 } = new MessageChannel();
show(() => MessagePort());
show(() => new MessagePort());
show(() => MessageChannel());
for (const m of ['postMessage', 'start', 'close', 'ref', 'unref', 'hasRef']) show(() => MessagePort.prototype[m].call({}, 1));
show(() => port1.postMessage());
for (const list of [0, false, 'x', Symbol('x'), { transfer: null }, { transfer: 0 }, { transfer: {} },
                    { transfer: { [Symbol.iterator]() { return {}; } } }, [1], [{}], [port1]]) {
  show(() => port1.postMessage(1, list));
}
for (const list of [null, undefined, [], {}, { transfer: [] }]) show(() => port1.postMessage(1, list));
show(() => Object.getOwnPropertyNames(MessagePort.prototype).sort().join());
show(() => Object.prototype.toString.call(port1));
show(() => port1.constructor === MessagePort);
port1.close();
const { port1: a, port2: b } = new MessageChannel();
show(() => b.postMessage(null, [port1]));
process.on('warning', (w) => console.log(w.name, w.message));
b.on('close', () => console.log('lost'));
const buffer = new ArrayBuffer(8);
show(() => b.postMessage(null, [a, buffer]));
console.log(buffer.byteLength);
