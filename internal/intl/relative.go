package intl

import (
	"strconv"
	"strings"
)

// PluralRules selects the plural categories of a locale.
type PluralRules struct {
	rules  pluralRules
	digits DigitOptions
	locale string
}

// NewPluralRules returns a locale's rules.
func NewPluralRules(locale string, ordinal bool, digits DigitOptions) *PluralRules {
	return &PluralRules{pluralRulesOf(locale, ordinal), digits, locale}
}

// Select returns the category of a number.
func (p *PluralRules) Select(d Decimal) string {
	if d.nan || d.inf {
		return "other"
	}
	return p.rules.selectFor(operandsOf(p.digits.round(d)))
}

// SelectRange returns the category of a range.
func (p *PluralRules) SelectRange(a, b Decimal) string {
	return pluralRange(p.locale, p.Select(a), p.Select(b))
}

// Categories lists the categories that the rules use.
func (p *PluralRules) Categories() []string {
	list := p.rules.categories()
	order := []string{"zero", "one", "two", "few", "many", "other"}
	var out []string
	for _, name := range order {
		for _, c := range list {
			if c == name {
				out = append(out, c)
			}
		}
	}
	return out
}

// RelativeTimeFormat formats distances in time.
type RelativeTimeFormat struct {
	data    domain
	style   string
	auto    bool
	number  *NumberFormat
	plurals pluralRules
}

// NewRelativeTimeFormat prepares a format; style is long, short or narrow.
func NewRelativeTimeFormat(locale, style, numbering string, auto bool) *RelativeTimeFormat {
	return &RelativeTimeFormat{
		data: domainOf(locale, "fields"), style: style, auto: auto, plurals: pluralRulesOf(locale, false),
		number: NewNumberFormat(locale, plainNumber(numbering)),
	}
}

// plainNumber are the options of a number format that has none.
func plainNumber(numbering string) NumberOptions {
	return NumberOptions{
		DigitOptions: DigitOptions{MinInteger: 1, MaxFraction: 3, Fraction: true, Rounding: "fractionDigits", Increment: 1, Mode: "halfExpand", TrailingZeros: "auto"},
		Style:        "decimal", Notation: "standard", Sign: "auto", Grouping: "auto", Numbering: numbering,
	}
}

// RelativeUnit is a unit of time by its singular or plural name.
func RelativeUnit(s string) (unit string, ok bool) {
	unit = strings.TrimSuffix(s, "s")
	switch unit {
	case "second", "minute", "hour", "day", "week", "month", "quarter", "year":
		return unit, true
	}
	return "", false
}

// Parts returns a distance in a unit as parts.
func (f *RelativeTimeFormat) Parts(value float64, unit string) []Part {
	field := unit
	if f.style != "long" {
		field += "-" + f.style
	}
	if f.auto && value == float64(int(value)) && value >= -2 && value <= 2 {
		if s, ok := f.data.get(field + "/relative-type-" + strconv.Itoa(int(value))); ok {
			return []Part{{Type: "literal", Value: s}}
		}
	}
	d := FromFloat(value)
	direction := "/relativeTime-type-future/relativeTimePattern-count-"
	if d.neg {
		direction = "/relativeTime-type-past/relativeTimePattern-count-"
	}
	d.neg = false
	plural := f.plurals.selectFor(operandsOf(f.number.rounded(d)))
	pattern, ok := f.data.get(field + direction + plural)
	if !ok {
		pattern = f.data.str(field + direction + "other")
	}
	before, after, found := strings.Cut(pattern, "{0}")
	var parts []Part
	if before != "" {
		parts = append(parts, Part{Type: "literal", Value: before})
	}
	if found {
		for _, p := range f.number.Parts(d) {
			p.Unit = unit
			parts = append(parts, p)
		}
	}
	if after != "" {
		parts = append(parts, Part{Type: "literal", Value: after})
	}
	return parts
}
