'use strict';
const b = new ArrayBuffer(8, { maxByteLength: 16 });
const tracking = new Uint16Array(b, 2), fixed = new Uint8Array(b, 4, 4), view = new DataView(b, 4);
const show = (what) => {
  let dv;
  try { dv = [view.byteOffset, view.byteLength]; } catch (e) { dv = e.name; }
  console.log(what, b.byteLength, b.maxByteLength, b.resizable, [tracking.length, tracking.byteOffset, tracking.byteLength],
              [fixed.length, fixed.byteOffset, fixed.byteLength], dv);
};
show('made');
fixed.fill(7);
for (const n of [16, 6, 2, 1, 0, 8]) { b.resize(n); show('resized'); console.log(Object.values(tracking), fixed.buffer === b); }
b.resize(1);
for (const f of [() => fixed.fill(1), () => tracking.reverse(), () => view.getInt8(0), () => b.resize(17), () => b.resize(-1),
                 () => new ArrayBuffer(9, { maxByteLength: 8 }), () => new Uint32Array(b, 4)]) {
  try { console.log(f()); } catch (e) { console.log(e.name); }
}
console.log(fixed[0], Object.keys(fixed), 0 in fixed, Reflect.set(fixed, 0, 1));
b.resize(8);
const sub = new Uint8Array(b).subarray(2);
b.resize(12);
console.log(sub.length, new Uint8Array(b).subarray(2, 4).length, Uint8Array.from(sub).join());
const moved = b.transfer();
console.log(b.detached, moved.resizable, moved.maxByteLength, moved.transferToFixedLength(4).resizable);
const seen = [];
const grow = new ArrayBuffer(2, { maxByteLength: 4 }), all = new Uint8Array(grow);
for (const x of all) { seen.push(x); if (seen.length === 1) grow.resize(4); }
console.log(seen, ArrayBuffer.prototype.resize.length, ArrayBuffer.prototype.resize.name);
const s = new SharedArrayBuffer(2, { maxByteLength: 8 }), over = new Uint8Array(s);
console.log(s.growable, s.maxByteLength, over.length);
s.grow(6);
console.log(s.byteLength, over.length);
try { s.grow(5); } catch (e) { console.log(e.name, e.message); }
console.log(new SharedArrayBuffer(2).growable, new ArrayBuffer(2).resizable, new ArrayBuffer(2).maxByteLength);
