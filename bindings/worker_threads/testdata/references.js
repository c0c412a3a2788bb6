// What keeps the process alive, and what async_hooks see of it.
const { Worker, MessageChannel } = require('worker_threads');
const { createHook } = require('async_hooks');
const seen = [];
createHook({ init(id, type, trigger, resource) { if (type === 'WORKER' || type === 'MESSAGEPORT') seen.push([type, resource]); } }).enable();
const { port1, port2 } = new MessageChannel();
console.log(seen[0][1] === port1, seen[1][1] === port2, port1.hasRef());
port1.on('message', () => {});
console.log(port1.hasRef());
port1.close();
const refs = () => seen.filter(([, r]) => r.hasRef()).map(([t]) => t).join();
const w = new Worker('require("worker_threads").parentPort.once("message", () => {})', { eval: true });
port1.once('close', () => {
  console.log(refs());
  w.unref();
  console.log('unref', refs());
  w.ref();
  console.log('ref', refs());
  w.on('exit', (code) => { console.log('exit', code, refs()); setTimeout(() => console.log('later', refs()), 1); });
  w.postMessage('end');
});
