'use strict';
const vm = require('vm');
const fn = vm.compileFunction('return a + b + (typeof c)', ['a', 'b'], { filename: 'fn.js' });
console.log(fn(1, 2), fn.length, fn.toString());
const c = vm.createContext({ c: 5 });
console.log(vm.compileFunction('return a + c', ['a'], { parsingContext: c })(1));
console.log(vm.compileFunction('return x + y', [], { contextExtensions: [{ x: 1, y: 1 }, { y: 2 }] })());
console.log(vm.compileFunction('return x + c', [], { parsingContext: c, contextExtensions: [{ x: 1 }] })());
try {
  vm.compileFunction('\n throw new Error("in body")', [], { filename: 'body.js', lineOffset: 10 })();
} catch (e) {
  console.log(e.stack.split('\n')[1]);
}
for (const bad of ['});(function () {', 'return }', 'let let']) {
  try {
    vm.compileFunction(bad);
  } catch (e) {
    console.log(e.name);
  }
}
const first = vm.compileFunction('return 1', [], { produceCachedData: true });
console.log(first.cachedDataProduced, vm.compileFunction('return 1', [], { cachedData: first.cachedData }).cachedDataRejected,
  vm.compileFunction('return 1 + 1', [], { cachedData: first.cachedData }).cachedDataRejected);
const script = new vm.Script('1 + 1');
console.log(new vm.Script('1 + 1', { cachedData: script.createCachedData() }).cachedDataRejected);
console.log(new vm.Script('1\n//# sourceMappingURL=x.map').sourceMapURL, script.sourceMapURL);
