package intl

import (
	"math"
	"slices"
	"strings"
)

// The fields of a skeleton, in the order of UTS 35's pattern generator.
const (
	fieldEra = iota
	fieldYear
	fieldQuarter
	fieldMonth
	fieldWeekOfYear
	fieldWeekOfMonth
	fieldWeekday
	fieldDayOfYear
	fieldDayOfWeekInMonth
	fieldDay
	fieldDayPeriod
	fieldHour
	fieldMinute
	fieldSecond
	fieldFraction
	fieldZone
	fieldCount
)

// Kinds of fields: their distance is how badly one stands for another.
const (
	kindNarrow  = -0x101
	kindShorter = -0x102
	kindShort   = -0x103
	kindLong    = -0x104
	kindNumeric = 0x100
	kindDelta   = 0x10
)

// fieldKind says what a pattern letter of at least min means.
type fieldKind struct {
	letter byte
	field  int
	kind   int
	min    int
}

var fieldKinds = [...]fieldKind{
	{'G', fieldEra, kindShort, 1}, {'G', fieldEra, kindLong, 4}, {'G', fieldEra, kindNarrow, 5},
	{'y', fieldYear, kindNumeric, 1}, {'Y', fieldYear, kindNumeric + kindDelta, 1}, {'u', fieldYear, kindNumeric + 2*kindDelta, 1},
	{'r', fieldYear, kindNumeric + 3*kindDelta, 1}, {'U', fieldYear, kindShort, 1}, {'U', fieldYear, kindLong, 4}, {'U', fieldYear, kindNarrow, 5},
	{'Q', fieldQuarter, kindNumeric, 1}, {'Q', fieldQuarter, kindShort, 3}, {'Q', fieldQuarter, kindLong, 4}, {'Q', fieldQuarter, kindNarrow, 5},
	{'q', fieldQuarter, kindNumeric + kindDelta, 1}, {'q', fieldQuarter, kindShort - kindDelta, 3}, {'q', fieldQuarter, kindLong - kindDelta, 4}, {'q', fieldQuarter, kindNarrow - kindDelta, 5},
	{'M', fieldMonth, kindNumeric, 1}, {'M', fieldMonth, kindShort, 3}, {'M', fieldMonth, kindLong, 4}, {'M', fieldMonth, kindNarrow, 5},
	{'L', fieldMonth, kindNumeric + kindDelta, 1}, {'L', fieldMonth, kindShort - kindDelta, 3}, {'L', fieldMonth, kindLong - kindDelta, 4}, {'L', fieldMonth, kindNarrow - kindDelta, 5},
	{'w', fieldWeekOfYear, kindNumeric, 1}, {'W', fieldWeekOfMonth, kindNumeric, 1},
	{'E', fieldWeekday, kindShort, 1}, {'E', fieldWeekday, kindLong, 4}, {'E', fieldWeekday, kindNarrow, 5}, {'E', fieldWeekday, kindShorter, 6},
	{'c', fieldWeekday, kindNumeric + 2*kindDelta, 1}, {'c', fieldWeekday, kindShort - 2*kindDelta, 3}, {'c', fieldWeekday, kindLong - 2*kindDelta, 4},
	{'c', fieldWeekday, kindNarrow - 2*kindDelta, 5}, {'c', fieldWeekday, kindShorter - 2*kindDelta, 6},
	{'e', fieldWeekday, kindNumeric + kindDelta, 1}, {'e', fieldWeekday, kindShort - kindDelta, 3}, {'e', fieldWeekday, kindLong - kindDelta, 4},
	{'e', fieldWeekday, kindNarrow - kindDelta, 5}, {'e', fieldWeekday, kindShorter - kindDelta, 6},
	{'d', fieldDay, kindNumeric, 1}, {'g', fieldDay, kindNumeric + kindDelta, 1},
	{'D', fieldDayOfYear, kindNumeric, 1}, {'F', fieldDayOfWeekInMonth, kindNumeric, 1},
	{'a', fieldDayPeriod, kindShort, 1}, {'a', fieldDayPeriod, kindLong, 4}, {'a', fieldDayPeriod, kindNarrow, 5},
	{'b', fieldDayPeriod, kindShort - kindDelta, 1}, {'b', fieldDayPeriod, kindLong - kindDelta, 4}, {'b', fieldDayPeriod, kindNarrow - kindDelta, 5},
	{'B', fieldDayPeriod, kindShort - 3*kindDelta, 1}, {'B', fieldDayPeriod, kindLong - 3*kindDelta, 4}, {'B', fieldDayPeriod, kindNarrow - 3*kindDelta, 5},
	{'H', fieldHour, kindNumeric + 10*kindDelta, 1}, {'k', fieldHour, kindNumeric + 11*kindDelta, 1},
	{'h', fieldHour, kindNumeric, 1}, {'K', fieldHour, kindNumeric + kindDelta, 1},
	{'m', fieldMinute, kindNumeric, 1}, {'s', fieldSecond, kindNumeric, 1}, {'A', fieldSecond, kindNumeric + kindDelta, 1},
	{'S', fieldFraction, kindNumeric, 1},
	{'v', fieldZone, kindShort - 2*kindDelta, 1}, {'v', fieldZone, kindLong - 2*kindDelta, 4},
	{'z', fieldZone, kindShort, 1}, {'z', fieldZone, kindLong, 4},
	{'Z', fieldZone, kindNarrow - kindDelta, 1}, {'Z', fieldZone, kindLong - kindDelta, 4}, {'Z', fieldZone, kindShort - kindDelta, 5},
	{'O', fieldZone, kindShort - kindDelta, 1}, {'O', fieldZone, kindLong - kindDelta, 4},
	{'V', fieldZone, kindShort - kindDelta, 1}, {'V', fieldZone, kindLong - kindDelta, 2},
	{'X', fieldZone, kindNarrow - kindDelta, 1}, {'X', fieldZone, kindShort - kindDelta, 2}, {'X', fieldZone, kindLong - kindDelta, 4},
	{'x', fieldZone, kindNarrow - kindDelta, 1}, {'x', fieldZone, kindShort - kindDelta, 2}, {'x', fieldZone, kindLong - kindDelta, 4},
}

