package intl

import (
	"slices"
	"strings"
)

// A tag is a Unicode BCP 47 locale identifier in its parts, lower case until it
// is made canonical.
type tag struct {
	language, script, region string
	variants                 []string
	attributes               []string  // of the u extension
	keywords                 []keyword // of the u extension
	unicode                  bool      // there is a u extension
	transform                string    // the t extension without its singleton
	others                   []string  // further extensions with their singletons
	private                  string    // with x-
}

// keyword is a key of the u extension and its type.
type keyword struct{ key, value string }

func isAlpha(s string, lo, hi int) bool {
	if len(s) < lo || len(s) > hi {
		return false
	}
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

func isDigits(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func isAlnum(s string, lo, hi int) bool {
	if len(s) < lo || len(s) > hi {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return false
		}
	}
	return true
}

func isLanguage(s string) bool { return isAlpha(s, 2, 3) || isAlpha(s, 5, 8) }
func isScript(s string) bool   { return isAlpha(s, 4, 4) }
func isRegion(s string) bool   { return isAlpha(s, 2, 2) || isDigits(s, 3) }

func isVariant(s string) bool {
	return isAlnum(s, 5, 8) || len(s) == 4 && s[0] >= '0' && s[0] <= '9' && isAlnum(s, 4, 4)
}

// isType is the type of a keyword, as options give it: "gregory", "islamic-civil".
func isType(s string) bool {
	for part := range strings.SplitSeq(s, "-") {
		if !isAlnum(part, 3, 8) {
			return false
		}
	}
	return true
}

// parser walks the subtags of a tag.
type parser struct{ rest []string }

func (p *parser) peek() string {
	if len(p.rest) == 0 {
		return ""
	}
	return p.rest[0]
}

func (p *parser) next() string {
	s := p.rest[0]
	p.rest = p.rest[1:]
	return s
}

// languageID reads unicode_language_id.
func (p *parser) languageID() (t tag, ok bool) {
	if !isLanguage(p.peek()) {
		return t, false
	}
	t.language = p.next()
	if isScript(p.peek()) {
		t.script = p.next()
	}
	if isRegion(p.peek()) {
		t.region = p.next()
	}
	for isVariant(p.peek()) {
		v := p.next()
		if slices.Contains(t.variants, v) {
			return t, false
		}
		t.variants = append(t.variants, v)
	}
	return t, true
}

// parseTag parses unicode_bcp47_locale_id.
func parseTag(s string) (t tag, ok bool) {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return t, false
		}
	}
	p := parser{strings.Split(strings.ToLower(s), "-")}
	if t, ok = p.languageID(); !ok {
		return t, false
	}
	seen := map[string]bool{}
	for len(p.rest) > 0 {
		single := p.next()
		if len(single) != 1 || !isAlnum(single, 1, 1) || seen[single] {
			return t, false
		}
		seen[single] = true
		switch single {
		case "u":
			t.unicode = true
			if !t.parseUnicode(&p) {
				return t, false
			}
		case "t":
			if !t.parseTransform(&p) {
				return t, false
			}
		case "x":
			for _, part := range p.rest {
				if !isAlnum(part, 1, 8) {
					return t, false
				}
			}
			if len(p.rest) == 0 {
				return t, false
			}
			t.private = "x-" + strings.Join(p.rest, "-")
			return t, true
		default:
			var parts []string
			for isAlnum(p.peek(), 2, 8) {
				parts = append(parts, p.next())
			}
			if len(parts) == 0 {
				return t, false
			}
			t.others = append(t.others, single+"-"+strings.Join(parts, "-"))
		}
	}
	return t, true
}

func (t *tag) parseUnicode(p *parser) bool {
	for isAlnum(p.peek(), 3, 8) {
		if a := p.next(); !slices.Contains(t.attributes, a) {
			t.attributes = append(t.attributes, a)
		}
	}
	for isAlnum(p.peek(), 2, 2) && isAlpha(p.peek()[1:], 1, 1) {
		k := keyword{key: p.next()}
		var parts []string
		for isAlnum(p.peek(), 3, 8) {
			parts = append(parts, p.next())
		}
		k.value = strings.Join(parts, "-")
		if _, dup := t.keyword(k.key); !dup {
			t.keywords = append(t.keywords, k)
		}
	}
	return len(t.attributes)+len(t.keywords) > 0
}

