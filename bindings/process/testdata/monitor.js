process.on('uncaughtExceptionMonitor', (e, origin) => console.log('monitor', e.message, origin));
process.on('uncaughtException', (e, origin) => console.log('handled', e.message, origin));
process.on('exit', (c) => console.log('exit', c));
setTimeout(() => { throw new Error('timer'); }, 1);
setImmediate(() => Promise.reject(new Error('rejected')));
throw new Error('main');
