// exit: 1
console.log(zork);