// kindOf finds what n of a letter mean.
func kindOf(letter byte, n int) (k fieldKind, ok bool) {
	for _, f := range fieldKinds {
		if f.letter == letter && (!ok || f.min <= n) {
			k, ok = f, true
		}
	}
	return k, ok
}

// A patternItem is a field or a literal of a date pattern.
type patternItem struct {
	letter byte // 0: a literal
	n      int
	text   string
}

// parsePattern takes a date pattern apart.
func parsePattern(s string) (items []patternItem) {
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			items = append(items, patternItem{text: literal.String()})
			literal.Reset()
		}
	}
	for i := 0; i < len(s); {
		c := s[i]
		switch {
		case c == '\'':
			if i+1 < len(s) && s[i+1] == '\'' {
				literal.WriteByte('\'')
				i += 2
				continue
			}
			for i++; i < len(s); i++ {
				if s[i] == '\'' {
					if i+1 < len(s) && s[i+1] == '\'' {
						i++
					} else {
						break
					}
				}
				literal.WriteByte(s[i])
			}
			i++
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			flush()
			n := 1
			for i+n < len(s) && s[i+n] == c {
				n++
			}
			items = append(items, patternItem{letter: c, n: n})
			i += n
		default:
			literal.WriteByte(c)
			i++
		}
	}
	flush()
	return items
}

