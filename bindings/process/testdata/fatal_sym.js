// exit: 1
throw Symbol("s")
