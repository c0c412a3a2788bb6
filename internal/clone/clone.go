// Package clone is the structured clone algorithm (HTML, section 2.7; V8's
// ValueSerializer where it differs): JavaScript values to Go data that belongs
// to no VM, and back. What it makes may be handed to another goroutine.
package clone

import (
	"iter"
	"math"
	"math/big"
	"slices"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/ecma"
	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/shmem"
)

// A Message is an encoded value. It can be decoded once, because what was
// transferred moves.
type Message struct {
	root  any
	moved []*host
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
	// Refuse gives the error for what must not be in a transfer list; nil where it may.
	Refuse func(o *goja.Object) goja.Value
	// Uncloneable reports whether an object without special nature (a plain
	// one, a host's) must not be cloned all the same.
	Uncloneable func(o *goja.Object) bool
	// Plain reports whether a proxy is one of the library's own that passes for
	// a plain object: process.env.
	Plain func(o *goja.Object) bool

	// Data is for the decoders of host objects.
	Data any

	in intrinsics
}

type intrinsics struct {
	ready                                bool
	mapSet, setAdd                       goja.Callable
	arrayName                            goja.Callable // the getter of %TypedArray%.prototype[@@toStringTag]
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
	date    struct{ ms float64 }
	regexp  struct{ source, flags any }
	boxed   struct{ value any }
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
		ready: true, mapSet: proto("Map", "set"), setAdd: proto("Set", "add"), ctors: map[string]goja.Constructor{},
		regexpCtor: ctor("RegExp"), dateCtor: ctor("Date"), mapCtor: ctor("Map"), sCtor: ctor("Set"),
	}
	typed := vm.Get("Int8Array").(*goja.Object).Get("prototype").(*goja.Object).Prototype()
	if p, ok := gojax.GetOwn(typed, goja.SymToStringTag); ok {
		in.arrayName, _ = goja.AssertFunction(p.Getter)
	}
	return in
}

// typedArrayName is the class of a typed array, whatever its prototype says.
func (in *intrinsics) typedArrayName(o *goja.Object) string {
	v, err := in.arrayName(o)
	if err != nil {
		panic(err)
	}
	return v.String()
}

type encoder struct {
	*Codec
	in    *intrinsics
	seen  map[*goja.Object]any
	moves map[*goja.Object]bool
	depth int
}

// maxDepth bounds how deep objects may lie in each other: both sides recurse.
const maxDepth = 20_000

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
		if e.Refuse != nil {
			if err := e.Refuse(o); err != nil {
				panic(err)
			}
		}
		if ab, ok := arrayBuffer(o); ok {
			if e.Shared.Block(o) != nil || ab.Detached() {
				panic(e.Fail("An ArrayBuffer is detached and could not be cloned."))
			}
			e.seen[o] = &buffer{data: ab.Bytes()}
			continue
		}
		if e.Transferable == nil || !e.Transferable(o) {
			panic(e.Fail("Found invalid value in transferList."))
		}
		hosts[i] = &host{}
		e.seen[o] = hosts[i]
	}
	m := &Message{root: e.value(v)}
	for i, o := range transfer {
		if ab, ok := arrayBuffer(o); ok {
			ab.Detach()
			continue
		}
		h, ok := e.Transfer(o)
		if !ok {
			panic(e.Fail("Object that needs transfer was found in message but not listed in transferList"))
		}
		hosts[i].h = h
		m.moved = append(m.moved, hosts[i])
	}
	return m
}

// Moved returns the host objects that the message carries, for one who drops it.
func (m *Message) Moved() []HostObject {
	if len(m.moved) == 0 {
		return nil
	}
	list := make([]HostObject, len(m.moved))
	for i, n := range m.moved {
		list[i] = n.h
	}
	return list
}

func encodeString(s goja.String) any {
	ascii, wide, _ := gojax.CodeUnits(s)
	if wide != nil {
		return text(slices.Clone(wide))
	}
	return strings.Clone(ascii)
}

