// Errors: class, name, message, cause, further properties.
const { inspect } = require('util');
Error.stackTraceLimit = 0;
class MyError extends TypeError { constructor(m) { super(m); this.name = 'Custom'; } }
class Plain extends Error {}
const getter = { get() { throw new Error('no'); }, configurable: true, enumerable: true };
const list = [
  new Error('plain'), new TypeError(''), new Error('with\nlines'), Object.assign(new Error('props'), { code: 'E_X', errno: -2 }), new MyError('mine'), new Plain('plain class'), new Error('outer', { cause: new RangeError('inner') }), new Error('c', { cause: 'text' }),
  new AggregateError([new Error('one'), 2], 'several'), Object.setPrototypeOf(new Error('null'), null), Object.create(Error.prototype), Error.prototype,
  Object.defineProperty(new Error('m'), 'name', getter), Object.defineProperty(new Error('m'), 'message', getter), Object.defineProperty(new Error('m'), 'cause', getter), Object.assign(new Error('x'), { name: 404 }), Object.assign(new Error('x'), { stack: [1, 2] }), Object.assign(new Error('x'), { message: 'later' }),
];
for (const e of list) {
  console.log(inspect(e));
  console.log(inspect({ nested: { e } }));
}
const e = new Error('coloured');
e.stack = 'Error: coloured\n    at f (/x/node_modules/@scope/pkg/node_modules/other/a.js:1:2)\n    at node:internal/modules/cjs/loader:1:2\n    at g (node:fs:1:1)\n    at h (node:internal/nowhere:1:1)';
console.log(JSON.stringify(inspect(e, { colors: true })));
