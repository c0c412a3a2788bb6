'use strict';
// await at the top level of lines that come one after the other.
const { PassThrough } = require('stream');
const repl = require('repl');
const input = new PassThrough();
const output = new PassThrough().setEncoding('utf8');
let wake;
let text = '';
output.on('data', (d) => {
  text += d;
  if (text.endsWith('> ')) wake?.();
});
const server = repl.start({ input, output, terminal: false, useGlobal: false });
(async () => {
  for (const line of ['await 1', 'const x = await Promise.resolve(2), y = 3', 'x + y', 'let { a, b: [c] } = await { a: 4, b: [5] }', '[a, c]',
    'await Promise.reject({ no: 1 })', 'function f() { return 6 } await f()', 'f()', 'await (async () => { return { a: 1 } })()']) {
    await new Promise((resolve) => {
      wake = resolve;
      text = '';
      input.write(`${line}\n`);
    });
    wake = undefined;
    console.log(line, '=>', JSON.stringify(text));
  }
  server.close();
})();
