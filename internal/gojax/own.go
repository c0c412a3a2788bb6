package gojax

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"
	"weak"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// Kind is how goja implements an object: its internal slots, which no
// JavaScript can forge.
type Kind uint8

// The kinds of objects.
const (
	KindUnknown Kind = iota
	KindOrdinary
	KindArray
	KindSparseArray
	KindArguments
	KindMap
	KindSet
	KindMapIterator
	KindSetIterator
	KindArrayIterator
	KindStringIterator
	KindRegExpStringIterator
	KindGenerator
	KindFunction
	KindClass
	KindGeneratorFunction
	KindAsyncFunction
	KindNativeFunction
	KindBoundFunction
	KindPromise
	KindError
	KindPrimitive
	KindString
	KindDate
	KindRegExp
	KindArrayBuffer
	KindTypedArray
	KindDataView
	KindWeakMap
	KindWeakSet
	KindProxy
	KindDynamic
	KindDynamicArray
)

// IsFunction reports whether objects of this kind are callable. A proxy may be, too.
func (k Kind) IsFunction() bool { return k >= KindFunction && k <= KindBoundFunction }

var kindNames = map[string]Kind{
	"baseObject": KindOrdinary, "guardedObject": KindOrdinary, "templatedObject": KindOrdinary,
	"arrayObject": KindArray, "templatedArrayObject": KindSparseArray, "sparseArrayObject": KindSparseArray,
	"argumentsObject": KindArguments, "mapObject": KindMap, "setObject": KindSet,
	"mapIterObject": KindMapIterator, "setIterObject": KindSetIterator,
	"arrayIterObject": KindArrayIterator, "stringIterObject": KindStringIterator,
	"regExpStringIterObject": KindRegExpStringIterator, "generatorObject": KindGenerator,
	"funcObject": KindFunction, "methodFuncObject": KindFunction, "arrowFuncObject": KindFunction,
	"classFuncObject": KindClass, "generatorFuncObject": KindGeneratorFunction,
	"generatorMethodFuncObject": KindGeneratorFunction, "asyncFuncObject": KindAsyncFunction,
	"asyncMethodFuncObject": KindAsyncFunction, "asyncArrowFuncObject": KindAsyncFunction,
	"nativeFuncObject": KindNativeFunction, "wrappedFuncObject": KindNativeFunction,
	"templatedFuncObject": KindNativeFunction, "boundFuncObject": KindBoundFunction,
	"Promise": KindPromise, "errorObject": KindError, "primitiveValueObject": KindPrimitive,
	"stringObject": KindString, "dateObject": KindDate, "regexpObject": KindRegExp,
	"arrayBufferObject": KindArrayBuffer, "typedArrayObject": KindTypedArray,
	"dataViewObject": KindDataView, "weakMapObject": KindWeakMap, "weakSetObject": KindWeakSet,
	"proxyObject": KindProxy, "dynamicObject": KindDynamic, "dynamicArray": KindDynamicArray,
}

// slots is where hidden state lies; found once a process.
type slots struct {
	self                   uintptr
	kinds                  sync.Map // first word of the interface → Kind
	propertyTab            unsafe.Pointer
	arrayValues            uintptr
	mapEntries, setEntries uintptr
	mapIter, mapIterKind   uintptr
	setIter, setIterKind   uintptr
	orderedFirst           uintptr
	orderedSize            uintptr
	primitive, stringValue uintptr
	dateMsec               uintptr
	proxyTarget            uintptr
	proxyHandler           uintptr
	proxyHandlerType       reflect.Type
	propNames, symValues   uintptr
	values, prototype      uintptr
	plainTab               unsafe.Pointer
	asyncArrowTab          unsafe.Pointer
	weakMap, weakSet       uintptr

	function, method, arrow, native unsafe.Pointer // first words
	nativeEntry                     uintptr
}

// valueProperty and mapEntry mirror goja's types of the same names; findSlots compares them.
type valueProperty struct {
	value                                        goja.Value
	writable, configurable, enumerable, accessor bool
	getterFunc, setterFunc                       *goja.Object
}

