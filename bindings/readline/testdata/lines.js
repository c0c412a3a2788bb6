'use strict';
// Lines out of chunks, whatever ends them and wherever they are cut.
const { PassThrough } = require('stream');
const readline = require('readline');
async function lines(title, ...chunks) {
  const input = new PassThrough();
  const rl = readline.createInterface({ input, crlfDelay: Infinity });
  const got = [];
  rl.on('line', (l) => got.push(l));
  const closed = new Promise((resolve) => rl.on('close', resolve));
  for (const c of chunks) input.write(c);
  input.end();
  await closed;
  console.log(title, JSON.stringify(got));
}
(async () => {
  await lines('plain', 'a\nb\n');
  await lines('no end', 'a\nb');
  await lines('empty');
  await lines('blank lines', '\n\n\n');
  await lines('crlf', 'a\r\nb\r\n');
  await lines('cut crlf', 'a\r', '\nb\r', '\n');
  await lines('cr', 'a\rb\r');
  await lines('separators', 'a\u2028b\u2029c\n');
  await lines('cut character', Buffer.from([0xe2, 0x82]), Buffer.from([0xac, 0x0a]));
  await lines('line in pieces', 'a', 'b', 'c\nd', 'e');
  const input = new PassThrough();
  input.end('x\ny\nz');
  const all = [];
  for await (const line of readline.createInterface({ input })) all.push(line);
  console.log('iterated', JSON.stringify(all));
})();
