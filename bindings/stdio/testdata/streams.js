// gonode: process
// What standard output is when it is a pipe, and that it cannot be closed.
const o = process.stdout;
console.error(o._type, o.fd, o.isTTY, o.writable, o._isStdio, o.writableHighWaterMark, o.writableObjectMode);
o.write('a', () => o.write('b\n'));
o.on('finish', () => console.error('finish'));
o.on('close', () => console.error('close'));
setImmediate(() => { o.destroy(); setImmediate(() => o.write('still there\n')); });
