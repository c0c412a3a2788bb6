// read, push, unshift, 'readable' and 'data', and switching between them.
const { Readable } = require('stream');
const log = console.log;
const r = new Readable({ read() {} });
log(r.readableFlowing, r.read());
r.push('abc'); r.push('def'); r.push(Buffer.from('ghi'));
log(r.readableLength, r.read(2)?.toString(), r.read(5)?.toString(), r.read(10));
r.unshift('XY');
log(r.read()?.toString(), r.read());
r.on('readable', () => log('readable', r.readableFlowing, String(r.read())));
setImmediate(() => {
  r.push('one');
  setImmediate(() => {
    r.removeAllListeners('readable');
    r.on('data', (c) => log('data', String(c)));
    setImmediate(() => {
      r.push('two');
      r.pause();
      r.push('three');
      log(r.isPaused(), r.readableLength);
      setImmediate(() => {
        r.setEncoding('hex');
        r.resume();
        r.push('z'); r.push(null);
        r.on('end', () => log('end', r.readableEnded, r.readableDidRead));
      });
    });
  });
});
const o = new Readable({ objectMode: true, highWaterMark: 2, read() {} });
log(o.push(1), o.push({ a: 1 }), o.push(undefined === 1), o.readableLength, o.read(), o.read());
const big = new Readable({ read() {} });
log(big.readableHighWaterMark, big.read(100000), big.readableHighWaterMark);
for (const bad of [1, {}, true]) { const x = new Readable({ read() {} }); x.on('error', (e) => log(e.code, e.message)); log(x.push(bad)); }
