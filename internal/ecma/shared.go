package ecma

import (
	"math"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/natives"
	"github.com/gonode/gonode/internal/shmem"
)

// Shared is SharedArrayBuffer and Atomics of one isolate (ECMA-262, sections
// 25.2 and 25.4). It belongs to the isolate's goroutine.
type Shared struct {
	vm     *goja.Runtime
	stop   <-chan struct{}
	post   func(func()) bool // runs a function on the isolate's loop, as a callback scope
	hold   func() func()     // keeps the loop alive until the result is called
	ctor   *goja.Object
	proto  *goja.Object
	blocks map[unsafe.Pointer]*shmem.Block
	// CanBlock says whether Atomics.wait may block this isolate's goroutine.
	CanBlock bool
}

// NewShared makes the built-ins for vm. stop ends a blocked Atomics.wait; post
// runs a function on the loop from any goroutine, and hold keeps the loop alive.
func NewShared(vm *goja.Runtime, stop <-chan struct{}, post func(func()) bool, hold func() func()) *Shared {
	s := sharedOf(vm)
	*s = Shared{vm: vm, stop: stop, post: post, hold: hold, blocks: map[unsafe.Pointer]*shmem.Block{}, CanBlock: true}
	s.ctor = vm.ToValue(s.construct).(*goja.Object)
	s.proto = s.ctor.Get("prototype").(*goja.Object)
	name(vm, s.ctor, "SharedArrayBuffer", 1)
	hidden(s.ctor, "prototype", s.proto, goja.FLAG_FALSE)
	getter(vm, s.proto, "byteLength", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(len(s.block(c.This, "byteLength").Bytes()))
	})
	getter(vm, s.proto, "maxByteLength", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(s.block(c.This, "maxByteLength").Limit())
	})
	getter(vm, s.proto, "growable", func(c goja.FunctionCall) goja.Value {
		return vm.ToValue(s.block(c.This, "growable").Growable)
	})
	method(vm, s.proto, "grow", 1, s.grow)
	method(vm, s.proto, "slice", 2, s.slice)
	_ = s.proto.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("SharedArrayBuffer"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return s
}

type sharedKey struct{}

// sharedOf is what a runtime has of shared memory, empty until NewShared.
func sharedOf(vm *goja.Runtime) *Shared {
	return gojax.RealmValue(vm, sharedKey{}, func() *Shared { return &Shared{} })
}

func isShared(vm *goja.Runtime, o *goja.Object) bool { return sharedOf(vm).Block(o) != nil }

// Constructor is the SharedArrayBuffer function.
func (s *Shared) Constructor() *goja.Object { return s.ctor }

func (s *Shared) construct(c goja.ConstructorCall) *goja.Object {
	n := index(s.vm, c.Argument(0), "Invalid array buffer length")
	limit, growable := maxLength(s.vm, c.Arguments)
	if growable && float64(n) > limit {
		panic(rangeError(s.vm, "Invalid array buffer max length"))
	}
	if n > maxBuffer || limit > maxResizable {
		panic(rangeError(s.vm, "Array buffer allocation failed"))
	}
	var o *goja.Object
	if growable {
		o = s.Wrap(shmem.NewGrowable(n, int(limit)))
	} else {
		o = s.Wrap(shmem.New(n))
	}
	// new.target is there only if it is not SharedArrayBuffer itself.
	if c.NewTarget != nil {
		if p, ok := c.NewTarget.Get("prototype").(*goja.Object); ok {
			_ = o.SetPrototype(p)
		}
	}
	return o
}

// Wrap makes a SharedArrayBuffer over a block, which may come from another isolate.
func (s *Shared) Wrap(b *shmem.Block) *goja.Object {
	o := s.vm.ToValue(s.vm.NewArrayBuffer(b.Bytes())).(*goja.Object)
	_ = o.SetPrototype(s.proto)
	s.blocks[unsafe.Pointer(unsafe.SliceData(b.Bytes()))] = b
	if b.Growable {
		gojax.MakeResizable(o, b.Limit())
	}
	return o
}

