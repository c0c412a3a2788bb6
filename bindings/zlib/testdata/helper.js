// gonode: helper
'use strict';
// Prints what each function gives or throws.
exports.show = (label, fn) => {
  try {
    console.log(label, fn());
  } catch (e) {
    console.log(label, `${e.name} [${e.code}] ${e.message}`);
  }
};
exports.each = (cases) => {
  for (const fn of cases) exports.show(String(fn).replace(/^\(\) => /, ''), fn);
};
