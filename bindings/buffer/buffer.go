package buffer

import (
	"embed"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/bindings"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/jsbytes"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/nodeerr"
)

//go:embed *.js
var files embed.FS

// Modules returns the modules of this room.
func Modules() []bindings.Module {
	return []bindings.Module{
		{Name: "buffer", JS: files, File: "buffer.js", Native: native},
		{Name: "internal/blob", JS: files, File: "blob.js"},
		{Name: "internal/file", JS: files, File: "file.js"},
	}
}

// MaxLength is buffer.constants.MAX_LENGTH; what can be had is less.
const MaxLength = 1<<53 - 1

// maxAllocation bounds one buffer: Go cannot survive a failed allocation.
const maxAllocation = 1 << 33

// state is the module in one isolate.
type state struct {
	env  bindings.Env
	vm   *goja.Runtime
	newU goja.Constructor // Uint8Array
	fast *goja.Object     // FastBuffer, as new.target
	ctor *goja.Object     // Buffer

	pool      *goja.Object // ArrayBuffer
	poolBytes []byte
	poolNext  int

	undefined goja.Value
}

type nativeFunc = func(goja.FunctionCall) goja.Value

func native(env bindings.Env) *goja.Object {
	vm := env.VM()
	s := &state{env: env, vm: vm, undefined: goja.Undefined()}
	s.newU, _ = goja.AssertConstructor(vm.Get("Uint8Array"))
	o := vm.NewObject()
	s.method(o, "install", 2, func(c goja.FunctionCall) goja.Value {
		s.ctor, s.fast = c.Argument(0).(*goja.Object), c.Argument(1).(*goja.Object)
		s.install(s.ctor, s.ctor.Get("prototype").(*goja.Object))
		return nil
	})
	s.method(o, "unsafeSlow", 1, func(c goja.FunctionCall) goja.Value { return s.unsafe(s.size(c.Argument(0)), false) })
	s.method(o, "atob", 1, s.atob)
	s.method(o, "btoa", 1, s.btoa)
	s.method(o, "lastIndexOf", 4, s.lastIndexOf)
	s.method(o, "isUtf8", 1, s.isUtf8)
	s.method(o, "isAscii", 1, s.isASCII)
	s.method(o, "transcode", 3, s.transcode)
	s.method(o, "inspectHex", 2, s.inspectHex)
	s.method(o, "viewKind", 1, func(c goja.FunctionCall) goja.Value {
		view, _ := gojax.ViewOf(c.Argument(0))
		return vm.ToValue(int(view.Kind))
	})
	s.method(o, "concatBytes", 1, s.concatBytes)
	s.method(o, "replaceLineEndings", 1, s.nativeLineEndings)
	return o
}

// method defines a function as assignment does, with Node's name and length.
func (s *state) method(o *goja.Object, name string, length int, fn nativeFunc) *goja.Object {
	f := natives.Func(s.vm, name, length, fn)
	_ = o.Set(name, f)
	return f
}

func (s *state) install(ctor, proto *goja.Object) {
	for _, m := range []struct {
		name   string
		length int
		fn     nativeFunc
	}{
		{"from", 3, s.from}, {"of", 0, s.of}, {"alloc", 3, s.alloc}, {"allocUnsafe", 1, s.allocUnsafe},
		{"allocUnsafeSlow", 1, s.allocUnsafeSlow}, {"compare", 2, s.compareStatic}, {"isBuffer", 1, s.isBuffer},
		{"isEncoding", 1, s.isEncoding}, {"concat", 2, s.concat}, {"copyBytesFrom", 3, s.copyBytesFrom},
		{"byteLength", 2, s.byteLength},
	} {
		s.method(ctor, m.name, m.length, m.fn)
	}
	for _, m := range []struct {
		name   string
		length int
		fn     nativeFunc
	}{
		{"copy", 4, s.copy}, {"toString", 3, s.toString}, {"equals", 1, s.equals}, {"compare", 5, s.compare},
		{"indexOf", 3, s.indexOf}, {"includes", 3, s.includes},
		{"fill", 4, s.fill}, {"write", 4, s.write}, {"toJSON", 0, s.toJSON}, {"subarray", 2, s.subarray},
		{"slice", 2, s.subarray}, {"swap16", 0, s.swap(2)}, {"swap32", 0, s.swap(4)}, {"swap64", 0, s.swap(8)},
	} {
		s.method(proto, m.name, m.length, m.fn)
	}
	_ = proto.Set("toLocaleString", proto.Get("toString"))
	for _, e := range []struct {
		prefix string
		enc    jsbytes.Encoding
	}{
		{"ascii", jsbytes.ASCII}, {"base64", jsbytes.Base64}, {"base64url", jsbytes.Base64URL}, {"latin1", jsbytes.Latin1},
		{"hex", jsbytes.Hex}, {"ucs2", jsbytes.UCS2}, {"utf8", jsbytes.UTF8},
	} {
		s.method(proto, e.prefix+"Slice", 2, s.sliceAs(e.enc))
		s.method(proto, e.prefix+"Write", 3, s.writeAs(e.enc))
	}
	s.installNumbers(proto)
}

