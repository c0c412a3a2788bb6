// File URLs and paths; options for http.
const url = require('url');
for (const p of ['/a b/%#?\\~[]|', '/ü/', 'C:\\x y\\', '\\\\srv\\share\\f']) for (const windows of [false, true]) {
  if (!windows && !p.startsWith('/')) continue;
  if (windows && p.startsWith('/')) continue;
  const u = url.pathToFileURL(p, { windows });
  console.log(p, u.href, url.fileURLToPath(u, { windows }));
}
for (const s of ['file://h/a', 'file:///a%2fb', 'http://x', 1]) try { console.log(url.fileURLToPath(s, { windows: false })); } catch (e) { console.log(e.code, e.message); }
console.log(url.urlToHttpOptions(new URL('https://a%20b:c@[::1]:8/x?y#z')), url.domainToASCII('español.com'), url.domainToUnicode('xn--espaol-zwa.com'), url.domainToASCII('xn--iñvalid.com'));
