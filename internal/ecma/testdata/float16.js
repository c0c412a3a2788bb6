'use strict';
const a = new Float16Array([1.5, 65519, 65520, 1e-8, 5.960464477539063e-8, NaN, -0]);
console.log(a.join(), Math.f16round(1.337), Object.prototype.toString.call(a), ArrayBuffer.isView(a));
console.log(a.sort().join(), a.map((x) => x * 2).join(), a.indexOf(1.5), a.includes(NaN), a.with(0, 9).join(), a.subarray(1, 3), a.slice(-2));
console.log(Float16Array.BYTES_PER_ELEMENT, a.byteLength, Float16Array.of(1, 2), Float16Array.from([1, 2]), new Float32Array(a), new Float16Array(new Float64Array([0.1])));
console.log(Object.getPrototypeOf(Float16Array) === Object.getPrototypeOf(Uint8Array), Float16Array.name, Float16Array.length);
const dv = new DataView(new ArrayBuffer(4));
dv.setFloat16(1, 1.337);
console.log(dv.getFloat16(1), dv.getUint16(1), dv.getFloat16(1, true));
for (const f of [() => dv.getFloat16(3), () => dv.setFloat16(-1, 0), () => dv.getFloat16.call({}), () => Float16Array(1), () => new Float16Array(-1)]) {
  try { f(); } catch (e) { console.log(e.name); }
}
class F extends Float16Array {}
console.log(new F(2) instanceof Float16Array, new F(2));
