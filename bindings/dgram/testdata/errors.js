// dgram's errors.
const dgram = require('dgram');
const attempt = (label, fn) => { try { fn(); console.log(label, 'no error'); } catch (e) { console.log(label, '|', e.name, e.code, '|', e.message); } };
attempt('type', () => dgram.createSocket('udp5'));
const s = dgram.createSocket('udp4');
attempt('port', () => s.send('x', 0));
attempt('port range', () => s.send('x', 70000));
attempt('message', () => s.send(1, 1));
attempt('list', () => s.send([1], 1));
attempt('offset', () => s.send(Buffer.alloc(2), 3, 1, 1));
attempt('length', () => s.send(Buffer.alloc(2), 1, 3, 1));
attempt('ttl', () => s.setTTL('x'));
attempt('ttl unbound', () => s.setTTL(1));
attempt('membership', () => s.addMembership());
attempt('disconnect', () => s.disconnect());
attempt('remote', () => s.remoteAddress());
attempt('buffer', () => s.setRecvBufferSize(-1));
attempt('connect port', () => s.connect(0));
s.close();
attempt('closed', () => s.address());
attempt('close twice', () => s.close());
const b = dgram.createSocket('udp4');
b.bind(0, '127.0.0.1', () => {
  attempt('bind twice', () => b.bind(0));
  const { port } = b.address();
  dgram.createSocket('udp4').on('error', function(e) {
    console.log(e.message.replace(port, 'P'), Object.keys(e).join());
    this.close();
    b.close();
  }).bind(port, '127.0.0.1');
});
