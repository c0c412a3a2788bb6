// gonode: process
process.once('SIGUSR2', (name, number) => {
  console.log(name, number === require('os').constants.signals.SIGUSR2);
  process.on('SIGTERM', () => { console.log('term'); process.exit(3); });
  process.kill(process.pid, 'SIGTERM');
});
process.kill(process.pid, 'SIGUSR2');
setInterval(() => {}, 1000);
try { process.on('SIGKILL', () => {}); } catch (e) { console.log(e.message, e.code, e.syscall); }
// exit: 3
