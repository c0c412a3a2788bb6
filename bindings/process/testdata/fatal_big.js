// exit: 1
throw 10n
