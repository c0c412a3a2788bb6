'use strict';
// A script that runs too long is stopped, and the program goes on.
const vm = require('vm');
const show = (fn) => {
  try {
    console.log(fn());
  } catch (e) {
    console.log(e.name, e.code, e.message);
  }
};
show(() => vm.runInNewContext('while (true) {}', {}, { timeout: 20 }));
show(() => vm.runInThisContext('for (;;) { try { for (;;); } catch {} finally { continue } }', { timeout: 20 }));
show(() => vm.runInNewContext('1 + 1', {}, { timeout: 10000 }));
show(() => vm.runInNewContext('run("while (true) {}", {}, { timeout: 20 })', { run: vm.runInNewContext }, { timeout: 10000 }));
show(() => vm.runInNewContext('Promise.resolve().then(() => { while (true) {} })', {}, { timeout: 20, microtaskMode: 'afterEvaluate' }));
let order = [];
Promise.resolve().then(() => order.push('outside'));
vm.runInNewContext('Promise.resolve().then(() => push("inside"))', { push: (x) => order.push(x) }, { microtaskMode: 'afterEvaluate' });
order.push('after');
setImmediate(() => console.log(order.join()));
