// Encoding, decoding, domains.
process.noDeprecation = true;
const p = require('punycode');
for (const s of ['bücher', 'mañana', '日本語', '', 'abc', '😀x', 'Ünïcode-']) console.log(s, p.encode(s), p.decode(p.encode(s)) === s, p.toASCII(`${s}.com`), p.toUnicode(p.toASCII(`me@${s}.com`)));
console.log(p.ucs2.decode('a😀\ud800'), p.ucs2.encode([0x61, 0x1F600]), p.version);
for (const s of ['\x81-', 'ls8h=', '999999999']) try { console.log(p.decode(s)); } catch (e) { console.log(e.name, e.message); }
