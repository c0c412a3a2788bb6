package ecma

import (
	"math/big"
	"strings"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/intl"
)

// numberFormat is the slots of an Intl.NumberFormat.
type numberFormat struct {
	res    resolvedLocale
	o      intl.NumberOptions
	shown  string // roundingPriority as resolvedOptions gives it
	format *intl.NumberFormat
	bound  *goja.Object // what the getter format gives back
}

func validNumbering(v, _ string) bool { return intl.NumberingSystems(v) }

func constructNumberFormat(x *intlRealm, args []goja.Value) any {
	c := goja.FunctionCall{Arguments: args}
	return x.newNumberFormat(c.Argument(0), c.Argument(1))
}

func (x *intlRealm) newNumberFormat(locales, options goja.Value) *numberFormat {
	requested := x.localeList(locales)
	p := x.coerceOptions(options, "Intl.NumberFormat")
	p.str("localeMatcher", "best fit", "lookup", "best fit")
	f := &numberFormat{}
	f.res = x.resolve(requested, keyChoice{key: "nu", option: p.keywordType("numberingSystem"), def: intl.DefaultNumbering, valid: validNumbering})
	o := &f.o
	o.Numbering = f.res.values["nu"]
	p.unitOptions(o)
	o.Notation = p.str("notation", "standard", "standard", "scientific", "engineering", "compact")
	minFraction, maxFraction := 0, 3
	switch {
	case o.Style == "currency" && o.Notation == "standard":
		minFraction = intl.CurrencyDigits(o.Currency)
		maxFraction = minFraction
	case o.Style == "currency", o.Style == "percent":
		maxFraction = 0
	}
	f.shown = p.digitOptions(&o.DigitOptions, minFraction, maxFraction, o.Notation)
	o.CompactDisplay = p.str("compactDisplay", "short", "short", "long")
	o.Grouping = p.grouping(o.Notation)
	o.Sign = p.str("signDisplay", "auto", "auto", "never", "always", "exceptZero", "negative")
	f.format = intl.NewNumberFormat(f.res.Base, *o)
	return f
}

// unitOptions is SetNumberFormatUnitOptions.
func (p intlOptions) unitOptions(o *intl.NumberOptions) {
	o.Style = p.str("style", "decimal", "decimal", "percent", "currency", "unit")
	currency, hasCurrency := p.optional("currency")
	if hasCurrency && !isCurrency(currency) {
		throwRange(p.x.r, "Invalid currency code : "+currency)
	}
	if !hasCurrency && o.Style == "currency" {
		throwType(p.x.r, "Currency code is required with currency style.")
	}
	display := p.str("currencyDisplay", "symbol", "code", "symbol", "narrowSymbol", "name")
	sign := p.str("currencySign", "standard", "standard", "accounting")
	unit, hasUnit := p.optional("unit")
	if hasUnit && !intl.WellFormedUnit(unit) {
		throwRange(p.x.r, "Invalid unit argument for Intl.NumberFormat() '"+unit+"'")
	}
	if !hasUnit && o.Style == "unit" {
		throwType(p.x.r, "Invalid unit argument for Intl.NumberFormat() ''")
	}
	unitDisplay := p.str("unitDisplay", "short", "short", "narrow", "long")
	switch o.Style {
	case "currency":
		o.Currency, o.CurrencyDisplay, o.CurrencySign = strings.ToUpper(currency), display, sign
	case "unit":
		o.Unit, o.UnitDisplay = unit, unitDisplay
	}
}

