package gojax

import "github.com/dop251/goja"

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
