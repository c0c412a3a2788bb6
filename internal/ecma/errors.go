package ecma

import (
	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

type suppressedRealm struct {
	ctor, proto *goja.Object
	make        func(err, suppressed goja.Value) *goja.Object
}

type suppressedKey struct{}

// suppressedOf is SuppressedError of a runtime.
func suppressedOf(r *goja.Runtime) *suppressedRealm {
	return gojax.RealmValue(r, suppressedKey{}, func() *suppressedRealm {
		base := r.Get("Error").(*goja.Object)
		x := &suppressedRealm{proto: r.CreateObject(base.Get("prototype").(*goja.Object))}
		makeError, _ := goja.AssertConstructor(base)
		construct := func(args []goja.Value, newTarget *goja.Object) *goja.Object {
			arg := func(i int) goja.Value { return goja.FunctionCall{Arguments: args}.Argument(i) }
			var message []goja.Value
			if !goja.IsUndefined(arg(2)) {
				message = append(message, toString(arg(2)))
			}
			o, err := makeError(newTarget, message...)
			if err != nil {
				panic(err)
			}
			_ = o.DefineDataProperty("error", arg(0), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			_ = o.DefineDataProperty("suppressed", arg(1), goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
			return o
		}
		x.make = func(err, suppressed goja.Value) *goja.Object {
			return construct([]goja.Value{err, suppressed}, x.ctor)
		}
		x.ctor = gojax.NativeConstructor(r, "SuppressedError", 3, x.proto, func(c goja.FunctionCall) goja.Value {
			return construct(c.Arguments, x.ctor)
		}, construct)
		_ = x.ctor.SetPrototype(base)
		for name, v := range map[string]goja.Value{"constructor": x.ctor, "name": gojax.NewString("SuppressedError"), "message": gojax.NewString("")} {
			_ = x.proto.DefineDataProperty(name, v, goja.FLAG_TRUE, goja.FLAG_TRUE, goja.FLAG_FALSE)
		}
		return x
	})
}

func extendErrors(t *gojax.Templates) {
	onFirstUse(t, "Error", func(r *goja.Runtime, ctor *goja.Object) {
		defineMethods(r, ctor, []builtin{{"isError", 1, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				o, ok := c.Argument(0).(*goja.Object)
				return r.ToValue(ok && gojax.KindOf(o) == gojax.KindError)
			}
		}}})
	})
	t.Global.Put("SuppressedError", func(r *goja.Runtime) goja.Value { return gojax.HiddenProp(suppressedOf(r).ctor) })
}
