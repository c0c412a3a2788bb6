package ecma

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// capability is ECMA-262's PromiseCapability Record.
type capability struct {
	promise         *goja.Object
	resolve, reject goja.Value
}

// newCapability is NewPromiseCapability.
func newCapability(r *goja.Runtime, c goja.Value) *capability {
	construct, ok := goja.AssertConstructor(c)
	if !ok {
		throwType(r, "%s is not a constructor", describe(c))
	}
	p := &capability{}
	executor := gojax.NewFunc(r, "", 2, func(fc goja.FunctionCall) goja.Value {
		if p.resolve != nil && !goja.IsUndefined(p.resolve) || p.reject != nil && !goja.IsUndefined(p.reject) {
			throwType(r, "Promise executor has already been invoked with non-undefined arguments")
		}
		p.resolve, p.reject = fc.Argument(0), fc.Argument(1)
		return undefined()
	})
	o, err := construct(nil, executor)
	if err != nil {
		panic(err)
	}
	if !isCallable(p.resolve) || !isCallable(p.reject) {
		throwType(r, "Promise resolve or reject function is not callable")
	}
	p.promise = o
	return p
}

func invoke(fn goja.Value, args ...goja.Value) goja.Value {
	return function(fn)(goja.FunctionCall{This: undefined(), Arguments: args})
}

func extendPromise(t *gojax.Templates) {
	onFirstUse(t, "Promise", func(r *goja.Runtime, ctor *goja.Object) {
		defineMethods(r, ctor, []builtin{
			{"withResolvers", 0, func(r *goja.Runtime) call {
				return func(c goja.FunctionCall) goja.Value {
					p := newCapability(r, c.This)
					o := r.NewObject()
					_ = o.Set("promise", p.promise)
					_ = o.Set("resolve", p.resolve)
					_ = o.Set("reject", p.reject)
					return o
				}
			}},
			{"try", 1, func(r *goja.Runtime) call {
				return func(c goja.FunctionCall) goja.Value {
					if !isObject(c.This) {
						throwType(r, "Promise.try called on non-object")
					}
					p := newCapability(r, c.This)
					var v goja.Value
					ex := r.Try(func() {
						fn := function(c.Argument(0))
						if fn == nil {
							throwType(r, "%s is not a function", describe(c.Argument(0)))
						}
						var args []goja.Value
						if len(c.Arguments) > 1 {
							args = append(args, c.Arguments[1:]...)
						}
						v = fn(goja.FunctionCall{This: undefined(), Arguments: args})
					})
					if ex != nil {
						invoke(p.reject, ex.Value())
					} else {
						invoke(p.resolve, v)
					}
					return p.promise
				}
			}},
		})
	})
}

// extendProxy makes the traps' arguments their own: see gojax.OwnArguments.
func extendProxy(t *gojax.Templates) {
	onFirstUse(t, "Proxy", func(_ *goja.Runtime, ctor *goja.Object) {
		gojax.WrapConstruct(ctor, func(next gojax.Construct) gojax.Construct {
			return func(args []goja.Value, newTarget *goja.Object) *goja.Object {
				o := next(args, newTarget)
				gojax.OwnArguments(o)
				return o
			}
		})
		gojax.WrapCall(ctor.Get("revocable").(*goja.Object), func(next call) call {
			return func(c goja.FunctionCall) goja.Value {
				v := next(c)
				if p, ok := v.(*goja.Object).Get("proxy").(*goja.Object); ok {
					gojax.OwnArguments(p)
				}
				return v
			}
		})
	})
}
