package intl

import "strings"

// Range returns two points in time as one range, as ICU's interval formats do.
func (f *DateTimeFormat) Range(start, end float64) []Part {
	parts, _ := f.spans(start, end)
	return parts
}

// FormatRange returns the text of a range.
func (f *DateTimeFormat) FormatRange(start, end float64) string {
	parts, single := f.spans(start, end)
	if single {
		return f.Format(start)
	}
	return Join(parts)
}

// spans are the parts of a range; single says that the format shows no difference.
func (f *DateTimeFormat) spans(start, end float64) (parts []Part, single bool) {
	a, b := f.at(start), f.at(end)
	field := largestDifference(&a, &b)
	if field == 0 {
		return withSource(f.parts(f.items, &a), "shared"), true
	}
	if f.intervals == nil {
		f.intervals = f.intervalPatterns()
	}
	pattern, ok := f.intervals[string(field)]
	switch {
	case !ok && ignoresField(f.items, field):
		return withSource(f.parts(f.items, &a), "shared"), true
	case !ok:
		return f.fallback(f.rangePattern(), field, &a, &b), false
	}
	if full, isFull := strings.CutPrefix(pattern, "\x00"); isFull {
		return f.fallback(full, field, &a, &b), false
	}
	items := parsePattern(pattern)
	split := splitInterval(items)
	return withSpans(append(f.parts(items[:split], &a), f.parts(items[split:], &b)...)), false
}

// withSpans says which parts belong to the start and to the end: each is what
// lies between the first and the last of the fields that come twice.
func withSpans(parts []Part) []Part {
	startA, startB, endA, endB := len(parts), -1, len(parts), -1
	for i, p := range parts {
		if p.Type == "literal" {
			continue
		}
		for j := i + 1; j < len(parts); j++ {
			if parts[j].Type == p.Type {
				startA, startB = min(startA, i), max(startB, i)
				endA, endB = min(endA, j), max(endB, j)
			}
		}
	}
	for i := range parts {
		switch {
		case i >= startA && i <= startB:
			parts[i].Source = "startRange"
		case i >= endA && i <= endB:
			parts[i].Source = "endRange"
		default:
			parts[i].Source = "shared"
		}
	}
	return parts
}

// splitInterval is where a field comes for the second time.
func splitInterval(items []patternItem) int {
	var seen [128]bool
	for i, it := range items {
		c := it.letter
		if c == 'L' {
			c = 'M'
		}
		if c != 0 && seen[c] {
			return i
		}
		seen[c] = true
	}
	return len(items)
}

// largestDifference is the letter of the largest field in which two moments differ, 0 if
// there is none.
func largestDifference(a, b *moment) byte {
	switch {
	case a.date.era != b.date.era:
		return 'G'
	case a.date.year != b.date.year:
		return 'y'
	case a.date.month != b.date.month || a.date.leap != b.date.leap:
		return 'M'
	case a.date.day != b.date.day:
		return 'd'
	case a.hour/12 != b.hour/12:
		return 'a'
	case a.hour != b.hour:
		return 'h'
	case a.minute != b.minute:
		return 'm'
	case a.second != b.second:
		return 's'
	case a.millis != b.millis:
		return 'S'
	}
	return 0
}

// level orders fields from the largest to the smallest; -1 is none of them.
func level(letter byte) int {
	switch letter {
	case 'G':
		return 0
	case 'y', 'u', 'r':
		return 1
	case 'Q', 'M', 'L':
		return 2
	case 'w', 'd', 'E', 'c', 'e':
		return 3
	case 'a':
		return 4
	case 'h', 'H', 'k', 'K':
		return 5
	case 'm':
		return 6
	case 's':
		return 7
	case 'S':
		return 8
	}
	return -1
}

// ignoresField reports whether items show nothing as small as a field.
func ignoresField(items []patternItem, field byte) bool {
	smallest := -1
	for _, it := range items {
		smallest = max(smallest, level(it.letter))
	}
	return smallest < level(field)
}

// fallback joins two whole texts, or two times behind one date.
func (f *DateTimeFormat) fallback(pattern string, field byte, a, b *moment) []Part {
	glue := f.data.str("dateTimeFormats/intervalFormats/intervalFormatFallback")
	if glue == "" {
		glue = "{0} – {1}"
	}
	var parts []Part
	if date, timePattern := f.halves(); level(field) >= 4 && date != "" && timePattern != "" && pattern == f.rangePattern() {
		for _, p := range splitGlue(f.dateTimeGlue()) {
			switch p {
			case "{1}":
				parts = append(parts, f.parts(parsePattern(date), a)...)
			case "{0}":
				parts = append(parts, f.joined(glue, parsePattern(timePattern), a, b)...)
			default:
				parts = append(parts, Part{Type: "literal", Value: p})
			}
		}
	} else {
		parts = f.joined(glue, parsePattern(pattern), a, b)
	}
	return withSpans(mergeLiterals(parts))
}

