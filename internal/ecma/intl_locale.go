package ecma

import (
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
