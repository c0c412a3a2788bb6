// path.matchesGlob.
const path = require('path');
for (const [p, g] of [['a/b', 'a/*'], ['a/b/c', 'a/**'], ['a/b/c', '**/c'], ['.x', '*'], ['.x', '.*'], ['a.ts', '*.{js,ts}'],
  ['a5', 'a[0-9]'], ['ax', 'a[!0-9]'], ['abba', '+(a|b)'], ['b', '!(a)'], ['2', '{1..3}'], ['a/.b/c', 'a/**/c'], ['a', '?'], ['ab', '?'],
  ['', ''], ['a/b', 'a\\b']]) console.log(p, g, path.posix.matchesGlob(p, g), path.win32.matchesGlob(p, g));