type mapEntry struct {
	key, value         goja.Value
	iterPrev, iterNext *mapEntry
	//lint:ignore U1000 there for the layout
	hNext *mapEntry
}

type orderedMapIter struct {
	m   unsafe.Pointer
	cur *mapEntry
}

var sharedSlots = sync.OnceValues(findSlots)

// CheckSlots returns an error that names what goja has moved, nil if nothing.
func CheckSlots() error {
	_, err := sharedSlots()
	return err
}

func mustSlots() *slots {
	s, err := sharedSlots()
	if err != nil {
		panic(err)
	}
	return s
}

func findSlots() (*slots, error) {
	l, err := sharedLayout()
	if err != nil {
		return nil, err
	}
	s := &slots{self: l.objectSelf}
	rt := goja.New()
	run := func(src string) reflect.Type {
		v, err := rt.RunString(src)
		if err != nil {
			panic(err)
		}
		return reflect.ValueOf(v.(*goja.Object)).Elem().FieldByName("self").Elem().Type().Elem()
	}
	offset := func(dst *uintptr, t reflect.Type, name, want string) {
		f, ok := t.FieldByName(name)
		if err == nil && (!ok || f.Type.String() != want) {
			err = fmt.Errorf("gojax: %s has no field %s of type %s", t, name, want)
		}
		*dst = f.Offset
	}
	mapT, setT := run("new Map"), run("new Set")
	mapIt, setIt := run("new Map().values()"), run("new Set().values()")
	offset(&s.weakMap, run("new WeakMap"), "m", "goja.weakMap")
	offset(&s.weakSet, run("new WeakSet"), "s", "goja.weakMap")
	if wm, ok := run("new WeakMap").FieldByName("m"); err == nil && (!ok || wm.Type.NumField() != 2 || wm.Type.Field(1).Type != reflect.TypeFor[sync.Mutex]() ||
		wm.Type.Field(0).Type != reflect.TypeFor[map[weak.Pointer[goja.Object]]goja.Value]()) {
		err = fmt.Errorf("gojax: weak maps are %s", wm.Type)
	}
	if bo, ok := run("({})").FieldByName("values"); ok && bo.Type == reflect.TypeFor[map[unistring.String]goja.Value]() {
		s.values = bo.Offset
	} else if err == nil {
		err = fmt.Errorf("gojax: plain objects have no map of values")
	}
	plain, _ := rt.RunString("({})")
	s.plainTab = s.words(plain.(*goja.Object))[0]
	for _, f := range []struct {
		src, name string
		word      *unsafe.Pointer
	}{
		{"(function () {})", "goja.funcObject", &s.function},
		{"({ m() {} }).m", "goja.methodFuncObject", &s.method},
		{"(() => {})", "goja.arrowFuncObject", &s.arrow},
	} {
		v, _ := rt.RunString(f.src)
		t := reflect.ValueOf(v).Elem().FieldByName("self").Elem().Type().Elem()
		if err == nil && (t.String() != f.name || t.Field(0).Name != "baseJsFuncObject") {
			err = fmt.Errorf("gojax: functions are %s", t)
		}
		*f.word = s.words(v.(*goja.Object))[0]
	}
	native := NewFunc(rt, "", 0, nil)
	s.native = s.words(native)[0]
	offset(&s.nativeEntry, reflect.ValueOf(native).Elem().FieldByName("self").Elem().Type().Elem(),
		"f", "func(goja.FunctionCall) goja.Value")
	asyncArrow, _ := rt.RunString("async () => {}")
	s.asyncArrowTab = s.words(asyncArrow.(*goja.Object))[0]
	offset(&s.prototype, run("({})"), "prototype", "*goja.Object")
	offset(&s.propNames, run("[]"), "propNames", "[]unistring.String")
	offset(&s.symValues, run("[]"), "symValues", "*goja.orderedMap")
	offset(&s.arrayValues, run("[]"), "values", "[]goja.Value")
	offset(&s.mapEntries, mapT, "m", "*goja.orderedMap")
	offset(&s.setEntries, setT, "m", "*goja.orderedMap")
	offset(&s.mapIter, mapIt, "iter", "*goja.orderedMapIter")
	offset(&s.mapIterKind, mapIt, "kind", "goja.iterationKind")
	offset(&s.setIter, setIt, "iter", "*goja.orderedMapIter")
	offset(&s.setIterKind, setIt, "kind", "goja.iterationKind")
	offset(&s.primitive, run("new Number(1)"), "pValue", "goja.Value")
	offset(&s.stringValue, run("new String('')"), "value", "goja.String")
	offset(&s.dateMsec, run("new Date"), "msec", "int64")
	// Not made by a script: what wraps Proxy may be what waits for this.
	proxy := rt.ToValue(rt.NewProxy(rt.NewObject(), &goja.ProxyTrapConfig{}))
	proxyT := reflect.ValueOf(proxy.(*goja.Object)).Elem().FieldByName("self").Elem().Type().Elem()
	offset(&s.proxyTarget, proxyT, "target", "*goja.Object")
	offset(&s.proxyHandler, proxyT, "handler", "goja.proxyHandler")
	if h, ok := proxyT.FieldByName("handler"); ok {
		s.proxyHandlerType = h.Type
	}
	if err != nil {
		return nil, err
	}
	mf, _ := mapT.FieldByName("m")
	ordered := mf.Type.Elem()
	offset(&s.orderedFirst, ordered, "iterFirst", "*goja.mapEntry")
	offset(&s.orderedSize, ordered, "size", "int")
	if err != nil {
		return nil, err
	}
	ef, _ := ordered.FieldByName("iterFirst")
	itf, _ := mapIt.FieldByName("iter")
	fn := run("(function () {})")
	lenProp, ok := fn.FieldByName("lenProp")
	if !ok {
		return nil, fmt.Errorf("gojax: %s has no field lenProp", fn)
	}
	for _, m := range []struct{ theirs, ours reflect.Type }{
		{ef.Type.Elem(), reflect.TypeFor[mapEntry]()},
		{itf.Type.Elem(), reflect.TypeFor[orderedMapIter]()},
		{lenProp.Type, reflect.TypeFor[valueProperty]()},
	} {
		if err := sameShape(m.theirs, m.ours); err != nil {
			return nil, err
		}
	}
	probe, err := rt.RunString("({ get x() { return 1 } })")
	if err != nil {
		return nil, err
	}
	p := getOwnProp(probe.(*goja.Object), rt.ToValue("x"))
	if reflect.TypeOf(p).String() != "*goja.valueProperty" {
		return nil, fmt.Errorf("gojax: an accessor is a %T", p)
	}
	s.propertyTab = (*[2]unsafe.Pointer)(unsafe.Pointer(&p))[0]
	return s, nil
}

