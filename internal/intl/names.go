package intl

import "strings"

// DisplayNames names languages, regions and the like.
type DisplayNames struct {
	locale, style string
	names         domain
}

// NewDisplayNames prepares names; style is long, short or narrow.
func NewDisplayNames(locale, style string) *DisplayNames {
	return &DisplayNames{locale, style, domainOf(locale, "names")}
}

// alternative finds a name in the style, or else the long one.
func (n *DisplayNames) alternative(key string, forms ...string) string {
	for _, form := range forms {
		if s, ok := n.names.get(key + "-alt-" + form); ok {
			return s
		}
	}
	return n.names.str(key)
}

func (n *DisplayNames) forms() []string {
	if n.style == "long" {
		return nil
	}
	return []string{"short"}
}

// Region names a region, Script a script: "" if there is no name.
func (n *DisplayNames) Region(code string) string {
	return n.alternative("territories/"+code, n.forms()...)
}

// Script names a script.
func (n *DisplayNames) Script(code string) string {
	return n.alternative("scripts/"+code, n.forms()...)
}

// Language names the language of a canonical tag. With dialect, en-GB is British
// English where the locale has a name for it.
func (n *DisplayNames) Language(code string, dialect bool) string {
	t, ok := parseTag(code)
	if !ok {
		return ""
	}
	t.canonicalize()
	name := ""
	rest := t
	if dialect {
		for _, try := range []tag{
			{language: t.language, script: t.script, region: t.region},
			{language: t.language, script: t.script}, {language: t.language, region: t.region},
		} {
			if try.script == "" && try.region == "" || t.script != "" && t.region != "" && (try.script == "" || try.region == "") {
				continue
			}
			if s := n.alternative("languages/"+try.base(), n.forms()...); s != "" {
				name = s
				if try.script != "" {
					rest.script = ""
				}
				if try.region != "" {
					rest.region = ""
				}
				break
			}
		}
	}
	if name == "" {
		name = n.alternative("languages/"+t.language, n.forms()...)
	}
	if name == "" {
		if t.script == "" && t.region == "" && len(t.variants) == 0 {
			return ""
		}
		name = t.language
	}
	var details []string
	if rest.script != "" {
		s := n.alternative("scripts/"+rest.script, n.forms()...)
		if s == "" {
			s = rest.script
		}
		details = append(details, s)
	}
	if rest.region != "" {
		s := n.alternative("territories/"+rest.region, n.forms()...)
		if s == "" {
			s = rest.region
		}
		details = append(details, s)
	}
	for _, v := range rest.variants {
		v = strings.ToUpper(v)
		if s := n.names.str("variants/" + v); s != "" {
			v = s
		}
		details = append(details, v)
	}
	if len(details) == 0 {
		return name
	}
	separator := n.names.str("pattern/localeSeparator")
	all := details[0]
	for _, d := range details[1:] {
		all = strings.NewReplacer("{0}", all, "{1}", d).Replace(separator)
	}
	// A name that has brackets itself gets square ones inside.
	if strings.ContainsAny(all, "()") {
		all = strings.NewReplacer("(", "[", ")", "]").Replace(all)
	}
	return strings.NewReplacer("{0}", name, "{1}", all).Replace(n.names.str("pattern/localePattern"))
}

// Currency names a currency: in V8 the style makes no difference.
func (n *DisplayNames) Currency(code string) string {
	d := domainOf(n.locale, "currencies")
	return d.str(code + "/displayName")
}

// Calendar names a calendar.
func (n *DisplayNames) Calendar(code string) string {
	switch code {
	case "gregory":
		code = "gregorian"
	case "ethioaa":
		code = "ethiopic-amete-alem"
	}
	return n.names.str("calendar/" + code)
}

// DateTimeField names a field of dates; ok is false if there is no such field.
func (n *DisplayNames) DateTimeField(code string) (name string, ok bool) {
	switch code {
	case "era", "year", "quarter", "month", "weekday", "day", "hour", "minute", "second":
	case "weekOfYear":
		code = "week"
	case "dayPeriod":
		code = "dayperiod"
	case "timeZoneName":
		code = "zone"
	default:
		return "", false
	}
	if n.style != "long" {
		code += "-" + n.style
	}
	return domainOf(n.locale, "fields").str(code + "/displayName"), true
}

// IsLanguageID reports whether s is a unicode_language_id without "root" and the like.
func IsLanguageID(s string) bool {
	t, ok := parseTag(s)
	return ok && !t.unicode && t.transform == "" && len(t.others) == 0 && t.private == ""
}

// IsRegion and its relatives report whether s has a subtag's form.
func IsRegion(s string) bool { return isRegion(s) }

// IsScript reports whether s has the form of a script.
func IsScript(s string) bool { return isScript(s) }

// IsLanguage reports whether s has the form of a language.
func IsLanguage(s string) bool { return isLanguage(s) }
