package intl

import "slices"

// IsType reports whether s has the form of an extension key's type.
func IsType(s string) bool { return isType(s) }

// extensionKeys are the keys that options name otherwise.
var extensionKeys = [...][2]string{
	{"calendar", "ca"}, {"numberingSystem", "nu"}, {"collation", "co"}, {"hourCycle", "hc"},
	{"caseFirst", "kf"}, {"numeric", "kn"}, {"firstDayOfWeek", "fw"},
}

// CanonicalType is the preferred form of a type that an option names.
func CanonicalType(option, value string) string {
	for _, k := range extensionKeys {
		if k[0] == option {
			return canonicalType(k[1], value)
		}
	}
	return value
}

// SupportedValues is what Intl.supportedValuesOf gives for a key.
func SupportedValues(key string) (list []string, ok bool) {
	switch key {
	case "calendar":
		return Calendars(), true
	case "collation":
		for _, language := range []string{"de", "es", "ja", "zh"} {
			list = append(list, collationsOf(language)...)
		}
	case "currency":
		common("currencies").each("", func(k, _ string) { list = append(list, k) })
	case "numberingSystem":
		common("digits").each("", func(k, _ string) { list = append(list, k) })
	case "timeZone":
		return TimeZones(), true
	case "unit":
		list = SimpleUnits()
	default:
		return nil, false
	}
	slices.Sort(list)
	return slices.Compact(list), true
}

// collationsOf are the collation types of a language.
func collationsOf(language string) []string {
	switch language {
	case "de":
		return []string{"eor", "phonebk"}
	case "sv", "fi", "es", "vi", "bn", "kn", "lt":
		return []string{"eor", "trad"}
	case "zh":
		return []string{"eor", "pinyin", "stroke", "unihan", "zhuyin"}
	case "ja", "ko":
		return []string{"eor", "unihan"}
	}
	return []string{"eor"}
}

// IsCollation reports whether a locale has a collation type.
func IsCollation(v, locale string) bool {
	return slices.Contains(collationsOf(splitTag(locale).language), v)
}

// DefaultCaseFirst is the locale's own order of cases.
func DefaultCaseFirst(locale string) string {
	switch splitTag(locale).language {
	case "da", "mt":
		return "upper"
	}
	return "false"
}

// IgnoresPunctuation reports whether a locale ignores punctuation when it compares.
func IgnoresPunctuation(locale string) bool { return splitTag(locale).language == "th" }

// SearchCollation is the collation type with which a locale searches.
func SearchCollation(locale string) string {
	if splitTag(locale).language == "de" {
		return "phonebk" // ä finds ae
	}
	return "default"
}
