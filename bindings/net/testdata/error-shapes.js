// Errors of sockets: message, fields and their order.
const net = require('net');
const show = (label, e, hide = []) => {
  const fields = Object.keys(e).map((k) => `${k}=${hide.includes(k) ? '*' : e[k]}`).join(' ');
  let msg = e.message;
  for (const k of hide) msg = msg.split(String(e[k])).join('*');
  console.log(label, '|', e.name, '|', msg, '|', fields);
};
const attempt = (label, fn) => { try { fn(); console.log(label, 'no error'); } catch (e) { show(label, e); } };

attempt('port range', () => net.createServer().listen(70000));
attempt('port text', () => net.connect({ port: 'x' }));
attempt('connect nothing', () => net.connect());
attempt('connect {}', () => net.connect({}));
attempt('listen {}', () => net.createServer().listen({}));
attempt('local address', () => net.connect({ port: 1, host: '127.0.0.1', localAddress: 'nowhere' }));
attempt('local port', () => net.connect({ port: 1, host: '127.0.0.1', localPort: 'x' }));
attempt('lookup', () => net.connect({ port: 1, host: 'localhost', lookup: 1 }));
attempt('object mode', () => new net.Socket({ objectMode: true }));
attempt('timeout type', () => new net.Socket().setTimeout('x'));
attempt('timeout range', () => new net.Socket().setTimeout(-1));
attempt('timeout callback', () => new net.Socket().setTimeout(1, 1));
attempt('server options', () => net.createServer('x'));
attempt('auto select', () => net.setDefaultAutoSelectFamily(1));
attempt('bad fd', () => new net.Socket({ fd: -1 }));
attempt('block list', () => net.createServer({ blockList: 1 }));

const w = new net.Socket();
w.on("error", (e) => show("write unconnected", e));
w.write("x");
const s = new net.Socket();
s.on('error', (e) => show('reset unconnected', e));
s.resetAndDestroy();
net.createServer().close((e) => show('close', e));

const server = net.createServer();
server.listen(0, '127.0.0.1', () => {
  attempt('listen twice', () => server.listen(0));
  const { port } = server.address();
  net.createServer().on('error', (e) => {
    show('in use', e, ['port']);
    server.close(() => {
      net.connect(port, '127.0.0.1').on('error', (e) => {
        show('refused', e, ['port']);
        net.connect({ port, host: '127.0.0.1', family: 4 }).on('error', () => {}).on('close', (had) => console.log('close', had));
      });
    });
  }).listen(port, '127.0.0.1');
});
