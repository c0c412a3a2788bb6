// exit: 1
throw new Error("q", { cause: new TypeError("c") });
