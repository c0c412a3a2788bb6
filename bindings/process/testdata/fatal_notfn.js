// exit: 1
let o = {};
o.foo();
