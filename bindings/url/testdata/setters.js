// Setters, searchParams as a live view, inspection.
const u = new URL('https://a:b@h.com:81/p/q?r=1#s');
const sp = u.searchParams;
for (const [k, v] of [['protocol', 'http'], ['protocol', 'foo:'], ['port', '80'], ['port', '8x9'], ['host', 'x.org:99'], ['hostname', 'a:b'], ['hostname', 'ü.de'], ['username', 'ä@'],
  ['password', ''], ['pathname', 'a/../b c'], ['search', '?x=1&x=2'], ['hash', 'h i'], ['search', ''], ['href', 'http://z/?k=v']]) {
  u[k] = v;
  console.log(k, JSON.stringify(v), u.href, [...sp].join('|'));
}
sp.append('n', 'ü &');
sp.sort();
sp.delete('k', 'x');
console.log(u.href, u, sp, sp.keys(), sp.entries(), sp.size, sp.has('n', 'x'));
for (const init of ['?a=1&b', [['x', 'y']], { p: 'q' }, new Map([['m', 1]]), undefined, 'a=%ff+%2B']) console.log(new URLSearchParams(init).toString());
for (const f of [() => { u.href = 'x'; }, () => new URLSearchParams([[1]]), () => sp.get(), () => URLSearchParams.prototype.get.call({}, 'x')]) try { f(); } catch (e) { console.log(e.code, e.message); }
