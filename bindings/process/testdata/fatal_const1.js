// exit: 1
const a = 1;
a = 2;
