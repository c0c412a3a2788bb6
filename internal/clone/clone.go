// Package clone is the structured clone algorithm (HTML, section 2.7; V8's
// ValueSerializer where it differs): JavaScript values to Go data that belongs
// to no VM, and back. What it makes may be handed to another goroutine.
package clone

import (
	"math/big"
	"strings"
	"time"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/ecma"
	"github.com/gonode/gonode/internal/shmem"
)

// A Message is an encoded value. It can be decoded once, because what was
// transferred moves.
type Message struct {
	root  any
	moved []HostObject
}

// A HostObject is encoded state of an object that the host knows: a transferred
// port, a Blob. Decode makes the object in another VM.
type HostObject interface {
	Decode(c *Codec) *goja.Object
}

// Codec encodes and decodes for one VM. It belongs to its goroutine.
type Codec struct {
	VM     *goja.Runtime
	Shared *ecma.Shared
	// Fail makes the DataCloneError with a message; it is thrown.
	Fail func(message string) goja.Value
	// Transfer takes a host object out of its VM, for the transfer list; ok is
	// false if it cannot be transferred.
	Transfer func(o *goja.Object) (h HostObject, ok bool)
	// Clone encodes a host object in place; ok is false if it is none.
	Clone func(o *goja.Object) (h HostObject, ok bool)
	// Transferable reports whether o may only be transferred, and so must be in the list.
	Transferable func(o *goja.Object) bool

	in intrinsics
}

type intrinsics struct {
	ready                                bool
	mapEach, setEach, getTime            goja.Callable
	mapSet, setAdd                       goja.Callable
	dataView, object, array              *goja.Object
	valueOf                              map[string]goja.Callable
	ctors                                map[string]goja.Constructor
	regexpCtor, dateCtor, mapCtor, sCtor goja.Constructor
}

type (
	undefined struct{}
	text      []uint16 // a string that is not ASCII
	object    struct {
		keys   []string
		values []any
	}
	array struct {
		length int64
		object
	}
	date   struct{ ms float64 }
	regexp struct{ source, flags any }
	boxed  struct {
		class string
		value any
	}
	mapNode struct{ keys, values []any }
	setNode struct{ values []any }
	failure struct {
		name                  string
		message, stack, cause any
		hasCause              bool
	}
	buffer struct {
		data   []byte
		shared *shmem.Block
	}
	view struct {
		class          string
		buffer         *buffer
		offset, length int
	}
	host struct{ h HostObject }
)

func (c *Codec) prepare() *intrinsics {
	in := &c.in
	if in.ready {
		return in
	}
	vm := c.VM
	proto := func(class, name string) goja.Callable {
		f, _ := goja.AssertFunction(vm.Get(class).(*goja.Object).Get("prototype").(*goja.Object).Get(name))
		return f
	}
	ctor := func(class string) goja.Constructor {
		f, _ := goja.AssertConstructor(vm.Get(class))
		return f
	}
	*in = intrinsics{
		ready: true, mapEach: proto("Map", "forEach"), setEach: proto("Set", "forEach"), getTime: proto("Date", "getTime"),
		mapSet: proto("Map", "set"), setAdd: proto("Set", "add"),
		dataView: vm.Get("DataView").(*goja.Object), object: vm.Get("Object").(*goja.Object), array: vm.Get("Array").(*goja.Object),
		valueOf: map[string]goja.Callable{}, ctors: map[string]goja.Constructor{},
		regexpCtor: ctor("RegExp"), dateCtor: ctor("Date"), mapCtor: ctor("Map"), sCtor: ctor("Set"),
	}
	for _, class := range []string{"Boolean", "Number", "String", "BigInt"} {
		in.valueOf[class] = proto(class, "valueOf")
	}
	return in
}

type encoder struct {
	*Codec
	in    *intrinsics
	seen  map[*goja.Object]any
	moves map[*goja.Object]bool
}

// Encode encodes v. The objects of transfer are moved: their buffers are
// detached, host objects are taken over. It throws a DataCloneError for what
// cannot be cloned, and then nothing has been moved.
func (c *Codec) Encode(v goja.Value, transfer []*goja.Object) *Message {
	e := &encoder{Codec: c, in: c.prepare(), seen: map[*goja.Object]any{}, moves: map[*goja.Object]bool{}}
	for _, o := range transfer {
		if e.moves[o] {
			panic(c.Fail("Transfer list contains duplicate " + className(o)))
		}
		e.moves[o] = true
	}
	return e.message(v, transfer)
}

