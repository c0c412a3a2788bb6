'use strict';
const { at, fs, show } = require('./tmp');
fs.writeFileSync(at('f'), '');
for (const [a, m] of [[1, 2], ['3.5', '4'], [new Date(5000), new Date(6500)], [1.5, 1e9], [4294967296, 1.123456]]) {
  fs.utimesSync(at('f'), a, m);
  const s = fs.statSync(at('f'), { bigint: true });
  show('utimes', [s.atimeNs, s.mtimeNs]);
}
const fd = fs.openSync(at('f'));
fs.futimesSync(fd, 7, 8);
show('futimes', [fs.fstatSync(fd).mtimeMs]);
fs.closeSync(fd);
fs.symlinkSync('f', at('l'));
fs.lutimesSync(at('l'), 9, 10);
show('lutimes', [fs.lstatSync(at('l')).mtimeMs, fs.statSync(at('l')).mtimeMs]);
