'use strict';
// The classes under serialize and deserialize, and what a program may put in their place.
const v8 = require('v8');
class Point { constructor(x) { this.x = x; } }
class Ser extends v8.Serializer {
  _writeHostObject(view) {
    this.writeUint32(view.length);
    this.writeRawBytes(view);
  }

  _getDataCloneError(message) { return new RangeError(`mine: ${message}`); }
  _getSharedArrayBufferId(sab) { return sab.byteLength; }
}
class De extends v8.Deserializer {
  _readHostObject() { return this.readRawBytes(this.readUint32()).map((x) => x + 1); }
}
const s = new Ser();
s._setTreatArrayBufferViewsAsHostObjects(true);
s.writeHeader();
s.writeValue([new Uint8Array([1, 2]), new Point(3)]);
s.writeUint64(1, 2);
s.writeDouble(2.5);
const moved = new ArrayBuffer(4);
s.transferArrayBuffer(9, moved);
s.writeValue(moved);
s.writeValue(new SharedArrayBuffer(6));
const bytes = s.releaseBuffer();
console.log(bytes.toString('hex'));
const d = new De(bytes);
console.log(d.readHeader(), d.getWireFormatVersion(), d.readValue(), d.readUint64(), d.readDouble());
d.transferArrayBuffer(9, moved);
console.log(d.readValue() === moved);
for (const bad of [() => {}, Symbol('s')]) {
  try {
    s.writeValue(bad);
  } catch (e) {
    console.log(e.name, e.message);
  }
}
const plain = new v8.Serializer();
plain.writeValue(new Uint16Array([1, 2, 3]).subarray(1));
console.log(plain.releaseBuffer().toString('hex'));
class Throws extends v8.DefaultDeserializer { _readHostObject() { throw new Error('from the program'); } }
try {
  const t = new Throws(v8.serialize(new Uint8Array(1)));
  t.readHeader();
  t.readValue();
} catch (e) {
  console.log(e.message);
}
