// Sockets and servers cross to a child; the server counts what it has given away.
// gonode: process
const { fork } = require('child_process');
const net = require('net');
if (process.argv[2] === 'child') {
  process.on('message', (m, handle) => {
    if (m === 'socket') handle.end('from the child');
    else if (m === 'server') {
      handle.on('connection', (s) => { s.end('child server'); handle.close(); });
      process.send('listening');
    } else if (m === 'end') process.disconnect();
  });
} else {
  const child = fork(__filename, ['child']);
  const server = net.createServer((s) => { child.send('socket', s); });
  server.listen(0, '127.0.0.1', () => {
    let text = '';
    net.connect(server.address().port, '127.0.0.1').setEncoding('utf8').on('data', (s) => { text += s; }).on('close', () => {
      console.log(text);
      server.close(() => { console.log('closed'); second(); });
    });
  });
  function second() {
    const given = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = given.address();
      child.send('server', given);
      child.once('message', (m) => {
        given.close();
        net.connect(port, '127.0.0.1').setEncoding('utf8').on('data', (s) => console.log(m, s)).on('close', () => child.send('end'));
      });
    });
  }
  child.on('exit', (code) => console.log('exit', code));
}
