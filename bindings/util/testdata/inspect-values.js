// Every kind of value, at the top and nested.
const { inspect } = require('util');
function* gen() {}
async function af() {}
class A { constructor() { this.x = 1; } static s = 2; get g() { return 1; } }
class B extends A { #p = 1; y = [1]; }
const circular = { name: 'c', list: [] }; circular.self = circular; circular.list.push(circular, { circular });
const values = [
  undefined, null, true, 0, -0, 1.5, NaN, -Infinity, 1e21, 123456789012345680000, 10n, -5n, 'text', "it's", 'it\'s "q"', '`a` \'b\' "c"', 'new\nline\ttab\u0001\x7f\u009b', '\ud83d\ude00', '\ud83d',
  Symbol('s'), Symbol(), Symbol.iterator, [], {}, [[]], [{}], { a: {} }, [1, [2, [3, [4, [5]]]]], { a: { b: { c: { d: 1 } } } },
  new Map(), new Map([[1, { a: 1 }], ['k', new Map([[{}, []]])]]), new Set(), new Set([1, 'a', [1]]), new Map([[1, 2]]).entries(), new Map([[1, 2]]).keys(), new Set([5]).values(), new Set([5]).entries(),
  [1, 2][Symbol.iterator](), 'ab'[Symbol.iterator](), 'ab'.matchAll(/a/g), gen(), gen, af, () => {}, function named() {}, function() {}, class {}, A, B, Object.assign(function f() {}, { a: 1 }),
  new A(), new B(), Object.create(null), Object.create(A.prototype), Object.create({}), Object.create(Object.create(null)), Object.setPrototypeOf([1], null),
  new Date(0), new Date(NaN), new Date(-1e15), /re/gi, Object.assign(/x/, { a: 1 }), new Uint8Array(3), new Float64Array([1.5, -0]), new BigInt64Array(2), new ArrayBuffer(2), new DataView(new ArrayBuffer(1)),
  Buffer.from('hi'), new Number(3), new Number(-0), new String('str'), Object.assign(new String('ab'), { k: 1 }), new Boolean(false), Object(Symbol('b')), Object(1n),
  new WeakMap(), new WeakSet(), Promise.resolve(4), new Promise(() => {}), [, 1, , , 2, ,], new Array(3), Object.assign([1, 2], { k: 'v', '-1': 0 }), (function() { return arguments; })(1, 2),
  { get a() { return 1; } }, { set a(v) {} }, { get a() { return 1; }, set a(v) {} }, { 'a-b': 1, 'ok': 2, 3: 4, [Symbol('k')]: 5, '': 6 }, circular, globalThis.Math, JSON, Reflect, new Proxy({ a: 1 }, {}), new Proxy(function f() {}, {}),
  'x'.repeat(200), ['x'.repeat(100)], { s: 'line one is long enough\nline two is long enough too\n' + 'y'.repeat(60) }, Array.from({ length: 120 }, (_, i) => i), Array.from({ length: 30 }, (_, i) => 'item' + i), Array.from({ length: 7 }, (_, i) => ({ i })),
  Object.fromEntries(Array.from({ length: 30 }, (_, i) => ['key' + i, i])), { a: 'x'.repeat(40), b: 'y'.repeat(40) }, ['日本語', '한국어', 'a', 'bb', '😀', 'ccc', 'ddd', 'e'],
];
for (const v of values) {
  console.log(inspect(v));
  console.log(inspect({ v, list: [v] }));
}
Promise.reject(3).catch(() => {});