// fields of a t extension: tlang, then tfields.
func (t *tag) parseTransform(p *parser) bool {
	var parts []string
	if isLanguage(p.peek()) {
		lang, ok := p.languageID()
		if !ok {
			return false
		}
		lang.canonicalize()
		parts = append(parts, strings.ToLower(lang.String()))
	}
	var fields []keyword
	for k := p.peek(); len(k) == 2 && isAlpha(k[:1], 1, 1) && isDigits(k[1:], 1); k = p.peek() {
		f := keyword{key: p.next()}
		var values []string
		for isAlnum(p.peek(), 3, 8) {
			values = append(values, p.next())
		}
		if len(values) == 0 || slices.ContainsFunc(fields, func(o keyword) bool { return o.key == f.key }) {
			return false
		}
		f.value = strings.Join(values, "-")
		if better := lookUp("types", "t/"+f.key+"/"+f.value); better != "" {
			f.value = better
		}
		fields = append(fields, f)
	}
	slices.SortFunc(fields, func(a, b keyword) int { return strings.Compare(a.key, b.key) })
	for _, f := range fields {
		parts = append(parts, f.key, f.value)
	}
	t.transform = strings.Join(parts, "-")
	return len(parts) > 0
}

func (t *tag) keyword(key string) (value string, ok bool) {
	for _, k := range t.keywords {
		if k.key == key {
			return k.value, true
		}
	}
	return "", false
}

// setKeyword sets a keyword, or removes it if ok is false.
func (t *tag) setKeyword(key, value string, ok bool) {
	t.keywords = slices.DeleteFunc(slices.Clone(t.keywords), func(k keyword) bool { return k.key == key })
	if ok {
		t.keywords = append(t.keywords, keyword{key, value})
		slices.SortFunc(t.keywords, func(a, b keyword) int { return strings.Compare(a.key, b.key) })
	}
}

func titleCase(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + strings.ToLower(s[1:])
}

// base is the tag without extensions.
func (t tag) base() string {
	var b strings.Builder
	b.WriteString(t.language)
	for _, part := range []string{t.script, t.region} {
		if part != "" {
			b.WriteString("-" + part)
		}
	}
	for _, v := range t.variants {
		b.WriteString("-" + v)
	}
	return b.String()
}

// String is the tag as text, extensions in the order of their singletons.
func (t tag) String() string {
	ext := slices.Clone(t.others)
	if t.transform != "" {
		ext = append(ext, "t-"+t.transform)
	}
	if len(t.attributes)+len(t.keywords) > 0 {
		var b strings.Builder
		b.WriteString("u")
		for _, a := range t.attributes {
			b.WriteString("-" + a)
		}
		for _, k := range t.keywords {
			b.WriteString("-" + k.key)
			if k.value != "" {
				b.WriteString("-" + k.value)
			}
		}
		ext = append(ext, b.String())
	}
	slices.SortStableFunc(ext, func(a, b string) int { return int(a[0]) - int(b[0]) })
	if t.private != "" {
		ext = append(ext, t.private)
	}
	if len(ext) == 0 {
		return t.base()
	}
	return t.base() + "-" + strings.Join(ext, "-")
}

// canonicalize is CanonicalizeUnicodeLocaleId: annex C of UTS 35.
func (t *tag) canonicalize() {
	slices.Sort(t.variants)
	t.replaceLanguage()
	t.script = titleCase(t.script)
	if s := lookUp("aliases", "script/"+strings.ToLower(t.script)); s != "" {
		t.script = s
	}
	t.replaceRegion()
	for i, v := range t.variants {
		if s := lookUp("aliases", "variant/"+v); s != "" {
			t.variants[i] = s
		}
	}
	slices.Sort(t.variants)
	t.variants = slices.Compact(t.variants)
	slices.Sort(t.attributes)
	for i := range t.keywords {
		t.keywords[i].value = canonicalType(t.keywords[i].key, t.keywords[i].value)
	}
	slices.SortStableFunc(t.keywords, func(a, b keyword) int { return strings.Compare(a.key, b.key) })
}

// canonicalType is the preferred form of a keyword's type; "true" is left out.
func canonicalType(key, value string) string {
	if value == "" {
		return ""
	}
	if better := lookUp("types", "u/"+key+"/"+value); better != "" {
		value = better
	}
	if key == "sd" || key == "rg" {
		if s := lookUp("aliases", "subdivision/"+value); s != "" {
			value = strings.ToLower(strings.Fields(s)[0])
			if len(value) == 2 {
				value += "zzzz"
			}
		}
	}
	if value == "true" {
		return ""
	}
	return value
}

// replaceLanguage applies the aliases of languages, which may depend on the
// script, the region or a variant, until none fits.
func (t *tag) replaceLanguage() {
	for range 8 { // the data has no cycles; a bound costs nothing
		if !t.replaceLanguageOnce() {
			return
		}
	}
}

