'use strict';
const { PassThrough } = require('stream');
const readline = require('readline');
const { once } = require('events');
function make(lib, terminal) {
  const input = new PassThrough();
  const output = new PassThrough();
  output.setEncoding('utf8');
  let text = '';
  output.on('data', (d) => { text += d; });
  return { input, rl: lib.createInterface({ input, output, terminal }), text: () => JSON.stringify(text) };
}
(async () => {
  for (const terminal of [false, true]) {
    const a = make(readline, terminal);
    a.rl.question('name? ', (answer) => console.log('answer', answer, a.rl.getPrompt()));
    a.rl.question('again? ', () => console.log('never'));
    a.input.write('Ann\nBob\n');
    console.log('line', (await once(a.rl, 'line'))[0], a.text());
    a.rl.close();
    const b = make(readline.promises, terminal);
    setImmediate(() => b.input.write('Eve\n'));
    console.log(await b.rl.question('who? '), b.text());
    const ac = new AbortController();
    const asked = b.rl.question('long? ', { signal: ac.signal });
    ac.abort(new Error('enough'));
    await asked.catch((e) => console.log(e.name, e.code, e.message, e.cause.message));
    b.rl.close();
    await b.rl.question('late? ').catch((e) => console.log(e.name, e.code, e.message));
  }
  const c = make(readline.promises, true);
  const asked = c.rl.question('? ');
  c.input.write('\x03');
  await asked.catch((e) => console.log(e.name, e.code, e.message, c.rl.closed));
})();
