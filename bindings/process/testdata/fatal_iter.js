// exit: 1
let n = 3;
const [a] = n;
