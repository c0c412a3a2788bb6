package gojax

import (
	"reflect"
	"sync"
	"unsafe"

	"github.com/dop251/goja"
)

// realm carries what belongs to one runtime besides what goja keeps there. It
// poses as the mapper of Go structs' field names, the one place in a runtime
// that takes a value of ours; the names stay as they are.
type realm struct{ values map[any]any }

// FieldName implements goja.FieldNameMapper.
func (*realm) FieldName(_ reflect.Type, f reflect.StructField) string { return f.Name }

// MethodName implements goja.FieldNameMapper.
func (*realm) MethodName(_ reflect.Type, m reflect.Method) string { return m.Name }

var mapperOffset = sync.OnceValue(func() uintptr {
	f, ok := reflect.TypeFor[goja.Runtime]().FieldByName("fieldNameMapper")
	if !ok || f.Type != reflect.TypeFor[goja.FieldNameMapper]() {
		panic("gojax: a runtime has no fieldNameMapper")
	}
	return f.Offset
})

// RealmValue returns the value that a runtime has under key, made by create the first time.
func RealmValue[T any](r *goja.Runtime, key any, create func() T) T {
	p := (*goja.FieldNameMapper)(unsafe.Add(unsafe.Pointer(r), mapperOffset()))
	re, ok := (*p).(*realm)
	if !ok {
		re = &realm{values: map[any]any{}}
		*p = re
	}
	if v, ok := re.values[key]; ok {
		return v.(T)
	}
	v := create()
	re.values[key] = v
	return v
}

var runtimeOffset = sync.OnceValue(func() uintptr {
	f, ok := reflect.TypeFor[goja.Object]().FieldByName("runtime")
	if !ok || f.Type != reflect.TypeFor[*goja.Runtime]() {
		panic("gojax: an object has no runtime")
	}
	return f.Offset
})

// RuntimeOf is the runtime to which an object belongs.
func RuntimeOf(o *goja.Object) *goja.Runtime {
	return *(**goja.Runtime)(unsafe.Add(unsafe.Pointer(o), runtimeOffset()))
}
