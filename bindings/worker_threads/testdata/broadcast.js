// Broadcast channels: order, closing inside a handler, receiving by hand.
const { BroadcastChannel, receiveMessageOnPort, Worker } = require('worker_threads');
const show = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
show(() => new BroadcastChannel());
show(() => new BroadcastChannel(Symbol('x')));
show(() => new BroadcastChannel(null).unref().name);
{
  const list = [1, 2, 3].map(() => new BroadcastChannel('order'));
  const seen = [];
  list.forEach((c, i) => {
    c.onmessage = (e) => {
      seen.push(`${i}:${e.data}`);
      if (seen.length === 6) { console.log(seen.join(' ')); list.forEach((o) => o.close()); byHand(); }
    };
  });
  list[0].postMessage('a'); list[2].postMessage('c'); list[1].postMessage('b');
}
function byHand() {
  const a = new BroadcastChannel('x'), b = new BroadcastChannel('x');
  a.postMessage('text');
  console.log(receiveMessageOnPort(b), receiveMessageOnPort(b), a);
  a.close(); b.close();
  show(() => a.postMessage(1));
  console.log(a);
  const c = new BroadcastChannel('threads');
  c.onmessage = ({ data }) => { console.log(data); c.postMessage('to the worker'); c.close(); };
  new Worker(`const c = new BroadcastChannel('threads');
    c.onmessage = ({ data }) => { console.log('worker has', data); c.close(); };
    c.postMessage('to the main thread');`, { eval: true }).on('exit', (code) => console.log('exit', code));
}
