package gojax

import (
	"fmt"
	"math"
	"reflect"
	"slices"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// An interface's first word points to a table: two types, a hash, and the
// addresses of the methods in the order of their names. Two of goja's internal
// interfaces get a table of ours, which is how the engine comes to have a
// typed array that it does not know, and proxies whose traps get arguments of
// their own. TestMethodTables holds the layout to what the compiler makes.
const itabMethods = 24

// methodTable copies the table of v's interface, the i-th method replaced
// where with names one. t is the interface's type.
func methodTable(tab unsafe.Pointer, t reflect.Type, with map[string]unsafe.Pointer) (unsafe.Pointer, error) {
	n := t.NumMethod()
	words := itabMethods/8 + n
	out := make([]uintptr, words)
	copy(out, unsafe.Slice((*uintptr)(tab), words))
	left := len(with)
	for i := range n {
		if f, ok := with[t.Method(i).Name]; ok {
			out[itabMethods/8+i] = uintptr(f)
			left--
		}
	}
	if left != 0 {
		return nil, fmt.Errorf("gojax: %s lacks methods of %d", t, len(with))
	}
	return unsafe.Pointer(unsafe.SliceData(out)), nil
}

// code is where a top-level function begins.
func code[F any](f F) unsafe.Pointer { return **(**unsafe.Pointer)(unsafe.Pointer(&f)) }

// Float16 is an element of a Float16Array, by which its exported slice is known.
type Float16 uint16

// ToFloat16 rounds to the nearest half-precision number, ties to even.
func ToFloat16(f float64) Float16 {
	bits := math.Float64bits(f)
	sign := Float16(bits >> 48 & 0x8000)
	exp, mant := int(bits>>52&0x7FF), bits&(1<<52-1)
	if exp == 0x7FF {
		if mant != 0 {
			return 0x7E00
		}
		return sign | 0x7C00
	}
	e := exp - 1023
	var half uint64
	shift := 42
	switch {
	case e >= 16:
		return sign | 0x7C00
	case e >= -14:
		half = uint64(e+15)<<10 | mant>>42
	case e >= -25:
		mant |= 1 << 52
		shift += -14 - e
		half = mant >> shift
	default:
		return sign
	}
	rest, middle := mant&(1<<shift-1), uint64(1)<<(shift-1)
	if rest > middle || rest == middle && half&1 == 1 {
		half++ // a carry into the exponent is right, up to infinity
	}
	return sign | Float16(half)
}

// Float64 is the number that h stands for.
func (h Float16) Float64() float64 {
	sign := 1.0
	if h&0x8000 != 0 {
		sign = -1
	}
	exp, mant := int(h>>10&0x1F), float64(h&0x3FF)
	switch exp {
	case 0:
		return sign * mant * 0x1p-24
	case 0x1F:
		if mant != 0 {
			return math.NaN()
		}
		return math.Inf(int(sign))
	}
	return math.Ldexp(sign*(1+mant/1024), exp-15)
}

// The methods of a Float16Array's elements: a points to the buffer's slice.

func f16at(a *[]byte, i int) *Float16 {
	return (*Float16)(unsafe.Add(unsafe.Pointer(unsafe.SliceData(*a)), 2*i))
}

func f16Get(a *[]byte, i int) goja.Value { return number(f16at(a, i).Float64()) }

func f16Set(a *[]byte, i int, v goja.Value) { *f16at(a, i) = ToFloat16(v.ToFloat()) }

func f16ToRaw(_ *[]byte, v goja.Value) uint64 { return uint64(ToFloat16(v.ToFloat())) }

func f16GetRaw(a *[]byte, i int) uint64 { return uint64(*f16at(a, i)) }

func f16SetRaw(a *[]byte, i int, raw uint64) { *f16at(a, i) = Float16(raw) }

func f16Less(a *[]byte, i, j int) bool {
	x, y := f16at(a, i).Float64(), f16at(a, j).Float64()
	switch {
	case math.IsNaN(x):
		return false
	case math.IsNaN(y):
		return true
	case x == 0 && y == 0:
		return math.Signbit(x) && !math.Signbit(y)
	}
	return x < y
}

func f16Swap(a *[]byte, i, j int) {
	p, q := f16at(a, i), f16at(a, j)
	*p, *q = *q, *p
}

func f16TypeMatch(_ *[]byte, v goja.Value) bool { return goja.IsNumber(v) }

func f16Export(a *[]byte, offset, length int) any {
	return unsafe.Slice(f16at(a, offset), length)
}

func f16ExportType(*[]byte) reflect.Type { return reflect.TypeFor[[]Float16]() }

// number makes a value without a runtime; an integral one must be an integer
// to the engine.
func number(f float64) goja.Value { return floatToValue(f) }

//go:linkname floatToValue github.com/dop251/goja.floatToValue
func floatToValue(f float64) goja.Value

// iface is an interface as it is passed: an array would not go into registers.
type iface struct{ tab, data unsafe.Pointer }

//go:linkname newTypedArrayObject github.com/dop251/goja.(*Runtime)._newTypedArrayObject
func newTypedArrayObject(r *goja.Runtime, buf unsafe.Pointer, offset, length, elemSize int, ctor *goja.Object,
	elems iface, proto *goja.Object) unsafe.Pointer

//go:linkname newTypedArray github.com/dop251/goja.(*Runtime)._newTypedArray
func newTypedArray(r *goja.Runtime, args []goja.Value, newTarget *goja.Object,
	make func(buf unsafe.Pointer, offset, length int, proto *goja.Object) unsafe.Pointer, proto *goja.Object) *goja.Object

//go:linkname createTypedArrayCtor github.com/dop251/goja.(*Runtime).createTypedArrayCtor
func createTypedArrayCtor(r *goja.Runtime, o *goja.Object, ctor func(args []goja.Value, newTarget, proto *goja.Object) *goja.Object,
	name unistring.String, size int) unsafe.Pointer

var float16Table = sync.OnceValues(func() (unsafe.Pointer, error) {
	l, err := views()
	if err != nil {
		return nil, err
	}
	rt := goja.New()
	v, err := rt.RunString("new Int16Array(2)")
	if err != nil {
		return nil, err
	}
	o := v.(*goja.Object)
	f, ok := reflect.ValueOf(o).Elem().FieldByName("self").Elem().Type().Elem().FieldByName("typedArray")
	if !ok || f.Type.Kind() != reflect.Interface {
		return nil, fmt.Errorf("gojax: typed arrays have no elements")
	}
	elems := (*[2]unsafe.Pointer)(unsafe.Add(mustSlots().words(o)[1], l.taTyped))
	return methodTable(elems[0], f.Type, map[string]unsafe.Pointer{
		"toRaw": code(f16ToRaw), "get": code(f16Get), "set": code(f16Set), "getRaw": code(f16GetRaw), "setRaw": code(f16SetRaw),
		"less": code(f16Less), "swap": code(f16Swap), "typeMatch": code(f16TypeMatch),
		"export": code(f16Export), "exportType": code(f16ExportType),
	})
})

// NewFloat16Array makes the Float16Array constructor of a runtime.
func NewFloat16Array(r *goja.Runtime) (*goja.Object, error) {
	tab, err := float16Table()
	if err != nil {
		return nil, err
	}
	l, err := views()
	if err != nil {
		return nil, err
	}
	ctor := r.NewObject()
	newElems := func(buf unsafe.Pointer, offset, length int, proto *goja.Object) unsafe.Pointer {
		data := unsafe.Add(buf, l.bufData)
		return newTypedArrayObject(r, buf, offset, length, 2, ctor, iface{tab, data}, proto)
	}
	createTypedArrayCtor(r, ctor, func(args []goja.Value, newTarget, proto *goja.Object) *goja.Object {
		return newTypedArray(r, args, newTarget, newElems, proto)
	}, "Float16Array", 2)
	return ctor, nil
}

// IsFloat16Array tells a Float16Array from other typed arrays.
func IsFloat16Array(o *goja.Object) bool {
	l, err := views()
	if err != nil {
		return false
	}
	w := mustSlots().words(o)
	if w[0] != l.itabTyped {
		return false
	}
	tab, err := float16Table()
	return err == nil && *(*unsafe.Pointer)(unsafe.Add(w[1], l.taTyped)) == tab
}

//go:linkname proxyApply github.com/dop251/goja.(*jsProxyHandler).apply
func proxyApply(h unsafe.Pointer, target *goja.Object, this goja.Value, args []goja.Value) (goja.Value, bool)

//go:linkname proxyConstruct github.com/dop251/goja.(*jsProxyHandler).construct
func proxyConstruct(h unsafe.Pointer, target *goja.Object, args []goja.Value, newTarget *goja.Object) (goja.Value, bool)

// The engine hands a trap an array over its own stack, where the next call
// overwrites what a program has kept.

func ownApply(h unsafe.Pointer, target *goja.Object, this goja.Value, args []goja.Value) (goja.Value, bool) {
	return proxyApply(h, target, this, slices.Clone(args))
}

func ownConstruct(h unsafe.Pointer, target *goja.Object, args []goja.Value, newTarget *goja.Object) (goja.Value, bool) {
	return proxyConstruct(h, target, slices.Clone(args), newTarget)
}

// A proxy without a trap passes on to its target, and that to its prototype,
// which may be the proxy again: the only thing that counts the calls is the
// goroutine's stack.

//go:linkname proxyGetStr github.com/dop251/goja.(*jsProxyHandler).getStr
func proxyGetStr(h unsafe.Pointer, target *goja.Object, prop unistring.String, receiver goja.Value) (goja.Value, bool)

//go:linkname proxySetStr github.com/dop251/goja.(*jsProxyHandler).setStr
func proxySetStr(h unsafe.Pointer, target *goja.Object, prop unistring.String, value, receiver goja.Value) (bool, bool)

//go:linkname proxyHasStr github.com/dop251/goja.(*jsProxyHandler).hasStr
func proxyHasStr(h unsafe.Pointer, target *goja.Object, prop unistring.String) (bool, bool)

func ownGetStr(h unsafe.Pointer, target *goja.Object, prop unistring.String, receiver goja.Value) (goja.Value, bool) {
	checkStack(RuntimeOf(target))
	return proxyGetStr(h, target, prop, receiver)
}

func ownSetStr(h unsafe.Pointer, target *goja.Object, prop unistring.String, value, receiver goja.Value) (bool, bool) {
	checkStack(RuntimeOf(target))
	return proxySetStr(h, target, prop, value, receiver)
}

func ownHasStr(h unsafe.Pointer, target *goja.Object, prop unistring.String) (bool, bool) {
	checkStack(RuntimeOf(target))
	return proxyHasStr(h, target, prop)
}

//go:linkname newProxyObject github.com/dop251/goja.(*Runtime).newProxyObject
func newProxyObject(r *goja.Runtime, target, handler, proto *goja.Object) unsafe.Pointer

var proxyTable = sync.OnceValues(func() (unsafe.Pointer, error) {
	rt := goja.New()
	// The Proxy constructor may be wrapped already, by what wants this table.
	p := newProxyObject(rt, rt.NewObject(), rt.NewObject(), nil)
	s := mustSlots()
	handler := (*[2]unsafe.Pointer)(unsafe.Add(p, s.proxyHandler))
	return methodTable(handler[0], s.proxyHandlerType, map[string]unsafe.Pointer{
		"apply": code(ownApply), "construct": code(ownConstruct),
		"getStr": code(ownGetStr), "setStr": code(ownSetStr), "hasStr": code(ownHasStr),
	})
})

// OwnArguments makes a proxy's apply and construct traps get arguments that
// stay what they are, and bounds how deep proxies nest.
func OwnArguments(proxy *goja.Object) {
	tab, err := proxyTable()
	if err != nil || KindOf(proxy) != KindProxy {
		return
	}
	s := mustSlots()
	handler := (*[2]unsafe.Pointer)(unsafe.Add(s.words(proxy)[1], s.proxyHandler))
	if handler[0] != nil {
		handler[0] = tab
	}
}

// functionLayout is where a native function keeps what it does.
type functionLayout struct {
	tab            unsafe.Pointer
	call, construc uintptr
}

var sharedFunctions = sync.OnceValues(func() (*functionLayout, error) {
	o := NewFunc(goja.New(), "", 0, nil)
	t := reflect.ValueOf(o).Elem().FieldByName("self").Elem().Type()
	if t.Kind() != reflect.Pointer || t.Elem().Name() != "nativeFuncObject" {
		return nil, fmt.Errorf("gojax: native functions are %s", t)
	}
	f, ok := t.Elem().FieldByName("f")
	c, ok2 := t.Elem().FieldByName("construct")
	if !ok || !ok2 || f.Type != reflect.TypeFor[func(goja.FunctionCall) goja.Value]() || c.Type != reflect.TypeFor[Construct]() {
		return nil, fmt.Errorf("gojax: %s has other fields", t)
	}
	return &functionLayout{tab: selfWords(o)[0], call: f.Offset, construc: c.Offset}, nil
})

// WrapConstruct puts f around what a native constructor does with new.
func WrapConstruct(ctor *goja.Object, f func(next Construct) Construct) {
	if l, err := sharedFunctions(); err == nil && selfWords(ctor)[0] == l.tab {
		p := (*Construct)(unsafe.Add(selfWords(ctor)[1], l.construc))
		*p = f(*p)
	}
}

// WrapCall puts f around what a native function does in a plain call.
func WrapCall(fn *goja.Object, f func(next func(goja.FunctionCall) goja.Value) func(goja.FunctionCall) goja.Value) {
	if l, err := sharedFunctions(); err == nil && selfWords(fn)[0] == l.tab {
		p := (*func(goja.FunctionCall) goja.Value)(unsafe.Add(selfWords(fn)[1], l.call))
		*p = f(*p)
	}
}
