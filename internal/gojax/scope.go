package gojax

import (
	"fmt"
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// scopeLayout is where functions and saved calls keep the scope of their names.
type scopeLayout struct {
	self, context, function uintptr
}

var sharedScope = sync.OnceValues(func() (*scopeLayout, error) {
	l, err := sharedLayout()
	if err != nil {
		return nil, err
	}
	s := &scopeLayout{self: l.objectSelf}
	vm, _ := reflect.TypeFor[goja.Runtime]().FieldByName("vm")
	calls, _ := vm.Type.Elem().FieldByName("callStack")
	fn, err := goja.New().RunString("(function () {})")
	if err != nil {
		return nil, err
	}
	self := reflect.ValueOf(fn).Elem().FieldByName("self").Elem().Type().Elem()
	for _, f := range []struct {
		in  reflect.Type
		out *uintptr
	}{{calls.Type.Elem(), &s.context}, {self, &s.function}} {
		field, ok := f.in.FieldByName("stash")
		if !ok || field.Type.String() != "*goja.stash" {
			return nil, fmt.Errorf("gojax: %s has no field stash", f.in)
		}
		*f.out = field.Offset
		if f.in == self { // it may be in an embedded struct
			*f.out = offsetOf(self, field.Index)
		}
	}
	return s, nil
})

// offsetOf is a promoted field's offset in the outermost struct.
func offsetOf(t reflect.Type, index []int) (off uintptr) {
	for _, i := range index {
		f := t.Field(i)
		off += f.Offset
		t = f.Type
	}
	return off
}

// CheckScope returns an error that names what goja has moved, nil if nothing.
func CheckScope() error {
	_, err := sharedScope()
	return err
}

// EnterScope gives the JavaScript code that called the running native function
// the scope that the plain function fn was made in: from now on it looks up
// its free names there, and so do the functions that it makes. It reports
// whether there is such code.
func (v *VM) EnterScope(fn *goja.Object) bool {
	s, err := sharedScope()
	if err != nil || v.callStack.len == 0 || KindOf(fn) != KindFunction {
		return false
	}
	self := (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(fn), s.self))[1]
	caller := unsafe.Add(v.callStack.data, uintptr(v.callStack.len-1)*v.layout.site.ctxSize)
	if *(*unsafe.Pointer)(unsafe.Add(caller, v.layout.site.ctxPrg)) == nil {
		return false
	}
	*(*unsafe.Pointer)(unsafe.Add(caller, s.context)) = *(*unsafe.Pointer)(unsafe.Add(self, s.function))
	return true
}

//go:linkname hasProp github.com/dop251/goja.(*Object).hasProperty
func hasProp(o *goja.Object, key goja.Value) bool

//go:linkname setProp github.com/dop251/goja.(*Object).set
func setProp(o *goja.Object, key, value, receiver goja.Value, throw bool) bool

//go:linkname deleteProp github.com/dop251/goja.(*Object).delete
func deleteProp(o *goja.Object, key goja.Value, throw bool) bool

// Has is [[HasProperty]], prototypes included.
func Has(o *goja.Object, key goja.Value) bool { return hasProp(o, key) }

// Put is [[Set]] with the object as receiver; false if it was refused.
func Put(o *goja.Object, key, value goja.Value) bool { return setProp(o, key, value, o, false) }

// Delete is [[Delete]]; false if it was refused.
func Delete(o *goja.Object, key goja.Value) bool { return deleteProp(o, key, false) }