func sameShape(theirs, ours reflect.Type) error {
	if theirs.Size() != ours.Size() || theirs.NumField() != ours.NumField() {
		return fmt.Errorf("gojax: %s has another shape", theirs)
	}
	for i := range ours.NumField() {
		a, b := theirs.Field(i), ours.Field(i)
		if a.Name != b.Name || a.Offset != b.Offset || a.Type.Kind() != b.Type.Kind() && b.Type.Kind() != reflect.UnsafePointer {
			return fmt.Errorf("gojax: %s.%s has moved", theirs, a.Name)
		}
	}
	return nil
}

//go:linkname getOwnProp github.com/dop251/goja.(*Object).getOwnProp
func getOwnProp(o *goja.Object, key goja.Value) goja.Value

//go:linkname getProp github.com/dop251/goja.(*Object).get
func getProp(o *goja.Object, key, receiver goja.Value) goja.Value

func (s *slots) words(o *goja.Object) *[2]unsafe.Pointer {
	return (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(o), s.self))
}

// KindOf returns what o is to the engine.
func KindOf(o *goja.Object) Kind {
	s := mustSlots()
	tab := s.words(o)[0]
	if k, ok := s.kinds.Load(tab); ok {
		return k.(Kind)
	}
	k := KindUnknown
	if t := reflect.ValueOf(o).Elem().FieldByName("self").Elem().Type(); t.Kind() == reflect.Pointer {
		k = kindNames[t.Elem().Name()]
	}
	s.kinds.Store(tab, k)
	return k
}

