// autoSelectFamily tries one address after the other.
const net = require('net');
const lookup = (host, options, cb) => cb(null, [{ address: '::1', family: 6 }, { address: '127.0.0.1', family: 4 }]);
const server = net.createServer((c) => c.end()).listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  const c = net.connect({ port, host: 'example.test', lookup, autoSelectFamily: true });
  c.on('lookup', (err, a, f, h) => console.log('lookup', a, f, h));
  c.on('connectionAttempt', (a, p, f) => console.log('attempt', a, p === port, f));
  c.on('connectionAttemptFailed', (a, p, f, e) => console.log('failed', a, e.code));
  c.on('connect', () => console.log('connected', c.remoteAddress, c.autoSelectFamilyAttemptedAddresses.map((x) => x.replace(String(port), 'P'))));
  c.resume();
  c.on('close', () => server.close(() => {
    const d = net.connect({ port, host: 'example.test', lookup, autoSelectFamily: true });
    d.on('error', (e) => {
      console.log(e.constructor.name, e.code, JSON.stringify(e.message), e.errors.map((x) => x.message.replaceAll(String(port), 'P')));
    });
  }));
});
