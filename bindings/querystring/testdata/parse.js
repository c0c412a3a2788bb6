// Parsing: separators, escapes, limits, overridden functions.
const qs = require('querystring');
const show = (v) => console.log(JSON.stringify(v));
for (const s of ['a=1&b=2&a=3', 'a=%20+b&=x&&c', 'a=b=c', '%', 'a=%E4%F6', 'a%3Db=%zz', '__proto__=1', 'x=1&x=2&x=3', 'a=%F0%9F%98%80']) {
  show(qs.parse(s));
  show(qs.parse(s, ';', ':'));
  show(qs.parse(s, '&&', '=='));
  show(qs.parse(s, null, null, { maxKeys: 2 }));
  show(qs.parse(s, null, null, { decodeURIComponent: (x) => `<${x}>` }));
}
console.log(Object.getPrototypeOf(qs.parse('a=b')));
qs.unescape = (s) => s.toUpperCase();
show(qs.parse('a=b'));
