// What can be cloned, what has to be transferred, what cannot be either.
const { MessageChannel, markAsUncloneable, markAsUntransferable, isMarkedAsUntransferable } = require('worker_threads');
const show = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
const { port1, port2 } = new MessageChannel();
show(() => structuredClone());
show(() => structuredClone({}, { transfer: [{}] }));
show(() => structuredClone({}, { transfer: [1] }));
show(() => structuredClone({}, { transfer: 1 }));
show(() => structuredClone({}, 1));
show(() => structuredClone({ port1 }));
for (const v of [Symbol('x'), new WeakMap(), Promise.resolve(), function f() {}, new URL('http://x')]) show(() => structuredClone(v));
const buffer = new ArrayBuffer(8);
show(() => port1.postMessage({}, [buffer, buffer]));
show(() => buffer.byteLength);
show(() => structuredClone({ buffer }, { transfer: [buffer] }).buffer.byteLength);
show(() => buffer.byteLength);
const kept = new ArrayBuffer(4);
markAsUntransferable(kept);
show(() => isMarkedAsUntransferable(kept));
show(() => port1.postMessage(kept, [kept]));
const marked = (v) => { markAsUncloneable(v); return v; };
for (const v of [{}, [], new Map(), new Date(0), new ArrayBuffer(2), new Blob(['x'])]) show(() => structuredClone(marked(v)));
show(() => markAsUncloneable(1));
show(() => typeof structuredClone(process.env).PATH);
class A extends TypeError { constructor(m) { super(m); this.extra = 1; } }
const e = structuredClone(new A('text'));
console.log(e.name, e.message, e.extra, e instanceof TypeError, e instanceof A);
port1.close();
