package ecma

import (
	"math"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/intl"
)

// pluralRules is the slots of an Intl.PluralRules.
type pluralRules struct {
	res   resolvedLocale
	kind  string
	o     intl.DigitOptions
	shown string
	rules *intl.PluralRules
}

func constructPluralRules(x *intlRealm, args []goja.Value) any {
	c := goja.FunctionCall{Arguments: args}
	requested := x.localeList(c.Argument(0))
	p := x.coerceOptions(c.Argument(1), "Intl.PluralRules")
	p.str("localeMatcher", "best fit", "lookup", "best fit")
	f := &pluralRules{kind: p.str("type", "cardinal", "cardinal", "ordinal")}
	f.shown = p.digitOptions(&f.o, 0, 3, "standard")
	f.res = x.resolve(requested)
	f.res.Base = intl.PluralLocale(f.res.Base)
	f.res.name = f.res.Base
	f.rules = intl.NewPluralRules(f.res.Base, f.kind == "ordinal", f.o)
	return f
}

// plain is a method whose function needs nothing of the runtime.
func plain(name string, length int, f call) builtin {
	return builtin{name, length, func(*goja.Runtime) call { return f }}
}

func fillPluralRules(x *intlRealm, c *intlClass) {
	r := x.r
	defineMethods(r, c.proto, []builtin{
		plain("resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
			f := receiver[*pluralRules](x, c, call.This, "resolvedOptions")
			b := newBuilder(r)
			b.str("locale", f.res.name)
			b.str("type", f.kind)
			b.putDigits(&f.o)
			b.Put("pluralCategories", stringArray(r, f.rules.Categories()))
			b.putRounding(&f.o, f.shown)
			return b.Object()
		}),
		plain("select", 1, func(call goja.FunctionCall) goja.Value {
			f := receiver[*pluralRules](x, c, call.This, "select")
			return gojax.ASCII(f.rules.Select(intl.FromFloat(toNumber(call.Argument(0)))))
		}),
		plain("selectRange", 2, func(call goja.FunctionCall) goja.Value {
			f := receiver[*pluralRules](x, c, call.This, "selectRange")
			var ends [2]intl.Decimal
			for i, name := range [...]string{"startRange", "endRange"} {
				if goja.IsUndefined(call.Argument(i)) {
					throwType(r, "Invalid %s : undefined", name)
				}
			}
			for i := range ends {
				ends[i] = intl.FromFloat(toNumber(call.Argument(i)))
			}
			for i, name := range [...]string{"startRange", "endRange"} {
				if ends[i].IsNaN() {
					throwRange(r, "Invalid "+name+" : NaN")
				}
			}
			return gojax.ASCII(f.rules.SelectRange(ends[0], ends[1]))
		}),
	})
}

// relativeTimeFormat is the slots of an Intl.RelativeTimeFormat.
type relativeTimeFormat struct {
	res            resolvedLocale
	style, numeric string
	format         *intl.RelativeTimeFormat
}

func constructRelativeTimeFormat(x *intlRealm, args []goja.Value) any {
	c := goja.FunctionCall{Arguments: args}
	requested := x.localeList(c.Argument(0))
	p := x.coerceOptions(c.Argument(1), "Intl.RelativeTimeFormat")
	p.str("localeMatcher", "best fit", "lookup", "best fit")
	f := &relativeTimeFormat{}
	f.res = x.resolve(requested, keyChoice{key: "nu", option: p.keywordType("numberingSystem"), def: intl.DefaultNumbering, valid: validNumbering})
	f.style = p.str("style", "long", "long", "short", "narrow")
	f.numeric = p.str("numeric", "always", "always", "auto")
	f.format = intl.NewRelativeTimeFormat(f.res.Base, f.style, f.res.values["nu"], f.numeric == "auto")
	return f
}

