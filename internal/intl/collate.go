package intl

import (
	"strings"
	"unicode"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// CollatorOptions are the resolved options of a Collator.
type CollatorOptions struct {
	Sensitivity       string // base, accent, case, variant
	IgnorePunctuation bool
	Numeric           bool
	CaseFirst         string // upper, lower, false
}

// A Collator compares text. It must not be used by two goroutines at once.
type Collator struct {
	o      CollatorOptions
	locale string
	ascii  bool // ASCII has the root's order
	levels [3]*collate.Collator
}

// NewCollator prepares a comparison; collation is a type such as phonebk.
func NewCollator(locale, collation string, o CollatorOptions) *Collator {
	c := &Collator{o: o, locale: locale}
	if collation != "" && collation != "default" {
		c.locale += "-u-co-" + collation
	}
	switch splitTag(locale).language {
	case "cs", "sk", "da", "nb", "nn", "no", "et", "fo", "hr", "hu", "bs", "sr", "sq", "cy", "lt", "lv", "haw", "kl", "mt", "vi", "uz", "az", "ha", "ig", "yo", "to", "tk", "om", "eo", "hsb", "dsb", "br", "fil", "smn", "se", "sl", "tn", "wo", "ln", "nso", "ee", "bal", "ku", "qu", "ceb", "lkt":
	default:
		c.ascii = collation == "" || collation == "default"
	}
	return c
}

// asciiOrder is the root's order of what is not ignored of ASCII; letters come
// as pairs.
const asciiOrder = "\t\n\v\f\r _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$0123456789aAbBcCdDeEfFgGhHiIjJkKlLmMnNoOpPqQrRsStTuUvVwWxXyYzZ"

// asciiWeight is a character's place in the root's order, 0 if it is ignored.
func asciiWeight(c byte) int {
	switch {
	case c >= 'a' && c <= 'z':
		return 200 + int(c-'a')
	case c >= 'A' && c <= 'Z':
		return 200 + int(c-'A')
	case c >= '0' && c <= '9':
		return 100 + int(c-'0')
	}
	return strings.IndexByte(asciiOrder[:strings.IndexByte(asciiOrder, '0')], c) + 1
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// Compare orders two texts: -1, 0 or 1.
func (c *Collator) Compare(a, b string) int {
	if a == b {
		return 0
	}
	if c.o.IgnorePunctuation {
		a, b = dropPunctuation(a), dropPunctuation(b)
	}
	if c.ascii && isASCII(a) && isASCII(b) {
		return c.compareASCII(a, b)
	}
	a, b = norm.NFD.String(a), norm.NFD.String(b)
	if r := c.at(0).CompareString(a, b); r != 0 {
		return r
	}
	switch c.o.Sensitivity {
	case "base":
		return 0
	case "case":
		return c.compareCase(a, b)
	}
	if r := c.at(1).CompareString(a, b); r != 0 || c.o.Sensitivity == "accent" {
		return r
	}
	if r := c.compareCase(a, b); r != 0 {
		return r
	}
	return c.at(2).CompareString(a, b)
}

// at is the comparison by base letters, with accents, or whole.
func (c *Collator) at(level int) *collate.Collator {
	if c.levels[level] == nil {
		var o []collate.Option
		switch level {
		case 0:
			o = append(o, collate.IgnoreCase, collate.IgnoreDiacritics, collate.IgnoreWidth)
		case 1:
			o = append(o, collate.IgnoreCase, collate.IgnoreWidth)
		}
		if c.o.Numeric {
			o = append(o, collate.Numeric)
		}
		c.levels[level] = collate.New(language.Make(c.locale), o...)
	}
	return c.levels[level]
}

// compareCase orders by the first letters that differ in case.
func (c *Collator) compareCase(a, b string) int {
	less := -1
	if c.o.CaseFirst == "upper" {
		less = 1
	}
	x, y := letters(a), letters(b)
	for i := range min(len(x), len(y)) {
		u, v := unicode.IsUpper(x[i]), unicode.IsUpper(y[i])
		if u != v && unicode.ToLower(x[i]) == unicode.ToLower(y[i]) {
			if v {
				return less
			}
			return -less
		}
	}
	return 0
}

func letters(s string) (list []rune) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			list = append(list, r)
		}
	}
	return list
}

// compareASCII is the root's order of ASCII, in which case comes last.
func (c *Collator) compareASCII(a, b string) int {
	caseOrder := 0
	i, j := 0, 0
	for {
		for i < len(a) && asciiWeight(a[i]) == 0 {
			i++
		}
		for j < len(b) && asciiWeight(b[j]) == 0 {
			j++
		}
		if i == len(a) || j == len(b) {
			break
		}
		x, y := a[i], b[j]
		if c.o.Numeric && isDigit(x) && isDigit(y) {
			n, m := digitRun(a[i:]), digitRun(b[j:])
			p, q := strings.TrimLeft(a[i:i+n], "0"), strings.TrimLeft(b[j:j+m], "0")
			if len(p) != len(q) {
				return sign(len(p) - len(q))
			}
			if r := strings.Compare(p, q); r != 0 {
				return r
			}
			i, j = i+n, j+m
			continue
		}
		if u, v := asciiWeight(x), asciiWeight(y); u != v {
			return sign(u - v)
		}
		if x != y && caseOrder == 0 {
			caseOrder = 1 // upper case after lower
			if x > y {
				caseOrder = -1
			}
		}
		i++
		j++
	}
	if r := sign((len(a) - i) - (len(b) - j)); i < len(a) || j < len(b) {
		return r
	}
	switch {
	case c.o.Sensitivity == "base" || c.o.Sensitivity == "accent":
		return 0
	case c.o.CaseFirst == "upper":
		return -caseOrder
	}
	return caseOrder
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func digitRun(s string) (n int) {
	for n < len(s) && isDigit(s[n]) {
		n++
	}
	return n
}

// dropPunctuation takes away what CLDR's order calls variable.
func dropPunctuation(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}
