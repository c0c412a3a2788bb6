package gojax

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// A Factory makes a property's value when a script first touches it. What
// [DataProp], [Method] and [AccessorProp] return are values with attributes.
type Factory = func(*goja.Runtime) goja.Value

// Template mirrors goja's objectTemplate: what the properties of a built-in
// object are before any of them has been made. Templates are shared by all
// runtimes of the process; one that goja owns is changed by replacing its
// maps, so that a runtime in use elsewhere sees the old or the new ones.
type Template struct {
	propNames    []unistring.String
	props        map[unistring.String]Factory
	symProps     map[*goja.Symbol]Factory
	symPropNames []*goja.Symbol
	protoFactory func(*goja.Runtime) *goja.Object
}

//go:linkname globalTemplate github.com/dop251/goja.getGlobalObjectTemplate
func globalTemplate() *Template

//go:linkname objectTemplate github.com/dop251/goja.getObjectTemplate
func objectTemplate() *Template

//go:linkname objectProtoTemplate github.com/dop251/goja.getObjectProtoTemplate
func objectProtoTemplate() *Template

//go:linkname arrayProtoTemplate github.com/dop251/goja.getArrayProtoTemplate
func arrayProtoTemplate() *Template

//go:linkname stringProtoTemplate github.com/dop251/goja.getStringProtoTemplate
func stringProtoTemplate() *Template

//go:linkname dateProtoTemplate github.com/dop251/goja.getDateProtoTemplate
func dateProtoTemplate() *Template

//go:linkname numberProtoTemplate github.com/dop251/goja.getNumberProtoTemplate
func numberProtoTemplate() *Template

//go:linkname bigIntProtoTemplate github.com/dop251/goja.getBigIntProtoTemplate
func bigIntProtoTemplate() *Template

//go:linkname mathTemplate github.com/dop251/goja.getMathTemplate
func mathTemplate() *Template

//go:linkname typedArrayProtoTemplate github.com/dop251/goja.getTypedArrayProtoTemplate
func typedArrayProtoTemplate() *Template

//go:linkname dataViewProtoTemplate github.com/dop251/goja.getDataViewProtoTemplate
func dataViewProtoTemplate() *Template

// Templates are those of goja's built-ins that can be extended.
type Templates struct {
	Global, Object, ObjectProto, ArrayProto, StringProto, DateProto, Math, TypedArrayProto, DataViewProto, NumberProto, BigIntProto *Template
	// Async is what async generators are made with.
	Async *AsyncHooks
}

var sharedTemplates = sync.OnceValues(func() (*Templates, error) {
	if err := checkTemplates(); err != nil {
		return nil, err
	}
	return &Templates{
		Global: globalTemplate(), Object: objectTemplate(), ObjectProto: objectProtoTemplate(),
		ArrayProto: arrayProtoTemplate(), StringProto: stringProtoTemplate(), DateProto: dateProtoTemplate(),
		Math: mathTemplate(), TypedArrayProto: typedArrayProtoTemplate(), DataViewProto: dataViewProtoTemplate(),
		NumberProto: numberProtoTemplate(), BigIntProto: bigIntProtoTemplate(),
	}, nil
})

// BuiltinTemplates returns the process's templates, or an error that names
// what goja has moved.
func BuiltinTemplates() (*Templates, error) { return sharedTemplates() }

func templatedType() (reflect.Type, error) {
	rt := goja.New()
	t := reflect.ValueOf(rt.GlobalObject()).Elem().FieldByName("self").Elem().Type()
	if t.Kind() != reflect.Pointer || t.Elem().Name() != "templatedObject" {
		return nil, fmt.Errorf("gojax: the global object is a %s", t)
	}
	return t.Elem(), nil
}

func checkTemplates() error {
	t, err := templatedType()
	if err != nil {
		return err
	}
	f, ok := t.FieldByName("tmpl")
	if !ok || f.Type.Kind() != reflect.Pointer {
		return fmt.Errorf("gojax: %s has no template", t)
	}
	return sameShape(f.Type.Elem(), reflect.TypeFor[Template]())
}

// NewTemplate returns an empty template; proto makes the prototype of objects of it.
func NewTemplate(proto func(*goja.Runtime) *goja.Object) *Template {
	return &Template{props: map[unistring.String]Factory{}, protoFactory: proto}
}