func (t *tag) replaceLanguageOnce() bool {
	for _, lang := range []string{t.language, "und"} {
		for i, v := range t.variants {
			if to := lookUp("aliases", "language/"+lang+"-"+v); to != "" {
				t.variants = slices.Delete(slices.Clone(t.variants), i, i+1)
				t.adopt(to, lang == "und")
				return true
			}
		}
	}
	if len(t.variants) > 1 { // ja-Latn-hepburn-heploc
		if to := lookUp("aliases", "language/und-"+strings.Join(t.variants, "-")); to != "" {
			t.variants = nil
			t.adopt(to, true)
			return true
		}
	}
	if t.script != "" {
		if to := lookUp("aliases", "language/"+t.language+"-"+strings.ToLower(t.script)); to != "" {
			t.script = ""
			t.adopt(to, false)
			return true
		}
	}
	if t.region != "" {
		if to := lookUp("aliases", "language/"+t.language+"-"+strings.ToLower(t.region)); to != "" {
			t.region = ""
			t.adopt(to, false)
			return true
		}
	}
	if to := lookUp("aliases", "language/"+t.language); to != "" {
		t.adopt(to, false)
		return true
	}
	return false
}

// adopt takes from a replacement what the tag has not itself.
func (t *tag) adopt(to string, keepLanguage bool) {
	r := splitTag(to)
	if !keepLanguage || t.language == "" {
		t.language = r.language
	}
	if t.script == "" {
		t.script = r.script
	}
	if t.region == "" {
		t.region = r.region
	}
	for _, v := range r.variants {
		if !slices.Contains(t.variants, v) {
			t.variants = append(t.variants, v)
		}
	}
}

// replaceRegion applies the aliases of regions. A region that has become
// several is the one that is likely for the language, or else the first.
func (t *tag) replaceRegion() {
	t.region = strings.ToUpper(t.region)
	to := strings.Fields(lookUp("aliases", "territory/"+strings.ToLower(t.region)))
	if t.region == "" || len(to) == 0 {
		return
	}
	if len(to) > 1 {
		likely := tag{language: t.language, script: t.script}.maximize().region
		if slices.Contains(to, likely) {
			t.region = likely
			return
		}
	}
	t.region = to[0]
}

// splitTag takes a canonical tag without extensions apart.
func splitTag(s string) (t tag) {
	parts := strings.Split(s, "-")
	t.language, parts = parts[0], parts[1:]
	if len(parts) > 0 && isScript(parts[0]) {
		t.script, parts = parts[0], parts[1:]
	}
	if len(parts) > 0 && isRegion(parts[0]) {
		t.region, parts = parts[0], parts[1:]
	}
	t.variants = parts
	return t
}

// maximize adds the likely subtags.
func (t tag) maximize() tag {
	if t.language != "" && t.language != "und" && t.script != "" && t.region != "" {
		return t
	}
	lang := t.language
	if lang == "" {
		lang = "und"
	}
	try := func(key string) (tag, bool) {
		m, ok := common("likely").get(key)
		if !ok {
			return tag{}, false
		}
		return splitTag(m), true
	}
	var m tag
	ok := false
	for _, l := range []string{lang, "und"} {
		for _, k := range []string{l + "-" + t.script + "-" + t.region, l + "-" + t.region, l + "-" + t.script, l} {
			if strings.Contains(k, "--") || strings.HasSuffix(k, "-") {
				continue
			}
			if k == "und" && lang != "und" {
				break
			}
			if m, ok = try(k); ok {
				break
			}
		}
		if ok {
			break
		}
	}
	if !ok {
		return t
	}
	if lang == "und" {
		t.language = m.language
	}
	if t.script == "" {
		t.script = m.script
	}
	if t.region == "" {
		t.region = m.region
	}
	return t
}

// minimize removes the likely subtags.
func (t tag) minimize() tag {
	full := t.maximize()
	same := func(a tag) bool {
		m := a.maximize()
		return m.language == full.language && m.script == full.script && m.region == full.region
	}
	for _, trial := range []tag{
		{language: full.language},
		{language: full.language, region: full.region},
		{language: full.language, script: full.script},
	} {
		if same(trial) {
			t.language, t.script, t.region = trial.language, trial.script, trial.region
			return t
		}
	}
	t.language, t.script, t.region = full.language, full.script, full.region
	return t
}

// Canonicalize returns the canonical form of a locale's tag; ok is false if it
// is not well formed.
func Canonicalize(s string) (canonical string, ok bool) {
	t, ok := parseTag(s)
	if !ok {
		return "", false
	}
	t.canonicalize()
	return t.String(), true
}
