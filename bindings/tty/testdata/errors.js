// Constructors refuse what is no terminal.
const tty = require('tty');
const fs = require('fs');
for (const C of [tty.ReadStream, tty.WriteStream]) {
  for (const fd of [-1, 'x', 1.5]) { try { new C(fd); } catch (e) { console.log(C.name, e.name, e.code, e.message); } }
  const fd = fs.openSync(__filename);
  try { new C(fd); } catch (e) { console.log(e.name, e.code, e.message, e.info, e.errno, e.syscall, Object.keys(e)); }
  fs.closeSync(fd);
}
