// Stringifying: kinds of values, separators, errors.
const qs = require('querystring');
console.log(qs.stringify({ a: 1, b: [1, 'x', true, null, {}], c: '', d: undefined, e: NaN, f: 10n, 'ä&=': 'ö+ ', g: [] }));
console.log(qs.stringify({ a: 'b', c: ['d', 'e'] }, ';', ':'));
console.log(qs.stringify({ a: 'b c' }, null, null, { encodeURIComponent: (s) => `<${s}>` }));
console.log(JSON.stringify([qs.stringify(null), qs.stringify('x'), qs.escape('ä~!*()\'-._ %'), qs.unescape('%41%zz%20'), qs.escape({ toString: () => 'o k' })]));
try { qs.escape('\ud800'); } catch (e) { console.log(e.name, e.code, e.message); }
console.log(qs.unescapeBuffer('a%20b%zz+c').toString(), qs.unescapeBuffer('a+b', true).toString());
