// BlockList and SocketAddress.
const net = require('net');
const b = new net.BlockList();
b.addAddress('1.2.3.4');
b.addRange('10.0.0.1', '10.0.0.9');
b.addSubnet('2001:db8::', 32, 'ipv6');
for (const [a, f] of [['1.2.3.4'], ['1.2.3.5'], ['10.0.0.5'], ['10.0.0.10'], ['2001:db8::1', 'ipv6'], ['::ffff:1.2.3.4', 'ipv6'], ['2001:db9::', 'ipv6']]) console.log(a, b.check(a, f));
const attempt = (fn) => { try { console.log(fn()); } catch (e) { console.log(e.code, e.message); } };
attempt(() => b.addAddress('nothing'));
attempt(() => b.addSubnet('1.1.1.1', 33));
attempt(() => b.addSubnet('1.1.1.1', '8'));
attempt(() => b.addRange('1.1.1.2', '1.1.1.1'));
attempt(() => b.check(1));
attempt(() => new net.SocketAddress({ family: 'ipv4', address: '::1' }));
attempt(() => new net.SocketAddress({ port: -1 }));
console.log(new net.SocketAddress({ address: '::1', family: 'ipv6', port: 8080, flowlabel: 5 }));
for (const s of ['1.2.3.4', '1.2.3.4:99', '[::1]:8080', 'x', '1.2.3.4:99999', '::1']) console.log(s, net.SocketAddress.parse(s)?.toJSON());
console.log(net.BlockList.isBlockList(b), net.BlockList.isBlockList({}), net.SocketAddress.isSocketAddress(1));