// unparse writes items as a pattern again.
func unparse(items []patternItem) string {
	var b strings.Builder
	for _, it := range items {
		if it.letter != 0 {
			b.WriteString(strings.Repeat(string(it.letter), it.n))
			continue
		}
		if strings.ContainsFunc(it.text, func(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }) {
			b.WriteString("'" + strings.ReplaceAll(it.text, "'", "''") + "'")
		} else {
			b.WriteString(strings.ReplaceAll(it.text, "'", "''"))
		}
	}
	return b.String()
}

// A skeleton is what fields a pattern has.
type skeleton struct {
	kind   [fieldCount]int
	letter [fieldCount]byte
	n      [fieldCount]int
	base   [fieldCount]string // canonical letters of each field's kind
}

func skeletonOf(s string) (sk skeleton) {
	for _, it := range parsePattern(s) {
		if it.letter == 0 {
			continue
		}
		k, ok := kindOf(it.letter, it.n)
		if !ok {
			continue
		}
		sk.set(k, it.letter, it.n)
	}
	if sk.n[fieldMinute] > 0 && sk.n[fieldFraction] > 0 && sk.n[fieldSecond] == 0 {
		k, _ := kindOf('s', 1)
		sk.set(k, 's', 1)
	}
	switch h := sk.letter[fieldHour]; {
	case h == 'h' || h == 'K':
		if sk.letter[fieldDayPeriod] == 0 {
			k, _ := kindOf('a', 1)
			sk.set(k, 'a', 1)
		}
	case h != 0:
		sk.kind[fieldDayPeriod], sk.letter[fieldDayPeriod], sk.n[fieldDayPeriod], sk.base[fieldDayPeriod] = 0, 0, 0, ""
	}
	return sk
}

func (sk *skeleton) set(k fieldKind, letter byte, n int) {
	kind := k.kind
	if kind > 0 {
		kind += n
	}
	sk.kind[k.field], sk.letter[k.field], sk.n[k.field] = kind, letter, n
	sk.base[k.field] = strings.Repeat(string(letter), k.min)
}

func (sk *skeleton) basePattern() string { return strings.Join(sk.base[:], "") }

func (sk *skeleton) mask() (m int) {
	for i, k := range sk.kind {
		if k != 0 {
			m |= 1 << i
		}
	}
	return m
}

// distance is how far other is from what is wanted of sk by include, a set of
// fields; 0 means all.
func (sk *skeleton) distance(other *skeleton, include int) (d, missing, extra int) {
	for i := range fieldCount {
		mine := sk.kind[i]
		if include != 0 && include&(1<<i) == 0 {
			mine = 0
		}
		theirs := other.kind[i]
		switch {
		case mine == theirs:
		case mine == 0:
			d += 0x10000
			extra |= 1 << i
		case theirs == 0:
			d += 0x1000
			missing |= 1 << i
		default:
			d += max(mine-theirs, theirs-mine)
		}
	}
	return d, missing, extra
}

// A generator finds the best pattern of a locale for a skeleton, as UTS 35 says
// in "Matching Skeletons" and ICU does it.
type generator struct {
	locale  string
	data    domain
	entries []generatorEntry
	hour    byte // the locale's own hour field
	decimal string
	// matchHour has hours take the width of the skeleton; the other times have
	// that of the pattern.
	matchHour bool
}

type generatorEntry struct {
	base      string
	skeleton  skeleton
	pattern   string
	specified bool
}

// bucket orders entries as ICU visits them: by the first letter of their base.
func (e generatorEntry) bucket() int {
	if e.base == "" {
		return 0
	}
	if c := e.base[0]; c >= 'a' {
		return int(c-'a') + 26
	}
	return int(e.base[0] - 'A')
}

