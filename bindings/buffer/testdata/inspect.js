'use strict';
const util = require('util');
const buffer = require('buffer');
const b = Buffer.from('inspect me');
console.log(b, [b], { b }, util.inspect(b, { showHidden: true }));
console.log(Buffer.alloc(60, 7), Buffer.alloc(51, 7), Buffer.alloc(0));
b.extra = { a: [1, 2, { c: 3 }] };
b[Symbol('sym')] = 'x';
console.log(b, b.inspect());
console.log(util.inspect(b, { depth: 0 }));
buffer.INSPECT_MAX_BYTES = 2;
console.log(Buffer.from('abc'), Buffer.from('ab'), Buffer.from('abcdef').inspect());
try { buffer.INSPECT_MAX_BYTES = -1; } catch (e) { console.log(e.message); }
try { buffer.INSPECT_MAX_BYTES = 'x'; } catch (e) { console.log(e.message); }
buffer.INSPECT_MAX_BYTES = Infinity;
console.log(Buffer.alloc(55));
class MyBuffer extends Buffer {}
console.log(Object.setPrototypeOf(Buffer.from('abc'), MyBuffer.prototype));
console.log(Buffer.from('abc').toLocaleString(), Buffer.name, Buffer.length);