func (e *encoder) message(v goja.Value, transfer []*goja.Object) *Message {
	hosts := make([]*host, len(transfer))
	for i, o := range transfer {
		if ab, ok := o.Export().(goja.ArrayBuffer); ok {
			if e.Shared.Block(o) != nil || ab.Detached() {
				panic(e.Fail("An ArrayBuffer is detached and could not be cloned."))
			}
			e.seen[o] = &buffer{data: ab.Bytes()}
			continue
		}
		if e.Transferable == nil || !e.Transferable(o) {
			panic(e.Fail("Found invalid object in transferList"))
		}
		hosts[i] = &host{}
		e.seen[o] = hosts[i]
	}
	m := &Message{root: e.value(v)}
	for i, o := range transfer {
		if ab, ok := o.Export().(goja.ArrayBuffer); ok {
			ab.Detach()
			continue
		}
		h, ok := e.Transfer(o)
		if !ok {
			panic(e.Fail("Object that needs transfer was found in message but not listed in transferList"))
		}
		hosts[i].h = h
		m.moved = append(m.moved, h)
	}
	return m
}

// Moved returns the host objects that the message carries, for one who drops it.
func (m *Message) Moved() []HostObject { return m.moved }

func encodeString(s goja.String) any {
	n := s.Length()
	str := s.String()
	if len(str) == n {
		return strings.Clone(str)
	}
	u := make(text, n)
	for i := range u {
		u[i] = s.CharAt(i)
	}
	return u
}

func (e *encoder) value(v goja.Value) any {
	switch x := v.(type) {
	case nil:
		return undefined{}
	case goja.String:
		return encodeString(x)
	case *goja.Symbol:
		panic(e.Fail(x.String() + " could not be cloned."))
	case *goja.Object:
		return e.object(x)
	}
	if goja.IsUndefined(v) {
		return undefined{}
	}
	if goja.IsNull(v) {
		return nil
	}
	switch x := v.Export().(type) {
	case *big.Int:
		return new(big.Int).Set(x)
	case int64, float64, bool:
		return x
	}
	return undefined{}
}

func (e *encoder) object(o *goja.Object) any {
	if n, ok := e.seen[o]; ok {
		return n
	}
	if _, ok := goja.AssertFunction(o); ok {
		panic(e.Fail(o.String() + " could not be cloned."))
	}
	if e.Transferable != nil && e.Transferable(o) {
		panic(e.Fail("Object that needs transfer was found in message but not listed in transferList"))
	}
	if e.Clone != nil {
		if h, ok := e.Clone(o); ok {
			n := &host{h}
			e.seen[o] = n
			return n
		}
	}
	switch x := o.Export().(type) {
	case goja.Proxy, *goja.Promise:
		panic(e.uncloneable(o))
	case goja.ArrayBuffer:
		return e.buffer(o, x)
	case time.Time:
		return e.keep(o, e.date(o))
	}
	switch o.ClassName() {
	case "Array":
		n := &array{length: o.Get("length").ToInteger()}
		e.seen[o] = n
		e.properties(o, &n.object)
		return n
	case "Date":
		return e.keep(o, e.date(o))
	case "RegExp":
		return e.keep(o, &regexp{e.value(o.Get("source")), e.value(o.Get("flags"))})
	case "Boolean", "Number", "String", "BigInt":
		v, err := e.in.valueOf[o.ClassName()](o)
		if err != nil {
			panic(err)
		}
		return e.keep(o, &boxed{o.ClassName(), e.value(v)})
	case "Error":
		return e.failure(o)
	case "Map", "Set":
		return e.collection(o)
	case "WeakMap", "WeakSet", "WeakRef", "Generator", "Promise":
		panic(e.uncloneable(o))
	}
	if n := e.view(o); n != nil {
		return n
	}
	n := &object{}
	e.seen[o] = n
	e.properties(o, n)
	return n
}

func (e *encoder) keep(o *goja.Object, n any) any {
	e.seen[o] = n
	return n
}

// uncloneable names an object as V8 does.
func (e *encoder) uncloneable(o *goja.Object) goja.Value {
	name := "Object"
	if _, proxy := o.Export().(goja.Proxy); !proxy {
		if c, ok := o.Get("constructor").(*goja.Object); ok {
			name = c.Get("name").String()
		}
	}
	return e.Fail("#<" + name + "> could not be cloned.")
}