func newGenerator(locale string, data domain, hour byte) *generator {
	g := &generator{locale: locale, data: data, hour: hour, decimal: "."}
	if s := domainOf(locale, "numbers").str("symbols-numberSystem-latn/decimal"); s != "" {
		g.decimal = s
	}
	for _, c := range "GyQMwWEdDFaHmsSv" {
		g.add(string(c), "", false)
	}
	for _, style := range [...]string{"full", "long", "medium", "short"} {
		g.add(data.str("dateFormats/"+style), "", false)
	}
	for _, style := range [...]string{"full", "long", "medium", "short"} {
		p := data.str("timeFormats/" + style)
		g.add(p, "", false)
		if style == "short" {
			g.addMinutes(p)
		}
	}
	const available = "dateTimeFormats/availableFormats/"
	data.each(available, func(k, v string) { g.add(v, k[len(available):], true) })
	slices.SortStableFunc(g.entries, func(a, b generatorEntry) int { return a.bucket() - b.bucket() })
	return g
}

// addMinutes adds the part of a time pattern from the minutes to the seconds.
func (g *generator) addMinutes(pattern string) {
	var items []patternItem
	for _, it := range parsePattern(pattern) {
		switch {
		case it.letter == 'm' && len(items) == 0, it.letter == 0 && len(items) > 0:
			items = append(items, it)
		case it.letter == 's' && len(items) > 0:
			g.add(unparse(append(items, it)), "", false)
			return
		case len(items) > 0:
			return
		}
	}
}

// add adds a pattern; key is its skeleton if the data names one.
func (g *generator) add(pattern, key string, override bool) {
	source := pattern
	if key != "" {
		source = key
	}
	sk := skeletonOf(source)
	base := sk.basePattern()
	i := slices.IndexFunc(g.entries, func(e generatorEntry) bool { return e.base == base })
	if i >= 0 && (!g.entries[i].specified || key != "" && !override) && !override {
		return
	}
	same := slices.IndexFunc(g.entries, func(e generatorEntry) bool { return e.skeleton.letter == sk.letter && e.skeleton.n == sk.n })
	if same >= 0 && (!override || key != "" && g.entries[same].specified) {
		return
	}
	e := generatorEntry{base, sk, pattern, key != ""}
	if dup := slices.IndexFunc(g.entries, func(o generatorEntry) bool { return o.base == base && o.skeleton.kind == sk.kind }); dup >= 0 {
		g.entries[dup] = e
		return
	}
	g.entries = append(g.entries, e)
}

// raw is the pattern nearest to what is wanted.
func (g *generator) raw(want *skeleton, include int) (best generatorEntry, missing, extra int) {
	bestDistance := math.MaxInt
	missing = -1
	for _, e := range g.entries {
		d, m, x := want.distance(&e.skeleton, include)
		if d < bestDistance || d == bestDistance && missing < m {
			best, bestDistance, missing, extra = e, d, m, x
			if d == 0 {
				break
			}
		}
	}
	return best, missing, extra
}

// adjust gives the fields of a pattern the widths that are wanted.
func (g *generator) adjust(e generatorEntry, want *skeleton, fixFraction bool) string {
	items := parsePattern(e.pattern)
	for i, it := range items {
		if it.letter == 0 {
			continue
		}
		k, ok := kindOf(it.letter, it.n)
		if !ok {
			continue
		}
		f := k.field
		if fixFraction && f == fieldSecond {
			items = slices.Insert(items, i+1, patternItem{text: g.decimal}, patternItem{letter: 'S', n: want.n[fieldFraction]})
			return g.adjust(generatorEntry{pattern: unparse(items), skeleton: e.skeleton, specified: e.specified}, want, false)
		}
		if want.kind[f] == 0 {
			continue
		}
		letter, n := want.letter[f], want.n[f]
		if letter == 'E' && n < 3 {
			n = 3
		}
		size := n
		if f == fieldMinute || f == fieldSecond || f == fieldHour && !g.matchHour {
			size = it.n
		} else if e.specified && letter != 'c' && letter != 'e' {
			had := e.skeleton.n[f]
			numeric := k.kind > 0
			if had == n || numeric != (want.kind[f] > 0) {
				size = it.n
			}
		}
		c := it.letter
		if f != fieldHour && f != fieldMonth && f != fieldWeekday && (f != fieldYear || letter == 'Y') {
			c = letter
		}
		if c == 'E' && size < 3 {
			c = 'e'
		}
		if f == fieldHour {
			if letter == g.hour {
				c = g.hour
			} else if letter == 'h' && g.hour == 'K' || letter == 'K' && g.hour == 'h' || letter == 'H' && g.hour == 'k' || letter == 'k' && g.hour == 'H' {
				c = g.hour
			}
		}
		items[i] = patternItem{letter: c, n: size}
	}
	return unparse(items)
}

