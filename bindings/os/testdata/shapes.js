'use strict';
// What does not depend on the machine: names, types, orders.
const os = require('os');
console.log(Object.keys(os).sort().join(' '));
for (const name of ['arch', 'endianness', 'homedir', 'hostname', 'machine', 'platform', 'release', 'tmpdir', 'type', 'version']) {
  console.log(name, typeof os[name](), os[name]().length > 0, os[name].length, `${os[name]}` === os[name]());
}
for (const name of ['freemem', 'totalmem', 'uptime', 'availableParallelism']) {
  console.log(name, typeof os[name](), os[name]() > 0, +os[name] > 0);
}
console.log(os.EOL === '\n', os.devNull, os.loadavg().length, os.loadavg().every((n) => n >= 0));
console.log(os.endianness(), os.freemem() < os.totalmem(), os.cpus().length >= os.availableParallelism());
const cpu = os.cpus()[0];
console.log(Object.keys(cpu), Object.keys(cpu.times), typeof cpu.model, typeof cpu.speed);
const lo = Object.values(os.networkInterfaces()).flat().find((a) => a.address === '127.0.0.1');
console.log(lo);
console.log(Object.keys(os.userInfo()), Object.keys(os.userInfo({ encoding: 'buffer' })).length);
const info = os.userInfo({ encoding: 'buffer' });
console.log(Buffer.isBuffer(info.username), typeof info.uid, os.userInfo().username === info.username.toString());
console.log(os.getPriority() === os.getPriority(0), os.getPriority(process.pid) === os.getPriority());
console.log(Object.keys(os.constants).sort(), Object.getPrototypeOf(os.constants), Object.isFrozen(os.constants.signals));
console.log(os.constants.priority, os.constants.dlopen, os.constants.UV_UDP_REUSEADDR);
console.log(Object.keys(os.constants.errno).length, os.constants.errno.ENOENT, Object.keys(os.constants.signals).length, os.constants.signals.SIGTERM);
