'use strict';
// Reads a file of 600,000 lines line by line: "event" with the event, otherwise
// with for await.
const fs = require('fs');
const path = require('path');
const readline = require('readline');

const dir = fs.mkdtempSync(path.join(require('os').tmpdir(), 'lines-'));
const file = path.join(dir, 'log');
fs.writeFileSync(file, Array.from({ length: 600000 }, (_, i) => `line ${i} of a log file with some text in it\n`).join(''));
const start = process.hrtime.bigint();
let count = 0;
let length = 0;
const rl = readline.createInterface({ input: fs.createReadStream(file), crlfDelay: Infinity });

function done() {
  if (count !== 600000) throw new Error(`${count} lines`);
  console.log(`value: ${Number(process.hrtime.bigint() - start) / 1e6}`);
  fs.rmSync(dir, { recursive: true });
}

if (process.argv[2] === 'event') {
  rl.on('line', (line) => {
    count++;
    length += line.length;
  });
  rl.on('close', done);
} else {
  (async () => {
    for await (const line of rl) {
      count++;
      length += line.length;
    }
    done();
  })();
}
