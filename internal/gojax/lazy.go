package gojax

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// templated mirrors goja's templatedObject; findTemplated compares them.
type templated struct {
	base  baseObject
	tmpl  *Template
	proto bool
}

// templatedTab is the first word of templated objects.
var templatedTab = sync.OnceValues(func() (unsafe.Pointer, error) {
	t, err := templatedType()
	if err != nil {
		return nil, err
	}
	f, ok := t.FieldByName("tmpl")
	if !ok || f.Offset != unsafe.Offsetof(templated{}.tmpl) || t.Size() != reflect.TypeFor[templated]().Size() {
		return nil, errTemplated
	}
	if err := sameShape(t.Field(0).Type, reflect.TypeFor[baseObject]()); err != nil {
		return nil, err
	}
	return selfWords(goja.New().GlobalObject())[0], nil
})

var errTemplated = errors.New("gojax: templated objects have other fields")

func templatedOf(o *goja.Object) *templated {
	if tab, err := templatedTab(); err == nil && selfWords(o)[0] == tab {
		return (*templated)(selfWords(o)[1])
	}
	return nil
}

// NewLazyObject makes an ordinary object whose methods, as [LazyMethod] adds
// them, are made when a script first touches them.
func NewLazyObject(r *goja.Runtime) *goja.Object {
	return NewTemplate(ownTemplate).Object(r)
}

// ownTemplate is the prototype factory of templates that belong to one object.
func ownTemplate(r *goja.Runtime) *goja.Object { return r.NewObject().Prototype() }

// LazyMethod gives o, which [NewLazyObject] made, an enumerable method; false
// if o is another kind of object, or has such a property.
func LazyMethod(r *goja.Runtime, o *goja.Object, name string, length int, fn func(goja.FunctionCall) goja.Value) bool {
	t := templatedOf(o)
	if t == nil || t.tmpl.protoFactory == nil || code(t.tmpl.protoFactory) != code(ownTemplate) {
		return false
	}
	key := unistring.NewFromString(name)
	if _, ok := t.base.values[key]; ok {
		return false
	}
	if _, ok := t.tmpl.props[key]; !ok {
		t.tmpl.propNames = append(t.tmpl.propNames, key)
		if t.base.propNames != nil {
			t.base.propNames = append(slices.Clip(t.base.propNames), key)
		}
	}
	t.tmpl.props[key] = func(r *goja.Runtime) goja.Value { return NewFunc(r, name, length, fn) }
	return true
}

// ExtendGlobal gives one runtime's global object further properties, in the
// order of names. It comes before any property is added otherwise.
func ExtendGlobal(r *goja.Runtime, names []string, props map[string]Factory) error {
	if _, err := templatedTab(); err != nil {
		return err
	}
	t := templatedOf(r.GlobalObject())
	if t == nil || t.base.propNames != nil {
		return errTemplated
	}
	own := *t.tmpl
	own.propNames = slices.Grow(slices.Clone(own.propNames), len(names))
	own.props = maps.Clone(own.props)
	for _, name := range names {
		key := unistring.String(name)
		own.propNames = append(own.propNames, key)
		own.props[key] = props[name]
	}
	t.tmpl = &own
	return nil
}

// LazyAccessor makes the getter and the setter of a configurable property of o.
// Reading it makes it the data property that load returns, as does writing to it.
func LazyAccessor(r *goja.Runtime, o *goja.Object, name string, enumerable bool, load func() goja.Value) (get, set *goja.Object) {
	e := goja.FLAG_FALSE
	if enumerable {
		e = goja.FLAG_TRUE
	}
	settle := func(v goja.Value) {
		if err := o.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, e); err != nil {
			panic(err)
		}
	}
	get = NewFunc(r, "get", 0, func(goja.FunctionCall) goja.Value {
		v := load()
		settle(v)
		return v
	})
	set = NewFunc(r, "set", 1, func(c goja.FunctionCall) goja.Value {
		settle(c.Argument(0))
		return goja.Undefined()
	})
	return get, set
}

// LazyProp is such a property in a template.
func LazyProp(r *goja.Runtime, o *goja.Object, name string, enumerable bool, load func() goja.Value) goja.Value {
	v := AccessorProp(LazyAccessor(r, o, name, enumerable, load))
	(*valueProperty)((*[2]unsafe.Pointer)(unsafe.Pointer(&v))[1]).enumerable = enumerable
	return v
}