// A Property is an own property's descriptor.
type Property struct {
	Value                              goja.Value
	Getter, Setter                     *goja.Object
	Accessor                           bool
	Writable, Enumerable, Configurable bool
}

// GetOwn is [[GetOwnProperty]]: no getter runs, a proxy's trap does.
func GetOwn(o *goja.Object, key goja.Value) (p Property, ok bool) {
	v := getOwnProp(o, key)
	if v == nil {
		return p, false
	}
	return property(mustSlots(), v), true
}

func property(s *slots, v goja.Value) Property {
	w := (*[2]unsafe.Pointer)(unsafe.Pointer(&v))
	if w[0] != s.propertyTab {
		return Property{Value: v, Writable: true, Enumerable: true, Configurable: true}
	}
	vp := (*valueProperty)(w[1])
	value := vp.value
	if value == nil && !vp.accessor {
		value = goja.Undefined()
	}
	return Property{
		Value: value, Getter: vp.getterFunc, Setter: vp.setterFunc, Accessor: vp.accessor,
		Writable: vp.writable, Enumerable: vp.enumerable, Configurable: vp.configurable,
	}
}

// Get is [[Get]] with a key that may be a number, string or symbol.
func Get(o *goja.Object, key goja.Value) goja.Value {
	v := getProp(o, key, nil)
	if v == nil {
		return goja.Undefined()
	}
	return v
}

// Field is o[name]. As long as it meets no accessors and no exotic objects it
// costs a map look-up for each object of the prototype chain.
func Field(o *goja.Object, name unistring.String) goja.Value {
	s := mustSlots()
	for p := o; ; {
		w := s.words(p)
		if w[0] != s.plainTab {
			break
		}
		values := *(*map[unistring.String]goja.Value)(unsafe.Add(w[1], s.values))
		if v := values[name]; v != nil {
			iface := (*[2]unsafe.Pointer)(unsafe.Pointer(&v))
			if iface[0] != s.propertyTab {
				return v
			}
			prop := (*valueProperty)(iface[1])
			if prop.accessor {
				break
			}
			if prop.value != nil {
				return prop.value
			}
			return goja.Undefined()
		}
		if p = *(**goja.Object)(unsafe.Add(w[1], s.prototype)); p == nil {
			return goja.Undefined()
		}
	}
	if v := o.Get(name.String()); v != nil {
		return v
	}
	return goja.Undefined()
}

// SetField is o[name] = v in strict code.
func SetField(o *goja.Object, name unistring.String, v goja.Value) {
	s := mustSlots()
	w := s.words(o)
	if w[0] == s.plainTab {
		values := *(*map[unistring.String]goja.Value)(unsafe.Add(w[1], s.values))
		if old := values[name]; old != nil && (*[2]unsafe.Pointer)(unsafe.Pointer(&old))[0] != s.propertyTab {
			values[name] = v
			return
		}
	}
	if err := o.Set(name.String(), v); err != nil {
		panic(err)
	}
}

// Elements returns the dense elements of an array, nil where there is a hole.
// ok is false if o is no array or keeps some of them as descriptors.
func Elements(o *goja.Object) (values []goja.Value, ok bool) {
	if KindOf(o) != KindArray {
		return nil, false
	}
	s := mustSlots()
	values = *(*[]goja.Value)(unsafe.Add(s.words(o)[1], s.arrayValues))
	for i := range values {
		if (*[2]unsafe.Pointer)(unsafe.Pointer(&values[i]))[0] == s.propertyTab {
			return nil, false
		}
	}
	return values, true
}