func (s *Shared) grow(c goja.FunctionCall) goja.Value {
	b := s.Block(c.This)
	if b == nil || !b.Growable {
		panic(s.vm.NewTypeError("Method SharedArrayBuffer.prototype.grow called on incompatible receiver %s", describe(c.This)))
	}
	if n := index(s.vm, c.Argument(0), "SharedArrayBuffer.prototype.grow: Invalid length parameter"); !b.Grow(n) {
		panic(rangeError(s.vm, "SharedArrayBuffer.prototype.grow: Invalid length parameter"))
	}
	s.follow(c.This.(*goja.Object), b)
	return undefined()
}

// follow lets a growable buffer's object know how long it has become, in
// another isolate perhaps.
func (s *Shared) follow(o *goja.Object, b *shmem.Block) {
	if n := len(b.Bytes()); b.Growable && n != len(o.Export().(goja.ArrayBuffer).Bytes()) {
		gojax.Resize(o, n)
	}
}

// Block returns the block behind a SharedArrayBuffer object, nil if it is none.
func (s *Shared) Block(v goja.Value) *shmem.Block {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	if gojax.KindOf(o) != gojax.KindArrayBuffer {
		return nil
	}
	ab := o.Export().(goja.ArrayBuffer)
	return s.blocks[unsafe.Pointer(unsafe.SliceData(ab.Bytes()))]
}

func (s *Shared) block(v goja.Value, what string) *shmem.Block {
	b := s.Block(v)
	if b == nil {
		panic(s.vm.NewTypeError("Method SharedArrayBuffer.prototype.%s called on incompatible receiver %s", what, describe(v)))
	}
	s.follow(v.(*goja.Object), b)
	return b
}

func (s *Shared) slice(c goja.FunctionCall) goja.Value {
	src := s.block(c.This, "slice").Bytes()
	from := relative(c.Argument(0), len(src), 0)
	to := relative(c.Argument(1), len(src), len(src))
	n := shmem.New(max(to-from, 0))
	copy(n.Bytes(), src[from:max(from, to)])
	return s.Wrap(n)
}

func relative(v goja.Value, n, def int) int {
	if goja.IsUndefined(v) {
		return def
	}
	f := integer(v)
	if f < 0 {
		return int(math.Max(f+float64(n), 0))
	}
	return int(math.Min(f, float64(n)))
}

// index is ToIndex.
func index(vm *goja.Runtime, v goja.Value, msg string) int {
	if goja.IsUndefined(v) {
		return 0
	}
	f := math.Trunc(v.ToFloat())
	if math.IsNaN(f) {
		return 0
	}
	if f < 0 || f > 1<<53-1 {
		panic(rangeError(vm, msg))
	}
	return int(f)
}

func rangeError(vm *goja.Runtime, msg string) *goja.Object {
	return gojax.RangeError(vm, msg)
}

func name(vm *goja.Runtime, f *goja.Object, name string, length int) {
	_ = f.DefineDataProperty("name", vm.ToValue(name), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	_ = f.DefineDataProperty("length", vm.ToValue(length), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func hidden(o *goja.Object, key string, v goja.Value, writable goja.Flag) {
	_ = o.DefineDataProperty(key, v, writable, goja.FLAG_FALSE, goja.FLAG_FALSE)
}

func method(vm *goja.Runtime, o *goja.Object, key string, length int, fn func(goja.FunctionCall) goja.Value) {
	f := natives.Func(vm, key, length, fn)
	_ = o.DefineDataProperty(key, f, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
}

func getter(vm *goja.Runtime, o *goja.Object, key string, fn func(goja.FunctionCall) goja.Value) {
	f := natives.Func(vm, "get "+key, 0, fn)
	_ = o.DefineAccessorProperty(key, f, nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
}
