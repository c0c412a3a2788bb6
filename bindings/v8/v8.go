package v8

import (
	"embed"
	"hash/crc32"
	"runtime"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "v8", JS: files, File: "v8.js", Native: native},
		{Name: "internal/promise_hooks", JS: files, File: "promise_hooks.js"},
	}
}

// binding is the Go side of one isolate.
type binding struct {
	env    bindings.Env
	vm     *goja.Runtime
	inside *gojax.VM
	// defaultHost and defaultReadHost are DefaultSerializer's and
	// DefaultDeserializer's methods, which need not be called.
	defaultHost, defaultReadHost goja.Value
	makeDefault                  goja.Callable // a DefaultSerializer, where one is needed
	ctors                        map[string]*goja.Object
	methods                      map[string]goja.Callable
	buffer                       *goja.Object
	viewTag                      goja.Callable
}

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	inside, err := gojax.New(vm)
	if err != nil {
		panic(vm.NewGoError(err))
	}
	b := &binding{env: env, vm: vm, inside: inside, ctors: map[string]*goja.Object{}, methods: map[string]goja.Callable{}}
	o := vm.NewObject()
	for name, fn := range map[string]func(goja.FunctionCall) goja.Value{
		"setDefaults": b.setDefaults, "setMaker": b.setMaker, "serialize": b.serialize,
		"makeSerializer": b.makeSerializer, "makeDeserializer": b.makeDeserializer,
		"writeHostView": b.writeHostView, "readHostView": b.readHostView,
		"heapStatistics": b.heapStatistics, "heapSpaces": b.heapSpaces, "codeStatistics": b.codeStatistics,
		"gcCount": b.gcCount, "isOneByte": b.isOneByte, "versionTag": b.versionTag,
	} {
		natives.Set(vm, o, name, 0, fn)
	}
	for name, fn := range map[string]func(*serializer, goja.FunctionCall) goja.Value{
		"writeHeader": (*serializer).writeHeader, "writeValue": (*serializer).writeValue, "releaseBuffer": (*serializer).release,
		"transferOut": (*serializer).transfer, "writeUint32": (*serializer).writeUint32, "writeUint64": (*serializer).writeUint64,
		"writeDouble": (*serializer).writeDouble, "writeRawBytes": (*serializer).writeRawBytes, "setHostViews": (*serializer).setHostViews,
	} {
		natives.Set(vm, o, name, 0, func(c goja.FunctionCall) goja.Value {
			s, _ := natives.Carried(c.Argument(0)).(*serializer)
			return fn(s, c)
		})
	}
	for name, fn := range map[string]func(*deserializer, goja.FunctionCall) goja.Value{
		"readHeader": (*deserializer).readHeader, "readValue": (*deserializer).readValue, "wireFormatVersion": (*deserializer).wireFormat,
		"transferIn": (*deserializer).transfer, "readUint32": (*deserializer).readUint32, "readUint64": (*deserializer).readUint64,
		"readDouble": (*deserializer).readDouble, "readRaw": (*deserializer).readRaw,
	} {
		natives.Set(vm, o, name, 0, func(c goja.FunctionCall) goja.Value {
			d, _ := natives.Carried(c.Argument(0)).(*deserializer)
			return fn(d, c)
		})
	}
	return o
}

// setDefaults(writeHostObject, readHostObject).
func (b *binding) setDefaults(c goja.FunctionCall) goja.Value {
	b.defaultHost, b.defaultReadHost = c.Argument(0), c.Argument(1)
	return nil
}

func (b *binding) setMaker(c goja.FunctionCall) goja.Value {
	b.makeDefault, _ = goja.AssertFunction(c.Argument(0))
	return nil
}

// serialize(value) does what a DefaultSerializer would, without making one
// unless one of its methods is needed.
func (b *binding) serialize(c goja.FunctionCall) goja.Value {
	s := &serializer{binding: b, hostViews: true}
	s.writeHeader(c)
	s.value(c.Argument(0))
	return b.env.NewBuffer(s.b)
}

func (b *binding) ctor(name string) *goja.Object {
	c := b.ctors[name]
	if c == nil {
		c, _ = b.vm.GlobalObject().Get(name).(*goja.Object)
		b.ctors[name] = c
	}
	return c
}

func (b *binding) construct(name string, args ...goja.Value) *goja.Object {
	c := b.ctor(name)
	if c == nil {
		panic(broken{}) // a kind that the engine does not have
	}
	o, err := b.vm.New(c, args...)
	if err != nil {
		panic(err)
	}
	return o
}

