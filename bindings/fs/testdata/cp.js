'use strict';
const { at, attempt, error, fs, show } = require('./tmp');
fs.mkdirSync(at('a/sub'), { recursive: true });
fs.writeFileSync(at('a/x'), '1');
fs.writeFileSync(at('a/sub/y'), '2');
fs.writeFileSync(at('f'), 'f', { mode: 0o640 });
fs.symlinkSync('x', at('a/l'));
const cases = {
  dir: ['a', 'n1', {}], same: ['f', 'f', {}], below: ['a', 'a/n', { recursive: true }], dirfile: ['a', 'f', { recursive: true }],
  filedir: ['f', 'a', {}], exists: ['f', 'a/x', { errorOnExist: true, force: false }], missing: ['nope', 'n3', {}],
  tree: ['a', 'n4', { recursive: true }], again: ['a', 'n4', { recursive: true }], verbatim: ['a', 'n5', { recursive: true, verbatimSymlinks: true }],
  mode: ['f', 'n7', { mode: 99 }], options: ['f', 'n9', 'x'], pair: ['f', 'n9', { dereference: true, verbatimSymlinks: true }],
  force: ['f', 'n9', { force: 1 }], filter: ['f', 'n9', { filter: 1 }], deep: ['f', 'n9/deep/er', {}], asyncFilter: ['f', 'n10', { filter: async () => true }],
  filtered: ['a', 'n11', { recursive: true, filter: (s) => !s.endsWith('sub') }], none: ['a', 'n12', { recursive: true, filter: () => false }],
};
(async () => {
  for (const k in cases) {
    const [s, d, o] = cases[k];
    attempt(`sync ${k}`, () => fs.cpSync(at(s), at(d), o) === undefined);
    const p = d.replace(/^n/, 'p');
    await fs.promises.cp(at(s), at(p), o).then(() => show(`promise ${k}`, true), (e) => error(`promise ${k}`, e));
  }
  for (const n of ['n', 'p']) {
    show(n, [fs.readlinkSync(at(`${n}4/l`)), fs.readlinkSync(at(`${n}5/l`)), fs.readFileSync(at(`${n}4/sub/y`), 'utf8'), fs.existsSync(at(`${n}11/sub`)),
             fs.existsSync(at(`${n}11/x`)), fs.existsSync(at(`${n}12`)), (fs.statSync(at(`${n}9/deep/er`)).mode & 0o777).toString(8)]);
  }
})();
