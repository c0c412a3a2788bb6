package gojax

import (
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// A Cell is a module's binding: the property that all objects through which it
// is seen have in common. What one of them writes, all others read, at the
// price of a plain property.
type Cell struct{ p valueProperty }

// NewCell returns a cell that holds undefined.
func NewCell() *Cell {
	return &Cell{valueProperty{value: goja.Undefined(), writable: true, enumerable: true}}
}

// Set initialises the cell, or changes it.
func (c *Cell) Set(v goja.Value) {
	c.p.value, c.p.accessor, c.p.getterFunc, c.p.setterFunc = v, false, nil, nil
}

// Get returns the cell's value; it throws in its temporal dead zone.
func (c *Cell) Get() goja.Value { return c.p.read() }

// Guard has reading the cell call get, and the first write set. In a binding's
// temporal dead zone get throws; or it finds a value that is made late.
func (c *Cell) Guard(get, set *goja.Object) {
	c.p.value, c.p.accessor, c.p.getterFunc, c.p.setterFunc = nil, true, get, set
}

// asValue is the cell as goja keeps properties.
func (c *Cell) asValue(s *slots) (v goja.Value) {
	*(*[2]unsafe.Pointer)(unsafe.Pointer(&v)) = [2]unsafe.Pointer{s.propertyTab, unsafe.Pointer(&c.p)}
	return v
}

// Environment returns an object without a prototype whose properties are cells.
func Environment(rt *goja.Runtime, names []string, cells []*Cell) *goja.Object {
	s := mustSlots()
	o := rt.CreateObject(nil)
	s.bind(o, names, cells)
	return o
}

func (s *slots) bind(o *goja.Object, names []string, cells []*Cell) {
	base := s.words(o)[1]
	values := *(*map[unistring.String]goja.Value)(unsafe.Add(base, s.values))
	list := (*[]unistring.String)(unsafe.Add(base, s.propNames))
	for i, n := range names {
		u := unistring.NewFromString(n)
		if _, ok := values[u]; !ok {
			*list = append(*list, u)
		}
		values[u] = cells[i].asValue(s)
	}
}

// namespaceSlots is what makes an ordinary object a module namespace: a method
// table of its own, in which the few essential methods that differ are ours.
type namespaceSlots struct {
	tab unsafe.Pointer
	baseSlots
}

// baseSlots is where ordinary objects keep what a namespace needs.
type baseSlots struct{ extensible, sorted, val, objectRuntime uintptr }

// itab mirrors the head of runtime.itab, with the methods behind it.
type itab struct {
	inter, typ unsafe.Pointer
	hash       uint32
	fun        [1 << 8]uintptr
}

var (
	sharedNamespace = sync.OnceValues(findNamespace)
	sharedBase      = sync.OnceValues(findBase)
)

func findBase() (*baseSlots, error) {
	ns := &baseSlots{}
	base := reflect.ValueOf(goja.New().NewObject()).Elem().FieldByName("self").Elem().Type().Elem()
	for _, f := range []struct {
		dst        *uintptr
		in         reflect.Type
		name, want string
	}{
		{&ns.extensible, base, "extensible", "bool"},
		{&ns.sorted, base, "lastSortedPropLen", "int"},
		{&ns.val, base, "val", "*goja.Object"},
		{&ns.objectRuntime, reflect.TypeFor[goja.Object](), "runtime", "*goja.Runtime"},
	} {
		sf, ok := f.in.FieldByName(f.name)
		if !ok || sf.Type.String() != f.want {
			return nil, fmt.Errorf("gojax: %s has no field %s of type %s", f.in, f.name, f.want)
		}
		*f.dst = sf.Offset
	}
	return ns, nil
}

func findNamespace() (*namespaceSlots, error) {
	s, err := sharedSlots()
	if err != nil {
		return nil, err
	}
	base, err := sharedBase()
	if err != nil {
		return nil, err
	}
	ns := &namespaceSlots{baseSlots: *base}
	plain := goja.New().NewObject()
	inter := reflect.ValueOf(plain).Elem().FieldByName("self").Type()
	if m, ok := inter.MethodByName("iterateStringKeys"); !ok || sameShape(m.Type.Out(0).Out(0), reflect.TypeFor[keyItem]()) != nil {
		return nil, fmt.Errorf("gojax: the iteration of keys has changed")
	}
	n := inter.NumMethod()
	theirs := (*itab)(s.words(plain)[0])
	size := unsafe.Offsetof(theirs.fun) + uintptr(n)*unsafe.Sizeof(theirs.fun[0])
	ours := new(itab)
	copy(unsafe.Slice((*byte)(unsafe.Pointer(ours)), size), unsafe.Slice((*byte)(unsafe.Pointer(theirs)), size))
	replace := namespaceMethods()
	for i := range n {
		name := inter.Method(i).Name
		fn, ok := replace[name]
		if !ok {
			continue
		}
		delete(replace, name)
		if f := runtime.FuncForPC(ours.fun[i]); f == nil || f.Name() != "github.com/dop251/goja.(*baseObject)."+name {
			return nil, fmt.Errorf("gojax: the method table of plain objects is not as expected at %s", name)
		}
		ours.fun[i] = reflect.ValueOf(fn).Pointer()
	}
	if len(replace) > 0 {
		return nil, fmt.Errorf("gojax: objects have no methods %v", replace)
	}
	ns.tab = unsafe.Pointer(ours)
	return ns, nil
}

// namespaceMethods are the methods of module namespaces that differ from
// those of ordinary objects (ECMA-262, 10.4.6). They are called in place of
// methods: the receiver is the first argument.
func namespaceMethods() map[string]any {
	return map[string]any{
		"getOwnPropStr":        nsGetOwnStr,
		"setOwnStr":            nsSetOwnStr,
		"setOwnIdx":            nsSetOwnIdx,
		"setOwnSym":            nsSetOwnSym,
		"setForeignStr":        nsSetForeignStr,
		"setForeignIdx":        nsSetForeignIdx,
		"setForeignSym":        nsSetForeignSym,
		"defineOwnPropertyStr": nsDefineStr,
		"defineOwnPropertySym": nsDefineSym,
		"stringKeys":           nsStringKeys,
		"setProto":             nsSetProto,
		"iterateStringKeys":    nsIterate,
	}
}

func mustNamespace() *namespaceSlots {
	ns, err := sharedNamespace()
	if err != nil {
		panic(err)
	}
	return ns
}

// Namespace returns a module namespace object with the given exports, which
// must be sorted by their code units.
func Namespace(rt *goja.Runtime, names []string, cells []*Cell) *goja.Object {
	s, ns := mustSlots(), mustNamespace()
	o := rt.CreateObject(nil)
	s.bind(o, names, cells)
	_ = o.DefineDataPropertySymbol(goja.SymToStringTag, rt.ToValue("Module"), goja.FLAG_FALSE, goja.FLAG_FALSE, goja.FLAG_FALSE)
	w := s.words(o)
	*(*bool)(unsafe.Add(w[1], ns.extensible)) = false
	*(*int)(unsafe.Add(w[1], ns.sorted)) = len(names)
	w[0] = ns.tab
	return o
}

// IsNamespace reports whether o is a module namespace object.
func IsNamespace(o *goja.Object) bool {
	ns, err := sharedNamespace()
	return err == nil && mustSlots().words(o)[0] == ns.tab
}

// nsCell is an export's property, nil if there is none.
func nsCell(o unsafe.Pointer, name unistring.String) *valueProperty {
	s := mustSlots()
	v := (*(*map[unistring.String]goja.Value)(unsafe.Add(o, s.values)))[name]
	if v == nil {
		return nil
	}
	return (*valueProperty)((*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1])
}

// read returns the value; it throws in the temporal dead zone.
func (p *valueProperty) read() goja.Value {
	if p.accessor {
		if fn := Func(p.getterFunc); fn != nil {
			return fn(goja.FunctionCall{This: goja.Undefined()})
		}
	}
	return p.value
}

func nsRuntime(o unsafe.Pointer) *goja.Runtime {
	base, _ := sharedBase() // the namespace could not have been made without it
	val := *(*unsafe.Pointer)(unsafe.Add(o, base.val))
	return *(**goja.Runtime)(unsafe.Add(val, base.objectRuntime))
}

func nsThrow(o unsafe.Pointer, throw bool, format string, args ...any) bool {
	if throw {
		panic(nsRuntime(o).NewTypeError(fmt.Sprintf(format, args...)))
	}
	return false
}

func nsGetOwnStr(o unsafe.Pointer, name unistring.String) goja.Value {
	s := mustSlots()
	v := (*(*map[unistring.String]goja.Value)(unsafe.Add(o, s.values)))[name]
	if v != nil {
		nsCell(o, name).read()
	}
	return v
}

func nsRefuse(o unsafe.Pointer, name string, has, throw bool) bool {
	if has {
		return nsThrow(o, throw, "Cannot assign to read only property '%s' of object '[object Module]'", name)
	}
	return nsThrow(o, throw, "Cannot add property %s, object is not extensible", name)
}

func nsSetOwnStr(o unsafe.Pointer, name unistring.String, _ goja.Value, throw bool) bool {
	return nsRefuse(o, name.String(), nsCell(o, name) != nil, throw)
}

func nsSetOwnIdx(o unsafe.Pointer, idx int64, _ goja.Value, throw bool) bool {
	name := unistring.NewFromString(fmt.Sprint(idx))
	return nsRefuse(o, name.String(), nsCell(o, name) != nil, throw)
}

func nsSetOwnSym(o unsafe.Pointer, sym *goja.Symbol, _ goja.Value, throw bool) bool {
	return nsRefuse(o, sym.String(), sym == goja.SymToStringTag, throw)
}

func nsSetForeignStr(o unsafe.Pointer, name unistring.String, _, _ goja.Value, throw bool) (res, handled bool) {
	return nsRefuse(o, name.String(), nsCell(o, name) != nil, throw), true
}

func nsSetForeignIdx(o unsafe.Pointer, idx int64, v, _ goja.Value, throw bool) (res, handled bool) {
	return nsSetOwnIdx(o, idx, v, throw), true
}

func nsSetForeignSym(o unsafe.Pointer, sym *goja.Symbol, v, _ goja.Value, throw bool) (res, handled bool) {
	return nsSetOwnSym(o, sym, v, throw), true
}

func nsSetProto(o unsafe.Pointer, proto *goja.Object, throw bool) bool {
	return proto == nil || nsThrow(o, throw, "[object Module] is not extensible")
}

// nsDefineStr is [[DefineOwnProperty]]: nothing may change.
func nsDefineStr(o unsafe.Pointer, name unistring.String, d goja.PropertyDescriptor, throw bool) bool {
	p := nsCell(o, name)
	if p == nil {
		return nsThrow(o, throw, "Cannot redefine property: %s", name.String())
	}
	if v := p.read(); d.Getter != nil || d.Setter != nil || d.Configurable == goja.FLAG_TRUE || d.Enumerable == goja.FLAG_FALSE ||
		d.Writable == goja.FLAG_FALSE || d.Value != nil && !d.Value.SameAs(v) {
		return nsThrow(o, throw, "Cannot redefine property: %s", name.String())
	}
	return true
}

func nsDefineSym(o unsafe.Pointer, sym *goja.Symbol, d goja.PropertyDescriptor, throw bool) bool {
	if sym != goja.SymToStringTag {
		return nsThrow(o, throw, "Cannot redefine property: %s", sym.String())
	}
	if d.Getter != nil || d.Setter != nil || d.Configurable == goja.FLAG_TRUE || d.Enumerable == goja.FLAG_TRUE ||
		d.Writable == goja.FLAG_TRUE || d.Value != nil && d.Value.String() != "Module" {
		return nsThrow(o, throw, "Cannot redefine property: %s", sym.String())
	}
	return true
}

// nsStringKeys lists the exports. Who asks for enumerable ones asks for each
// one's descriptor, too.
func nsStringKeys(o unsafe.Pointer, all bool, keys []goja.Value) []goja.Value {
	s := mustSlots()
	rt := nsRuntime(o)
	for _, n := range *(*[]unistring.String)(unsafe.Add(o, s.propNames)) {
		if !all {
			nsCell(o, n).read()
		}
		keys = append(keys, rt.ToValue(n.String()))
	}
	return keys
}

// keyItem and keyIter mirror goja's propIterItem and iterNextFunc.
type keyItem struct {
	name goja.Value
	//lint:ignore U1000 there for the layout
	value goja.Value
	//lint:ignore U1000 there for the layout
	enumerable int
}

type keyIter func() (keyItem, keyIter)

// nsIterate gives out names without values: Object.freeze would change those in place.
func nsIterate(o unsafe.Pointer) keyIter {
	keys := nsStringKeys(o, true, nil)
	var next keyIter
	next = func() (keyItem, keyIter) {
		if len(keys) == 0 {
			return keyItem{}, nil
		}
		k := keys[0]
		keys = keys[1:]
		return keyItem{name: k}, next
	}
	return next
}
