package intl

import (
	"slices"
	"strings"
)

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
		return []string{}, true
	case "currency":
		domainOf("en", "currencies").each("", func(k, _ string) {
			if code, _, _ := strings.Cut(k, "/"); len(list) == 0 || list[len(list)-1] != code {
				list = append(list, code)
			}
		})
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
