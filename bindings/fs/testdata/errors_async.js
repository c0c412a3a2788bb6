'use strict';
const { at, error, fs, show } = require('./tmp');
fs.mkdirSync(at('a'));
fs.writeFileSync(at('f'), 'x');
const no = at('nope');
const cases = [
  ['access', no], ['appendFile', at('nope/f'), 'x'], ['chmod', no, 0o600], ['copyFile', no, at('z')], ['link', no, at('z')], ['lstat', no],
  ['mkdir', at('a')], ['open', no, 'r'], ['opendir', no], ['readdir', at('f')], ['readFile', no], ['readFile', at('a')],
  ['readlink', at('f')], ['realpath', no], ['rename', no, at('z')], ['rm', at('a')], ['rm', no], ['rmdir', at('f')], ['stat', no], ['statfs', no],
  ['symlink', 'f', at('f')], ['truncate', no], ['unlink', no], ['utimes', no, 1, 1], ['writeFile', at('a'), 'x'],
];
(async () => {
  for (const [name, ...args] of cases) {
    await new Promise((done) => fs[name](...args, (e) => { error(`${name} cb`, e); done(); }));
    await fs.promises[name](...args).then(() => show(name, 'no error'), (e) => error(`${name} promise`, e));
  }
})();