// Put adds a property, or replaces one.
func (t *Template) Put(name string, f Factory) *Template {
	key := unistring.NewFromString(name)
	props := maps.Clone(t.props)
	if _, ok := props[key]; !ok {
		t.propNames = append(slices.Clip(t.propNames), key)
	}
	props[key] = f
	t.props = props
	return t
}

// PutAll adds properties in the order of their names' list.
func (t *Template) PutAll(names []string, props map[string]Factory) {
	all := maps.Clone(t.props)
	list := slices.Clone(t.propNames)
	for _, name := range names {
		key := unistring.NewFromString(name)
		if _, ok := all[key]; !ok {
			list = append(list, key)
		}
		all[key] = props[name]
	}
	t.props = all
	t.propNames = list
}

// PutSym adds a property keyed by a symbol, or replaces one.
func (t *Template) PutSym(s *goja.Symbol, f Factory) *Template {
	props := maps.Clone(t.symProps)
	if props == nil {
		props = map[*goja.Symbol]Factory{}
	}
	if _, ok := props[s]; !ok {
		t.symPropNames = append(slices.Clip(t.symPropNames), s)
	}
	props[s] = f
	t.symProps = props
	return t
}

// Wrap passes what a property's factory makes through f.
func (t *Template) Wrap(name string, f func(*goja.Runtime, goja.Value) goja.Value) {
	if old := t.props[unistring.NewFromString(name)]; old != nil {
		t.Put(name, func(r *goja.Runtime) goja.Value { return f(r, old(r)) })
	}
}

//go:linkname newTemplatedObject github.com/dop251/goja.(*Runtime).newTemplatedObject
func newTemplatedObject(r *goja.Runtime, t *Template, o *goja.Object) unsafe.Pointer

// Object makes an object of the template.
func (t *Template) Object(r *goja.Runtime) *goja.Object {
	o := r.NewObject()
	newTemplatedObject(r, t, o)
	return o
}

//go:linkname valueProp github.com/dop251/goja.valueProp
func valueProp(v goja.Value, writable, enumerable, configurable bool) goja.Value

//go:linkname newNativeConstruct github.com/dop251/goja.(*Runtime).newNativeFuncAndConstruct
func newNativeConstruct(r *goja.Runtime, v *goja.Object, call func(goja.FunctionCall) goja.Value,
	construct func(args []goja.Value, newTarget *goja.Object) *goja.Object, proto *goja.Object, name unistring.String, length goja.Value) unsafe.Pointer

//go:linkname prototypeFromCtor github.com/dop251/goja.(*Runtime).getPrototypeFromCtor
func prototypeFromCtor(r *goja.Runtime, newTarget, ctor, proto *goja.Object) *goja.Object

// A Construct makes an instance for new.target, which is nil in a plain call.
type Construct = func(args []goja.Value, newTarget *goja.Object) *goja.Object

// NativeConstructor makes a built-in constructor with a prototype that is
// neither writable nor configurable. Called without new, call runs.
func NativeConstructor(r *goja.Runtime, name string, length int, proto *goja.Object,
	call func(goja.FunctionCall) goja.Value, construct Construct) *goja.Object {
	o := r.NewObject()
	newNativeConstruct(r, o, call, func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		if newTarget == nil {
			newTarget = o
		}
		return construct(args, newTarget)
	}, proto, unistring.NewFromString(name), r.ToValue(length))
	return o
}

// PrototypeFor is GetPrototypeFromConstructor.
func PrototypeFor(r *goja.Runtime, newTarget, ctor, proto *goja.Object) *goja.Object {
	return prototypeFromCtor(r, newTarget, ctor, proto)
}

// DataProp is a data property of a template.
func DataProp(v goja.Value, writable, enumerable, configurable bool) goja.Value {
	return valueProp(v, writable, enumerable, configurable)
}

// HiddenProp is a data property with the attributes of built-ins: writable and
// configurable.
func HiddenProp(v goja.Value) goja.Value { return valueProp(v, true, false, true) }

// AccessorProp is a configurable accessor property of a template.
func AccessorProp(get, set *goja.Object) goja.Value {
	p := &valueProperty{accessor: true, configurable: true, getterFunc: get, setterFunc: set}
	var v goja.Value
	w := (*[2]unsafe.Pointer)(unsafe.Pointer(&v))
	w[0], w[1] = propertyWord(), unsafe.Pointer(p)
	return v
}

// Method is a factory of a built-in method.
func Method(name string, length int, bind func(*goja.Runtime) func(goja.FunctionCall) goja.Value) Factory {
	return func(r *goja.Runtime) goja.Value {
		return HiddenProp(NewFunc(r, name, length, bind(r)))
	}
}