func (e *encoder) date(o *goja.Object) *date {
	v, err := e.in.getTime(o)
	if err != nil {
		panic(err)
	}
	return &date{v.ToFloat()}
}

// properties takes the own enumerable string keys, getters called.
func (e *encoder) properties(o *goja.Object, n *object) {
	for _, k := range o.Keys() {
		v := o.Get(k)
		if v == nil { // a getter has deleted it
			continue
		}
		n.keys = append(n.keys, strings.Clone(k))
		n.values = append(n.values, e.value(v))
	}
}

func (e *encoder) collection(o *goja.Object) any {
	if o.ClassName() == "Set" {
		n := &setNode{}
		e.seen[o] = n
		var items []goja.Value
		each(e.VM, e.in.setEach, o, func(v, _ goja.Value) { items = append(items, v) })
		for _, v := range items {
			n.values = append(n.values, e.value(v))
		}
		return n
	}
	n := &mapNode{}
	e.seen[o] = n
	var items []goja.Value
	each(e.VM, e.in.mapEach, o, func(v, k goja.Value) { items = append(items, k, v) })
	for i := 0; i < len(items); i += 2 {
		n.keys = append(n.keys, e.value(items[i]))
		n.values = append(n.values, e.value(items[i+1]))
	}
	return n
}

func each(vm *goja.Runtime, forEach goja.Callable, o *goja.Object, f func(v, k goja.Value)) {
	_, err := forEach(o, vm.ToValue(func(c goja.FunctionCall) goja.Value {
		f(c.Argument(0), c.Argument(1))
		return nil
	}))
	if err != nil {
		panic(err)
	}
}

func (e *encoder) failure(o *goja.Object) any {
	n := &failure{name: "Error", message: undefined{}, stack: undefined{}}
	e.seen[o] = n
	if v := o.Get("name"); v != nil {
		switch s := v.String(); s {
		case "EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError":
			n.name = s
		}
	}
	if v := o.Get("message"); v != nil {
		n.message = e.value(v.ToString())
	}
	if v, ok := o.Get("stack").(goja.String); ok {
		n.stack = encodeString(v)
	}
	if v := o.Get("cause"); v != nil {
		n.cause, n.hasCause = e.value(v), true
	}
	return n
}

func (e *encoder) buffer(o *goja.Object, ab goja.ArrayBuffer) *buffer {
	n := &buffer{}
	if b := e.Shared.Block(o); b != nil {
		n.shared = b
	} else {
		if ab.Detached() {
			panic(e.Fail("An ArrayBuffer is detached and could not be cloned."))
		}
		n.data = append([]byte(nil), ab.Bytes()...)
	}
	e.seen[o] = n
	return n
}

// view encodes typed arrays and DataViews; nil if o is neither.
func (e *encoder) view(o *goja.Object) any {
	class := ""
	switch o.Export().(type) {
	case []int8:
		class = "Int8Array"
	case []byte:
		class = "Uint8Array"
		if tag := o.GetSymbol(goja.SymToStringTag); tag != nil && tag.String() == "Uint8ClampedArray" {
			class = "Uint8ClampedArray"
		}
	case []int16:
		class = "Int16Array"
	case []uint16:
		class = "Uint16Array"
	case []int32:
		class = "Int32Array"
	case []uint32:
		class = "Uint32Array"
	case []float32:
		class = "Float32Array"
	case []float64:
		class = "Float64Array"
	case []int64:
		class = "BigInt64Array"
	case []uint64:
		class = "BigUint64Array"
	default:
		if !e.VM.InstanceOf(o, e.in.dataView) {
			return nil
		}
		class = "DataView"
	}
	buf, ok := o.Get("buffer").(*goja.Object)
	if !ok {
		return nil
	}
	n := &view{class: class, offset: int(o.Get("byteOffset").ToInteger())}
	length := "length"
	if class == "DataView" {
		length = "byteLength"
	}
	n.length = int(o.Get(length).ToInteger())
	n.buffer, ok = e.object(buf).(*buffer)
	if !ok {
		return nil
	}
	e.seen[o] = n
	return n
}

// className says what a transfer list holds twice.
func className(o *goja.Object) string {
	if _, ok := o.Export().(goja.ArrayBuffer); ok {
		return "ArrayBuffer"
	}
	return "MessagePort"
}
