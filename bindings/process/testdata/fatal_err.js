// exit: 1
throw new Error("boom")
