package intl

import (
	"slices"
	"strconv"
	"strings"
)

// calendarDate is a day in a calendar.
type calendarDate struct {
	era, year int // of the era
	extended  int // the related Gregorian year
	month     int
	leap      bool
	day       int
}

func (d *calendarDate) monthKey() string { return strconv.Itoa(d.month) }

// A calendar turns days since 1970 into dates.
type calendar struct{ name string }

// Calendars lists the calendars that a DateTimeFormat takes.
func Calendars() []string { return []string{"buddhist", "gregory", "iso8601", "japanese", "roc"} }

// IsCalendar reports whether there is such a calendar.
func IsCalendar(name string) bool { return slices.Contains(Calendars(), name) }

func calendarOf(name string) calendar { return calendar{name} }

// japaneseEras are the modern eras by their first day; before them it is
// Gregorian years.
var japaneseEras = [...]struct{ era, year, month, day int }{
	{236, 2019, 5, 1}, {235, 1989, 1, 8}, {234, 1926, 12, 25}, {233, 1912, 7, 30}, {232, 1868, 9, 8},
}

func (c calendar) date(days int) calendarDate {
	y, m, d := civil(days)
	date := calendarDate{era: 1, year: y, extended: y, month: m, day: d}
	switch c.name {
	case "buddhist":
		date.era, date.year = 0, y+543
	case "roc":
		if date.year = y - 1911; date.year <= 0 {
			date.era, date.year = 0, 1912-y
		}
	case "japanese":
		for _, e := range japaneseEras {
			if y > e.year || y == e.year && (m > e.month || m == e.month && d >= e.day) {
				date.era, date.year = e.era, y-e.year+1
				return date
			}
		}
		if y <= 0 {
			date.era, date.year = 0, 1-y
		}
	case "iso8601":
	default:
		if y <= 0 {
			date.era, date.year = 0, 1-y
		}
	}
	return date
}

// data is what a locale has of the calendar: months and days as in the
// Gregorian one, patterns with an era.
func (c calendar) data(locale string) domain {
	gregorian := domainOf(locale, "dates")
	if c.name == "gregory" || c.name == "iso8601" {
		return gregorian
	}
	return append(append(domainOf(locale, c.name), domainOf(locale, "generic")...), gregorian...)
}

// DefaultCalendar is the calendar that a locale prefers.
func DefaultCalendar(locale string) string {
	region := splitTag(locale).maximize().region
	for name := range strings.FieldsSeq(lookUp("calendars", region)) {
		if name == "gregorian" {
			return "gregory"
		}
		if IsCalendar(name) {
			return name
		}
	}
	return "gregory"
}