// method is a built-in method of a class.
func (b *binding) method(class, name string) goja.Callable {
	fn := b.methods[class+name]
	if fn == nil {
		proto, _ := b.ctor(class).Get("prototype").(*goja.Object)
		fn, _ = goja.AssertFunction(proto.Get(name))
		b.methods[class+name] = fn
	}
	return fn
}

func (b *binding) bufferClass() *goja.Object {
	if b.buffer == nil {
		b.buffer, _ = b.env.Require("buffer").Get("Buffer").(*goja.Object)
	}
	return b.buffer
}

// newBuffer makes a Buffer on memory that is there.
func (b *binding) newBuffer(args ...goja.Value) goja.Value {
	fast, _ := b.env.Require("buffer").Get("FastBuffer").(*goja.Object)
	if fast == nil {
		return b.construct("Uint8Array", args...)
	}
	o, err := b.vm.New(fast, args...)
	if err != nil {
		panic(err)
	}
	return o
}

// typedTag is the name of a typed array's class, which no program can forge.
func (b *binding) typedTag(o *goja.Object) string {
	if b.viewTag == nil {
		proto := b.ctor("Uint8Array").Prototype().Get("prototype").(*goja.Object)
		if p, ok := gojax.GetOwn(proto, goja.SymToStringTag); ok && p.Getter != nil {
			b.viewTag, _ = goja.AssertFunction(p.Getter)
		}
	}
	v, err := b.viewTag(o)
	if err != nil {
		panic(err)
	}
	return v.String()
}

func (b *binding) isShared(o *goja.Object) bool {
	tag := o.GetSymbol(goja.SymToStringTag)
	return tag != nil && tag.String() == "SharedArrayBuffer"
}

