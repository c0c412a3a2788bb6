'use strict';
// Built-ins of recent editions, and what scripts can see of their functions.
const show = (f) => { const d = Object.getOwnPropertyDescriptor(f.o, f.k); const v = d.value; return [f.k, v.name, v.length, d.writable, d.enumerable, d.configurable, String(v), 'prototype' in v]; };
for (const f of [
  { o: Object, k: 'groupBy' }, { o: Map, k: 'groupBy' }, { o: Promise, k: 'try' }, { o: Promise, k: 'withResolvers' }, { o: Array, k: 'fromAsync' },
  { o: String.prototype, k: 'isWellFormed' }, { o: String.prototype, k: 'anchor' }, { o: Object.prototype, k: '__defineGetter__' },
  { o: Date.prototype, k: 'getYear' }, { o: Date.prototype, k: 'toGMTString' }, { o: Math, k: 'f16round' },
]) console.log(...show(f));
console.log(Object.groupBy([1, 2, 3], (x) => x % 2 ? 'odd' : 'even'), Map.groupBy([1, 2, 3, NaN, -0, 0], (x) => x));
console.log('a\ud800'.isWellFormed(), 'a\ud83d\ude00'.isWellFormed(), escape('a\ud800b\udc00'.toWellFormed()));
console.log('x'.bold(), 'x'.link('"é"'), 'x'.fontsize(7), new Date(0).getYear(), new Date(NaN).getYear());
const o = {};
o.__defineGetter__('x', () => 3);
console.log(o.x, o.__lookupGetter__('x')(), o.__lookupSetter__('x'), Object.keys(Array.prototype[Symbol.unscopables]).join());
for (const f of [() => Object.groupBy(null), () => Object.groupBy([], 1), () => 'x'.bold.call(null), () => Promise.try.call(1), () => o.__defineGetter__('x', 1)]) {
  try { f(); } catch (e) { console.log(e.name); }
}
const closing = { [Symbol.iterator]() { return { next() { return { value: 1 }; }, return() { console.log('closed'); return {}; } }; } };
try { Object.groupBy(closing, () => { throw new Error('stop'); }); } catch (e) { console.log(e.message); }
(async () => {
  console.log(await Array.fromAsync([1, Promise.resolve(2)], (x) => x * 2), await Array.fromAsync({ length: 2, 0: 'a', 1: Promise.resolve('b') }));
  console.log(await Array.fromAsync({ async* [Symbol.asyncIterator]() { yield 1; yield 2; } }));
  await Array.fromAsync([Promise.reject(new Error('no'))]).catch((e) => console.log(e.message));
  console.log(await Promise.try((a, b) => a + b, 5, 6), await Promise.try(() => { throw 7; }).catch((x) => -x));
})();
