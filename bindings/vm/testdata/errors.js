'use strict';
// Errors say where in the script they are.
const vm = require('vm');
const show = (fn, lines) => {
  try {
    fn();
  } catch (e) {
    console.log(e.name, e.code, e.message);
    console.log(e.stack.split('\n').slice(0, lines).join('\n'));
  }
};
show(() => new vm.Script('var 5;', 'bad.js'), 5);
show(() => new vm.Script('let a;\nlet a;', { filename: 'twice.js' }), 2);
show(() => vm.runInNewContext('\n  throw new TypeError("no")', {}, 'thrown.js'), 6);
show(() => vm.runInNewContext(' throw new Error("moved")', {}, { filename: 'moved.js', lineOffset: 32, columnOffset: 123 }), 6);
show(() => vm.runInThisContext('missing', { filename: 'missing.js' }), 6);
show(() => vm.runInThisContext('missing', { filename: 'plain.js', displayErrors: false }), 2);
show(() => vm.runInContext('1', {}), 1);
show(() => vm.createContext('string'), 1);
show(() => new vm.Script('1', { filename: 5 }), 1);
show(() => new vm.Script('1').runInThisContext({ timeout: 0 }), 1);
show(() => vm.runInNewContext('eval("1")', {}, { contextCodeGeneration: { strings: false } }), 1);
show(() => vm.runInNewContext('new Function("1")', {}, { contextCodeGeneration: { strings: false } }), 1);
