'use strict';
// Names, messages and statics of RegExp and its prototype.
const attempt = (f) => {
  try {
    console.log(f());
  } catch (e) {
    console.log(`${e.name}: ${e.message}`);
  }
};
for (const k of Reflect.ownKeys(RegExp.prototype)) {
  const d = Object.getOwnPropertyDescriptor(RegExp.prototype, k);
  console.log(String(k), d.get ? d.get.name : `${d.value.name} ${d.value.length}`, d.enumerable, d.configurable);
}
console.log(Object.getOwnPropertyNames(RegExp).join());
for (const m of ['exec', 'test', 'toString', 'compile', Symbol.match, Symbol.replace]) {
  attempt(() => RegExp.prototype[m].call(1, 'a'));
  attempt(() => RegExp.prototype[m].call({}, 'a'));
}
for (const k of ['global', 'flags', 'source', 'hasIndices', 'unicodeSets']) {
  const { get } = Object.getOwnPropertyDescriptor(RegExp.prototype, k);
  attempt(() => get.call(1));
  attempt(() => get.call(RegExp.prototype));
}
attempt(() => new RegExp('a', 'gg'));
attempt(() => new RegExp('a', 'uv'));
attempt(() => 'a'.matchAll(/a/));
attempt(() => Object.freeze(/a/g).exec('a'));
/(a)(b)?/.exec('xab');
console.log(RegExp.$1, RegExp.$2, RegExp.$3 === '', RegExp.input, RegExp['$&'], RegExp['$+'], RegExp['$`'], RegExp["$'"] === '');
console.log(/(?<q>a)/d.exec('a').indices.groups.q, /(?<b>.)(?<a>.)/.exec('xy').groups);
class Sub extends RegExp {
  exec(s) {
    const m = super.exec(s);
    if (m) m[0] = m[0].toUpperCase();
    return m;
  }
}
console.log('a-b'.replace(new Sub('[a-z]', 'g'), '<$&>'), new Sub('x', 'dgimsuy').flags);
const own = /b/g;
own.exec = () => null;
console.log('abc'.replace(own, 'x'), 'abc'.match(/b/v).index, [...'abab'.matchAll(/b/g)].map((m) => m.index));
