package ecma

import (
	"slices"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/intl"
)

// localeObject is the slots of an Intl.Locale.
type localeObject struct{ intl.LocaleTag }

// extendLocale replaces the methods of other built-ins that depend on a locale.
func extendLocale(t *gojax.Templates) {
	putMethods(t.DateProto, []builtin{
		dateToLocale("toLocaleString", needAny, needAny),
		dateToLocale("toLocaleDateString", needDate, needDate),
		dateToLocale("toLocaleTimeString", needTime, needTime),
	})
	putMethods(t.NumberProto, []builtin{{"toLocaleString", 0, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			v := c.This
			if o, ok := v.(*goja.Object); ok {
				v = gojax.Primitive(o)
			}
			if v == nil || !goja.IsNumber(v) {
				throwType(r, "Number.prototype.toLocaleString requires that 'this' be a Number")
			}
			return numberToLocale(r, v, c)
		}
	}}})
	putMethods(t.BigIntProto, []builtin{{"toLocaleString", 0, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			v := c.This
			if o, ok := v.(*goja.Object); ok {
				v = gojax.Primitive(o)
			}
			if v == nil || !goja.IsBigInt(v) {
				throwType(r, "BigInt.prototype.toLocaleString requires that 'this' be a BigInt")
			}
			return numberToLocale(r, v, c)
		}
	}}})
}

// extendStrings replaces the methods of strings and arrays.
func extendStrings(t *gojax.Templates) {
	putMethods(t.StringProto, []builtin{{"localeCompare", 1, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			a := thisString(r, c.This, "localeCompare")
			b := toString(c.Argument(0))
			x := intlOf(r)
			var f *collator
			if goja.IsUndefined(c.Argument(1)) && goja.IsUndefined(c.Argument(2)) {
				if x.collator == nil {
					x.collator = x.newCollator(undefined(), undefined())
				}
				f = x.collator
			} else {
				f = x.newCollator(c.Argument(1), c.Argument(2))
			}
			return gojax.Int(int64(f.c.Compare(a.String(), b.String())))
		}
	}}})
	for _, upper := range []bool{false, true} {
		name := "toLocaleLowerCase"
		if upper {
			name = "toLocaleUpperCase"
		}
		t.StringProto.Wrap(name, func(r *goja.Runtime, v goja.Value) goja.Value {
			plain := function(gojax.PropValue(v))
			return gojax.HiddenProp(gojax.NewFunc(r, name, 0, func(c goja.FunctionCall) goja.Value {
				s := thisString(r, c.This, name)
				x := intlOf(r)
				tag := x.locale()
				if requested := x.localeList(c.Argument(0)); len(requested) > 0 {
					tag = requested[0]
				}
				if changed, ok := intl.ChangeCase(s.String(), tag, upper); ok {
					return gojax.NewString(changed)
				}
				return plain(goja.FunctionCall{This: s})
			}))
		})
	}
	join := func(name, kind string) builtin {
		return builtin{name, 0, func(r *goja.Runtime) call {
			return func(c goja.FunctionCall) goja.Value {
				if view, ok := gojax.ViewOf(c.This); kind == "TypedArray" && (!ok || view.Kind == gojax.ArrayBuffer) {
					throwType(r, "this is not a typed array.")
				}
				if goja.IsUndefined(c.This) || goja.IsNull(c.This) {
					throwType(r, "%s.prototype.toLocaleString called on null or undefined", kind)
				}
				return intlOf(r).joinLocal(c.This.ToObject(r), c)
			}
		}}
	}
	putMethods(t.ArrayProto, []builtin{join("toLocaleString", "Array")})
	putMethods(t.TypedArrayProto, []builtin{join("toLocaleString", "TypedArray")})
}

// joinLocal is toLocaleString of arrays. An array inside itself is empty.
func (x *intlRealm) joinLocal(o *goja.Object, c goja.FunctionCall) goja.Value {
	if slices.Contains(x.joining, o) {
		return gojax.ASCII("")
	}
	x.joining = append(x.joining, o)
	defer func() { x.joining = x.joining[:len(x.joining)-1] }()
	parts := []goja.String{}
	comma := gojax.NewString(",")
	for i := int64(0); i < lengthOf(o); i++ {
		if i > 0 {
			parts = append(parts, comma)
		}
		e := gojax.GetV(x.r, o, x.r.ToValue(i).ToString())
		if goja.IsUndefined(e) || goja.IsNull(e) {
			continue
		}
		f := function(gojax.GetV(x.r, e, gojax.NewString("toLocaleString")))
		if f == nil {
			throwType(x.r, "%s is not a function", describe(gojax.GetV(x.r, e, gojax.NewString("toLocaleString"))))
		}
		parts = append(parts, toString(f(goja.FunctionCall{This: e, Arguments: []goja.Value{c.Argument(0), c.Argument(1)}})))
	}
	return concat(x.r, parts...)
}

// numberToLocale is toLocaleString of numbers.
func numberToLocale(r *goja.Runtime, v goja.Value, c goja.FunctionCall) goja.Value {
	x := intlOf(r)
	var f *numberFormat
	if goja.IsUndefined(c.Argument(0)) && goja.IsUndefined(c.Argument(1)) {
		if x.number == nil {
			x.number = x.newNumberFormat(undefined(), undefined())
		}
		f = x.number
	} else {
		f = x.newNumberFormat(c.Argument(0), c.Argument(1))
	}
	return gojax.NewString(f.format.Format(mathematical(r, v)))
}
