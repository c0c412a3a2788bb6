'use strict';
const { at, dir: cwd, error, attempt, fs, show } = require('./tmp');
for (const f of ['a/b/c', 'a/x', '.h/y', 'a/.z/q', 'abc', 'abd', 'x1', 'x2', 'x3']) {
  fs.mkdirSync(require('path').dirname(at(f)), { recursive: true });
  fs.writeFileSync(at(f), '');
}
fs.symlinkSync('a/b', at('lk'));
for (const p of ['**', '.', 'a/', '*/', '**/', 'a/x/..', 'a/x/', 'nope', 'lk/*', 'lk/', '**/*', '.*', '.h/**', '*/**', 'a/b/../x', '{a,lk}/**', 'ab?', 'ab[cd]', 'x{1..2}', '+(x)[!1]', '!(x*|a*)', './**', 'a/**/c', '**/.z/**']) {
  show(p, fs.globSync(p, { cwd }).sort());
}
show('list', fs.globSync(['a/*', 'a/x'], { cwd }).sort());
show('exclude', fs.globSync('**', { cwd, exclude: ['a', 'x*'] }).sort());
show('types', fs.globSync('a/*', { cwd, withFileTypes: true }).map((d) => [d.name, d.parentPath, d.isFile()]).sort());
for (const args of [[3], [[3]], ['a', 3], ['a', { exclude: 3 }], ['a', { exclude: [3] }], ['a', { cwd: 3 }]]) attempt('bad', () => fs.globSync(...args));
fs.glob('x*', { cwd }, (e, list) => {
  show('callback', [e, list.sort()]);
  (async () => {
    const it = fs.promises.glob('x?', { cwd });
    const got = [];
    for (let s; !(s = await it.next()).done;) got.push(s.value);
    show('promise', got.sort());
    await fs.promises.glob(3).next().catch((e) => error('promise', e));
  })();
});
