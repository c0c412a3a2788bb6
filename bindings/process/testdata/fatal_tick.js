// exit: 1
process.nextTick(() => { throw new Error("tick"); });
