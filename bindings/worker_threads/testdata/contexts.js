// A port in a vm context: no event target, and only plain data arrives.
const { MessageChannel, MessagePort, moveMessagePortToContext } = require('worker_threads');
const vm = require('vm');
const show = (f) => { try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); } };
const { port1, port2 } = new MessageChannel();
const context = vm.createContext({ console });
for (const args of [[port1, {}], [port1], [1, {}], [], [{}, context]]) show(() => moveMessagePortToContext(...args));
context.port = moveMessagePortToContext(port1, context);
show(() => context.port instanceof MessagePort);
show(() => [context.port.onmessage, context.port.addEventListener, context.port.constructor.name]);
show(() => port1.hasRef());
vm.runInContext(`
  port.onmessage = (e) => {
    console.log(Object.keys(e), e.data, e.target === port, e.ports.length);
    if (e.ports.length) { console.log(e.ports[0] === e.data.p, e.ports[0].on); port.postMessage('answer'); }
  };
  port.onmessageerror = (e) => console.log('messageerror', e.data.code);
  port.start();`, context);
const other = new MessageChannel();
port2.on('message', (m) => { console.log(m); port2.close(); other.port2.close(); });
port2.postMessage({ a: 1 });
port2.postMessage(new Blob(['x']));
port2.postMessage({ p: other.port1 }, [other.port1]);
const closed = new MessageChannel();
closed.port1.close();
show(() => moveMessagePortToContext(closed.port1, context));
