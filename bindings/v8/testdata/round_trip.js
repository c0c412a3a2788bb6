'use strict';
const v8 = require('v8');
const shared = { deep: [1, { two: 2n }] };
const value = {
  shared, again: shared, date: new Date(1e12), re: /a(b)/gi, map: new Map([['k', new Set([1, 'é', '€'])]]), hole: [1, , 3],
  extra: Object.assign([1], { name: 'x' }), boxed: [Object(1), Object('s'), Object(true), Object(3n)], neg: -0, nan: NaN, und: undefined,
  bytes: Buffer.from('bytes'), floats: new Float64Array([1.5, -2]), view: new DataView(new ArrayBuffer(3), 1), ['__proto__']: 'own',
  err: new RangeError('bad', { cause: 'why' }), 7: 'index', big: 2 ** 40, nested: { buffer: new ArrayBuffer(2) },
};
value.self = value;
value.err.stack = 'RangeError: bad';
const back = v8.deserialize(v8.serialize(value));
console.log(back);
console.log(back.self === back, back.shared === back.again, Object.is(back.neg, -0), 1 in back.hole, back.err instanceof RangeError);
console.log(Object.keys(back).length, Object.getOwnPropertyDescriptor(back, '__proto__').value, Buffer.isBuffer(back.bytes));
let depth = {};
for (let i = 0; i < 500; i++) depth = { depth };
let n = 0;
for (let d = v8.deserialize(v8.serialize(depth)); d.depth; d = d.depth) n++;
console.log(n);
const getters = { get a() { delete this.b; this.c = 9; return 1; }, b: 2, c: 3 };
console.log(v8.deserialize(v8.serialize(getters)));
