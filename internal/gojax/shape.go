package gojax

import (
	"fmt"
	"reflect"
	"strings"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// baseObject mirrors goja's type of that name; findShapes compares them.
type baseObject struct {
	class             string
	val               *goja.Object
	prototype         *goja.Object
	extensible        bool
	values            map[unistring.String]goja.Value
	propNames         []unistring.String
	lastSortedPropLen int
	idxPropCount      int
	symValues         unsafe.Pointer
	privateElements   unsafe.Pointer
}

// A shapedHeader is what the objects of all shapes begin with: the engine's
// own object in one piece of memory with its state.
type shapedHeader struct {
	obj     goja.Object
	base    baseObject
	shape   unsafe.Pointer // *Shape[T]: whose state follows
	symbols *shapeSymbols  // nil: none
}

type shapeSymbols struct {
	list []*goja.Symbol
	get  func(o *goja.Object, i int) goja.Value
}

type shaped[T any] struct {
	shapedHeader
	state T
}

// shapes is what is the same for all shapes of the process.
type shapes struct {
	class  string           // "Object", in memory of its own: by that they are told
	marker unistring.String // behind a list of names: do not change it in place
}

var sharedShapes = sync.OnceValues(findShapes)

// CheckShapes returns an error that names what goja has moved, nil if nothing.
func CheckShapes() error {
	_, err := sharedShapes()
	return err
}

func findShapes() (*shapes, error) {
	if _, err := sharedSlots(); err != nil {
		return nil, err
	}
	rt := goja.New()
	o := rt.NewObject()
	t := reflect.ValueOf(o).Elem().FieldByName("self").Elem().Type().Elem()
	if err := sameShape(t, reflect.TypeFor[baseObject]()); err != nil {
		return nil, err
	}
	if obj := reflect.TypeFor[goja.Object](); obj.NumField() != 2 || obj.Field(0).Name != "self" {
		return nil, fmt.Errorf("gojax: %s has other fields", obj)
	}
	// A for-in marks the names that it walks, behind their end.
	if _, err := rt.RunString("var o = { a: 1, b: 2 }, marked; for (var k in o) { marked = true; break }"); err != nil {
		return nil, err
	}
	names := plain(rt.Get("o").(*goja.Object)).propNames
	if cap(names) == len(names) || names[:cap(names)][cap(names)-1] == "" {
		return nil, fmt.Errorf("gojax: names of properties are not marked for copying")
	}
	return &shapes{class: strings.Clone("Object"), marker: names[:cap(names)][cap(names)-1]}, nil
}

func mustShapes() *shapes {
	s, err := sharedShapes()
	if err != nil {
		panic(err)
	}
	return s
}

// plain is the implementation of an ordinary object, nil if o is none.
func plain(o *goja.Object) *baseObject {
	s := mustSlots()
	if w := s.words(o); w[0] == s.plainTab {
		return (*baseObject)(w[1])
	}
	return nil
}

// A Slot is the place of an own property's value, shared by the engine and Go:
// what one writes the other reads, at the cost of a memory access.
type Slot struct{ p valueProperty }

// Get is the property's value.
func (s *Slot) Get() goja.Value {
	switch {
	case s.p.accessor: // a program has redefined it
		if s.p.getterFunc != nil {
			return Call(s.p.getterFunc, nil)
		}
	case s.p.value != nil:
		return s.p.value
	}
	return goja.Undefined()
}

// Set changes the property's value.
func (s *Slot) Set(v goja.Value) { s.p.value = v }

// A Shape makes ordinary objects that begin with the same properties, whose
// values are slots of a Go state. To the engine they are objects like others;
// one costs a fifth of what it would with its properties set one by one.
type Shape[T any] struct {
	template shapedHeader
	names    []unistring.String
	slots    func(*T) []Slot
}

// NewShape returns a shape with a prototype and the names of the properties;
// slots gives a state's slots, as many as names.
func NewShape[T any](rt *goja.Runtime, proto *goja.Object, slots func(*T) []Slot, names ...string) *Shape[T] {
	all := mustShapes()
	s := &Shape[T]{names: make([]unistring.String, len(names), len(names)+1), slots: slots}
	for i, n := range names {
		s.names[i] = unistring.NewFromString(n)
	}
	s.names[:len(names)+1][len(names)] = all.marker
	o := rt.CreateObject(proto)
	s.template = shapedHeader{obj: *o, base: *plain(o), shape: unsafe.Pointer(s)}
	s.template.base.class = all.class
	s.template.base.propNames = s.names
	s.template.base.values = nil
	return s
}

// Symbols names properties with symbols as keys whose values are in the
// objects' state only: util.inspect shows them, nobody else sees them.
func (s *Shape[T]) Symbols(get func(state *T, i int) goja.Value, names ...string) {
	list := make([]*goja.Symbol, len(names))
	for i, n := range names {
		list[i] = goja.NewSymbol(n)
	}
	s.template.symbols = &shapeSymbols{list, func(o *goja.Object, i int) goja.Value { return get(s.State(o), i) }}
}

// New makes an object; its properties are undefined.
func (s *Shape[T]) New() (*goja.Object, *T) {
	sl := mustSlots()
	p := &shaped[T]{shapedHeader: s.template}
	p.base.val = &p.obj
	sl.words(&p.obj)[1] = unsafe.Pointer(&p.base)
	slots := s.slots(&p.state)
	m := make(map[unistring.String]goja.Value, len(s.names))
	for i, n := range s.names {
		v := &slots[i].p
		v.value = goja.Undefined()
		v.writable, v.configurable, v.enumerable = true, true, true
		iface := [2]unsafe.Pointer{sl.propertyTab, unsafe.Pointer(v)}
		m[n] = *(*goja.Value)(unsafe.Pointer(&iface))
	}
	p.base.values = m
	return &p.obj, &p.state
}

func header(o *goja.Object) *shapedHeader {
	b := plain(o)
	if b == nil || unsafe.StringData(b.class) != unsafe.StringData(mustShapes().class) {
		return nil
	}
	return (*shapedHeader)(unsafe.Pointer(o))
}

// State returns the state of an object of this shape, nil for any other value.
func (s *Shape[T]) State(v goja.Value) *T {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	h := header(o)
	if h == nil || h.shape != unsafe.Pointer(s) {
		return nil
	}
	return &(*shaped[T])(unsafe.Pointer(h)).state
}

// ShapeSymbols are the symbols that o's shape named with Symbols.
func ShapeSymbols(o *goja.Object) []*goja.Symbol {
	if h := header(o); h != nil && h.symbols != nil {
		return h.symbols.list
	}
	return nil
}

// ShapeSymbol is the value of one of them; ok is false if key is none.
func ShapeSymbol(o *goja.Object, key goja.Value) (v goja.Value, ok bool) {
	if h := header(o); h != nil && h.symbols != nil {
		for i, s := range h.symbols.list {
			if s == key {
				return h.symbols.get(o, i), true
			}
		}
	}
	return nil, false
}
