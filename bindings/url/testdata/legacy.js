// url.parse, format, resolve.
process.removeAllListeners('warning');
process.noDeprecation = true;
const url = require('url');
const list = ['http://u:p@h.com:80/a/b?c=d#e', '/a?b', '//h/p', 'mailto:a@b', 'javascript:alert(1)', 'HTTP://EX.com', 'a/b', 'x:y', 'file:///etc', 'http://[::1]:3/x', ' http://h/ a ', 'http://h\\p?\\q', ''];
for (const s of list) {
  console.log(JSON.stringify(url.parse(s)), JSON.stringify(url.parse(s, true, true)), url.format(s));
  for (const b of ['http://base/x/y?z', '/p/q/', 'foo:bar']) console.log(JSON.stringify(b), url.resolve(b, s));
}
console.log(url.format({ protocol: 'http', host: 'h', pathname: 'a#?', query: { x: 1 } }), url.format(new URL('http://u:p@xn--fa-hia.de/#f'), { unicode: true, auth: false, fragment: false }));
for (const f of [() => url.parse(1), () => url.parse('http://[x'), () => url.format(1), () => url.parse('http://%/@h')]) try { console.log(f()); } catch (e) { console.log(e.name, e.code, e.message); }