func (f *DateTimeFormat) joined(glue string, items []patternItem, a, b *moment) (parts []Part) {
	for _, p := range splitGlue(glue) {
		switch p {
		case "{0}":
			parts = append(parts, f.parts(items, a)...)
		case "{1}":
			parts = append(parts, f.parts(items, b)...)
		default:
			parts = append(parts, Part{Type: "literal", Value: p})
		}
	}
	return parts
}

func mergeLiterals(parts []Part) []Part {
	out := parts[:0]
	for _, p := range parts {
		if n := len(out); n > 0 && p.Type == "literal" && out[n-1].Type == "literal" {
			out[n-1].Value += p.Value
			continue
		}
		out = append(out, p)
	}
	return out
}

// splitGlue splits a pattern at its placeholders, and takes quotes away.
func splitGlue(s string) (list []string) {
	var literal strings.Builder
	flush := func() {
		if literal.Len() > 0 {
			list = append(list, literal.String())
			literal.Reset()
		}
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\'':
		case s[i] == '{' && i+2 < len(s) && s[i+2] == '}':
			flush()
			list = append(list, s[i:i+3])
			i += 2
		default:
			literal.WriteByte(s[i])
		}
	}
	flush()
	return list
}

// split is the skeleton of the format's pattern: its date and time fields as
// they are, and normalized for the search.
func (f *DateTimeFormat) split() (date, normDate, time, normTime string) {
	var d, nd, t, nt strings.Builder
	var width [128]int
	for _, it := range f.items {
		if it.letter == 0 {
			continue
		}
		width[it.letter] = it.n
		switch it.letter {
		case 'L', 'c', 'e', 'Q', 'q', 'w', 'W', 'r', 'u', 'U', 'G':
			text := strings.Repeat(string(it.letter), it.n)
			d.WriteString(text)
			nd.WriteString(text)
		}
	}
	for _, c := range "yMEd" {
		n := width[c]
		d.WriteString(strings.Repeat(string(c), n))
		if c == 'M' && n < 3 || c == 'E' && n <= 3 || c == 'd' {
			n = min(n, 1)
		}
		nd.WriteString(strings.Repeat(string(c), n))
	}
	for _, c := range "BhHkKmzvsS" { // an offset (O) is nothing to intervals
		n := width[c]
		t.WriteString(strings.Repeat(string(c), n))
		if c != 's' && c != 'S' && c != 'B' {
			n = min(n, 1)
		}
		nt.WriteString(strings.Repeat(string(c), n))
	}
	return d.String(), nd.String(), t.String(), nt.String()
}

// rangePattern is the pattern of either end where both are shown whole: the best
// one for the fields of the format's own pattern.
func (f *DateTimeFormat) rangePattern() string {
	var b strings.Builder
	for _, it := range f.items {
		if it.letter != 0 && it.letter != 'a' {
			b.WriteString(strings.Repeat(string(it.letter), it.n))
		}
	}
	return replaceHour(f.gen.best(b.String()), f.o.HourCycle)
}

// halves are the patterns of the date and the time alone.
func (f *DateTimeFormat) halves() (date, time string) {
	_, d, _, t := f.split()
	if d == "" || t == "" {
		return "", ""
	}
	return f.gen.best(d), replaceHour(f.gen.best(t), f.o.HourCycle)
}

// dateTimeGlue is what joins a date and a range of times.
func (f *DateTimeFormat) dateTimeGlue() string {
	g := f.data.str("dateTimeFormats/medium")
	if g == "" {
		return "{1} {0}"
	}
	return g
}

// intervalPatterns are the patterns by the largest field that differs. One that
// begins with NUL is not an interval's, but for both ends.
func (f *DateTimeFormat) intervalPatterns() map[string]string {
	list := map[string]string{}
	date, normDate, time, normTime := f.split()
	found := f.searchIntervals(list, normDate, normTime)
	switch {
	case time == "":
		return list
	case date == "":
		full := "\x00" + replaceHour(f.gen.best("yMd"+time), f.o.HourCycle)
		for _, c := range "dMyG" {
			list[string(c)] = full
		}
	case found:
		// A date, then the range of times; with another date, two whole texts.
		sk := date + time
		for _, c := range "dMyG" {
			if !strings.ContainsRune(date, c) && c != 'G' {
				sk = string(c) + sk
			}
			list[string(c)] = "\x00" + replaceHour(f.gen.best(sk), f.o.HourCycle)
		}
		glue := f.dateTimeGlue()
		datePattern := f.gen.best(date)
		for _, c := range "ahm" {
			if p, ok := list[string(c)]; ok {
				list[string(c)] = strings.NewReplacer("{1}", datePattern, "{0}", p).Replace(glue)
			}
		}
	}
	return list
}

