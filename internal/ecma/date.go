package ecma

import (
	"math"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
)

// extendDate adds Annex B's getYear, setYear and toGMTString.
func extendDate(t *gojax.Templates) {
	check := func(r *goja.Runtime, v goja.Value) *goja.Object {
		o, ok := v.(*goja.Object)
		if !ok || gojax.KindOf(o) != gojax.KindDate {
			throwType(r, "this is not a Date object.")
		}
		return o
	}
	intrinsic := func(r *goja.Runtime, name string) call {
		type key struct{ name string }
		return gojax.RealmValue(r, key{name}, func() call {
			return function(r.Get("Date").(*goja.Object).Get("prototype").(*goja.Object).Get(name))
		})
	}
	putMethods(t.DateProto, []builtin{
		{"getYear", 0, func(r *goja.Runtime) call {
			year := intrinsic(r, "getFullYear")
			return func(c goja.FunctionCall) goja.Value {
				check(r, c.This)
				v := year(goja.FunctionCall{This: c.This})
				if goja.IsNaN(v) {
					return v
				}
				return r.ToValue(v.ToInteger() - 1900)
			}
		}},
		{"setYear", 1, func(r *goja.Runtime) call {
			set := intrinsic(r, "setFullYear")
			return func(c goja.FunctionCall) goja.Value {
				check(r, c.This)
				y := c.Argument(0).ToFloat()
				if !math.IsNaN(y) {
					if y = math.Trunc(y); y >= 0 && y <= 99 {
						y += 1900
					}
				}
				return set(goja.FunctionCall{This: c.This, Arguments: []goja.Value{r.ToValue(y)}})
			}
		}},
	})
	// The same function as toUTCString.
	t.DateProto.Put("toGMTString", func(r *goja.Runtime) goja.Value {
		return gojax.HiddenProp(r.Get("Date").(*goja.Object).Get("prototype").(*goja.Object).Get("toUTCString"))
	})
}
