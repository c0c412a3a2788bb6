package intl

import (
	"slices"
	"strings"
)

// A LocaleTag is what an Intl.Locale holds: a canonical tag.
type LocaleTag struct{ t tag }

// ParseLocale parses a tag; the result is canonical.
func ParseLocale(s string) (l LocaleTag, ok bool) {
	l.t, ok = parseTag(s)
	if ok {
		l.t.canonicalize()
	}
	return l, ok
}

// Apply replaces subtags; "" leaves what is there.
func (l *LocaleTag) Apply(language, script, region string) {
	if language != "" {
		l.t.language = strings.ToLower(language)
	}
	if script != "" {
		l.t.script = strings.ToLower(script)
	}
	if region != "" {
		l.t.region = strings.ToLower(region)
	}
	l.t.canonicalize()
}

// SetKeyword sets an extension key.
func (l *LocaleTag) SetKeyword(key, value string) {
	l.t.setKeyword(key, canonicalType(key, strings.ToLower(value)), true)
}

// Keyword is the type of an extension key.
func (l LocaleTag) Keyword(key string) (string, bool) { return l.t.keyword(key) }

// String is the whole tag.
func (l LocaleTag) String() string { return l.t.String() }

// Base is the tag without extensions.
func (l LocaleTag) Base() string { return l.t.base() }

// Language, Script and Region are subtags, "" where there is none.
func (l LocaleTag) Language() string { return l.t.language }

// Script is the script's subtag.
func (l LocaleTag) Script() string { return l.t.script }

// Region is the region's subtag.
func (l LocaleTag) Region() string { return l.t.region }

// Maximize adds the likely subtags.
func (l LocaleTag) Maximize() LocaleTag { return LocaleTag{l.t.maximize()} }

// Minimize removes the likely subtags.
func (l LocaleTag) Minimize() LocaleTag { return LocaleTag{l.t.minimize()} }

func (l LocaleTag) locale() Locale {
	b := bestAvailable(l.t.base())
	if b == "" {
		b = l.t.base()
	}
	return Locale{Base: b, tag: l.t}
}

// likelyRegion is the region, or the one that is likely.
func (l LocaleTag) likelyRegion() string {
	if rg, ok := l.t.keyword("rg"); ok && len(rg) == 6 && strings.HasSuffix(rg, "zzzz") {
		return strings.ToUpper(rg[:2])
	}
	return l.t.maximize().region
}

// Calendars lists the calendars that are used there.
func (l LocaleTag) Calendars() (list []string) {
	if ca, ok := l.t.keyword("ca"); ok {
		return []string{ca}
	}
	v := lookUp("calendars", l.likelyRegion())
	if v == "" {
		v = "gregorian"
	}
	for name := range strings.FieldsSeq(v) {
		if name == "gregorian" {
			name = "gregory"
		}
		list = append(list, name)
	}
	return list
}

// HourCycles lists the hour cycle that is used there.
func (l LocaleTag) HourCycles() []string {
	if hc, ok := l.t.keyword("hc"); ok {
		return []string{hc}
	}
	return []string{DefaultHourCycle(l.locale())}
}

// Numberings lists the numbering system that is used there.
func (l LocaleTag) Numberings() []string {
	if nu, ok := l.t.keyword("nu"); ok {
		return []string{nu}
	}
	return []string{DefaultNumbering(l.locale().Base)}
}

// TimeZones lists the zones of the region; ok is false without one.
func (l LocaleTag) TimeZones() (list []string, ok bool) {
	if l.t.region == "" {
		return nil, false
	}
	common("zoneRegions").each("", func(id, region string) {
		if region == l.t.region {
			list = append(list, id)
		}
	})
	slices.Sort(list)
	return list, true
}

// RightToLeft reports the direction of the script.
func (l LocaleTag) RightToLeft() bool {
	switch l.t.maximize().script {
	case "Adlm", "Arab", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi", "Aran":
		return true
	}
	return false
}

var isoDays = [...]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// DayNumber is 1 for mon to 7 for sun, 0 for what is no day.
func DayNumber(name string) int {
	return slices.Index(isoDays[:], name) + 1
}

// Week is the first day of the week and the days of the weekend, Monday being 1.
func (l LocaleTag) Week() (first int, weekend []int) {
	find := func(key string) int {
		v := lookUp("weeks", key+"/"+l.likelyRegion())
		if v == "" {
			v = lookUp("weeks", key+"/001")
		}
		return DayNumber(v)
	}
	first = find("firstDay")
	if fw, ok := l.t.keyword("fw"); ok {
		if n := DayNumber(fw); n > 0 {
			first = n
		}
	}
	start, end := find("weekendStart"), find("weekendEnd")
	if start == 0 || end == 0 {
		return first, nil
	}
	for d := start; ; d = d%7 + 1 {
		weekend = append(weekend, d)
		if d == end || len(weekend) == 7 {
			break
		}
	}
	slices.Sort(weekend)
	return first, weekend
}

// Collations lists the collation types that are used there.
func (l LocaleTag) Collations() []string {
	if co, ok := l.t.keyword("co"); ok {
		return []string{co}
	}
	list := append([]string{"emoji"}, collationsOf(l.t.language)...)
	slices.Sort(list)
	return list
}