// searchIntervals finds the data's interval patterns for a date or a time.
func (f *DateTimeFormat) searchIntervals(list map[string]string, date, time string) bool {
	want := date
	if time != "" {
		want = time
	}
	best, diff := f.bestInterval(want)
	if diff < 0 {
		return false
	}
	set := func(field byte, want, best string, diff int) bool {
		p := f.interval(best, field)
		if p == "" {
			return false
		}
		if diff != 0 {
			p = widen(p, want, best)
		}
		list[string(field)] = replaceHour(p, f.o.HourCycle)
		return true
	}
	if time != "" {
		for _, c := range []byte("mha") {
			if !set(c, want, best, diff) && c == 'a' {
				if p, ok := list["h"]; ok {
					list["a"] = p
				}
			}
		}
		return true
	}
	for _, c := range []byte("dMyG") {
		if set(c, want, best, diff) || ignoresField(parsePattern(best), c) || strings.IndexByte(want, c) >= 0 {
			continue
		}
		// MMMd has no pattern for other years: look at yMMMd's.
		wider, widerBest, d := string(c)+want, string(c)+best, diff
		if f.interval(widerBest, c) == "" {
			var b string
			if b, d = f.bestInterval(wider); d < 0 {
				continue
			}
			widerBest = b
		}
		if set(c, wider, widerBest, d) {
			want, best, diff = wider, widerBest, d
		}
	}
	return true
}

func (f *DateTimeFormat) interval(skeleton string, field byte) string {
	base := "dateTimeFormats/intervalFormats/" + skeleton + "/"
	if s := f.data.str(base + string(field)); s != "" {
		return s
	}
	if field == 'a' {
		if s := f.data.str(base + "B"); s != "" {
			return s
		}
	}
	if field == 'h' || field == 'a' {
		return f.data.str(base + "H")
	}
	return ""
}

// bestInterval is the skeleton of the data nearest to one: 0 if it is the same,
// 1 if widths differ, 2 if the zone does, -1 if fields do.
func (f *DateTimeFormat) bestInterval(want string) (best string, diff int) {
	normalize := strings.NewReplacer("z", "v", "k", "H", "K", "h")
	replaced := strings.ContainsAny(want, "zkK")
	wanted := widths(normalize.Replace(want))
	bestDistance := 1 << 30
	diff = -1
	seen := ""
	f.data.each("dateTimeFormats/intervalFormats/", func(k, _ string) {
		k = strings.TrimPrefix(k, "dateTimeFormats/intervalFormats/")
		name, _, ok := strings.Cut(k, "/")
		if !ok || name == seen {
			return
		}
		seen = name
		has := widths(name)
		distance, d := 0, 1
		for c := range wanted {
			w, h := wanted[c], has[c]
			switch {
			case w == h:
			case w == 0 || h == 0:
				d = -1
				distance += 0x1000
			case c == 'M' && (w <= 2) != (h <= 2):
				distance += 0x100
			default:
				distance += max(w-h, h-w)
			}
		}
		if distance < bestDistance {
			best, bestDistance, diff = name, distance, d
		}
		if distance == 0 {
			diff = 0
		}
	})
	if bestDistance == 0 {
		diff = 0
	}
	if replaced && diff >= 0 {
		diff = 2
	}
	return best, diff
}

func widths(s string) (w [128]int) {
	for i := range len(s) {
		if s[i] < 128 {
			w[s[i]]++
		}
	}
	return w
}

// widen gives the fields of an interval pattern the widths that are wanted.
func widen(pattern, want, best string) string {
	w, b := widths(want), widths(best)
	items := parsePattern(pattern)
	for i, it := range items {
		c := it.letter
		if c == 0 {
			continue
		}
		if c == 'v' && w['z'] > 0 {
			items[i].letter = 'z'
			items[i].n = w['z']
			continue
		}
		if c == 'L' {
			c = 'M'
		}
		if b[c] == it.n && w[c] > b[c] {
			items[i].n = w[c]
		}
	}
	return unparse(items)
}
