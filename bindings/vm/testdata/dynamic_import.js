'use strict';
const vm = require('vm');
const report = (p) => p.then((ns) => console.log(typeof ns.readFileSync), (e) => console.log(e.code));
(async () => {
  await report(vm.runInThisContext('import("fs")'));
  await report(vm.compileFunction('return import("fs")')());
  const importModuleDynamically = vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER;
  await report(vm.runInThisContext('import("fs")', { importModuleDynamically }));
  await report(vm.runInNewContext('import("fs")', {}, { importModuleDynamically }));
  await report(vm.runInNewContext('import("fs")', {}, { importModuleDynamically: () => {} }));
})();
