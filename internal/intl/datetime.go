package intl

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// DateOptions are the resolved options of a DateTimeFormat. Components that are
// not shown are "".
type DateOptions struct {
	Calendar, Numbering                       string
	HourCycle                                 string // h11, h12, h23, h24; "" without hours
	Weekday, Era, Year, Month, Day, DayPeriod string
	Hour, Minute, Second, ZoneName            string
	FractionalSeconds                         int
	DateStyle, TimeStyle                      string
}

// A DateTimeFormat formats points in time.
type DateTimeFormat struct {
	o         DateOptions
	locale    string
	zone      Zone
	data      domain // of the calendar
	gen       *generator
	pattern   string
	items     []patternItem
	digits    [10]string
	latin     bool
	intervals map[string]string // of formatRange, made on first use
	calendar  calendar
}

// DefaultHourCycle is a locale's own hour cycle.
func DefaultHourCycle(l Locale) string { return cycleOf(hourLetter(l)) }

func cycleOf(letter byte) string {
	switch letter {
	case 'K':
		return "h11"
	case 'h':
		return "h12"
	case 'k':
		return "h24"
	}
	return "h23"
}

func letterOf(cycle string) byte {
	switch cycle {
	case "h11":
		return 'K'
	case "h12":
		return 'h'
	case "h24":
		return 'k'
	}
	return 'H'
}

// hourData is what a locale prefers of the hour fields, and which it allows.
func hourData(l Locale) []string {
	t := splitTag(l.Base).maximize()
	region := l.region()
	for _, k := range []string{t.language + "-" + region, region, "001"} {
		if v := lookUp("hours", k); v != "" {
			return strings.Fields(v)
		}
	}
	return []string{"H"}
}

func hourLetter(l Locale) byte { return hourData(l)[0][0] }

// HourCycles lists the hour cycles that a locale uses.
func HourCycles(l Locale) (list []string) {
	for _, f := range hourData(l)[1:] {
		if c := cycleOf(f[0]); !slices.Contains(list, c) {
			list = append(list, c)
		}
	}
	return list
}

// TwelveHours is the cycle that hour12 means for a locale.
func TwelveHours(l Locale) string {
	if c := DefaultHourCycle(l); c == "h11" || c == "h12" {
		return c
	}
	if l.region() == "JP" {
		return "h11"
	}
	return "h12"
}

func width(option string, letter byte) string {
	n := 0
	switch option {
	case "numeric":
		n = 1
	case "2-digit":
		n = 2
	case "short":
		n = 3
	case "long":
		n = 4
	case "narrow":
		n = 5
	}
	if letter == 'B' && option == "short" {
		n = 1
	}
	return strings.Repeat(string(letter), n)
}

// skeletonText is the skeleton of the components.
func (o *DateOptions) skeletonText() string {
	var b strings.Builder
	b.WriteString(width(o.Weekday, 'E'))
	b.WriteString(width(o.Era, 'G'))
	b.WriteString(width(o.Year, 'y'))
	b.WriteString(width(o.Month, 'M'))
	b.WriteString(width(o.Day, 'd'))
	if o.HourCycle != "" && o.Hour != "" {
		b.WriteString(width(o.Hour, letterOf(o.HourCycle)))
	}
	b.WriteString(width(o.DayPeriod, 'B'))
	b.WriteString(width(o.Minute, 'm'))
	b.WriteString(width(o.Second, 's'))
	b.WriteString(strings.Repeat("S", o.FractionalSeconds))
	switch o.ZoneName {
	case "long":
		b.WriteString("zzzz")
	case "short":
		b.WriteString("z")
	case "longOffset":
		b.WriteString("OOOO")
	case "shortOffset":
		b.WriteString("O")
	case "longGeneric":
		b.WriteString("vvvv")
	case "shortGeneric":
		b.WriteString("v")
	}
	return b.String()
}

