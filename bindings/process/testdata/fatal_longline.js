// exit: 1
var padding = "                                                                                                                                                      "; throw new Error("long");