func (s *slots) ordered(o *goja.Object) unsafe.Pointer {
	switch KindOf(o) {
	case KindMap:
		return *(*unsafe.Pointer)(unsafe.Add(s.words(o)[1], s.mapEntries))
	case KindSet:
		return *(*unsafe.Pointer)(unsafe.Add(s.words(o)[1], s.setEntries))
	}
	return nil
}

// Size is the number of entries of a Map or Set.
func Size(o *goja.Object) int {
	s := mustSlots()
	m := s.ordered(o)
	if m == nil {
		return 0
	}
	return *(*int)(unsafe.Add(m, s.orderedSize))
}

// Entries calls yield with the entries of a Map or Set (whose values are nil)
// in order. JavaScript that yield runs may change the collection.
func Entries(o *goja.Object, yield func(key, value goja.Value) bool) {
	s := mustSlots()
	m := s.ordered(o)
	if m == nil {
		return
	}
	for e := *(**mapEntry)(unsafe.Add(m, s.orderedFirst)); e != nil; e = e.iterNext {
		if e.key != nil && !yield(e.key, e.value) {
			return
		}
	}
}

// IteratorPreview returns what a Map or Set iterator has not yet given out,
// without moving it; a flat list of keys and values if pairs is true.
func IteratorPreview(o *goja.Object) (list []goja.Value, pairs bool) {
	s := mustSlots()
	k := KindOf(o)
	base := s.words(o)[1]
	var it *orderedMapIter
	var kind int
	if k == KindMapIterator {
		it = *(**orderedMapIter)(unsafe.Add(base, s.mapIter))
		kind = *(*int)(unsafe.Add(base, s.mapIterKind))
	} else if k == KindSetIterator {
		it = *(**orderedMapIter)(unsafe.Add(base, s.setIter))
		kind = *(*int)(unsafe.Add(base, s.setIterKind))
	} else {
		return nil, false
	}
	pairs = kind == 2
	if it == nil || it.m == nil {
		return nil, pairs
	}
	e := it.cur
	// As goja's own next: back over what has been deleted, then one on.
	for e != nil && e.key == nil {
		e = e.iterPrev
	}
	if e != nil {
		e = e.iterNext
	} else {
		e = *(**mapEntry)(unsafe.Add(it.m, s.orderedFirst))
	}
	for ; e != nil; e = e.iterNext {
		switch {
		case pairs && k == KindSetIterator:
			list = append(list, e.key, e.key)
		case pairs:
			list = append(list, e.key, e.value)
		case kind == 1 && k == KindMapIterator:
			list = append(list, e.value)
		default:
			list = append(list, e.key)
		}
	}
	return list, pairs
}

// Primitive returns the value inside a Number, String, Boolean, BigInt or
// Symbol object, nil if o is none.
func Primitive(o *goja.Object) goja.Value {
	s := mustSlots()
	switch KindOf(o) {
	case KindPrimitive:
		return *(*goja.Value)(unsafe.Add(s.words(o)[1], s.primitive))
	case KindString:
		return *(*goja.String)(unsafe.Add(s.words(o)[1], s.stringValue))
	}
	return nil
}

// DateValue returns a Date's milliseconds; valid is false for an invalid date.
func DateValue(o *goja.Object) (ms int64, valid bool) {
	s := mustSlots()
	if KindOf(o) != KindDate {
		return 0, false
	}
	ms = *(*int64)(unsafe.Add(s.words(o)[1], s.dateMsec))
	return ms, ms != -1<<63
}

// ProxyTarget returns what a proxy stands for; nil if it has been revoked.
func ProxyTarget(o *goja.Object) *goja.Object {
	s := mustSlots()
	if KindOf(o) != KindProxy {
		return nil
	}
	base := s.words(o)[1]
	if (*[2]unsafe.Pointer)(unsafe.Add(base, s.proxyHandler))[0] == nil {
		return nil
	}
	return *(**goja.Object)(unsafe.Add(base, s.proxyTarget))
}

