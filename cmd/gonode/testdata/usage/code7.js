process.on('uncaughtException', () => { throw null; }); throw 1;
