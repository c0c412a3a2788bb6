// Which values are deeply equal: loose, strict, partial.
const assert = require('assert');
const test = (f) => { try { f(); return 1; } catch (e) { if (e.code !== 'ERR_ASSERTION') throw e; return 0; } };
class A { constructor() { this.a = 1; } }
const cyc = () => { const o = { a: 1 }; o.o = o; return o; };
const sym = Symbol('s');
const pairs = [
  [1, '1'], [null, undefined], [NaN, NaN], [0, -0], ['a', 'a'], [1n, 1], [true, 1], [[], {}], [[1], ['1']], [{ a: 1 }, { a: '1' }], [{ a: undefined }, {}], [{ a: 1, b: 2 }, { b: 2, a: 1 }], [new A(), { a: 1 }], [[1, , 3], [1, undefined, 3]], [[1, , 3], [1, , 3]],
  [new Date(0), new Date(0)], [new Date(0), new Date(1)], [new Date(NaN), new Date(NaN)], [/a/g, /a/g], [/a/g, /a/i], [new Map([[1, 2]]), new Map([[1, 2]])], [new Map([[1, 2]]), new Map([['1', 2]])], [new Map([[{ a: 1 }, 1]]), new Map([[{ a: 1 }, 1]])], [new Set([1, { a: 1 }]), new Set([{ a: 1 }, 1])], [new Set([1]), new Set(['1'])], [new Set([[1, 2], [2, 1]]), new Set([[2, 1], [1, 2]])],
  [new Uint8Array([1, 2]), new Uint8Array([1, 2])], [new Uint8Array([1]), new Int8Array([1])], [new Float32Array([0]), new Float32Array([-0])], [Buffer.from('a'), new Uint8Array([97])], [new Error('a'), new Error('a')], [new Error('a'), new Error('b')], [new Error('a'), new TypeError('a')], [new Error('a', { cause: 1 }), new Error('a', { cause: 2 })], [new Error('a', { cause: undefined }), new Error('a')],
  [new Number(1), new Number(1)], [new Number(1), 1], [Object(sym), Object(sym)], [new String('a'), new String('b')], [{ [sym]: 1 }, { [sym]: 1 }], [{ [sym]: 1 }, { [sym]: 2 }], [{ [sym]: 1 }, {}], [cyc(), cyc()], [[1, 2, 3], [1, 3]], [[1, 2, 3], [3, 1]], [{ a: [{ b: 1, c: 2 }], d: 1 }, { a: [{ b: 1 }] }], [new Set([1, 2, 3]), new Set([1, 3])], [new Map([[1, { a: 1, b: 2 }], [2, 2]]), new Map([[1, { a: 1 }]])],
  [() => {}, () => {}], [assert, assert], [new WeakSet(), new WeakSet()], [Promise.resolve(1), Promise.resolve(1)], [Object.create(null), {}], [Object.create({ a: 1 }), {}], [(function() { return arguments; })(1), [1]], [new ArrayBuffer(2), new ArrayBuffer(2)], [new ArrayBuffer(2), new ArrayBuffer(3)], [[NaN], [NaN]], ['a', ['a']], [Object.assign([1], { x: 1 }), [1]], [{ get a() { return 1; } }, { a: 1 }], [new Uint8Array([1, 2, 3, 4]), new Uint8Array([1, 3])],
];
pairs.forEach(([a, b], i) => console.log(i, ['deepEqual', 'deepStrictEqual', 'partialDeepStrictEqual'].map((m) => `${test(() => assert[m](a, b))}${test(() => assert[m](b, a))}`).join(' ')));
