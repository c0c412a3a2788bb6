package intl

import "strings"

// Available reports whether a locale, a canonical tag without extensions, is one
// of those that have data.
func Available(base string) bool {
	if _, ok := common("locales").get(base); ok {
		return true
	}
	t := splitTag(base)
	if t.script != "" || t.region == "" || len(t.variants) > 0 {
		return false
	}
	// en-XX without its script: zh-TW for zh-Hant-TW.
	_, ok := common("locales").get(t.maximize().base())
	return ok
}

// bestAvailable is BestAvailableLocale: the tag, or the longest of its prefixes.
func bestAvailable(base string) string {
	for base != "" {
		if Available(base) {
			return base
		}
		i := strings.LastIndexByte(base, '-')
		if i < 0 {
			return ""
		}
		if i >= 2 && base[i-2] == '-' {
			i -= 2
		}
		base = base[:i]
	}
	return ""
}

// A Locale is a requested locale that has been matched: the data's locale, and
// the request's extension keys.
type Locale struct {
	Base string // without extensions
	tag  tag
}

// Keyword is the type of an extension key of the request.
func (l Locale) Keyword(key string) (value string, ok bool) { return l.tag.keyword(key) }

// WithKeywords is the locale with the extension keys that were heeded.
func (l Locale) WithKeywords(used [][2]string) string {
	t := splitTag(l.Base)
	for _, k := range used {
		v := k[1]
		if v == "true" {
			v = ""
		}
		t.setKeyword(k[0], v, true)
	}
	return t.String()
}

// Match is LookupMatchingLocaleByPrefix over canonical tags; fallback is the
// default locale.
func Match(requested []string, fallback string) Locale {
	for _, r := range requested {
		t, ok := parseTag(r)
		if !ok {
			continue
		}
		t.canonicalize()
		if b := bestAvailable(t.base()); b != "" {
			return Locale{Base: b, tag: t}
		}
	}
	return Locale{Base: fallback}
}

// Supported returns those of the canonical tags for which there is a locale.
func Supported(requested []string) []string {
	var list []string
	for _, r := range requested {
		t, ok := parseTag(r)
		if !ok {
			continue
		}
		t.canonicalize()
		if bestAvailable(t.base()) != "" {
			list = append(list, r)
		}
	}
	return list
}

// region is the region of a locale, the likely one if it names none.
func (l Locale) region() string {
	if rg, ok := l.tag.keyword("rg"); ok && len(rg) == 6 && strings.HasSuffix(rg, "zzzz") {
		return strings.ToUpper(rg[:2])
	}
	return splitTag(l.Base).maximize().region
}

// DefaultLocale is the default locale for the value of LC_ALL, LC_MESSAGES or
// LANG.
func DefaultLocale(posix string) string {
	name, _, _ := strings.Cut(posix, ".")
	name, _, _ = strings.Cut(name, "@")
	if name == "" || name == "C" || name == "POSIX" {
		return "en-US"
	}
	t, ok := parseTag(strings.ReplaceAll(name, "_", "-"))
	if !ok {
		return "en-US"
	}
	t.canonicalize()
	if b := bestAvailable(t.base()); b != "" {
		return b
	}
	return "en-US"
}
