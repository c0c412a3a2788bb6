package ecma

import (
	"strconv"
	"strings"

	"github.com/dop251/goja"
	"github.com/dop251/goja/unistring"

	"github.com/gonode/gonode/internal/gojax"
	"github.com/gonode/gonode/internal/intl"
)

func unistringOf(s string) unistring.String { return unistring.NewFromString(s) }

// displayNames is the slots of an Intl.DisplayNames.
type displayNames struct {
	res                           resolvedLocale
	style, kind, fallback, manner string
	names                         *intl.DisplayNames
}

func constructDisplayNames(x *intlRealm, args []goja.Value) any {
	c := goja.FunctionCall{Arguments: args}
	requested := x.localeList(c.Argument(0))
	if _, ok := c.Argument(1).(*goja.Object); !ok {
		throwType(x.r, "invalid_argument")
	}
	p := x.objectOptions(c.Argument(1), "Intl.DisplayNames")
	p.str("localeMatcher", "best fit", "lookup", "best fit")
	f := &displayNames{style: p.str("style", "long", "narrow", "short", "long")}
	f.kind = p.str("type", "", "language", "region", "script", "currency", "calendar", "dateTimeField")
	if f.kind == "" {
		throwType(x.r, "invalid_argument")
	}
	f.fallback = p.str("fallback", "code", "code", "none")
	f.manner = p.str("languageDisplay", "dialect", "dialect", "standard")
	f.res = x.resolve(requested)
	f.names = intl.NewDisplayNames(f.res.Base, f.style)
	return f
}

// of names a code; ok is false if it is not well formed. code is its canonical form.
func (f *displayNames) of(s string) (name, code string, ok bool) {
	switch f.kind {
	case "language":
		if !intl.IsLanguageID(s) {
			return "", "", false
		}
		code, _ = intl.Canonicalize(s)
		return f.names.Language(s, f.manner == "dialect"), code, true
	case "region":
		code = strings.ToUpper(s)
		return f.names.Region(code), code, intl.IsRegion(s)
	case "script":
		if !intl.IsScript(s) {
			return "", "", false
		}
		code = strings.ToUpper(s[:1]) + strings.ToLower(s[1:])
		return f.names.Script(code), code, true
	case "currency":
		code = strings.ToUpper(s)
		return f.names.Currency(code), code, isCurrency(s)
	case "calendar":
		code = strings.ToLower(s)
		return f.names.Calendar(code), code, intl.IsType(s)
	}
	name, ok = f.names.DateTimeField(s)
	return name, s, ok
}

func fillDisplayNames(x *intlRealm, c *intlClass) {
	r := x.r
	defineMethods(r, c.proto, []builtin{
		plain("of", 1, func(call goja.FunctionCall) goja.Value {
			f := receiver[*displayNames](x, c, call.This, "of")
			name, code, ok := f.of(toString(call.Argument(0)).String())
			if !ok {
				throwRange(r, "invalid_argument")
			}
			switch {
			case name != "":
				return gojax.NewString(name)
			case f.fallback == "none":
				return undefined()
			}
			return gojax.NewString(code)
		}),
		plain("resolvedOptions", 0, func(call goja.FunctionCall) goja.Value {
			f := receiver[*displayNames](x, c, call.This, "resolvedOptions")
			b := newBuilder(r)
			b.str("locale", f.res.name)
			b.str("style", f.style)
			b.str("type", f.kind)
			b.str("fallback", f.fallback)
			if f.kind == "language" {
				b.str("languageDisplay", f.manner)
			}
			return b.Object()
		}),
	})
}

func constructLocale(x *intlRealm, args []goja.Value) any {
	r := x.r
	c := goja.FunctionCall{Arguments: args}
	var l intl.LocaleTag
	switch v := c.Argument(0).(type) {
	case goja.String:
		l = x.parseLocale(v.String())
	case *goja.Object:
		if o, ok := gojax.State(v).(*localeObject); ok {
			l = o.LocaleTag
		} else {
			l = x.parseLocale(toString(v).String())
		}
	default:
		throwType(r, "First argument to Intl.Locale constructor can't be empty or missing")
	}
	p := x.coerceOptions(c.Argument(1), "locale")
	invalid := func(bad bool) {
		if bad {
			throwRange(r, "Incorrect locale information provided")
		}
	}
	language, set := p.optional("language")
	invalid(set && !intl.IsLanguage(language))
	script, set := p.optional("script")
	invalid(set && !intl.IsScript(script))
	region, set := p.optional("region")
	invalid(set && !intl.IsRegion(region))
	l.Apply(language, script, region)
	typed := func(option, key string) {
		s, set := p.optional(option)
		invalid(set && !intl.IsType(s))
		if set {
			l.SetKeyword(key, s)
		}
	}
	typed("calendar", "ca")
	typed("collation", "co")
	if s, set := p.optional("firstDayOfWeek"); set {
		if n, err := strconv.Atoi(s); err == nil && n >= 0 && n <= 7 {
			s = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun"}[n]
		}
		invalid(!intl.IsType(s))
		l.SetKeyword("fw", s)
	}
	if s := p.str("hourCycle", "", "h11", "h12", "h23", "h24"); s != "" {
		l.SetKeyword("hc", s)
	}
	if s := p.str("caseFirst", "", "upper", "lower", "false"); s != "" {
		l.SetKeyword("kf", s)
	}
	if v, set := p.boolean("numeric"); set {
		l.SetKeyword("kn", strconv.FormatBool(v))
	}
	typed("numberingSystem", "nu")
	return &localeObject{l}
}

