package intl

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Range returns a range of numbers as parts, as ICU collapses what both ends
// have in common.
func (f *NumberFormat) Range(start, end Decimal) []Part {
	a, b := f.layers(start, false), f.layers(end, false)
	if slices.Equal(f.assemble(a), f.assemble(b)) {
		return withSource(f.assemble(f.layers(start, true)), "shared")
	}
	left, right := f.outer(pluralRange(f.locale, a.plural, b.plural))
	middle := slices.Equal(a.before, b.before) && slices.Equal(a.after, b.after)
	if middle && runes(a.before)+runes(a.after) <= 1 {
		middle = false
	}
	pattern := f.own("miscPatterns", "range")
	_, dash, _ := strings.Cut(pattern, "{0}")
	dash, _, _ = strings.Cut(dash, "{1}")
	repeated := !middle && runes(a.before)+runes(b.before)+runes(a.after)+runes(b.after) > 0
	if f.o.Notation == "scientific" || f.o.Notation == "engineering" {
		repeated = true
	}
	if repeated {
		first, _ := utf8.DecodeRuneInString(dash)
		if !unicode.IsSpace(first) {
			dash = " " + dash
		}
		if last, _ := utf8.DecodeLastRuneInString(dash); !unicode.IsSpace(last) {
			dash += " "
		}
	}
	var parts []Part
	shared := func(list ...[]Part) {
		for _, l := range list {
			parts = append(parts, withSource(l, "shared")...)
		}
	}
	side := func(l layers, source string) {
		var list []Part
		if !middle {
			list = append(list, l.before...)
		}
		list = append(list, l.number...)
		if !middle {
			list = append(list, l.after...)
		}
		parts = append(parts, withSource(list, source)...)
	}
	shared(left)
	if middle {
		shared(a.before)
	}
	side(a, "startRange")
	parts = append(parts, Part{Type: "literal", Value: dash, Source: "shared"})
	side(b, "endRange")
	if middle {
		shared(a.after)
	}
	shared(right)
	return parts
}

func runes(parts []Part) (n int) {
	for _, p := range parts {
		n += utf8.RuneCountInString(p.Value)
	}
	return n
}

func withSource(parts []Part, source string) []Part {
	out := slices.Clone(parts)
	for i := range out {
		out[i].Source = source
	}
	return out
}
