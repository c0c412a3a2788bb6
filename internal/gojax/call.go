package gojax

import (
	"unsafe"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

//go:linkname callFunction github.com/dop251/goja.(*baseJsFuncObject).Call
func callFunction(f unsafe.Pointer, c goja.FunctionCall) goja.Value

//go:linkname callArrow github.com/dop251/goja.(*arrowFuncObject).Call
func callArrow(f unsafe.Pointer, c goja.FunctionCall) goja.Value

// Call calls a function object as a native function does that calls back: an
// exception passes as a panic. A goja.Callable sets up a recovery and makes a
// closure first, which costs as much as the call itself. nil stands for undefined.
func Call(fn *goja.Object, this goja.Value, args ...goja.Value) goja.Value {
	s := mustSlots()
	c := goja.FunctionCall{This: this, Arguments: args}
	if c.This == nil {
		c.This = goja.Undefined()
	}
	var v goja.Value
	switch w := s.words(fn); w[0] {
	case s.function, s.method:
		v = callFunction(w[1], c)
	case s.arrow:
		v = callArrow(w[1], c)
	case s.native:
		if f := *(*func(goja.FunctionCall) goja.Value)(unsafe.Add(w[1], s.nativeEntry)); f != nil {
			v = f(c)
		}
	default:
		if f := Func(fn); f != nil {
			v = f(c)
		}
	}
	if v == nil {
		return goja.Undefined()
	}
	return v
}

// Callable returns v as a function object; ok is typeof v === 'function'.
func Callable(v goja.Value) (fn *goja.Object, ok bool) {
	o, isObject := v.(*goja.Object)
	if !isObject {
		return nil, false
	}
	s := mustSlots()
	switch s.words(o)[0] {
	case s.function, s.method, s.arrow, s.native:
		return o, true
	case s.plainTab:
		return o, false
	}
	if KindOf(o).IsFunction() {
		return o, true
	}
	_, ok = goja.AssertFunction(o) // a proxy
	return o, ok
}

// Func returns the entry of a function object, nil if o is none. An exception
// passes as a panic. To call it once, use [Call].
func Func(o *goja.Object) func(goja.FunctionCall) goja.Value {
	if o.ClassName() == "Function" {
		if fn, ok := o.Export().(func(goja.FunctionCall) goja.Value); ok {
			return fn
		}
	}
	fn, ok := goja.AssertFunction(o)
	if !ok {
		return nil
	}
	return func(c goja.FunctionCall) goja.Value {
		v, err := fn(c.This, c.Arguments...)
		if err != nil {
			panic(err)
		}
		return v
	}
}

// NewFunc makes a native function. goja's ToValue does, too, but names it after
// the Go function, which it looks up in the binary's symbol table.
func NewFunc(vm *goja.Runtime, name string, length int, fn func(goja.FunctionCall) goja.Value) *goja.Object {
	return newNativeFunc(vm, fn, unistring.NewFromString(name), length)
}

//go:linkname newNativeFunc github.com/dop251/goja.(*Runtime).newNativeFunc
func newNativeFunc(r *goja.Runtime, call func(goja.FunctionCall) goja.Value, name unistring.String, length int) *goja.Object

// NewConstructor makes a native constructor with a prototype of its own.
func NewConstructor(vm *goja.Runtime, name string, length int, fn func(goja.ConstructorCall) *goja.Object) *goja.Object {
	return newNativeConstructor(vm, fn, unistring.NewFromString(name), int64(length))
}

//go:linkname newNativeConstructor github.com/dop251/goja.(*Runtime).newNativeConstructor
func newNativeConstructor(r *goja.Runtime, call func(goja.ConstructorCall) *goja.Object, name unistring.String, length int64) *goja.Object
