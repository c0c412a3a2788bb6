'use strict';
const { at, attempt, fs } = require('./tmp');
fs.writeFileSync(at('f'), 'x');
const b = Buffer.alloc(4);
for (const [name, ...args] of [
  ['readFileSync', at('f'), 'bogus'], ['readFileSync', at('f'), 3], ['readFileSync', 'f\0'], ['readFileSync', {}], ['readFileSync', 1.5], ['writeFileSync', at('f'), {}],
  ['openSync', at('f'), 'zz'], ['openSync', at('f'), 1.5], ['openSync', at('f'), 'r', 'zz'], ['openSync', at('f'), 'r', -1], ['closeSync', -1], ['closeSync', 'a'], ['closeSync'],
  ['accessSync', at('f'), 9], ['accessSync', at('f'), 'x'], ['truncateSync', at('f'), 'x'], ['truncateSync', at('f'), null], ['utimesSync', at('f'), 'a', 1], ['utimesSync', at('f'), 1],
  ['chmodSync', at('f')], ['chmodSync', at('f'), '9'], ['chownSync', at('f'), -2, 1], ['chownSync', at('f')], ['symlinkSync', 'f', at('z'), 'bogus'],
  ['readSync', 0], ['readSync', 0, 'x'], ['readSync', 0, Buffer.alloc(0)], ['readSync', 0, b, 5], ['readSync', 0, b, 0, 5], ['readSync', 0, b, 0, 4, 'x'], ['readSync', 0, b, 0, 4, -2], ['readSync', 0, b, 0, 4, 2n ** 64n],
  ['writeSync', 1, b, 0, 5], ['writeSync', 1, b, 5], ['writeSync', 1, b, 0, -1], ['writeSync', 1, 3], ['readvSync', 0, 3], ['writevSync', 1, [3]],
  ['readFile', at('f')], ['readFile', at('f'), {}], ['stat', at('f')], ['mkdir', at('d'), {}], ['rename', at('f'), at('g')],
  ['mkdirSync', at('d'), { recursive: 1 }], ['mkdirSync', at('d'), { mode: 'x' }], ['rmSync', at('f'), { maxRetries: -1 }], ['rmSync', at('f'), { force: 1 }], ['rmdirSync', at('f'), { recursive: 1 }],
  ['mkdtempSync', 3], ['writeFileSync', at('f'), 'x', { flag: 'zz' }], ['writeFileSync', at('f'), 'x', { mode: 'zz' }], ['writeFileSync', at('f'), 'x', { flush: 'zz' }],
  ['readdirSync', at('.'), { recursive: 'x' }], ['copyFileSync', at('f'), at('g'), 8], ['copyFileSync', 1, 2], ['opendirSync', at('.'), { bufferSize: 0 }], ['opendirSync', at('.'), 3],
  ['watchFile', at('f')], ['globSync', 3], ['createReadStream', at('f'), { start: 'x' }], ['createReadStream', at('f'), { start: 5, end: 3 }], ['createWriteStream', 3],
  ['readlinkSync', at('f'), 'nope'], ['lstatSync', 3], ['existsSync', {}], ['linkSync', 1], ['statSync'], ['fsyncSync', '1'], ['fstatSync', 2 ** 31],
]) attempt(name, () => String(fs[name](...args)));
