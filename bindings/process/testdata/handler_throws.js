// exit: 7
process.on('uncaughtException', (e) => { console.log('handler', e.message); throw new Error('second'); });
throw new Error('first');
