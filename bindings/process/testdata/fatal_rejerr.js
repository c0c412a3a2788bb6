// exit: 1
async function f() { await null; throw new Error("in async"); }
f();
