package intl

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// ListFormat joins words to a list.
type ListFormat struct {
	two, start, middle, end string
	locale, kind            string
}

// NewListFormat prepares a format; kind is conjunction, disjunction or unit.
func NewListFormat(locale, kind, style string) *ListFormat {
	key := "listPattern-type-standard"
	switch kind {
	case "disjunction":
		key = "listPattern-type-or"
	case "unit":
		key = "listPattern-type-unit"
	}
	if style != "long" {
		key += "-" + style
	}
	d := domainOf(locale, "misc")
	return &ListFormat{d.str(key + "/2"), d.str(key + "/start"), d.str(key + "/middle"), d.str(key + "/end"), splitTag(locale).language, kind}
}

// Parts returns the list as parts, of which the items are elements.
func (f *ListFormat) Parts(items []string) []Part {
	element := func(s string) []Part { return []Part{{Type: "element", Value: s}} }
	lists := make([][]Part, len(items))
	for i, s := range items {
		lists[i] = element(s)
	}
	return f.join(lists)
}

// join joins lists of parts.
func (f *ListFormat) join(items [][]Part) []Part {
	switch len(items) {
	case 0:
		return nil
	case 1:
		return items[0]
	case 2:
		return glue(f.before(f.two, items[1]), items[0], items[1])
	}
	n := len(items)
	parts := glue(f.start, items[0], items[1])
	for _, it := range items[2 : n-1] {
		parts = glue(f.middle, parts, it)
	}
	return glue(f.before(f.end, items[n-1]), parts, items[n-1])
}

// glue puts two lists into a pattern.
func glue(pattern string, a, b []Part) (parts []Part) {
	for _, p := range splitGlue(strings.ReplaceAll(pattern, "'", "''")) {
		switch p {
		case "{0}":
			parts = append(parts, a...)
		case "{1}":
			parts = append(parts, b...)
		default:
			parts = append(parts, Part{Type: "literal", Value: strings.ReplaceAll(p, "''", "'")})
		}
	}
	return parts
}

// before adapts a pattern to what follows: Spanish y and o, Hebrew's prefix.
func (f *ListFormat) before(pattern string, next []Part) string {
	s := strings.ToLower(Join(next))
	switch f.locale {
	case "es":
		plain := strings.NewReplacer("í", "i", "ó", "o").Replace(s)
		if f.kind == "disjunction" {
			word, _, _ := strings.Cut(s, " ")
			if strings.HasPrefix(plain, "o") || strings.HasPrefix(plain, "ho") || strings.HasPrefix(s, "8") || word == "11" {
				return strings.Replace(pattern, " o ", " u ", 1)
			}
			return pattern
		}
		if strings.HasPrefix(plain, "i") || strings.HasPrefix(plain, "hi") && !strings.HasPrefix(plain, "hia") && !strings.HasPrefix(plain, "hie") {
			return strings.Replace(pattern, " y ", " e ", 1)
		}
	case "he", "iw":
		if r, _ := utf8.DecodeRuneInString(s); s != "" && !unicode.Is(unicode.Hebrew, r) {
			return strings.Replace(pattern, " \u05d5{1}", " \u05d5-{1}", 1)
		}
	}
	return pattern
}
