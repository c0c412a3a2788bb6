package ecma

import (
	"math"
	"math/big"
	"sync/atomic"
	"time"
	"unsafe"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/shmem"
)

// cell is one element of an integer typed array.
type cell struct {
	p      unsafe.Pointer
	size   int
	signed bool
	big    bool
	wait   bool // Int32Array or BigInt64Array
	block  *shmem.Block
	offset int // in the block
}

// Atomics makes the Atomics object.
func (s *Shared) Atomics() *goja.Object {
	vm := s.vm
	o := vm.NewObject()
	rmw := func(key string, f func(old, v uint64) uint64) {
		method(vm, o, key, 3, func(c goja.FunctionCall) goja.Value {
			e := s.cell(c, false)
			v := e.operand(vm, c.Argument(2))
			return e.value(vm, e.modify(func(old uint64) uint64 { return f(old, v) }))
		})
	}
	rmw("add", func(old, v uint64) uint64 { return old + v })
	rmw("sub", func(old, v uint64) uint64 { return old - v })
	rmw("and", func(old, v uint64) uint64 { return old & v })
	rmw("or", func(old, v uint64) uint64 { return old | v })
	rmw("xor", func(old, v uint64) uint64 { return old ^ v })
	rmw("exchange", func(_, v uint64) uint64 { return v })
	method(vm, o, "compareExchange", 4, func(c goja.FunctionCall) goja.Value {
		e := s.cell(c, false)
		want := e.operand(vm, c.Argument(2))
		v := e.operand(vm, c.Argument(3))
		return e.value(vm, e.modify(func(old uint64) uint64 {
			if old == want {
				return v
			}
			return old
		}))
	})
	method(vm, o, "load", 2, func(c goja.FunctionCall) goja.Value {
		e := s.cell(c, false)
		return e.value(vm, e.load())
	})
	method(vm, o, "store", 3, func(c goja.FunctionCall) goja.Value {
		e := s.cell(c, false)
		arg := c.Argument(2)
		if !e.big { // the result is the number, not what fits
			arg = vm.ToValue(math.Trunc(nanToZero(arg.ToFloat())) + 0)
		}
		v := e.operand(vm, arg)
		e.modify(func(uint64) uint64 { return v })
		if e.big {
			return vm.ToValue(toBig(vm, arg))
		}
		return arg
	})
	method(vm, o, "isLockFree", 1, func(c goja.FunctionCall) goja.Value {
		switch c.Argument(0).ToInteger() {
		case 1, 2, 4, 8:
			return vm.ToValue(true)
		}
		return vm.ToValue(false)
	})
	method(vm, o, "pause", 0, func(goja.FunctionCall) goja.Value { return nil })
	method(vm, o, "wait", 4, s.wait)
	method(vm, o, "waitAsync", 4, s.waitAsync)
	method(vm, o, "notify", 3, func(c goja.FunctionCall) goja.Value {
		e := s.cell(c, true)
		n := -1
		if v := c.Argument(2); !goja.IsUndefined(v) {
			n = int(math.Min(math.Max(nanToZero(v.ToFloat()), 0), math.MaxInt32))
		}
		if e.block == nil {
			return vm.ToValue(0)
		}
		return vm.ToValue(e.block.Notify(e.offset, n))
	})
	_ = o.DefineDataPropertySymbol(goja.SymToStringTag, vm.ToValue("Atomics"), goja.FLAG_FALSE, goja.FLAG_TRUE, goja.FLAG_FALSE)
	return o
}

func nanToZero(f float64) float64 {
	if math.IsNaN(f) {
		return 0
	}
	return f
}

// cell is ValidateIntegerTypedArray and ValidateAtomicAccess.
func (s *Shared) cell(c goja.FunctionCall, waitable bool) cell {
	vm := s.vm
	o, ok := c.Argument(0).(*goja.Object)
	if !ok || gojax.KindOf(o) != gojax.KindTypedArray {
		panic(vm.NewTypeError("[object Object] is not an integer typed array."))
	}
	var e cell
	var n int
	switch x := o.Export().(type) {
	case []int8:
		e, n = cell{p: ptr(x), size: 1, signed: true}, len(x)
	case []byte:
		e, n = cell{p: ptr(x), size: 1}, len(x)
	case []int16:
		e, n = cell{p: ptr(x), size: 2, signed: true}, len(x)
	case []uint16:
		e, n = cell{p: ptr(x), size: 2}, len(x)
	case []int32:
		e, n = cell{p: ptr(x), size: 4, signed: true, wait: true}, len(x)
	case []uint32:
		e, n = cell{p: ptr(x), size: 4}, len(x)
	case []int64:
		e, n = cell{p: ptr(x), size: 8, signed: true, big: true, wait: true}, len(x)
	case []uint64:
		e, n = cell{p: ptr(x), size: 8, big: true}, len(x)
	default:
		panic(vm.NewTypeError("[object Array] is not an integer typed array."))
	}
	if waitable && !e.wait {
		panic(vm.NewTypeError("[object Array] is not an int32 or BigInt64 typed array."))
	}
	i := index(vm, c.Argument(1), "Invalid atomic access index")
	if i >= n {
		panic(rangeError(vm, "Invalid atomic access index"))
	}
	e.p = unsafe.Add(e.p, i*e.size)
	if waitable {
		e.block = s.Block(o.Get("buffer"))
		e.offset = int(o.Get("byteOffset").ToInteger()) + i*e.size
	}
	return e
}

