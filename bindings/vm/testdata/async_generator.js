'use strict';
// Scripts may hold what is lowered before it is compiled.
const vm = require('vm');
const context = vm.createContext({ console });
const source = `
  async function* count() { yield 1; yield* [2, 3]; }
  class C { async *#two() { yield 'a'; } all() { return this.#two(); } }
  (async () => { for await (const n of count()) console.log(n); for await (const x of new C().all()) console.log(x); })();
  count.name`;
console.log(vm.runInThisContext(source));
console.log(vm.runInContext(source, context));
try { new vm.Script('async function* f( { yield }'); } catch (e) { console.log(e.name); }
