// exit: 1
Error.stackTraceLimit = 0; throw new Error("z");
