package intl

import (
	"slices"
	"strconv"
	"strings"
)

// operands are those of UTS 35's plural rules, for numbers small enough to be
// told apart by them: the integer part is kept by its last digits.
type operands struct {
	i        int64
	v, w     int
	f, t     int64
	c        int
	fraction bool // n is no integer
}

// operandsOf are the operands of a number as it is shown.
func operandsOf(r rounded) (o operands) {
	whole, fraction := rounded{Decimal: r.shift(r.exponent), minFraction: 0}, ""
	if r.exponent == 0 {
		fraction = r.fractionDigits()
	} else {
		fraction = whole.fractionDigits()
	}
	digits := whole.integerDigits()
	if len(digits) > 18 { // the rules look at the last six, and at equality
		digits = "1" + digits[len(digits)-17:]
	}
	o.i, _ = strconv.ParseInt("0"+digits, 10, 64)
	if len(fraction) > 18 {
		fraction = fraction[:18]
	}
	o.v = len(fraction)
	o.f, _ = strconv.ParseInt("0"+fraction, 10, 64)
	trimmed := strings.TrimRight(fraction, "0")
	o.w = len(trimmed)
	o.t, _ = strconv.ParseInt("0"+trimmed, 10, 64)
	o.fraction = o.t != 0
	o.c = r.exponent
	return o
}

func (o operands) value(name byte) (v int64, integer bool) {
	switch name {
	case 'n':
		return o.i, !o.fraction
	case 'i':
		return o.i, true
	case 'v':
		return int64(o.v), true
	case 'w':
		return int64(o.w), true
	case 'f':
		return o.f, true
	case 't':
		return o.t, true
	}
	return int64(o.c), true // c and e
}

// pluralRules are a locale's rules as CLDR writes them: "one: i = 1 and v = 0; …".
type pluralRules string

func pluralRulesOf(locale string, ordinal bool) pluralRules {
	name := "plurals"
	if ordinal {
		name = "ordinals"
	}
	for l := locale; l != "" && l != "und"; l = parentOf(l) {
		if r, ok := common(name).get(l); ok {
			return pluralRules(r)
		}
	}
	return ""
}

// categories are the rules' names, "other" last.
func (p pluralRules) categories() []string {
	var list []string
	for rule := range strings.SplitSeq(string(p), "; ") {
		if name, _, ok := strings.Cut(rule, ": "); ok {
			list = append(list, name)
		}
	}
	return append(list, "other")
}

func (p pluralRules) selectFor(o operands) string {
	for rule := range strings.SplitSeq(string(p), "; ") {
		name, condition, ok := strings.Cut(rule, ": ")
		if ok && holds(condition, o) {
			return name
		}
	}
	return "other"
}

func holds(condition string, o operands) bool {
	for alternative := range strings.SplitSeq(condition, " or ") {
		all := true
		for relation := range strings.SplitSeq(alternative, " and ") {
			if !relationHolds(strings.TrimSpace(relation), o) {
				all = false
				break
			}
		}
		if all {
			return true
		}
	}
	return false
}

// relationHolds decides "n % 100 != 11..14,21".
func relationHolds(s string, o operands) bool {
	left, list, not := "", "", false
	if l, r, ok := strings.Cut(s, "!="); ok {
		left, list, not = l, r, true
	} else {
		left, list, _ = strings.Cut(s, "=")
	}
	left = strings.TrimSpace(left)
	if left == "" {
		return false
	}
	v, integer := o.value(left[0])
	if _, m, ok := strings.Cut(left, "%"); ok {
		if by, err := strconv.ParseInt(strings.TrimSpace(m), 10, 64); err == nil && by > 0 {
			v %= by
		}
	}
	in := integer && slices.ContainsFunc(strings.Split(list, ","), func(r string) bool {
		lo, hi, ok := strings.Cut(strings.TrimSpace(r), "..")
		if !ok {
			hi = lo
		}
		a, _ := strconv.ParseInt(lo, 10, 64)
		b, _ := strconv.ParseInt(hi, 10, 64)
		return a <= v && v <= b
	})
	return in != not
}

// pluralRange is the category of a range, by those of its ends.
func pluralRange(locale, start, end string) string {
	for l := locale; l != "" && l != "und"; l = parentOf(l) {
		if c, ok := common("pluralRanges").get(l + "/pluralRange-start-" + start + "-end-" + end); ok {
			return c
		}
	}
	return "other"
}

// PluralLocale is the locale whose rules stand for one.
func PluralLocale(locale string) string {
	for l := locale; l != "" && l != "und"; l = parentOf(l) {
		if _, ok := common("plurals").get(l); ok {
			return l
		}
	}
	return locale
}
