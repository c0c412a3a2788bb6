'use strict';
// var and function land on the sandbox; let, const and class stay in the context.
const vm = require('vm');
const c = vm.createContext({});
const run = (code) => {
  try {
    console.log(vm.runInContext(code, c));
  } catch (e) {
    console.log(e.name, e.message);
  }
};
run('var v = 1; function f() { return v } let l = 2; const k = 3; class C { get() { return l } }');
run('[v, f(), l, k, new C().get()].join()');
run('l++; v = 9; [l, f()].join()');
run('k = 4');
run('let l = 1');
run('var k = 1');
run('late; let late = 1');
run('const { a, b: [d = () => 1, ...e], ...g } = { a: 1, b: [, 2, 3], h: 4 }; [a, d.name, e.join(), JSON.stringify(g)].join("|")');
run('const arrow = () => {}, cls = class {}; [arrow.name, cls.name, f.name, C.name].join()');
run('for (var i = 0, j = 10; i < 3; i++) j--; i + j');
run('for (var x of [1, 2]); for (var [y] in { zz: 1 }); x + y');
run('if (true) { var deep = 1; { var deeper = 2 } } deep + deeper');
run('5; var after = 6;');
run('"directive"');
run('7; let quiet = 8; class Quiet {}');
run('hoisted(); function hoisted() { return "hoisted" }');
run('twice(); function twice() { return 1 } function twice() { return 2 }');
run('async function as() { return this === globalThis } function* gen() { yield this === globalThis } gen().next().value');
console.log(Object.keys(c).join());
console.log(vm.runInContext('l', vm.createContext({ l: 'other' })));
const script = new vm.Script('typeof n === "undefined" ? (n = 1) : ++n');
const again = vm.createContext({});
console.log(script.runInContext(again), script.runInContext(again), script.runInNewContext({ n: 10 }), script.runInThisContext());
console.log(globalThis.n, delete globalThis.n);