func fillRelativeTimeFormat(x *intlRealm, c *intlClass) {
	r := x.r
	parts := func(call goja.FunctionCall, method string) []intl.Part {
		f := receiver[*relativeTimeFormat](x, c, call.This, method)
		value := toNumber(call.Argument(0))
		name := toString(call.Argument(1)).String()
		unit, ok := intl.RelativeUnit(name)
		if !ok {
			throwRange(r, "Invalid unit argument for Intl.RelativeTimeFormat.prototype."+method+"() '"+name+"'")
		}
		if math.IsNaN(value) || math.IsInf(value, 0) {
			throwRange(r, "Value need to be finite number for Intl.RelativeTimeFormat.prototype."+method+"()")
		}
		return f.format.Parts(value, unit)
	}
	defineMethods(r, c.proto, []builtin{
		plain("resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
			f := receiver[*relativeTimeFormat](x, c, call.This, "resolvedOptions")
			b := newBuilder(r)
			b.str("locale", f.res.name)
			b.str("style", f.style)
			b.str("numeric", f.numeric)
			b.str("numberingSystem", f.res.values["nu"])
			return b.Object()
		}),
		plain("format", 2, func(call goja.FunctionCall) goja.Value { return gojax.NewString(intl.Join(parts(call, "format"))) }),
		plain("formatToParts", 2, func(call goja.FunctionCall) goja.Value { return partsArray(r, parts(call, "formatToParts")) }),
	})
}

// listFormat is the slots of an Intl.ListFormat.
type listFormat struct {
	res         resolvedLocale
	kind, style string
	format      *intl.ListFormat
}

func constructListFormat(x *intlRealm, args []goja.Value) any {
	c := goja.FunctionCall{Arguments: args}
	requested := x.localeList(c.Argument(0))
	p := x.objectOptions(c.Argument(1), "Intl.ListFormat")
	p.str("localeMatcher", "best fit", "lookup", "best fit")
	f := &listFormat{kind: p.str("type", "conjunction", "conjunction", "disjunction", "unit")}
	f.style = p.str("style", "long", "long", "short", "narrow")
	f.res = x.resolve(requested)
	f.format = intl.NewListFormat(f.res.Base, f.kind, f.style)
	return f
}

func fillListFormat(x *intlRealm, c *intlClass) {
	r := x.r
	parts := func(call goja.FunctionCall, method string) []intl.Part {
		f := receiver[*listFormat](x, c, call.This, method)
		var items []string
		if v := call.Argument(0); !goja.IsUndefined(v) {
			if methodOf(r, v, goja.SymIterator) == nil {
				throwType(r, "%s is not iterable", describe(v))
			}
			it := iteratorOf(r, v)
			for {
				e, done := it.step()
				if done {
					break
				}
				s, isString := e.(goja.String)
				if !isString {
					it.abandon()
					throwType(r, "Iterable yielded %s which is not a string", describe(e))
				}
				items = append(items, s.String())
			}
		}
		return f.format.Parts(items)
	}
	defineMethods(r, c.proto, []builtin{
		plain("resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
			f := receiver[*listFormat](x, c, call.This, "resolvedOptions")
			b := newBuilder(r)
			b.str("locale", f.res.name)
			b.str("type", f.kind)
			b.str("style", f.style)
			return b.Object()
		}),
		plain("format", 1, func(call goja.FunctionCall) goja.Value { return gojax.NewString(intl.Join(parts(call, "format"))) }),
		plain("formatToParts", 1, func(call goja.FunctionCall) goja.Value { return partsArray(r, parts(call, "formatToParts")) }),
	})
}

// durationFormat is the slots of an Intl.DurationFormat.
type durationFormat struct {
	res    resolvedLocale
	o      intl.DurationOptions
	format *intl.DurationFormat
}

func constructDurationFormat(x *intlRealm, args []goja.Value) any {
	c := goja.FunctionCall{Arguments: args}
	requested := x.localeList(c.Argument(0))
	p := x.objectOptions(c.Argument(1), "Intl.DurationFormat")
	p.str("localeMatcher", "best fit", "lookup", "best fit")
	f := &durationFormat{}
	f.res = x.resolve(requested, keyChoice{key: "nu", option: p.keywordType("numberingSystem"), def: intl.DefaultNumbering, valid: validNumbering})
	o := &f.o
	o.Numbering = f.res.values["nu"]
	o.Style = p.str("style", "short", "long", "short", "narrow", "digital")
	previous := ""
	for i, unit := range intl.DurationUnits {
		o.Styles[i], o.Displays[i] = p.durationUnit(i, unit, o.Style, previous)
		if i >= 4 { // from the hours on
			previous = o.Styles[i]
		}
	}
	o.FractionalDigits = p.integer("fractionalDigits", 0, 9, -1)
	f.format = intl.NewDurationFormat(f.res.Base, *o)
	return f
}

