package ecma

import (
	"os"

	"github.com/dop251/goja"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/intl"
)

// dateTimeFormat is the slots of an Intl.DateTimeFormat.
type dateTimeFormat struct {
	res    resolvedLocale
	o      intl.DateOptions
	zone   intl.Zone
	format *intl.DateTimeFormat
	bound  *goja.Object
}

// Which components a format needs, and which it gets where it has none.
const (
	needDate = 1 << iota
	needTime
	needAny = needDate | needTime
)

func constructDateTimeFormat(x *intlRealm, args []goja.Value) any {
	c := goja.FunctionCall{Arguments: args}
	return x.newDateTimeFormat(c.Argument(0), c.Argument(1), needAny, needDate)
}

// newDateTimeFormat is CreateDateTimeFormat.
func (x *intlRealm) newDateTimeFormat(locales, options goja.Value, required, defaults int) *dateTimeFormat {
	requested := x.localeList(locales)
	p := x.coerceOptions(options, "Intl.DateTimeFormat")
	p.str("localeMatcher", "best fit", "lookup", "best fit")
	calendar := p.keywordType("calendar")
	numbering := p.keywordType("numberingSystem")
	hour12, hasHour12 := p.boolean("hour12")
	cycle := p.str("hourCycle", "", "h11", "h12", "h23", "h24")
	f := &dateTimeFormat{}
	option := cycle
	if hasHour12 {
		option = ""
	}
	f.res = x.resolve(requested,
		keyChoice{key: "ca", option: calendar, def: intl.DefaultCalendar, valid: func(v, _ string) bool { return intl.IsCalendar(v) }},
		keyChoice{key: "hc", option: option, valid: func(v, _ string) bool {
			return !hasHour12 && (v == "h11" || v == "h12" || v == "h23" || v == "h24")
		}},
		keyChoice{key: "nu", option: numbering, def: intl.DefaultNumbering, valid: validNumbering})
	o := &f.o
	o.Calendar, o.Numbering = f.res.values["ca"], f.res.values["nu"]
	f.zone = x.zoneOption(p.get("timeZone"))
	o.Weekday = p.str("weekday", "", "narrow", "short", "long")
	o.Era = p.str("era", "", "narrow", "short", "long")
	o.Year = p.str("year", "", "2-digit", "numeric")
	o.Month = p.str("month", "", "2-digit", "numeric", "narrow", "short", "long")
	o.Day = p.str("day", "", "2-digit", "numeric")
	o.DayPeriod = p.str("dayPeriod", "", "narrow", "short", "long")
	o.Hour = p.str("hour", "", "2-digit", "numeric")
	o.Minute = p.str("minute", "", "2-digit", "numeric")
	o.Second = p.str("second", "", "2-digit", "numeric")
	o.FractionalSeconds = p.integer("fractionalSecondDigits", 1, 3, 0)
	o.ZoneName = p.str("timeZoneName", "", "short", "long", "shortOffset", "longOffset", "shortGeneric", "longGeneric")
	p.str("formatMatcher", "best fit", "basic", "best fit")
	o.DateStyle = p.str("dateStyle", "", "full", "long", "medium", "short")
	o.TimeStyle = p.str("timeStyle", "", "full", "long", "medium", "short")
	hasDate := o.Weekday != "" || o.Year != "" || o.Month != "" || o.Day != ""
	hasTime := o.DayPeriod != "" || o.Hour != "" || o.Minute != "" || o.Second != "" || o.FractionalSeconds != 0
	if o.DateStyle != "" || o.TimeStyle != "" {
		if hasDate || hasTime || o.Era != "" || o.ZoneName != "" {
			throwType(x.r, "Invalid option : option")
		}
		if required == needDate && o.TimeStyle != "" {
			throwType(x.r, "Invalid option : timeStyle")
		}
		if required == needTime && o.DateStyle != "" {
			throwType(x.r, "Invalid option : dateStyle")
		}
	} else if !(required&needDate != 0 && hasDate || required&needTime != 0 && hasTime) {
		if defaults&needDate != 0 {
			o.Year, o.Month, o.Day = "numeric", "numeric", "numeric"
		}
		if defaults&needTime != 0 {
			o.Hour, o.Minute, o.Second = "numeric", "numeric", "numeric"
		}
	}
	if o.Hour != "" || o.TimeStyle != "" {
		switch {
		case hasHour12 && hour12:
			o.HourCycle = intl.TwelveHours(f.res.Locale)
		case hasHour12:
			o.HourCycle = "h23"
		case f.res.values["hc"] != "":
			o.HourCycle = f.res.values["hc"]
		default:
			o.HourCycle = intl.DefaultHourCycle(f.res.Locale)
		}
	}
	f.format = intl.NewDateTimeFormat(f.res.Locale, *o, f.zone)
	return f
}

// zoneOption is the option timeZone.
func (x *intlRealm) zoneOption(v goja.Value) intl.Zone {
	if goja.IsUndefined(v) {
		return intl.LocalZone(os.Getenv("TZ"))
	}
	name := toString(v).String()
	z, ok := intl.FindZone(name)
	if !ok {
		throwRange(x.r, "Invalid time zone specified: "+name)
	}
	return z
}

// timeValue is the time value of a method's argument: now if it is undefined.
func (x *intlRealm) timeValue(v goja.Value) float64 {
	var ms float64
	switch o, ok := v.(*goja.Object); {
	case goja.IsUndefined(v):
		ms = x.now()
	case ok && gojax.KindOf(o) == gojax.KindDate:
		t, valid := gojax.DateValue(o)
		if !valid {
			throwRange(x.r, "Invalid time value")
		}
		ms = float64(t)
	default:
		ms = toNumber(v)
	}
	ms, ok := intl.ValidTime(ms)
	if !ok {
		throwRange(x.r, "Invalid time value")
	}
	return ms
}

