// Parsing and serializing, relative URLs, hosts.
const bases = [undefined, 'http://u:p@host:8080/a/b?q#f', 'file:///c:/dir/file', 'mailto:x@y', 'foo://h/p'];
const inputs = ['', '..', '../..//x', '//other/x', '?y', '#z', '\\x\\y', 'http:rel', 'HTTPS://ExAmPlE.com:443/%7Efoo/%2e%2E/b c?d\'e#f`g', 'file:', 'C|/x', 'http://faß.de',
  'http://日本語.jp', 'http://xn--', 'http://0x7f.1', 'http://256', 'http://1.2.3.4.5', 'http://[::1.2.3.4]', 'http://[1::2::3]', 'http://a b', 'http://a%41', 'http://a:99999', 'http://:80',
  'http://u@', 'data:text/plain,a b ', 'javascript:a?b#c', 'blob:https://h/x', ' http://h\t/\n ', 'foo:/.//p', 'http://a/^|`{}"<>'];
for (const b of bases) {
  for (const i of inputs) {
    let r;
    try {
      const u = new URL(i, b);
      r = [u.href, u.origin, u.username, u.password, u.host, u.port, u.pathname, u.search, u.hash];
    } catch (e) { r = [e.code, e.message, e.input, e.base]; }
    console.log(JSON.stringify(i), b, JSON.stringify(r), URL.canParse(i, b), URL.parse(i, b)?.href);
  }
}
