process.on('uncaughtExceptionMonitor', (e, origin) => console.log('monitor', e.message, origin));
process.on('uncaughtException', (e, origin) => {
  console.log('handled', e.message, origin);
  if (e.message === 'main') setTimeout(() => { throw new Error('timer'); }, 1);
  if (e.message === 'timer') setImmediate(() => Promise.reject(new Error('rejected')));
});
process.on('exit', (c) => console.log('exit', c));
throw new Error('main');
