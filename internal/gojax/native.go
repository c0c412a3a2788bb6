package gojax

import (
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// nativeLayout is where a native function keeps what it runs.
var nativeLayout = sync.OnceValues(func() (l struct{ self, f, construct uintptr }, ok bool) {
	shared, err := sharedLayout()
	if err != nil {
		return l, false
	}
	l.self = shared.objectSelf
	fn := goja.New().ToValue(func(goja.FunctionCall) goja.Value { return nil }).(*goja.Object)
	t := reflect.ValueOf(fn).Elem().FieldByName("self").Elem().Type().Elem()
	f, ok := t.FieldByName("f")
	if !ok || f.Type != reflect.TypeFor[func(goja.FunctionCall) goja.Value]() {
		return l, false
	}
	c, ok := t.FieldByName("construct")
	if !ok || c.Type != reflect.TypeFor[func([]goja.Value, *goja.Object) *goja.Object]() {
		return l, false
	}
	l.f, l.construct = offsetOf(t, f.Index), offsetOf(t, c.Index)
	return l, true
})

// Native returns where a native function object keeps what runs when it is
// called and when it is constructed, so that both can be replaced while the
// object stays the same. They are nil if o is no native function.
func Native(o *goja.Object) (call *func(goja.FunctionCall) goja.Value, construct *func([]goja.Value, *goja.Object) *goja.Object) {
	l, ok := nativeLayout()
	if !ok || KindOf(o) != KindNativeFunction {
		return nil, nil
	}
	switch reflect.ValueOf(o).Elem().FieldByName("self").Elem().Type().Elem().Name() {
	case "nativeFuncObject", "wrappedFuncObject": // which begins with one
	default:
		return nil, nil
	}
	self := (*[2]unsafe.Pointer)(unsafe.Add(unsafe.Pointer(o), l.self))[1]
	return (*func(goja.FunctionCall) goja.Value)(unsafe.Add(self, l.f)),
		(*func([]goja.Value, *goja.Object) *goja.Object)(unsafe.Add(self, l.construct))
}
