// A message channel: order, close events, receiving by hand, closing while receiving.
const { MessageChannel, receiveMessageOnPort } = require('worker_threads');
const { port1, port2 } = new MessageChannel();
console.log(receiveMessageOnPort(port2));
port1.postMessage({ n: 1 });
port1.postMessage(2);
console.log(receiveMessageOnPort(port2), receiveMessageOnPort(port2), receiveMessageOnPort(port2));
console.log(port1.hasRef(), port1.ref(), port1.hasRef(), port1.unref(), port1.hasRef());
port2.on('message', (m) => {
  console.log('got', m, port2.hasRef());
  port2.close();
});
port1.on('close', () => console.log('port1 closed'));
port2.on('close', () => { console.log('port2 closed', port2.hasRef()); port2.postMessage('nowhere'); });
port1.postMessage('a');
port1.postMessage('b');
for (const bad of [null, 0, {}, []]) {
  try { receiveMessageOnPort(bad); } catch (e) { console.log(e.name, e.code, e.message); }
}
