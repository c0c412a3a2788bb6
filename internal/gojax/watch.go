package gojax

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// The engine's methods by which a script changes an object of a template.

//go:linkname templatedSetStr github.com/dop251/goja.(*templatedObject).setOwnStr
func templatedSetStr(o unsafe.Pointer, name unistring.String, v goja.Value, throw bool) bool

//go:linkname templatedSetSym github.com/dop251/goja.(*templatedObject).setOwnSym
func templatedSetSym(o unsafe.Pointer, name *goja.Symbol, v goja.Value, throw bool) bool

//go:linkname templatedDefineStr github.com/dop251/goja.(*templatedObject).defineOwnPropertyStr
func templatedDefineStr(o unsafe.Pointer, name unistring.String, d goja.PropertyDescriptor, throw bool) bool

//go:linkname templatedDefineSym github.com/dop251/goja.(*templatedObject).defineOwnPropertySym
func templatedDefineSym(o unsafe.Pointer, name *goja.Symbol, d goja.PropertyDescriptor, throw bool) bool

//go:linkname templatedDeleteStr github.com/dop251/goja.(*templatedObject).deleteStr
func templatedDeleteStr(o unsafe.Pointer, name unistring.String, throw bool) bool

//go:linkname templatedDeleteSym github.com/dop251/goja.(*templatedObject).deleteSym
func templatedDeleteSym(o unsafe.Pointer, name *goja.Symbol, throw bool) bool

func watchedSetStr(o unsafe.Pointer, name unistring.String, v goja.Value, throw bool) bool {
	changed(o)
	return templatedSetStr(o, name, v, throw)
}

func watchedSetSym(o unsafe.Pointer, name *goja.Symbol, v goja.Value, throw bool) bool {
	changed(o)
	return templatedSetSym(o, name, v, throw)
}

func watchedDefineStr(o unsafe.Pointer, name unistring.String, d goja.PropertyDescriptor, throw bool) bool {
	changed(o)
	return templatedDefineStr(o, name, d, throw)
}

func watchedDefineSym(o unsafe.Pointer, name *goja.Symbol, d goja.PropertyDescriptor, throw bool) bool {
	changed(o)
	return templatedDefineSym(o, name, d, throw)
}

func watchedDeleteStr(o unsafe.Pointer, name unistring.String, throw bool) bool {
	changed(o)
	return templatedDeleteStr(o, name, throw)
}

func watchedDeleteSym(o unsafe.Pointer, name *goja.Symbol, throw bool) bool {
	changed(o)
	return templatedDeleteSym(o, name, throw)
}

type watchKey struct{ o *goja.Object }

func changed(o unsafe.Pointer) {
	val := (*baseObject)(o).val
	if f := RealmValue(RuntimeOf(val), watchKey{val}, func() func() { return nil }); f != nil {
		f()
	}
}

var watchTable = sync.OnceValues(func() (unsafe.Pointer, error) {
	if _, err := sharedShapes(); err != nil { // checks baseObject
		return nil, err
	}
	l, err := sharedSlotted()
	if err != nil {
		return nil, err
	}
	t := reflect.TypeFor[goja.Object]()
	self, ok := t.FieldByName("self")
	if !ok {
		return nil, fmt.Errorf("gojax: %s has no self", t)
	}
	return methodTable(l.tab, self.Type, map[string]unsafe.Pointer{
		"setOwnStr": code(watchedSetStr), "setOwnSym": code(watchedSetSym),
		"defineOwnPropertyStr": code(watchedDefineStr), "defineOwnPropertySym": code(watchedDefineSym),
		"deleteStr": code(watchedDeleteStr), "deleteSym": code(watchedDeleteSym),
	})
})

// Watch has f called before a script changes the properties of an object of a
// template: what is built in may take short cuts as long as nobody has.
func Watch(r *goja.Runtime, o *goja.Object, f func()) {
	tab, err := watchTable()
	if err != nil {
		panic(err)
	}
	RealmValue(r, watchKey{o}, func() func() { return f })
	selfWords(o)[0] = tab
}

// TemplateFunc makes a built-in constructor whose properties are a template's.
func (t *Template) Func(r *goja.Runtime, call func(goja.FunctionCall) goja.Value, construct Construct) *goja.Object {
	o := r.NewObject()
	newTemplatedFunc(r, t, o, call, func(args []goja.Value, newTarget *goja.Object) *goja.Object {
		if newTarget == nil {
			newTarget = o
		}
		return construct(args, newTarget)
	})
	return o
}

//go:linkname newTemplatedFunc github.com/dop251/goja.(*Runtime).newTemplatedFuncObject
func newTemplatedFunc(r *goja.Runtime, t *Template, o *goja.Object, call func(goja.FunctionCall) goja.Value, construct Construct) unsafe.Pointer

//go:linkname functionPrototype github.com/dop251/goja.(*Runtime).getFunctionPrototype
func functionPrototype(r *goja.Runtime) *goja.Object

// FunctionPrototype is %Function.prototype%.
func FunctionPrototype(r *goja.Runtime) *goja.Object { return functionPrototype(r) }