// NewDateTimeFormat prepares a format.
func NewDateTimeFormat(l Locale, o DateOptions, zone Zone) *DateTimeFormat {
	f := &DateTimeFormat{o: o, locale: l.Base, zone: zone, calendar: calendarOf(o.Calendar)}
	f.digits, f.latin = digitsOf(o.Numbering)
	f.data = f.calendar.data(l.Base)
	f.gen = newGenerator(l.Base, f.data, hourLetter(l))
	f.gen.matchHour = true
	f.pattern = f.choose(l)
	f.gen.matchHour = false // in ranges
	f.items = parsePattern(f.pattern)
	return f
}

func (f *DateTimeFormat) choose(l Locale) string {
	o := &f.o
	if o.DateStyle == "" && o.TimeStyle == "" {
		return replaceHour(f.gen.best(o.skeletonText()), o.HourCycle)
	}
	date, timePattern := "", ""
	if o.DateStyle != "" {
		date = f.data.str("dateFormats/" + o.DateStyle)
	}
	if o.TimeStyle != "" {
		timePattern = f.data.str("timeFormats/" + o.TimeStyle)
		if letterOf(o.HourCycle) != patternHour(timePattern) {
			timePattern = replaceHour(f.gen.best(rehour(timePattern, letterOf(o.HourCycle))), o.HourCycle)
		}
	}
	switch {
	case date == "":
		return timePattern
	case timePattern == "":
		return date
	}
	return glueDateTime(f.data, o.DateStyle, date, timePattern)
}

// rehour is the skeleton of a time pattern with another hour field.
func rehour(pattern string, letter byte) string {
	var b strings.Builder
	for _, it := range parsePattern(pattern) {
		switch it.letter {
		case 0, 'a', 'b', 'B':
		case 'h', 'H', 'K', 'k':
			b.WriteString(strings.Repeat(string(letter), it.n))
		default:
			b.WriteString(strings.Repeat(string(it.letter), it.n))
		}
	}
	return b.String()
}

func patternHour(pattern string) byte {
	for _, it := range parsePattern(pattern) {
		switch it.letter {
		case 'h', 'H', 'K', 'k':
			return it.letter
		}
	}
	return 0
}

// replaceHour gives a pattern the letter of an hour cycle.
func replaceHour(pattern, cycle string) string {
	if cycle == "" {
		return pattern
	}
	items := parsePattern(pattern)
	for i, it := range items {
		switch it.letter {
		case 'h', 'H', 'K', 'k':
			items[i].letter = letterOf(cycle)
		}
	}
	return unparse(items)
}

// Pattern is the pattern of UTS 35 that was chosen.
func (f *DateTimeFormat) Pattern() string { return f.pattern }

// moment is a point in time in a zone and a calendar.
type moment struct {
	ms                           float64
	date                         calendarDate
	weekday                      int // 0 is Sunday
	hour, minute, second, millis int
	offset                       int // seconds east
	daylight                     bool
}

