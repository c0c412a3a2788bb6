'use strict';
// Names of a context: the sandbox, the built-ins, nothing of the main context.
const vm = require('vm');
const c = vm.createContext({ a: 1, inherited: undefined, __proto__: { up: 'proto' } });
const run = (code) => {
  try {
    console.log(vm.runInContext(code, c));
  } catch (e) {
    console.log(e.name, e.message);
  }
};
run('[typeof process, typeof require, typeof globalThis, typeof Array, typeof console, up].join()');
run('missing');
run('missing()');
run('typeof missing');
run('delete missing');
run('missing2 = a + 1');
run('"use strict"; missing3 = 1');
run('delete missing2; typeof missing2');
run('Array = 5; Array');
run('this === globalThis && (() => this === globalThis)() && (function () { return this === globalThis })()');
run('(function () { "use strict"; return this })()');
run('(function () { return typeof this }).call(5)');
run('globalThis.seen = 1; this.also = 2; seen + also');
run('"a" in globalThis && "Map" in globalThis && !("process" in globalThis)');
run('new Function("return typeof process")() + typeof Function("return this")().a');
run('eval("var fromEval = 3"); fromEval');
run('(function () { var local = 4; return eval("local + a") })()');
console.log(typeof Array, typeof missing3 === 'undefined', typeof globalThis.seen);
console.log(Object.keys(c).sort().join());