// durationUnit is GetDurationUnitOptions.
func (p intlOptions) durationUnit(i int, unit, base, previous string) (style, display string) {
	allowed := []string{"narrow", "short", "long"}
	digital := "short"
	if i >= 4 {
		allowed = append(allowed, "numeric")
		digital = "numeric"
	}
	if i >= 4 && i <= 6 {
		allowed = append(allowed, "2-digit")
	}
	style = p.str(unit, "", allowed...)
	displayDefault := "always"
	clock := i >= 4 && i <= 6
	after := previous == "fractional" || previous == "numeric" || previous == "2-digit"
	if style == "" {
		switch {
		case base == "digital":
			if !clock {
				displayDefault = "auto"
			}
			style = digital
		case after:
			if i != 5 && i != 6 {
				displayDefault = "auto"
			}
			style = "numeric"
		default:
			displayDefault = "auto"
			style = base
		}
	}
	if style == "numeric" && i > 6 {
		style, displayDefault = "fractional", "auto"
	}
	display = p.str(unit+"Display", displayDefault, "auto", "always")
	invalid := display == "always" && style == "fractional" || previous == "fractional" && style != "fractional" ||
		(previous == "numeric" || previous == "2-digit") && style != "fractional" && style != "numeric" && style != "2-digit"
	if invalid {
		name := "#<Object>"
		if p.o != nil {
			name = describe(p.o)
		}
		throwRange(p.x.r, "Invalid object : "+name)
	}
	if (previous == "numeric" || previous == "2-digit") && (i == 5 || i == 6) {
		style = "2-digit"
	}
	return style, display
}

// duration is ToDurationRecord.
func (x *intlRealm) duration(v goja.Value) (d intl.Duration) {
	r := x.r
	o, ok := v.(*goja.Object)
	if !ok {
		s, isString := v.(goja.String)
		if !isString {
			throwType(r, "Invalid argument for Temporal")
		}
		if d, ok = intl.ParseDuration(s.String()); !ok {
			throwRange(r, "Invalid object : "+s.String())
		}
		return d
	}
	found := false
	for _, i := range [...]int{3, 4, 8, 7, 5, 1, 9, 6, 2, 0} { // in the order of their names
		e := getStr(o, intl.DurationUnits[i])
		if goja.IsUndefined(e) {
			continue
		}
		found = true
		n := toNumber(e)
		if n != math.Trunc(n) || math.IsInf(n, 0) {
			throwRange(r, "Invalid time value for Temporal")
		}
		d[i] = n + 0
	}
	if !found {
		throwType(r, "Invalid argument for Temporal")
	}
	if !d.Valid() {
		throwRange(r, "Invalid object : "+describe(o))
	}
	return d
}

func fillDurationFormat(x *intlRealm, c *intlClass) {
	r := x.r
	defineMethods(r, c.proto, []builtin{
		plain("resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
			f := receiver[*durationFormat](x, c, call.This, "resolvedOptions")
			b := newBuilder(r)
			b.str("locale", f.res.name)
			b.str("numberingSystem", f.o.Numbering)
			b.str("style", f.o.Style)
			for i, unit := range intl.DurationUnits {
				style := f.o.Styles[i]
				if style == "fractional" {
					style = "numeric"
				}
				b.Put(unistringOf(unit), gojax.ASCII(style))
				b.Put(unistringOf(unit+"Display"), gojax.ASCII(f.o.Displays[i]))
			}
			if f.o.FractionalDigits >= 0 {
				b.num("fractionalDigits", f.o.FractionalDigits)
			}
			return b.Object()
		}),
		plain("format", 1, func(call goja.FunctionCall) goja.Value {
			f := receiver[*durationFormat](x, c, call.This, "format")
			return gojax.NewString(intl.Join(f.format.Parts(x.duration(call.Argument(0)))))
		}),
		plain("formatToParts", 1, func(call goja.FunctionCall) goja.Value {
			f := receiver[*durationFormat](x, c, call.This, "formatToParts")
			return partsArray(r, f.format.Parts(x.duration(call.Argument(0))))
		}),
	})
}
