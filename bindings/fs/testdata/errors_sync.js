'use strict';
const { at, attempt, fs } = require('./tmp');
fs.mkdirSync(at('a/b'), { recursive: true });
fs.writeFileSync(at('f'), 'x');
fs.symlinkSync('l1', at('l2'));
fs.symlinkSync('l2', at('l1'));
const no = at('nope');
for (const [name, ...args] of [
  ['accessSync', no], ['appendFileSync', at('nope/f'), 'x'], ['chmodSync', no, 0o600], ['chownSync', no, 1, 1], ['closeSync', 9999],
  ['copyFileSync', no, at('f2')], ['copyFileSync', at('f'), at('f'), 1], ['fstatSync', 9999], ['fsyncSync', 9999], ['fdatasyncSync', 9999],
  ['ftruncateSync', 9999], ['futimesSync', 9999, 1, 1], ['fchmodSync', 9999, 0], ['fchownSync', 9999, 1, 1],
  ['lchownSync', no, 1, 1], ['linkSync', no, at('z')], ['lstatSync', no], ['lutimesSync', no, 1, 1],
  ['mkdirSync', at('a')], ['mkdirSync', at('f'), { recursive: true }], ['mkdirSync', at('f/g/h'), { recursive: true }], ['mkdirSync', at('nope/x')],
  ['mkdtempSync', at('nope/x')], ['openSync', no], ['openSync', at('f'), 'wx'], ['opendirSync', no], ['readdirSync', at('f')], ['readdirSync', no, { recursive: true }],
  ['readFileSync', at('a')], ['readFileSync', no], ['readlinkSync', at('f')], ['realpathSync', no], ['realpathSync', at('l1')], ['realpathSync', at('f/x')],
  ['renameSync', no, at('z')], ['rmSync', at('a')], ['rmSync', no], ['rmdirSync', at('f')], ['rmdirSync', at('a')], ['statSync', no], ['statfsSync', no],
  ['symlinkSync', 'f', at('f')], ['truncateSync', no], ['unlinkSync', at('a')], ['utimesSync', no, 1, 1], ['writeFileSync', at('a'), 'x'],
  ['writeSync', 9999, 'x'], ['readSync', 9999, Buffer.alloc(1)], ['readvSync', 9999, [Buffer.alloc(1)]], ['writevSync', 9999, [Buffer.alloc(1)]],
]) attempt(name, () => fs[name](...args));
attempt('realpath.native', () => fs.realpathSync.native(no));