// civil is the day of a number of days since 1970 in the proleptic Gregorian calendar.
func civil(days int) (year, month, day int) {
	z := days + 719468
	era := floorDiv(z, 146097)
	doe := z - era*146097
	yoe := (doe - doe/1460 + doe/36524 - doe/146096) / 365
	doy := doe - (365*yoe + yoe/4 - yoe/100)
	mp := (5*doy + 2) / 153
	day = doy - (153*mp+2)/5 + 1
	month = mp + 3
	year = yoe + era*400
	if month > 12 {
		month -= 12
		year++
	}
	return year, month, day
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// at is the moment of a time value, in milliseconds since 1970.
func (f *DateTimeFormat) at(ms float64) moment {
	m := moment{ms: ms}
	m.offset, m.daylight = f.zone.offsetAt(ms)
	local := int64(math.Floor(ms)) + int64(m.offset)*1000
	days := int(local / 86400000)
	rest := int(local % 86400000)
	if rest < 0 {
		rest += 86400000
		days--
	}
	m.weekday = ((days+4)%7 + 7) % 7
	m.date = f.calendar.date(days)
	m.millis = rest % 1000
	rest /= 1000
	m.second, m.minute, m.hour = rest%60, rest/60%60, rest/3600
	return m
}

// Format returns a time value as text.
//
// V8 writes a plain space for the narrow one that does not break, but in Format alone.
func (f *DateTimeFormat) Format(ms float64) string {
	return strings.ReplaceAll(Join(f.Parts(ms)), "\u202f", " ")
}

// Parts returns a time value as its parts.
func (f *DateTimeFormat) Parts(ms float64) []Part {
	m := f.at(ms)
	return f.parts(f.items, &m)
}

func (f *DateTimeFormat) parts(items []patternItem, m *moment) []Part {
	parts := make([]Part, 0, len(items))
	for _, it := range items {
		p := Part{Type: "literal", Value: it.text}
		if it.letter != 0 {
			p.Type, p.Value = f.field(it, m)
		}
		if p.Value == "" {
			continue
		}
		if n := len(parts); p.Type == "literal" && n > 0 && parts[n-1].Type == "literal" {
			parts[n-1].Value += p.Value
			continue
		}
		parts = append(parts, p)
	}
	return parts
}

// number writes a number with at least n digits.
func (f *DateTimeFormat) number(v, n int) string {
	s := strconv.Itoa(max(v, -v))
	if len(s) < n {
		s = strings.Repeat("0", n-len(s)) + s
	}
	if !f.latin {
		var b strings.Builder
		for i := range len(s) {
			b.WriteString(f.digits[s[i]-'0'])
		}
		s = b.String()
	}
	if v < 0 {
		return "-" + s
	}
	return s
}

var weekdays = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// widthName is the data's name of a field's width.
func widthName(n int) string {
	switch n {
	case 4:
		return "wide"
	case 5:
		return "narrow"
	case 6:
		return "short"
	}
	return "abbreviated"
}

// field writes one field: ECMA-402's name of its type, and its text.
func (f *DateTimeFormat) field(it patternItem, m *moment) (kind, value string) {
	d := &m.date
	switch it.letter {
	case 'G':
		return "era", f.eraName(d.era, it.n)
	case 'y', 'Y', 'u':
		y := d.year
		if it.letter == 'u' {
			y = d.extended
		}
		if it.n == 2 {
			y = ((y % 100) + 100) % 100
		}
		return "year", f.number(y, it.n)
	case 'r':
		return "relatedYear", f.number(d.extended, it.n)
	case 'M', 'L':
		if it.n <= 2 {
			return "month", f.number(d.month, it.n)
		}
		return "month", f.monthName(it, d)
	case 'd':
		return "day", f.number(d.day, it.n)
	case 'E', 'c', 'e':
		if it.letter != 'E' && it.n <= 2 {
			return "weekday", f.number(m.weekday+1, it.n)
		}
		context := "format"
		if it.letter == 'c' {
			context = "stand-alone"
		}
		return "weekday", f.data.str("days/" + context + "/" + widthName(it.n) + "/" + weekdays[m.weekday])
	case 'a':
		key := "am"
		if m.hour >= 12 {
			key = "pm"
		}
		return "dayPeriod", f.data.str("dayPeriods/format/" + widthName(it.n) + "/" + key)
	case 'b', 'B':
		return "dayPeriod", f.dayPeriod(it, m)
	case 'h':
		h := m.hour % 12
		if h == 0 {
			h = 12
		}
		return "hour", f.number(h, it.n)
	case 'H':
		return "hour", f.number(m.hour, it.n)
	case 'K':
		return "hour", f.number(m.hour%12, it.n)
	case 'k':
		h := m.hour
		if h == 0 {
			h = 24
		}
		return "hour", f.number(h, it.n)
	case 'm':
		return "minute", f.number(m.minute, it.n)
	case 's':
		return "second", f.number(m.second, it.n)
	case 'S':
		v, n := m.millis, it.n
		for ; n < 3; n++ {
			v /= 10
		}
		return "fractionalSecond", f.number(v, it.n)
	case 'Q', 'q':
		q := strconv.Itoa((d.month + 2) / 3)
		if it.n <= 2 {
			return "quarter", f.number((d.month+2)/3, it.n)
		}
		return "quarter", f.data.str("quarters/format/" + widthName(it.n) + "/" + q)
	case 'z', 'O', 'v':
		return "timeZoneName", f.zoneName(it, m)
	}
	return "unknown", ""
}

func (f *DateTimeFormat) monthName(it patternItem, d *calendarDate) string {
	context := "format"
	if it.letter == 'L' {
		context = "stand-alone"
	}
	return f.data.str("months/" + context + "/" + widthName(it.n) + "/" + d.monthKey())
}

func (f *DateTimeFormat) eraName(era, n int) string {
	list := "eraAbbr"
	switch n {
	case 4:
		list = "eraNames"
	case 5:
		list = "eraNarrow"
	}
	return f.data.str("eras/" + list + "/" + strconv.Itoa(era))
}

// dayPeriod is the name of a part of the day, by the locale's rules.
func (f *DateTimeFormat) dayPeriod(it patternItem, m *moment) string {
	name := ""
	for l := f.locale; l != "" && l != "und" && name == ""; l = parentOf(l) {
		if rules := lookUp("dayPeriods", l); rules != "" {
			name = periodOf(rules, m, it.letter == 'b', f.shows('m'), f.shows('s'))
			break
		}
	}
	if it.letter == 'b' && name != "noon" && name != "midnight" {
		name = ""
	}
	key := "dayPeriods/format/" + widthName(it.n) + "/"
	if name != "" {
		if s, ok := f.data.get(key + name); ok {
			return s
		}
	}
	if m.hour >= 12 {
		return f.data.str(key + "pm")
	}
	return f.data.str(key + "am")
}

func (f *DateTimeFormat) shows(letter byte) bool {
	return slices.ContainsFunc(f.items, func(it patternItem) bool { return it.letter == letter })
}

// periodOf finds the period of a time by rules "name from before;…".
func periodOf(rules string, m *moment, exactOnly, minutes, seconds bool) string {
	hours := func(s string) int {
		h, _, _ := strings.Cut(s, ":")
		n, _ := strconv.Atoi(h)
		return n
	}
	exact := (!minutes || m.minute == 0) && (!seconds || m.second == 0)
	name := ""
	// CLDR's midnight is the night's or the morning's to ICU.
	for rule := range strings.SplitSeq(rules, ";") {
		p := strings.Fields(rule)
		if len(p) != 3 {
			continue
		}
		from, before := hours(p[1]), hours(p[2])
		if from == before { // noon, midnight
			if exact && m.hour == from%24 && p[0] != "midnight" {
				return p[0]
			}
			continue
		}
		in := m.hour >= from && m.hour < before
		if from > before {
			in = m.hour >= from || m.hour < before
		}
		if in && !exactOnly {
			name = p[0]
		}
	}
	return name
}

// MaxTime bounds time values: 10^8 days either side of 1970.
const MaxTime = 8.64e15

// clip is TimeClip.
func clip(ms float64) (float64, bool) {
	if math.IsNaN(ms) || math.Abs(ms) > MaxTime {
		return 0, false
	}
	return math.Trunc(ms), true
}

// ValidTime reports whether a time value can be formatted, after TimeClip.
func ValidTime(ms float64) (float64, bool) { return clip(ms) }

// goTime is a time value as Go has it.
func goTime(ms float64) time.Time { return time.UnixMilli(int64(math.Floor(ms))) }

// Components are the components that the chosen pattern shows.
func (f *DateTimeFormat) Components() (o DateOptions) {
	digits := func(n int) string {
		if n == 2 {
			return "2-digit"
		}
		return "numeric"
	}
	word := func(n int) string {
		switch n {
		case 4:
			return "long"
		case 5:
			return "narrow"
		}
		return "short"
	}
	for _, it := range f.items {
		switch it.letter {
		case 'E', 'c', 'e':
			o.Weekday = word(it.n)
		case 'G':
			o.Era = word(it.n)
		case 'y', 'u', 'r':
			o.Year = digits(it.n)
		case 'M', 'L':
			if o.Month = word(it.n); it.n <= 2 {
				o.Month = digits(it.n)
			}
		case 'd':
			o.Day = digits(it.n)
		case 'h', 'H', 'K', 'k':
			o.Hour = digits(it.n)
		case 'm':
			o.Minute = digits(it.n)
		case 's':
			o.Second = digits(it.n)
		}
	}
	return o
}
