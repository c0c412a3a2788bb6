// gonode: process
'use strict';
const os = require('os');
const { each } = require('./helper');
each([
  () => os.setPriority(0, 20),
  () => os.setPriority(0, -21),
  () => os.setPriority(20),
  () => os.setPriority('x'),
  () => os.setPriority(0, 'x'),
  () => os.setPriority(0, 1.5),
  () => os.setPriority(2 ** 31, 0),
  () => os.setPriority(-1, 0),
  () => os.setPriority(),
  () => os.getPriority('x'),
  () => os.getPriority(1.5),
  () => os.getPriority(2 ** 31),
  () => os.getPriority(-1),
  () => os.getPriority(2 ** 31 - 1),
  () => os.userInfo({ encoding: 'nope' }).username.length > 0,
  () => { os.constants.signals.SIGX = 5; return os.constants.signals.SIGX; },
  () => { os.EOL = 'x'; },
]);
try { os.getPriority(2 ** 31 - 1); } catch (e) { console.log(Object.keys(e), e.info, e.errno, e.syscall, e.name, e.toString()); }
try { os.getPriority(2 ** 31 - 1); } catch (e) { e.errno = 5; e.syscall = 'y'; console.log(e.info, e.code); }
process.env.HOME = '/some/where';
console.log(os.homedir());
process.env.TMPDIR = '/tmp/here/';
console.log(os.tmpdir());
process.env.TMPDIR = '/';
console.log(os.tmpdir());
delete process.env.TMPDIR;
process.env.TMP = '/tmp2';
console.log(os.tmpdir());
delete process.env.TMP;
process.env.TEMP = '/tmp3';
console.log(os.tmpdir());
delete process.env.TEMP;
console.log(os.tmpdir());