// now is Date.now, as the engine's clock has it.
func (x *intlRealm) now() float64 {
	d, err := x.r.New(x.r.Get("Date"))
	if err != nil {
		panic(err)
	}
	t, _ := gojax.DateValue(d)
	return float64(t)
}

func fillDateTimeFormat(x *intlRealm, c *intlClass) {
	r := x.r
	unwrapped := func(this goja.Value) *dateTimeFormat {
		f, ok := unwrap[*dateTimeFormat](x, c, this)
		if !ok {
			throwType(r, "Method UnwrapDateTimeFormat called on incompatible receiver %s", "undefined")
		}
		return f
	}
	defineMethods(r, c.proto, []builtin{
		{"resolvedOptions", 0, func(r *goja.Runtime) call {
			return func(call goja.FunctionCall) goja.Value { return unwrapped(call.This).resolved(r) }
		}},
		{"formatToParts", 1, func(r *goja.Runtime) call {
			return func(call goja.FunctionCall) goja.Value {
				f := receiver[*dateTimeFormat](x, c, call.This, "formatToParts")
				return partsArray(r, f.format.Parts(x.timeValue(call.Argument(0))))
			}
		}},
	})
	_ = c.proto.DefineAccessorProperty("format", gojax.NewFunc(r, "get format", 0, func(call goja.FunctionCall) goja.Value {
		f := unwrapped(call.This)
		if f.bound == nil {
			f.bound = gojax.NewFunc(r, "", 1, func(call goja.FunctionCall) goja.Value {
				return gojax.NewString(f.format.Format(x.timeValue(call.Argument(0))))
			})
		}
		return f.bound
	}), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	ranged := func(call goja.FunctionCall, name string) (f *dateTimeFormat, from, to float64) {
		f = receiver[*dateTimeFormat](x, c, call.This, name)
		if goja.IsUndefined(call.Argument(0)) || goja.IsUndefined(call.Argument(1)) {
			throwType(r, "Invalid time value")
		}
		a, b := toNumber(call.Argument(0)), toNumber(call.Argument(1))
		a, ok := intl.ValidTime(a)
		b, ok2 := intl.ValidTime(b)
		if !ok || !ok2 {
			throwRange(r, "Invalid time value")
		}
		return f, a, b
	}
	defineMethods(r, c.proto, []builtin{
		{"formatRange", 2, func(r *goja.Runtime) call {
			return func(call goja.FunctionCall) goja.Value {
				f, a, b := ranged(call, "formatRange")
				return gojax.NewString(f.format.FormatRange(a, b))
			}
		}},
		{"formatRangeToParts", 2, func(r *goja.Runtime) call {
			return func(call goja.FunctionCall) goja.Value {
				f, a, b := ranged(call, "formatRangeToParts")
				return partsArray(r, f.format.Range(a, b))
			}
		}},
	})
}

func (f *dateTimeFormat) resolved(r *goja.Runtime) goja.Value {
	b := newBuilder(r)
	o := &f.o
	b.str("locale", f.res.name)
	b.str("calendar", o.Calendar)
	b.str("numberingSystem", o.Numbering)
	b.str("timeZone", f.zone.Name)
	if o.HourCycle != "" {
		b.str("hourCycle", o.HourCycle)
		b.Put("hour12", r.ToValue(o.HourCycle == "h11" || o.HourCycle == "h12"))
	}
	if o.DateStyle == "" && o.TimeStyle == "" {
		shown := f.format.Components()
		b.str("weekday", shown.Weekday)
		b.str("era", shown.Era)
		b.str("year", shown.Year)
		b.str("month", shown.Month)
		b.str("day", shown.Day)
		b.str("dayPeriod", o.DayPeriod)
		b.str("hour", shown.Hour)
		b.str("minute", shown.Minute)
		b.str("second", shown.Second)
		if o.FractionalSeconds > 0 {
			b.num("fractionalSecondDigits", o.FractionalSeconds)
		}
		b.str("timeZoneName", o.ZoneName)
	}
	b.str("dateStyle", o.DateStyle)
	b.str("timeStyle", o.TimeStyle)
	return b.Object()
}

// dateToLocale is Date.prototype.toLocaleString and its two relatives.
func dateToLocale(name string, required, defaults int) builtin {
	return builtin{name, 0, func(r *goja.Runtime) call {
		return func(c goja.FunctionCall) goja.Value {
			o, ok := c.This.(*goja.Object)
			if !ok || gojax.KindOf(o) != gojax.KindDate {
				throwType(r, "Method Date.prototype.%s called on incompatible receiver %s", name, describe(c.This))
			}
			ms, valid := gojax.DateValue(o)
			if !valid {
				return gojax.ASCII("Invalid Date")
			}
			x := intlOf(r)
			var f *dateTimeFormat
			if goja.IsUndefined(c.Argument(0)) && goja.IsUndefined(c.Argument(1)) {
				slot := &x.dates[defaults-1]
				if *slot == nil || !(*slot).zone.IsLocal() {
					*slot = x.newDateTimeFormat(undefined(), undefined(), required, defaults)
				}
				f = *slot
			} else {
				f = x.newDateTimeFormat(c.Argument(0), c.Argument(1), required, defaults)
			}
			return gojax.NewString(f.format.Format(float64(ms)))
		}
	}}
}