// slotted is a template that belongs to one object and holds its internal slots.
type slotted struct {
	Template
	state any
}

// slottedMark is the prototype factory of all slotted objects' templates, by
// which they are known. It is never called: their prototype is set.
func slottedMark(*goja.Runtime) *goja.Object { return nil }

var slottedWord = func() unsafe.Pointer {
	f := slottedMark
	return *(*unsafe.Pointer)(unsafe.Pointer(&f))
}()

type slottedLayout struct {
	tab          unsafe.Pointer
	tmpl, proto  uintptr
	materialised uintptr
}

var sharedSlotted = sync.OnceValues(func() (*slottedLayout, error) {
	if err := checkTemplates(); err != nil {
		return nil, err
	}
	t, err := templatedType()
	if err != nil {
		return nil, err
	}
	l := &slottedLayout{}
	rt := goja.New()
	l.tab = selfWords(rt.GlobalObject())[0]
	f, _ := t.FieldByName("tmpl")
	l.tmpl = f.Offset
	m, ok := t.FieldByName("protoMaterialised")
	if !ok || m.Type.Kind() != reflect.Bool {
		return nil, fmt.Errorf("gojax: %s has no protoMaterialised", t)
	}
	l.materialised = m.Offset
	p, ok := t.FieldByName("prototype")
	if !ok || p.Type != reflect.TypeFor[*goja.Object]() || t.Field(0).Offset != 0 {
		return nil, fmt.Errorf("gojax: %s has no prototype", t)
	}
	l.proto = p.Offset
	return l, nil
})

// NewSlotted makes an ordinary object with internal slots, which no script can
// see or forge: what [State] gives back.
func NewSlotted(r *goja.Runtime, proto *goja.Object, state any) *goja.Object {
	l, err := sharedSlotted()
	if err != nil {
		panic(err)
	}
	s := &slotted{Template: Template{protoFactory: slottedMark}, state: state}
	o := r.NewObject()
	p := newTemplatedObject(r, &s.Template, o)
	*(**goja.Object)(unsafe.Add(p, l.proto)) = proto
	*(*bool)(unsafe.Add(p, l.materialised)) = true
	return o
}

// State returns the internal slots of an object from [NewSlotted], nil of others.
func State(v goja.Value) any {
	o, ok := v.(*goja.Object)
	if !ok {
		return nil
	}
	l, err := sharedSlotted()
	if err != nil {
		panic(err)
	}
	w := selfWords(o)
	if w[0] != l.tab {
		return nil
	}
	t := *(**Template)(unsafe.Add(w[1], l.tmpl))
	if *(*unsafe.Pointer)(unsafe.Pointer(&t.protoFactory)) != slottedWord {
		return nil
	}
	return (*slotted)(unsafe.Pointer(t)).state
}

// Iterator records and property definition, as the engine does them.

//go:linkname defineOwnProperty github.com/dop251/goja.(*Object).defineOwnProperty
func defineOwnProperty(o *goja.Object, key goja.Value, d goja.PropertyDescriptor, throw bool) bool

// CreateDataProperty is CreateDataPropertyOrThrow of ECMA-262.
func CreateDataProperty(o *goja.Object, key, v goja.Value) {
	defineOwnProperty(o, key, goja.PropertyDescriptor{
		Value: v, Writable: goja.FLAG_TRUE, Enumerable: goja.FLAG_TRUE, Configurable: goja.FLAG_TRUE,
	}, true)
}

// DefineProperty is DefinePropertyOrThrow of ECMA-262.
func DefineProperty(o *goja.Object, key goja.Value, d goja.PropertyDescriptor) {
	defineOwnProperty(o, key, d, true)
}

// Set is Set of ECMA-262 with a key that may be a number, string or symbol; it
// throws where the property cannot be set.
func Set(o *goja.Object, key, v goja.Value) { setProp(o, key, v, o, true) }

//go:linkname iterResult github.com/dop251/goja.(*Runtime).createIterResultObject
func iterResult(r *goja.Runtime, v goja.Value, done bool) goja.Value

// IterResult is CreateIterResultObject of ECMA-262.
func IterResult(r *goja.Runtime, v goja.Value, done bool) goja.Value { return iterResult(r, v, done) }

//go:linkname getV github.com/dop251/goja.(*Runtime).getV
func getV(r *goja.Runtime, v, key goja.Value) goja.Value

