// Uncaught errors keep their class and properties on their way to the parent; exit codes.
const { Worker } = require('worker_threads');
const cases = [
  'throw new RangeError("range")',
  'throw Object.assign(new Error("with properties"), { code: "E_X", list: [1, 2], f() {} })',
  'class Mine extends TypeError { get name() { return "Mine"; } }; throw new Mine("own class")',
  'throw new Error("outer", { cause: new TypeError("inner") })',
  'throw 5',
  'throw null',
  'throw { plain: true }',
  'throw { f() {} }.f',
  'Promise.reject(new Error("rejected"))',
  'require("fs").readFileSync("/nonexistent")',
  'process.on("uncaughtException", () => { throw new Error("second"); }); throw new Error("first")',
  'process.on("uncaughtException", () => { process.exitCode = 3; }); throw new Error("handled")',
  'process.on("exit", () => { process.exitCode = 98; }); throw new Error("late code")',
  'process._fatalException = undefined; throw new Error("nobody")',
  'process.exitCode = 42',
  'process.exit(7)',
  'syntax error here',
];
(function next(i) {
  if (i === cases.length) return;
  const w = new Worker(cases[i], { eval: true });
  w.on('error', (e) => {
    if (e instanceof Error) console.log(e.constructor.name, e.name, e.message, e.code, e.list, e.cause?.name, e.cause?.message, typeof e.stack);
    else console.log(e);
  });
  w.on('exit', (code) => { console.log(i, 'exit', code); next(i + 1); });
})(0);