func (e *encoder) value(v goja.Value) any {
	switch x := v.(type) {
	case nil:
		return undefined{}
	case goja.String:
		return encodeString(x)
	case *goja.Symbol:
		panic(e.Fail("Symbol(" + x.String() + ") could not be cloned."))
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
	if e.depth++; e.depth > maxDepth {
		panic(gojax.RangeError(e.VM, "Maximum call stack size exceeded"))
	}
	defer func() { e.depth-- }()
	kind := gojax.KindOf(o)
	switch kind {
	case gojax.KindOrdinary, gojax.KindDynamic, gojax.KindError, gojax.KindUnknown:
		if e.Uncloneable != nil && e.Uncloneable(o) {
			panic(e.Fail("Cannot clone object of unsupported type."))
		}
		if e.Clone != nil {
			if h, ok := e.Clone(o); ok {
				n := &host{h}
				e.seen[o] = n
				return n
			}
		}
	case gojax.KindProxy:
		if e.Plain != nil && e.Plain(o) {
			n := &object{}
			e.seen[o] = n
			e.properties(o, n)
			return n
		}
	}
	if _, ok := gojax.State(o).(interface{ Uncloneable() }); ok {
		panic(e.uncloneable(o))
	}
	switch kind {
	case gojax.KindProxy, gojax.KindPromise, gojax.KindWeakMap, gojax.KindWeakSet, gojax.KindGenerator,
		gojax.KindMapIterator, gojax.KindSetIterator, gojax.KindArrayIterator, gojax.KindStringIterator,
		gojax.KindRegExpStringIterator:
		panic(e.uncloneable(o))
	case gojax.KindArrayBuffer:
		return e.buffer(o, o.Export().(goja.ArrayBuffer))
	case gojax.KindTypedArray, gojax.KindDataView:
		return e.view(o)
	case gojax.KindDate:
		return e.keep(o, e.date(o))
	case gojax.KindRegExp:
		return e.keep(o, &regexp{e.value(o.Get("source")), e.value(o.Get("flags"))})
	case gojax.KindPrimitive, gojax.KindString:
		v := gojax.Primitive(o)
		if _, symbol := v.(*goja.Symbol); symbol {
			panic(e.uncloneable(o))
		}
		return e.keep(o, &boxed{e.value(v)})
	case gojax.KindArray, gojax.KindSparseArray, gojax.KindDynamicArray:
		n := &array{length: o.Get("length").ToInteger()}
		e.seen[o] = n
		e.properties(o, &n.object)
		return n
	case gojax.KindError:
		return e.failure(o)
	case gojax.KindMap:
		n := &mapNode{}
		e.seen[o] = n
		for k, v := range e.entries(o) {
			n.keys = append(n.keys, e.value(k))
			n.values = append(n.values, e.value(v))
		}
		return n
	case gojax.KindSet:
		n := &setNode{}
		e.seen[o] = n
		for k := range e.entries(o) {
			n.values = append(n.values, e.value(k))
		}
		return n
	}
	n := &object{}
	e.seen[o] = n
	e.properties(o, n)
	return n
}

// entries takes a snapshot first: a getter met on the way may change the collection.
func (e *encoder) entries(o *goja.Object) iter.Seq2[goja.Value, goja.Value] {
	var list []goja.Value
	for k, v := range func(y func(k, v goja.Value) bool) { gojax.Entries(o, y) } {
		list = append(list, k, v)
	}
	return func(yield func(k, v goja.Value) bool) {
		for i := 0; i < len(list); i += 2 {
			if !yield(list[i], list[i+1]) {
				return
			}
		}
	}
}

func (e *encoder) keep(o *goja.Object, n any) any {
	e.seen[o] = n
	return n
}

// uncloneable names an object as V8 does.
func (e *encoder) uncloneable(o *goja.Object) goja.Value {
	name := "Object"
	if gojax.KindOf(o) != gojax.KindProxy {
		if c, ok := o.Get("constructor").(*goja.Object); ok {
			name = c.Get("name").String()
		}
	}
	return e.Fail("#<" + name + "> could not be cloned.")
}

func (e *encoder) date(o *goja.Object) *date {
	ms, valid := gojax.DateValue(o)
	if !valid {
		return &date{math.NaN()}
	}
	return &date{float64(ms)}
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

// view encodes typed arrays and DataViews.
func (e *encoder) view(o *goja.Object) any {
	v, _ := gojax.ViewOf(o)
	n := &view{class: "DataView", offset: v.Offset, length: len(v.Bytes) / max(v.Elem, 1)}
	if v.Kind != gojax.DataView {
		n.class = e.in.typedArrayName(o)
	}
	n.buffer, _ = e.object(v.Buffer).(*buffer)
	e.seen[o] = n
	return n
}

// className says what a transfer list holds twice.
func className(o *goja.Object) string {
	if _, ok := arrayBuffer(o); ok {
		return "ArrayBuffer"
	}
	return "MessagePort"
}

func arrayBuffer(o *goja.Object) (goja.ArrayBuffer, bool) {
	if gojax.KindOf(o) != gojax.KindArrayBuffer {
		return goja.ArrayBuffer{}, false
	}
	return o.Export().(goja.ArrayBuffer), true
}
