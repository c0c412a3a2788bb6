'use strict';
// Stacks of code that eval and function constructors have compiled.
const top = (text, n = 2) => text.split('\n').slice(0, n + 1).join('\n').replaceAll(__dirname, '<dir>');
function direct() {
  try {
    eval('function inner() {\n  throw new Error("direct");\n}\ninner()');
  } catch (err) {
    console.log(top(err.stack));
  }
}
direct();
try {
  (0, eval)('null.property');
} catch (err) {
  console.log(top(err.stack, 1));
}
try {
  new Function('a', 'b', 'return a.missing.property + b')({});
} catch (err) {
  console.log(top(err.stack, 1));
}
function outer() {
  return eval('eval("new Error(\'nested\')")');
}
console.log(top(outer().stack, 2));
console.log(top(eval('(() => new Error("arrow"))()\n//# sourceURL=named.js').stack, 2));
class Reader {
  read() { return eval('new Error("method")'); }
}
console.log(top(new Reader().read().stack, 2));
