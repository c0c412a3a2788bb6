// exit: 1
let n = 5;
for (const x of n) {}
