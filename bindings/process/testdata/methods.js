const show = (name, f) => {
  try { console.log(name, f()); } catch (e) { console.log(name, e.name, e.code, e.message); }
};
for (const v of [1, [1], [1, 2, 3], 'x']) show('hrtime', () => process.hrtime(v));
for (const v of [1, { user: 'x' }, { user: 1, system: -1 }]) show('cpuUsage', () => process.cpuUsage(v));
show('kill', () => process.kill('x'));
show('kill', () => process.kill(process.pid, 'SIGNOPE'));
show('kill', () => process.kill(process.pid, 0));
show('chdir', () => process.chdir(1));
show('chdir', () => process.chdir('/definitely/not/there'));
show('umask', () => process.umask('999'));
show('getBuiltinModule', () => [process.getBuiltinModule('node:events') === require('events'), process.getBuiltinModule('nope')]);
show('emitWarning', () => process.emitWarning(1));
show('nextTick', () => process.nextTick(1));
show('capture', () => process.setUncaughtExceptionCaptureCallback(1));
console.log(Object.prototype.toString.call(process), process instanceof require('events'), process.constructor.name);
console.log(Object.getOwnPropertyNames(Object.getPrototypeOf(process)));
try { 'use strict'; delete process.exitCode; } catch (e) { console.log(e.message); }
console.log(process.title === process.argv0, process.release.name, process.version);