// throw raises a Node error.
func (s *state) throw(code string, args ...any) {
	panic(s.env.NewError(code, args...))
}

func (s *state) argType(name string, actual goja.Value, expected ...any) {
	if len(expected) == 1 {
		s.throw("ERR_INVALID_ARG_TYPE", name, expected[0], actual)
	}
	s.throw("ERR_INVALID_ARG_TYPE", name, s.vm.NewArray(expected...), actual)
}

// throwCoded raises an error with the text of Node's C++ side.
func (s *state) throwCoded(class, code, message string) {
	panic(s.env.Error(&nodeerr.Coded{Class: class, Code: code, Message: message}))
}

// throwRange raises one of the language's RangeErrors.
func (s *state) throwRange(message string) {
	o, err := s.vm.New(s.vm.Get("RangeError"), s.vm.ToValue(message))
	if err != nil {
		panic(err)
	}
	panic(o)
}

// bytes returns the memory of a method's receiver.
func (s *state) bytes(this goja.Value) []byte {
	view, ok := gojax.ViewOf(this)
	if !ok {
		s.throw("ERR_INVALID_ARG_TYPE", "this", s.vm.NewArray("Buffer", "Uint8Array"), this)
	}
	return view.Bytes
}

func uint8Bytes(v goja.Value) ([]byte, bool) {
	view, ok := gojax.ViewOf(v)
	return view.Bytes, ok && view.Kind == gojax.Uint8Array
}

func isString(v goja.Value) bool {
	_, ok := v.(goja.String)
	return ok
}

// view makes a Buffer over part of an ArrayBuffer.
func (s *state) view(buffer goja.Value, offset, length int) *goja.Object {
	o, err := s.newU(s.fast, buffer, s.vm.ToValue(offset), s.vm.ToValue(length))
	if err != nil {
		panic(err)
	}
	return o
}

// own makes a Buffer over b, which nobody else holds.
func (s *state) own(b []byte) *goja.Object {
	o, err := s.newU(s.fast, s.vm.ToValue(s.vm.NewArrayBuffer(b)))
	if err != nil {
		panic(err)
	}
	return o
}

func (s *state) poolSize() int {
	v := s.ctor.Get("poolSize")
	if v == nil {
		return 0
	}
	return int(min(max(v.ToInteger(), 0), maxAllocation))
}

// unsafe allocates n bytes, small ones from the pool.
func (s *state) unsafe(n int, pooled bool) *goja.Object {
	if n > 0 && pooled {
		if size := s.poolSize(); n < size>>1 {
			return s.fromPool(n, size)
		}
	}
	if n > maxAllocation {
		panic(s.env.NewError("ERR_MEMORY_ALLOCATION_FAILED"))
	}
	return s.own(make([]byte, n))
}

func (s *state) fromPool(n, size int) *goja.Object {
	if s.pool == nil || n > len(s.poolBytes)-s.poolNext {
		s.poolBytes = make([]byte, size)
		s.poolNext = 0
		s.pool = s.vm.ToValue(s.vm.NewArrayBuffer(s.poolBytes)).(*goja.Object)
	} else if ab, ok := s.pool.Export().(goja.ArrayBuffer); ok && ab.Detached() {
		s.pool = nil
		return s.fromPool(n, size)
	}
	o := s.view(s.pool, s.poolNext, n)
	s.poolNext = (s.poolNext + n + 7) &^ 7
	return o
}

// pooledCopy makes a Buffer with a copy of b, as Buffer.from does.
func (s *state) pooledCopy(b []byte) *goja.Object {
	if len(b) == 0 {
		return s.own([]byte{})
	}
	if size := s.poolSize(); len(b) < size>>1 {
		o := s.fromPool(len(b), size)
		view, _ := gojax.ViewOf(o)
		copy(view.Bytes, b)
		return o
	}
	return s.own(append(make([]byte, 0, len(b)), b...))
}
