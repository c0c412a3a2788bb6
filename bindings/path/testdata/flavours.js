// Both flavours over many inputs, whatever the host.
const path = require('path');
process.cwd = () => '/work/dir';
const inputs = ['', '.', '/', '//', '/a/b/../c', 'a//b/', './a/./b/..', '../../x', '/..', 'a.b.c', '.hidden', 'x.', 'C:\\a\\..\\b',
  'C:', 'C:a', '\\\\srv\\share\\dir\\f.txt', '//./dev', 'CON:x', 'é/ü.js', 'a\ud800b'];
for (const flavour of ['posix', 'win32']) {
  const p = path[flavour];
  process.cwd = flavour === 'posix' ? () => '/work/dir' : () => 'C:\\work\\dir';
  for (const s of inputs) {
    console.log(flavour, JSON.stringify([s, p.normalize(s), p.isAbsolute(s), p.dirname(s), p.basename(s), p.basename(s, '.js'),
      p.extname(s), p.toNamespacedPath(s), p.resolve(s), p.resolve('x', s), p.join('a', s), p.join(s, '..', 'b'),
      p.relative('x/y', s), p.parse(s), p.format(p.parse(s))]));
  }
}
for (const f of [() => path.join(1), () => path.resolve('a', null), () => path.format('x'), () => path.basename('a', 1)]) {
  try { f(); } catch (e) { console.log(e.code, e.message); }
}