func (x *intlRealm) parseLocale(s string) intl.LocaleTag {
	l, ok := intl.ParseLocale(s)
	if !ok {
		throwRange(x.r, "Incorrect locale information provided")
	}
	return l
}

func fillLocale(x *intlRealm, c *intlClass) {
	r := x.r
	this := func(call goja.FunctionCall, method string) *localeObject {
		return receiver[*localeObject](x, c, call.This, method)
	}
	wrap := func(l intl.LocaleTag) goja.Value { return gojax.NewSlotted(r, c.proto, &localeObject{l}) }
	getter := func(name string, f func(l *localeObject) goja.Value) {
		_ = c.proto.DefineAccessorProperty(name, gojax.NewFunc(r, "get "+name, 0, func(call goja.FunctionCall) goja.Value {
			return f(this(call, name))
		}), nil, goja.FLAG_TRUE, goja.FLAG_FALSE)
	}
	text := func(s string) goja.Value {
		if s == "" || s == "und" {
			return undefined()
		}
		return gojax.NewString(s)
	}
	key := func(name, key string) {
		getter(name, func(l *localeObject) goja.Value {
			v, ok := l.Keyword(key)
			if !ok {
				return undefined()
			}
			if v == "" && key != "kf" {
				v = "true"
			}
			return gojax.NewString(v)
		})
	}
	defineMethods(r, c.proto, []builtin{
		plain("toString", 0, func(call goja.FunctionCall) goja.Value { return gojax.NewString(this(call, "toString").String()) }),
		plain("maximize", 0, func(call goja.FunctionCall) goja.Value { return wrap(this(call, "maximize").Maximize()) }),
		plain("minimize", 0, func(call goja.FunctionCall) goja.Value { return wrap(this(call, "minimize").Minimize()) }),
	})
	getter("language", func(l *localeObject) goja.Value { return text(l.Language()) })
	getter("script", func(l *localeObject) goja.Value { return text(l.Script()) })
	getter("region", func(l *localeObject) goja.Value { return text(l.Region()) })
	getter("baseName", func(l *localeObject) goja.Value { return gojax.NewString(l.Base()) })
	key("calendar", "ca")
	key("caseFirst", "kf")
	key("collation", "co")
	key("firstDayOfWeek", "fw")
	key("hourCycle", "hc")
	getter("numeric", func(l *localeObject) goja.Value {
		v, ok := l.Keyword("kn")
		return r.ToValue(ok && v == "")
	})
	key("numberingSystem", "nu")
	lists := []struct {
		name, method string
		f            func(l *localeObject) goja.Value
	}{
		{"calendars", "getCalendars", func(l *localeObject) goja.Value { return stringArray(r, l.Calendars()) }},
		{"collations", "getCollations", func(l *localeObject) goja.Value { return stringArray(r, l.Collations()) }},
		{"hourCycles", "getHourCycles", func(l *localeObject) goja.Value { return stringArray(r, l.HourCycles()) }},
		{"numberingSystems", "getNumberingSystems", func(l *localeObject) goja.Value { return stringArray(r, l.Numberings()) }},
		{"textInfo", "getTextInfo", func(l *localeObject) goja.Value {
			b := newBuilder(r)
			direction := "ltr"
			if l.RightToLeft() {
				direction = "rtl"
			}
			b.str("direction", direction)
			return b.Object()
		}},
		{"timeZones", "getTimeZones", func(l *localeObject) goja.Value {
			list, ok := l.TimeZones()
			if !ok {
				return undefined()
			}
			return stringArray(r, list)
		}},
		{"weekInfo", "getWeekInfo", func(l *localeObject) goja.Value {
			first, weekend := l.Week()
			b := newBuilder(r)
			b.num("firstDay", first)
			days := []goja.Value{}
			for _, d := range weekend {
				days = append(days, gojax.Int(int64(d)))
			}
			b.Put("weekend", gojax.NewArray(r, days))
			return b.Object()
		}},
	}
	for _, l := range lists {
		getter(l.name, l.f)
	}
	for _, l := range lists {
		defineMethods(r, c.proto, []builtin{plain(l.method, 0, func(call goja.FunctionCall) goja.Value { return l.f(this(call, l.method)) })})
	}
}
