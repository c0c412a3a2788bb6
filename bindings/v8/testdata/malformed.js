'use strict';
// What cannot be read says so.
const v8 = require('v8');
for (const b of ['', 'ff', 'ff0f', 'ff10', 'ff0f6f', 'ff0f22ff', 'ff0f41ffffffff0f', 'ff0e5f','ff0d30', '5f', 'ff0f49']) { try { console.log(b, v8.deserialize(Buffer.from(b,'hex'))) } catch (e) { console.log(b, e.name, e.code, e.message) } }
const d = new v8.Deserializer(Buffer.from('ff0f', 'hex')); 
for (const f of ['readUint32','readUint64','readDouble','readHeader','readValue','getWireFormatVersion']) { try { console.log(f, d[f]()) } catch (e) { console.log(f, e.name, e.message, e.code) } }
try { d.readRawBytes(5) } catch (e) { console.log(e.message) }
try { new v8.Deserializer('x') } catch (e) { console.log(e.message, e.code) }
try { v8.Serializer() } catch (e) { console.log(e.message) }
try { new v8.Serializer().writeHostObject } catch (e) { console.log(e.message) }
try { const s = new v8.Serializer(); s.writeHeader(); s._setTreatArrayBufferViewsAsHostObjects(true); s.writeValue(new Uint8Array(1)) } catch (e) { console.log(e.message) }
try { const s = new v8.Deserializer(Buffer.from('ff0f5c','hex')); s.readHeader(); s.readValue() } catch (e) { console.log(e.message) }
