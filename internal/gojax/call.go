package gojax

import (
	_ "unsafe" // go:linkname

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"
)

// Func returns the entry of a function object, nil if o is none. Unlike a
// goja.Callable it sets up no recovery: an exception passes as a panic, which
// is what a native function that calls back wants, and costs a third.
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
