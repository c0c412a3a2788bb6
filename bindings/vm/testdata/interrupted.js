'use strict';
// After a timeout in a generator or an async function the program goes on.
const vm = require('vm');
for (const source of ['(function* () { for (;;); })().next()', '(async () => { for (;;); })()', 'for (const x of (function* () { for (;;); })()) ;',
  'new Promise(() => { [1].forEach(() => { for (;;); }); })']) {
  try {
    vm.runInThisContext(source, { timeout: 20 });
    console.log('no error');
  } catch (err) {
    console.log(err.code);
  }
}
(async () => {
  await null;
  console.log('done');
})();