// GetV is GetV of ECMA-262: a property of any value.
func GetV(r *goja.Runtime, v, key goja.Value) goja.Value {
	if x := getV(r, v, key); x != nil {
		return x
	}
	return goja.Undefined()
}

// PropValue is the value of what a factory has made.
func PropValue(v goja.Value) goja.Value {
	w := (*[2]unsafe.Pointer)(unsafe.Pointer(&v))
	if w[0] != propertyWord() {
		return v
	}
	return (*valueProperty)(w[1]).value
}

// propertyWord is the type of goja's property descriptors as an interface has it.
var propertyWord = sync.OnceValue(func() unsafe.Pointer {
	p := valueProp(goja.Undefined(), false, false, false)
	return (*[2]unsafe.Pointer)(unsafe.Pointer(&p))[0]
})

// selfWords is an object's implementation: type and data. Unlike slots.words
// it needs no script to have run.
func selfWords(o *goja.Object) *[2]unsafe.Pointer {
	l, err := sharedLayout()
	if err != nil {
		panic(err)
	}
	return (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(o), l.objectSelf))
}

//go:linkname promiseResolve github.com/dop251/goja.(*Runtime).promiseResolve
func promiseResolve(r *goja.Runtime, c *goja.Object, v goja.Value) *goja.Object

//go:linkname intrinsicPromise github.com/dop251/goja.(*Runtime).getPromise
func intrinsicPromise(r *goja.Runtime) *goja.Object

//go:linkname promiseThen github.com/dop251/goja.(*Runtime).performPromiseThen
func promiseThen(r *goja.Runtime, p *goja.Promise, ok, fail goja.Value, capability unsafe.Pointer) goja.Value

// Promise is %Promise%.
func Promise(r *goja.Runtime) *goja.Object { return intrinsicPromise(r) }

// PromiseResolve is PromiseResolve(%Promise%, v) of ECMA-262.
func PromiseResolve(r *goja.Runtime, v goja.Value) *goja.Object {
	if o, ok := v.(*goja.Object); ok && KindOf(o) != KindPromise {
		// The engine takes any object with the right constructor for a promise.
		p, resolve, _ := r.NewPromise()
		_ = resolve(o)
		return r.ToValue(p).(*goja.Object)
	}
	return promiseResolve(r, Promise(r), v)
}

// Then is PerformPromiseThen of ECMA-262 without a result.
func Then(r *goja.Runtime, p *goja.Object, ok, fail func(goja.Value)) {
	fn := func(f func(goja.Value)) goja.Value {
		return NewFunc(r, "", 1, func(c goja.FunctionCall) goja.Value {
			f(c.Argument(0))
			return goja.Undefined()
		})
	}
	promiseThen(r, p.Export().(*goja.Promise), fn(ok), fn(fail), nil)
}

//go:linkname arraySpeciesCreate github.com/dop251/goja.arraySpeciesCreate
func arraySpeciesCreate(o *goja.Object, size int64) *goja.Object

// ArraySpeciesCreate is ArraySpeciesCreate of ECMA-262.
func ArraySpeciesCreate(o *goja.Object, n int64) *goja.Object { return arraySpeciesCreate(o, n) }

// TryCreateDataProperty is CreateDataProperty of ECMA-262; false if it was refused.
func TryCreateDataProperty(o *goja.Object, key, v goja.Value) bool {
	return defineOwnProperty(o, key, goja.PropertyDescriptor{
		Value: v, Writable: goja.FLAG_TRUE, Enumerable: goja.FLAG_TRUE, Configurable: goja.FLAG_TRUE,
	}, false)
}

//go:linkname objectKeys github.com/dop251/goja.(*Runtime).object_keys
func objectKeys(r *goja.Runtime, c goja.FunctionCall) goja.Value

// OwnKeys is EnumerableOwnProperties(o, key) of ECMA-262.
func OwnKeys(o *goja.Object) []goja.Value {
	keys, _ := Elements(objectKeys(RuntimeOf(o), goja.FunctionCall{Arguments: []goja.Value{o}}).(*goja.Object))
	return keys
}

//go:linkname iteratorPrototype github.com/dop251/goja.(*Runtime).getIteratorPrototype
func iteratorPrototype(r *goja.Runtime) *goja.Object

// IteratorPrototype is %Iterator.prototype%.
func IteratorPrototype(r *goja.Runtime) *goja.Object { return iteratorPrototype(r) }