var appendNames = [fieldCount]string{"Era", "Year", "Quarter", "Month", "Week", "Week", "Day-Of-Week", "Day", "Day-Of-Week", "Day", "Hour", "Hour", "Minute", "Second", "Second", "Timezone"}

// fieldNames are the fields' names in the data.
var fieldNames = [fieldCount]string{"era", "year", "quarter", "month", "week", "weekOfMonth", "weekday", "dayOfYear", "weekdayOfMonth", "day", "dayperiod", "hour", "minute", "second", "second", "zone"}

// appending is the pattern of some of the wanted fields, with those that no
// pattern has appended one by one.
func (g *generator) appending(want *skeleton, fields int) string {
	if fields == 0 {
		return ""
	}
	e, missing, _ := g.raw(want, fields)
	pattern := g.adjust(e, want, false)
	const seconds = 1<<fieldSecond | 1<<fieldFraction
	for missing != 0 {
		if missing&seconds == 1<<fieldFraction && fields&seconds == seconds {
			e.pattern = pattern
			pattern = g.adjust(e, want, true)
			missing &^= 1 << fieldFraction
			continue
		}
		before := missing
		var next generatorEntry
		next, missing, _ = g.raw(want, missing)
		found := before &^ missing
		if found == 0 {
			break
		}
		top := 0
		for i := range fieldCount {
			if found&(1<<i) != 0 {
				top = i
			}
		}
		glue := g.data.str("dateTimeFormats/appendItems/" + appendNames[top])
		if glue == "" || !strings.Contains(glue, "{0}") {
			glue = "{0} {1}"
		}
		if top == fieldDayPeriod { // nothing without hours
			continue
		}
		name := domainOf(g.locale, "fields").str(fieldNames[top] + "/displayName")
		if top == fieldFraction { // CLDR has nothing for it, and ICU shows that
			glue, name = "{0} ├{2}: {1}┤", "F14"
		}
		pattern = strings.NewReplacer("{0}", pattern, "{1}", g.adjust(next, want, false), "{2}", "'"+name+"'").Replace(glue)
	}
	return pattern
}

// best is the pattern of a skeleton.
func (g *generator) best(s string) string {
	want := skeletonOf(s)
	e, missing, extra := g.raw(&want, 0)
	if missing == 0 && extra == 0 {
		return g.adjust(e, &want, false)
	}
	const dates = 1<<fieldDayPeriod - 1
	mask := want.mask()
	date, time := g.appending(&want, mask&dates), g.appending(&want, mask&^dates)
	switch {
	case date == "":
		return time
	case time == "":
		return date
	}
	style := "short"
	switch want.n[fieldMonth] {
	case 4:
		style = "long"
		if want.n[fieldWeekday] > 0 {
			style = "full"
		}
	case 3:
		style = "medium"
	}
	return glueDateTime(g.data, style, date, time)
}

// glueDateTime joins a date's pattern and a time's.
func glueDateTime(data domain, style, date, time string) string {
	glue := data.str("dateTimeFormats-atTime/standard/" + style)
	if glue == "" {
		glue = data.str("dateTimeFormats/" + style)
	}
	if glue == "" {
		glue = "{1} {0}"
	}
	return strings.NewReplacer("{0}", time, "{1}", date).Replace(glue)
}