func (b *binding) newError(class, message string) *goja.Object {
	o, err := b.vm.New(b.ctor(class), b.vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	return o
}

func (b *binding) plainError(message string) *goja.Object { return b.newError("Error", message) }
func (b *binding) rangeError(message string) *goja.Object { return b.newError("RangeError", message) }

func stringValue(s string) goja.Value { return goja.StringFromUTF16(utf16(s)) }

func utf16(ascii string) []uint16 {
	u := make([]uint16, len(ascii))
	for i := range len(ascii) {
		u[i] = uint16(ascii[i])
	}
	return u
}

func (b *binding) makeSerializer(c goja.FunctionCall) goja.Value {
	self, _ := c.Argument(0).(*goja.Object)
	return natives.Carry(b.vm, &serializer{binding: b, self: self, transfers: map[*goja.Object]uint64{}})
}

func (s *serializer) writeHeader(goja.FunctionCall) goja.Value {
	s.tag(tagVersion)
	s.tag(wireVersion)
	return nil
}

func (s *serializer) writeValue(c goja.FunctionCall) goja.Value {
	s.depth = 0
	s.value(c.Argument(1))
	return s.vm.ToValue(true)
}

func (s *serializer) release(goja.FunctionCall) goja.Value {
	b := s.b
	s.b = nil
	return s.env.NewBuffer(b)
}

// transfer(handle, id, arrayBuffer).
func (s *serializer) transfer(c goja.FunctionCall) goja.Value {
	if o, ok := c.Argument(2).(*goja.Object); ok {
		s.transfers[o] = uint64(uint32(c.Argument(1).ToInteger()))
	}
	return nil
}

func (s *serializer) writeUint32(c goja.FunctionCall) goja.Value {
	s.varint(uint64(uint32(c.Argument(1).ToInteger())))
	return nil
}

func (s *serializer) writeUint64(c goja.FunctionCall) goja.Value {
	s.varint(uint64(uint32(c.Argument(1).ToInteger()))<<32 | uint64(uint32(c.Argument(2).ToInteger())))
	return nil
}

func (s *serializer) writeDouble(c goja.FunctionCall) goja.Value {
	s.double(c.Argument(1).ToFloat())
	return nil
}

func (s *serializer) writeRawBytes(c goja.FunctionCall) goja.Value {
	mem, ok := s.env.Bytes(c.Argument(1))
	if !ok {
		panic(s.env.NewError("ERR_INVALID_ARG_TYPE", "source", []string{"TypedArray", "DataView"}, c.Argument(1)))
	}
	s.raw(mem)
	return nil
}

func (s *serializer) setHostViews(c goja.FunctionCall) goja.Value {
	s.hostViews = c.Argument(1).ToBoolean()
	return nil
}

// writeHostView(handle, view) is DefaultSerializer's _writeHostObject.
func (b *binding) writeHostView(c goja.FunctionCall) goja.Value {
	s, _ := natives.Carried(c.Argument(0)).(*serializer)
	o, _ := c.Argument(1).(*goja.Object)
	if _, ok := gojax.ViewOf(c.Argument(1)); !ok || s == nil || gojax.KindOf(o) == gojax.KindArrayBuffer {
		return b.vm.ToValue(false)
	}
	s.hostView(o)
	return b.vm.ToValue(true)
}

// makeDeserializer(self, view).
func (b *binding) makeDeserializer(c goja.FunctionCall) goja.Value {
	self, _ := c.Argument(0).(*goja.Object)
	mem, _ := b.env.Bytes(c.Argument(1))
	return natives.Carry(b.vm, &deserializer{binding: b, self: self, reader: reader{b: mem}, transfers: map[uint32]*goja.Object{}})
}

func (d *deserializer) readHeader(goja.FunctionCall) goja.Value {
	if !d.header() {
		panic(d.plainError("Unable to deserialize cloned data due to invalid or unsupported version."))
	}
	return d.vm.ToValue(true)
}

func (d *deserializer) readValue(goja.FunctionCall) goja.Value { return d.whole() }

func (d *deserializer) wireFormat(goja.FunctionCall) goja.Value { return d.vm.ToValue(d.version) }

// transfer(handle, id, arrayBuffer).
func (d *deserializer) transfer(c goja.FunctionCall) goja.Value {
	o, _ := c.Argument(2).(*goja.Object)
	if o == nil || gojax.KindOf(o) != gojax.KindArrayBuffer {
		panic(d.env.NewError("ERR_INVALID_ARG_TYPE", "arrayBuffer", []string{"ArrayBuffer", "SharedArrayBuffer"}, c.Argument(2)))
	}
	d.transfers[uint32(c.Argument(1).ToInteger())] = o
	return nil
}

func (d *deserializer) readUint32(goja.FunctionCall) goja.Value {
	n, ok := d.uint32()
	if !ok {
		panic(d.plainError("ReadUint32() failed"))
	}
	return d.vm.ToValue(n)
}

func (d *deserializer) readUint64(goja.FunctionCall) goja.Value {
	n, ok := d.varint(64)
	if !ok {
		panic(d.plainError("ReadUint64() failed"))
	}
	return d.vm.NewArray(uint32(n>>32), uint32(n))
}

func (d *deserializer) readDouble(goja.FunctionCall) goja.Value {
	f, ok := d.double()
	if !ok {
		panic(d.plainError("ReadDouble() failed"))
	}
	return d.vm.ToValue(f)
}

// readRaw(handle, length) returns the offset of the bytes in the input.
func (d *deserializer) readRaw(c goja.FunctionCall) goja.Value {
	at := d.pos
	n := c.Argument(1).ToInteger()
	if n < 0 || n > int64(d.left()) {
		panic(d.plainError("ReadRawBytes() failed"))
	}
	_, _ = d.raw(int(n))
	return d.vm.ToValue(at)
}

// readHostView(handle) is DefaultDeserializer's _readHostObject.
func (b *binding) readHostView(c goja.FunctionCall) goja.Value {
	d, _ := natives.Carried(c.Argument(0)).(*deserializer)
	if d == nil {
		return nil
	}
	i, ok := d.uint32()
	n, ok2 := d.uint32()
	at := d.pos
	mem, ok3 := d.raw(int(n))
	if !ok || !ok2 || !ok3 || int(i) >= len(viewTypes) || len(mem)%d.elementSize(int(i)) != 0 {
		panic(d.plainError("Unable to deserialize cloned data."))
	}
	return d.hostView(int(i), mem, at)
}

// isOneByte tells whether a string's code units all fit a byte.
func (b *binding) isOneByte(c goja.FunctionCall) goja.Value {
	_, wide, _ := gojax.CodeUnits(c.Argument(0))
	for _, u := range wide {
		if u > 0xFF {
			return b.vm.ToValue(false)
		}
	}
	return b.vm.ToValue(true)
}

// versionTag identifies the engine that cached data belongs to.
func (b *binding) versionTag(c goja.FunctionCall) goja.Value {
	return b.vm.ToValue(crc32.ChecksumIEEE([]byte(runtime.Version() + runtime.GOARCH + c.Argument(0).String())))
}
