// exit: 1
throw new AggregateError([new Error("a"), new Error("b")], "agg")