// HasNamedProperties reports whether an array may have own properties besides
// its elements and length. False is certain, true is not.
func HasNamedProperties(o *goja.Object) bool {
	s := mustSlots()
	switch KindOf(o) {
	case KindArray, KindSparseArray, KindTypedArray:
		base := s.words(o)[1]
		return *(*int)(unsafe.Add(base, s.propNames+unsafe.Sizeof(uintptr(0)))) > s.plainNames(o) ||
			*(*unsafe.Pointer)(unsafe.Add(base, s.symValues)) != nil
	}
	return true
}

// ExtraNames returns the string keys of an array's own properties that are not
// its elements'.
func ExtraNames(o *goja.Object) []string {
	s := mustSlots()
	switch KindOf(o) {
	case KindArray, KindSparseArray, KindTypedArray:
		var out []string
		for _, n := range *(*[]unistring.String)(unsafe.Add(s.words(o)[1], s.propNames)) {
			out = append(out, n.String())
		}
		return out
	}
	return nil
}

// SmallNames returns the string keys of an object's own properties; nil if there
// are more than limit, or if the engine makes them up when asked.
func SmallNames(o *goja.Object, limit int) []string {
	s := mustSlots()
	switch KindOf(o) {
	case KindOrdinary, KindError, KindMap, KindSet, KindPromise, KindFunction, KindClass, KindGeneratorFunction, KindAsyncFunction:
	default:
		return nil
	}
	names := *(*[]unistring.String)(unsafe.Add(s.words(o)[1], s.propNames))
	if len(names) > limit {
		return nil
	}
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = n.String()
	}
	return out
}

// plainNames is how many names every object of this kind has: an array's length.
func (s *slots) plainNames(o *goja.Object) int {
	if KindOf(o) == KindTypedArray {
		return 0
	}
	return 1
}

// WeakEntries returns what is alive in a WeakMap or WeakSet, in no order.
func WeakEntries(o *goja.Object) (keys, values []goja.Value) {
	s := mustSlots()
	var off uintptr
	switch KindOf(o) {
	case KindWeakMap:
		off = s.weakMap
	case KindWeakSet:
		off = s.weakSet
	default:
		return nil, nil
	}
	// A finalizer of the collector's may delete entries meanwhile: the mutex is goja's.
	m := (*struct {
		m map[weak.Pointer[goja.Object]]goja.Value
		sync.Mutex
	})(unsafe.Add(s.words(o)[1], off))
	m.Lock()
	defer m.Unlock()
	for p, v := range m.m {
		if k := p.Value(); k != nil {
			keys, values = append(keys, k), append(values, v)
		}
	}
	return keys, values
}

// IsArguments reports whether o is an arguments object, of a strict function or not.
func IsArguments(o *goja.Object) bool {
	k := KindOf(o)
	return k == KindArguments || k == KindOrdinary && o.ClassName() == "Arguments"
}

// Named is an own property with its name.
type Named struct {
	Name string
	Property
}

// Enumerable returns the enumerable string-keyed properties of a plain object
// in order, without a call into the engine. ok is false if o is no plain
// object, has symbol keys, or names that need sorting.
func Enumerable(o *goja.Object) (list []Named, ok bool) {
	s := mustSlots()
	w := s.words(o)
	if w[0] != s.plainTab || *(*unsafe.Pointer)(unsafe.Add(w[1], s.symValues)) != nil || len(ShapeSymbols(o)) > 0 {
		return nil, false
	}
	names := *(*[]unistring.String)(unsafe.Add(w[1], s.propNames))
	if len(names) == 0 {
		return nil, true
	}
	values := *(*map[unistring.String]goja.Value)(unsafe.Add(w[1], s.values))
	list = make([]Named, 0, len(names))
	for _, n := range names {
		if n == "" || n[0] >= '0' && n[0] <= '9' || n.AsUtf16() != nil {
			return nil, false // an index may be out of order; the rest is rare
		}
		v, has := values[n]
		if !has || v == nil {
			return nil, false
		}
		if p := property(s, v); p.Enumerable {
			list = append(list, Named{string(n), p})
		}
	}
	return list, true
}