func ptr[T any](s []T) unsafe.Pointer { return unsafe.Pointer(unsafe.SliceData(s)) }

// mask is the bits of an element.
func (e *cell) mask() uint64 {
	if e.size == 8 {
		return math.MaxUint64
	}
	return 1<<(8*e.size) - 1
}

// modify replaces the element by f of it, atomically, and returns the old one.
// Elements smaller than a word are changed within the word that holds them.
func (e *cell) modify(f func(uint64) uint64) uint64 {
	if e.size == 8 {
		p := (*uint64)(e.p)
		for {
			old := atomic.LoadUint64(p)
			if atomic.CompareAndSwapUint64(p, old, f(old)) {
				return old
			}
		}
	}
	within := uintptr(e.p) & 3
	p := (*uint32)(unsafe.Add(e.p, -int(within)))
	shift, mask := 8*within, uint32(e.mask())
	for {
		word := atomic.LoadUint32(p)
		old := uint64(word >> shift & mask)
		next := word&^(mask<<shift) | uint32(f(old))&mask<<shift
		if atomic.CompareAndSwapUint32(p, word, next) {
			return old
		}
	}
}

func (e *cell) load() uint64 {
	if e.size == 8 {
		return atomic.LoadUint64((*uint64)(e.p))
	}
	within := uintptr(e.p) & 3
	return uint64(atomic.LoadUint32((*uint32)(unsafe.Add(e.p, -int(within))))>>(8*within)) & e.mask()
}

// value is the element's bits as a JavaScript value.
func (e *cell) value(vm *goja.Runtime, bits uint64) goja.Value {
	switch {
	case e.big && e.signed:
		return vm.ToValue(big.NewInt(int64(bits)))
	case e.big:
		return vm.ToValue(new(big.Int).SetUint64(bits))
	case e.signed:
		shift := 64 - 8*e.size
		return vm.ToValue(int64(bits<<shift) >> shift)
	}
	return vm.ToValue(int64(bits))
}

// operand converts a value to the element's type.
func (e *cell) operand(vm *goja.Runtime, v goja.Value) uint64 {
	if e.big {
		b := toBig(vm, v)
		low := new(big.Int).And(b, new(big.Int).SetUint64(math.MaxUint64))
		return low.Uint64()
	}
	f := math.Trunc(nanToZero(v.ToFloat()))
	if math.IsInf(f, 0) {
		return 0
	}
	if math.Abs(f) >= 1<<63 {
		f = math.Mod(f, 1<<32)
	}
	return uint64(int64(f)) & e.mask()
}

func toBig(vm *goja.Runtime, v goja.Value) *big.Int {
	if o, ok := v.(*goja.Object); ok {
		v = vm.ToValue(o.Export())
	}
	b, ok := v.Export().(*big.Int)
	if !ok {
		panic(vm.NewTypeError("Cannot convert %s to a BigInt", v.String()))
	}
	return b
}

func (s *Shared) timeout(v goja.Value) time.Duration {
	if goja.IsUndefined(v) {
		return -1
	}
	ms := v.ToFloat()
	if math.IsNaN(ms) || ms > math.MaxInt64/2e6 {
		return -1
	}
	return time.Duration(math.Max(ms, 0) * float64(time.Millisecond))
}

func (s *Shared) waitArgs(c goja.FunctionCall) (e cell, check func() bool, d time.Duration) {
	e = s.cell(c, true)
	if e.block == nil {
		panic(s.vm.NewTypeError("[object Int32Array] is not a shared typed array."))
	}
	want := e.operand(s.vm, c.Argument(2))
	return e, func() bool { return e.load() == want }, s.timeout(c.Argument(3))
}

func (s *Shared) wait(c goja.FunctionCall) goja.Value {
	e, check, d := s.waitArgs(c)
	if !s.CanBlock {
		panic(s.vm.NewTypeError("Atomics.wait cannot be called in this context"))
	}
	return s.vm.ToValue(e.block.Wait(e.offset, check, d, s.stop))
}

func (s *Shared) waitAsync(c goja.FunctionCall) goja.Value {
	e, check, d := s.waitArgs(c)
	vm := s.vm
	res := vm.NewObject()
	answer := func(async bool, v any) goja.Value {
		_ = res.Set("async", async)
		_ = res.Set("value", v)
		return res
	}
	promise, resolve, _ := vm.NewPromise()
	var release func()
	settle := func(result string) func() {
		return func() {
			s.post(func() {
				release()
				_ = resolve(result)
			})
		}
	}
	w := e.block.WaitAsync(e.offset, check, settle("ok"))
	if w == nil {
		return answer(false, "not-equal")
	}
	if d == 0 && w.Cancel() {
		return answer(false, "timed-out")
	}
	release = s.hold()
	if d > 0 {
		time.AfterFunc(d, func() {
			if w.Cancel() {
				settle("timed-out")()
			}
		})
	}
	return answer(true, promise)
}
