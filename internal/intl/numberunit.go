package intl

import (
	"slices"
	"strings"
	"unicode"
)

// simpleUnits are the simple units that ECMA-402 sanctions.
const simpleUnits = "acre bit byte celsius centimeter day degree fahrenheit fluid-ounce foot gallon gigabit gigabyte gram hectare hour inch kilobit " +
	"kilobyte kilogram kilometer liter megabit megabyte meter microsecond mile mile-scandinavian milliliter millimeter millisecond minute month " +
	"nanosecond ounce percent petabyte pound second stone terabit terabyte week yard year"

// SimpleUnits lists the units that a NumberFormat takes.
func SimpleUnits() []string { return strings.Fields(simpleUnits) }

// WellFormedUnit reports whether a unit is a simple one, or one per another.
func WellFormedUnit(s string) bool {
	list := SimpleUnits()
	if slices.Contains(list, s) {
		return true
	}
	a, b, ok := strings.Cut(s, "-per-")
	return ok && slices.Contains(list, a) && slices.Contains(list, b)
}

// around splits a pattern with one placeholder into the parts on either side.
func around(pattern, kind string) (left, right []Part) {
	before, after, _ := strings.Cut(pattern, "{0}")
	return words(before, kind), words(after, kind)
}

// words makes a part of a text, with the spaces around it as literals.
func words(s, kind string) (parts []Part) {
	core := strings.TrimFunc(s, unicode.IsSpace)
	if core == "" {
		if s == "" {
			return nil
		}
		return []Part{{Type: "literal", Value: s}}
	}
	lead, tail, _ := strings.Cut(s, core)
	for _, p := range []Part{{Type: "literal", Value: lead}, {Type: kind, Value: core}, {Type: "literal", Value: tail}} {
		if p.Value != "" {
			parts = append(parts, p)
		}
	}
	return parts
}

// unitAround is what stands around a number with the format's unit.
func (f *NumberFormat) unitAround(plural string) (left, right []Part) {
	return around(f.unitPattern(plural), "unit")
}

func (f *NumberFormat) unitPattern(plural string) string {
	return unitPattern(domainOf(f.locale, "units"), f.o.Unit, f.o.UnitDisplay, plural)
}

func unitPattern(d domain, unit, display, plural string) string {
	form := func(u, plural string) string {
		if s := d.str(display + "/" + u + "/unitPattern-count-" + plural); s != "" {
			return s
		}
		return d.str(display + "/" + u + "/unitPattern-count-other")
	}
	if s := form(unit, plural); s != "" {
		return s
	}
	a, b, ok := strings.Cut(unit, "-per-")
	if !ok {
		return "{0} " + unit
	}
	numerator := form(a, plural)
	if per := d.str(display + "/" + b + "/perUnitPattern"); per != "" {
		return strings.Replace(per, "{0}", numerator, 1)
	}
	denominator := strings.TrimFunc(strings.Replace(form(b, "one"), "{0}", "", 1), unicode.IsSpace)
	return strings.Replace(strings.Replace(d.str(display+"/per"), "{0}", numerator, 1), "{1}", denominator, 1)
}

// currencyName is what stands around a number with the name of a currency.
func (f *NumberFormat) currencyName(plural string) (left, right []Part) {
	d := domainOf(f.locale, "currencies")
	code := f.o.Currency
	name := ""
	for _, k := range []string{"displayName-count-" + plural, "displayName-count-other", "displayName"} {
		if name = d.str(code + "/" + k); name != "" {
			break
		}
	}
	if name == "" {
		name = code
	}
	pattern := f.own("currencyFormats", "unitPattern-count-"+plural)
	if pattern == "" {
		pattern = f.own("currencyFormats", "unitPattern-count-other")
	}
	return around(strings.Replace(pattern, "{1}", name, 1), "currency")
}
