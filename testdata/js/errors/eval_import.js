'use strict';
// import() in what eval and function constructors compile; async generators there.
(async () => {
  const name = 'node:path';
  console.log(typeof (await eval('import(name)')).join);
  console.log(typeof (await (0, eval)('import("node:fs")')).readFileSync);
  console.log(typeof (await new Function('m', 'return import(m)')('node:os')).cpus);
  console.log(Object.keys(await eval('import("./eval_import_target.mjs")')));
  console.log(await eval('import("./missing.mjs")').catch((err) => err.code));
  console.log(await Promise.resolve('import("node:fs")').then(eval).catch((err) => err.code));
  const generate = eval('(async function* () { yield 1; yield* [2, 3]; })');
  const seen = [];
  for await (const n of generate()) seen.push(n);
  console.log(seen);
  console.log(await eval('(async () => { let sum = 0; for await (const n of generate()) sum += n; return sum; })()'));
  try {
    eval('import x from "node:fs"');
  } catch (err) {
    console.log(err.name, err.message);
  }
})();
