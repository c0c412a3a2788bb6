// exit: 1
throw "x"