func isCurrency(s string) bool {
	if len(s) != 3 {
		return false
	}
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

// grouping is the option useGrouping.
func (p intlOptions) grouping(notation string) string {
	def := "auto"
	if notation == "compact" {
		def = "min2"
	}
	v := p.get("useGrouping")
	switch {
	case goja.IsUndefined(v):
		return def
	case v == p.x.r.ToValue(true):
		return "always"
	case !v.ToBoolean():
		return ""
	}
	s := toString(v).String()
	switch s {
	case "true", "false":
		return def
	case "min2", "auto", "always":
		return s
	}
	throwRange(p.x.r, "Value "+s+" out of range for "+p.service+" options property useGrouping")
	return ""
}

var roundingIncrements = [...]int{1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000}

// digitOptions is SetNumberFormatDigitOptions; it gives back the computed
// rounding priority.
func (p intlOptions) digitOptions(o *intl.DigitOptions, minDefault, maxDefault int, notation string) (priority string) {
	r := p.x.r
	o.MinInteger = p.integer("minimumIntegerDigits", 1, 21, 1)
	minFraction, maxFraction := p.get("minimumFractionDigits"), p.get("maximumFractionDigits")
	minSignificant, maxSignificant := p.get("minimumSignificantDigits"), p.get("maximumSignificantDigits")
	o.Increment = p.integer("roundingIncrement", 1, 5000, 1)
	known := false
	for _, i := range roundingIncrements {
		known = known || i == o.Increment
	}
	if !known {
		throwRange(r, "roundingIncrement value is out of range.")
	}
	o.Mode = p.str("roundingMode", "halfExpand", "ceil", "floor", "expand", "trunc", "halfCeil", "halfFloor", "halfExpand", "halfTrunc", "halfEven")
	priority = p.str("roundingPriority", "auto", "auto", "morePrecision", "lessPrecision")
	o.TrailingZeros = p.str("trailingZeroDisplay", "auto", "auto", "stripIfInteger")
	hasSignificant := !goja.IsUndefined(minSignificant) || !goja.IsUndefined(maxSignificant)
	hasFraction := !goja.IsUndefined(minFraction) || !goja.IsUndefined(maxFraction)
	needSignificant, needFraction := true, true
	if priority == "auto" {
		needSignificant = hasSignificant
		if needSignificant || !hasFraction && notation == "compact" {
			needFraction = false
		}
	}
	if needSignificant {
		o.MinSignificant, o.MaxSignificant = 1, 21
		if hasSignificant {
			o.MinSignificant = p.defaultNumber(minSignificant, "minimumSignificantDigits", 1, 21, 1)
			o.MaxSignificant = p.defaultNumber(maxSignificant, "maximumSignificantDigits", o.MinSignificant, 21, 21)
		}
	}
	if needFraction {
		o.Fraction = true
		o.MinFraction, o.MaxFraction = minDefault, maxDefault
		if hasFraction {
			lo := p.defaultNumber(minFraction, "minimumFractionDigits", 0, 100, -1)
			hi := p.defaultNumber(maxFraction, "maximumFractionDigits", 0, 100, -1)
			switch {
			case lo < 0:
				lo = min(minDefault, hi)
			case hi < 0:
				hi = max(maxDefault, lo)
			case lo > hi:
				throwRange(r, "maximumFractionDigits value is out of range.")
			}
			o.MinFraction, o.MaxFraction = lo, hi
		}
	}
	switch {
	case !needSignificant && !needFraction:
		o.Fraction = true
		o.MinFraction, o.MaxFraction, o.MinSignificant, o.MaxSignificant = 0, 0, 1, 2
		o.Rounding, priority = "morePrecision", "morePrecision"
	case priority != "auto":
		o.Rounding = priority
	case hasSignificant:
		o.Rounding = "significantDigits"
	default:
		o.Rounding = "fractionDigits"
	}
	if o.Increment != 1 {
		if o.Rounding != "fractionDigits" {
			throwType(r, "RoundingType is not fractionDigits")
		}
		if o.MinFraction != o.MaxFraction {
			throwRange(r, "maximumFractionDigits value is out of range.")
		}
	}
	return priority
}

// putDigits adds digit options to the resolved ones.
func (b builder) putDigits(o *intl.DigitOptions) {
	b.num("minimumIntegerDigits", o.MinInteger)
	if o.Fraction {
		b.num("minimumFractionDigits", o.MinFraction)
		b.num("maximumFractionDigits", o.MaxFraction)
	}
	if o.MaxSignificant > 0 {
		b.num("minimumSignificantDigits", o.MinSignificant)
		b.num("maximumSignificantDigits", o.MaxSignificant)
	}
}

// putRounding adds what resolvedOptions gives last.
func (b builder) putRounding(o *intl.DigitOptions, priority string) {
	b.num("roundingIncrement", o.Increment)
	b.str("roundingMode", o.Mode)
	b.str("roundingPriority", priority)
	b.str("trailingZeroDisplay", o.TrailingZeros)
}

// mathematical is ToIntlMathematicalValue.
func mathematical(r *goja.Runtime, v goja.Value) intl.Decimal {
	if o, ok := v.(*goja.Object); ok {
		v = toPrimitive(o, "number")
	}
	if goja.IsBigInt(v) {
		d, _ := intl.FromString(v.Export().(*big.Int).String())
		return d
	}
	switch s := v.(type) {
	case goja.String:
		if d, ok := intl.FromString(trimSpace(s.String())); ok {
			return d
		}
	case *goja.Symbol:
		throwType(r, "Cannot convert a Symbol value to a number")
	}
	return intl.FromFloat(v.ToFloat())
}

// trimSpace removes ECMA-262's white space from both ends.
func trimSpace(s string) string {
	return strings.TrimFunc(s, func(c rune) bool {
		switch {
		case c >= '\t' && c <= '\r', c == ' ', c == 0xA0, c == 0x1680, c >= 0x2000 && c <= 0x200A,
			c == 0x2028, c == 0x2029, c == 0x202F, c == 0x205F, c == 0x3000, c == 0xFEFF:
			return true
		}
		return false
	})
}

func fillNumberFormat(x *intlRealm, c *intlClass) {
	r := x.r
	unwrapped := func(this goja.Value) *numberFormat {
		f, ok := unwrap[*numberFormat](x, c, this)
		if !ok {
			throwType(r, "Method UnwrapNumberFormat called on incompatible receiver %s", "undefined")
		}
		return f
	}
	defineMethods(r, c.proto, []builtin{
		{"resolvedOptions", 0, func(r *goja.Runtime) call {
			return func(call goja.FunctionCall) goja.Value { return unwrapped(call.This).resolved(r) }
		}},
		{"formatToParts", 1, func(r *goja.Runtime) call {
			return func(call goja.FunctionCall) goja.Value {
				f := receiver[*numberFormat](x, c, call.This, "formatToParts")
				return partsArray(r, f.format.Parts(mathematical(r, call.Argument(0))))
			}
		}},
	})
	_ = c.proto.DefineAccessorProperty("format", gojax.NewFunc(r, "get format", 0, func(call goja.FunctionCall) goja.Value {
		f := unwrapped(call.This)
		if f.bound == nil {
			f.bound = gojax.NewFunc(r, "", 1, func(call goja.FunctionCall) goja.Value {
				return gojax.NewString(f.format.Format(mathematical(r, call.Argument(0))))
			})
		}
		return f.bound
	}), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	ends := func(f *numberFormat, call goja.FunctionCall) (a, b intl.Decimal) {
		for i, name := range [...]string{"start", "end"} {
			if goja.IsUndefined(call.Argument(i)) {
				throwType(r, "Invalid %s : undefined", name)
			}
		}
		a, b = mathematical(r, call.Argument(0)), mathematical(r, call.Argument(1))
		for i, d := range [...]intl.Decimal{a, b} {
			if d.IsNaN() {
				throwRange(r, "Invalid "+[...]string{"start", "end"}[i]+" : "+toString(call.Argument(i)).String())
			}
		}
		return a, b
	}
	defineMethods(r, c.proto, []builtin{
		{"formatRange", 2, func(r *goja.Runtime) call {
			return func(call goja.FunctionCall) goja.Value {
				f := receiver[*numberFormat](x, c, call.This, "formatRange")
				a, b := ends(f, call)
				return gojax.NewString(intl.Join(f.format.Range(a, b)))
			}
		}},
		{"formatRangeToParts", 2, func(r *goja.Runtime) call {
			return func(call goja.FunctionCall) goja.Value {
				f := receiver[*numberFormat](x, c, call.This, "formatRangeToParts")
				a, b := ends(f, call)
				return partsArray(r, f.format.Range(a, b))
			}
		}},
	})
}

func (f *numberFormat) resolved(r *goja.Runtime) goja.Value {
	b := newBuilder(r)
	o := &f.o
	b.str("locale", f.res.name)
	b.str("numberingSystem", o.Numbering)
	b.str("style", o.Style)
	b.str("currency", o.Currency)
	b.str("currencyDisplay", o.CurrencyDisplay)
	b.str("currencySign", o.CurrencySign)
	b.str("unit", o.Unit)
	b.str("unitDisplay", o.UnitDisplay)
	b.putDigits(&o.DigitOptions)
	if o.Grouping == "" {
		b.Put("useGrouping", r.ToValue(false))
	} else {
		b.str("useGrouping", o.Grouping)
	}
	b.str("notation", o.Notation)
	if o.Notation == "compact" {
		b.str("compactDisplay", o.CompactDisplay)
	}
	b.str("signDisplay", o.Sign)
	b.putRounding(&o.DigitOptions, f.shown)
	return b.Object()
}
