// util.format and formatWithOptions.
const { format, formatWithOptions } = require('util');
class T { toString() { return 'T!'; } }
class D extends Date {}
for (const args of [[], [''], ['a'], ['%s'], ['%%'], ['%', 1], ['%s', 'x'], ['%s %s', 'x'], ['%s', 'x', 'y', { a: 1 }], [1, 2, '3'], ['%d', '42'], ['%d', 'x'], ['%d', 4n], ['%d', {}], ['%d', Symbol('a')], ['%i', 42.9], ['%i', '12px'], ['%f', '1.5x'], ['%f', Symbol('a')],
  ['%j', { a: [1] }], ['%j', undefined], ['%j', (() => { const o = {}; o.o = o; return o; })()], ['%o', { a: { b: { c: {} } } }], ['%O', { a: { b: { c: { d: 1 } } } }], ['%c styled', 'css'], ['%x', 1], ['%s', null, undefined], ['%s', () => 1], ['%s', class Q {}], ['%s', new T()], ['%s', new D(0)], ['%s', [1, [2, [3]]]], ['%s', { a: { b: 1 } }],
  ['%s', Object.create(null)], ['%s', -0], ['%s', 12n], ['%s', Symbol('q')], ['%s', { [Symbol.toPrimitive]() { return 'prim'; } }], ['%s', new Error('err').message], ['%%s', 1], ['%s%%', 1], ['a%', 'b'], [{ a: 1 }, 'b'], ['%d%d', 1, 2, 3], ['%o', [1]], ['100%', 1]]) {
  console.log(JSON.stringify(format(...args)));
}
console.log(JSON.stringify(formatWithOptions({ colors: true, depth: 0 }, '%s %O', { a: { b: 1 } }, { a: { b: 1 } }, [1])));
try { formatWithOptions(5, 'a'); } catch (e) { console.log(e.code, e.message); }
